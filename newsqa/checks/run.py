"""Runs checks over one claim."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from newsqa.checks import Check, ClaimContext, Finding, Unjudged, built_in_checks


@dataclass(frozen=True, slots=True)
class Checked:
    """The result of checking a claim.

    ``findings`` are in the claim's order. ``not_applied`` names the checks that do not apply to the
    claim's language, and those that left some of its words unjudged.
    """

    findings: tuple[Finding, ...]
    not_applied: tuple[str, ...] = ()


def check_claim(
    claim: str, context: ClaimContext, *, checks: Sequence[Check] | None = None
) -> Checked:
    """Compare ``claim`` with what it cites, by ``checks`` or by the built-in ones.

    A check applies where it reads the language of the article. Unless it ``compares_languages``, the
    claim has to be in that language too.
    """
    from newsqa.checks.claim_language import is_in_language_of

    article = context.article
    is_same_language = is_in_language_of(article, claim)
    checks = built_in_checks() if checks is None else checks
    applied = [
        check
        for check in checks
        if check.applies_to(article.language_code)
        and (is_same_language or check.compares_languages)
    ]
    results = dict.fromkeys(r for check in applied for r in check.check(claim, context))
    # If a check has two reasons to look at the same words, the first is enough.
    findings = {(f.check, f.span): f for f in reversed(results) if isinstance(f, Finding)}.values()
    unjudged = {result.check for result in results if isinstance(result, Unjudged)}
    return Checked(
        tuple(sorted(findings, key=lambda finding: (finding.span.start, finding.span.end))),
        tuple(c.name for c in checks if c not in applied or c.name in unjudged),
    )
