"""Checking: all checks over a claim or an answer, and which of them could say nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from newsqa.answers import Answer, Claim
from newsqa.article import Article
from newsqa.checks import Check, CheckName, ClaimContext, Finding

_ANY_LANGUAGE = ("figures", "quotations")
"""Checks for which the claim may be in another language than the article."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What the checks found in a claim, in its order, and those that do not apply to its language."""

    findings: tuple[Finding, ...]
    not_applied: tuple[CheckName, ...] = ()


@cache
def all_checks() -> tuple[Check, ...]:
    """Every check there is, the gravest first."""
    # Here, because their many patterns take a quarter of a second to compile.
    from newsqa.checks.dates import DatesCheck
    from newsqa.checks.figures import FiguresCheck
    from newsqa.checks.hedges import HedgesCheck
    from newsqa.checks.names import NamesCheck
    from newsqa.checks.negation import NegationCheck
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
    from newsqa.checks.wording import is_in_language_of

    article = context.article
    is_alike = is_in_language_of(article, claim)
    checks = all_checks() if checks is None else checks
    applied = [
        check
        for check in checks
        if check.applies_to(article.language_code) and (is_alike or check.name in _ANY_LANGUAGE)
    ]
    found = {finding: None for check in applied for finding in check.check(claim, context)}
    return Checked(
        tuple(sorted(found, key=lambda finding: (finding.span.start, finding.span.end))),
        tuple(check.name for check in checks if check not in applied),
    )


def check_answer(answer: Answer, article: Article, question: str) -> Answer:
    """``answer`` with what the checks found on each of its claims; nothing else of it changes.

    A finding is a reason to look, not a verdict: see ``benchmarks/claim_checks.py`` for how often
    true claims have one. Raises ``GroundingError`` when ``article`` is not the one that was asked.
    """
    answer.verify(article)
    claims = tuple(_checked(claim, article, question) for claim in answer.claims)
    return answer.model_copy(update={"claims": claims})


def _checked(claim: Claim, article: Article, question: str) -> Claim:
    cited = tuple((citation.start, citation.end) for citation in claim.citations)
    checked = check_claim(claim.text, ClaimContext(article, cited, question))
    return claim.model_copy(
        update={"findings": checked.findings, "not_checked": checked.not_applied}
    )
