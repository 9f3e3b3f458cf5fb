"""Checking: what the checks find in a claim, and what their policy makes of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from newsqa.answers.answer import Rejection
from newsqa.answers.finding import CheckName, Finding
from newsqa.answers.grounded import GroundedClaim
from newsqa.article import Article
from newsqa.checks import Check, ClaimContext, Doubt
from newsqa.checks.policy import Action, CheckPolicy

_ANY_LANGUAGE = ("figures", "quotations")
"""Checks for which the claim may be in another language than the article."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What the checks found in a claim, in its order, and those that could not judge all of it.

    These are the checks that do not apply to its language, and those left with a doubt about it.
    """

    findings: tuple[Finding, ...]
    not_applied: tuple[CheckName, ...] = ()


@cache
def all_checks() -> tuple[Check, ...]:
    """Every check there is, the gravest first."""
    # Here, because their many patterns take a quarter of a second to compile.
    from newsqa.checks.dates import DatesCheck
    from newsqa.checks.figures.check import FiguresCheck
    from newsqa.checks.hedges.check import HedgesCheck
    from newsqa.checks.names.check import NamesCheck
    from newsqa.checks.negation.check import NegationCheck
    from newsqa.checks.quotations import QuotationsCheck

    return (
        FiguresCheck(),
        QuotationsCheck(),
        DatesCheck(),
        NamesCheck(),
        NegationCheck(),
        HedgesCheck(),
    )


def check_claim(
    claim: str, context: ClaimContext, *, checks: Sequence[Check] | None = None
) -> Checked:
    """Hold ``claim`` against what it cites, by ``checks`` or by all there are.

    A check that goes by words is applied only where it knows the language of the article and the
    claim is in that language too; figures and quotations are looked at in any.
    """
    from newsqa.checks.claim_language import is_in_language_of

    article = context.article
    is_alike = is_in_language_of(article, claim)
    checks = all_checks() if checks is None else checks
    applied = [
        check
        for check in checks
        if check.applies_to(article.language_code) and (is_alike or check.name in _ANY_LANGUAGE)
    ]
    found = dict.fromkeys(seen for check in applied for seen in check.check(claim, context))
    # Of two reasons to look at the same words, the first is enough.
    findings = {(f.check, f.span): f for f in reversed(found) if isinstance(f, Finding)}.values()
    doubtful = {seen.check for seen in found if isinstance(seen, Doubt)}
    return Checked(
        tuple(sorted(findings, key=lambda finding: (finding.span.start, finding.span.end))),
        tuple(c.name for c in checks if c not in applied or c.name in doubtful),
    )


def check_grounded(
    claim: GroundedClaim, article: Article, question: str, policy: CheckPolicy
) -> GroundedClaim:
    """``claim`` with what the checks find in it: refused, or marked, as ``policy`` has it.

    A claim that grounding refused is left as it is, and one that repeats a cited sentence whole says
    nothing beyond it.
    """
    checks = _checks(policy, "strict", "mark")
    context = _context([claim], article, question)
    if not claim.is_grounded or not checks or _is_a_sentence(claim.draft.text, context):
        return claim
    checked = check_claim(claim.draft.text, context, checks=checks)
    refused = tuple(
        Rejection(claim=claim.draft.text, reason="check_failed", finding=finding)
        for finding in checked.findings
        if policy.action(finding.check) == "strict"
    )
    return replace(
        claim, rejections=refused, findings=checked.findings, not_checked=checked.not_applied
    )


def is_supported(
    short: str,
    claims: Sequence[GroundedClaim],
    article: Article,
    *,
    question: str,
    policy: CheckPolicy,
) -> bool:
    """Whether the strict checks find nothing in a short form, over all that ``claims`` cite.

    Words that all stand may still say something new together: the 5 of one sentence and the million
    of another, or the halves of two quotations.
    """
    checks = _checks(policy, "strict")
    context = _context(claims, article, question)
    return not checks or not check_claim(short, context, checks=checks).findings


def _context(claims: Sequence[GroundedClaim], article: Article, question: str) -> ClaimContext:
    cited = tuple((c.start, c.end) for claim in claims for c in claim.citations)
    return ClaimContext(article, cited, question)


def _checks(policy: CheckPolicy, *actions: Action) -> list[Check]:
    """The checks with one of ``actions``; nothing is imported where there are none."""
    if set(actions).isdisjoint(policy.model_dump().values()):
        return []
    return [check for check in all_checks() if policy.action(check.name) in actions]


def _is_a_sentence(claim: str, context: ClaimContext) -> bool:
    said = claim.split()
    return any(sentence.text.split() == said for sentence in context.sentences)
