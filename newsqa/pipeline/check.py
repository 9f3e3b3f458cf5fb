"""Applies the checks to grounded claims, and their policy to the findings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from newsqa.answers.answer import Rejection
from newsqa.answers.grounded import GroundedClaim
from newsqa.article import Article
from newsqa.checks import Check, CheckPolicy, ClaimContext, select_checks
from newsqa.checks.run import check_claim


def check_grounded(
    claim: GroundedClaim,
    article: Article,
    question: str,
    policy: CheckPolicy,
    checks: Sequence[Check] | None = None,
) -> GroundedClaim:
    """Return ``claim`` with its findings, and rejected where ``policy`` refuses one of them.

    A claim that grounding rejected is returned as it is, and so is one that repeats a cited sentence
    whole: it says nothing beyond it.

    Args:
        claim: The claim, after grounding.
        article: The article that it cites.
        question: The question that it answers.
        policy: The action for each check.
        checks: The checks to choose from; by default the built-in ones.
    """
    selected = select_checks(policy, checks, "refuse", "mark")
    context = _context([claim], article, question)
    if not claim.is_grounded or not selected or _is_a_sentence(claim.draft.text, context):
        return claim
    checked = check_claim(claim.draft.text, context, checks=selected)
    refusing = {check.name for check in select_checks(policy, selected, "refuse")}
    rejections = tuple(
        Rejection(claim=claim.draft.text, reason="check_failed", finding=finding)
        for finding in checked.findings
        if finding.check in refusing
    )
    return replace(
        claim, rejections=rejections, findings=checked.findings, not_checked=checked.not_applied
    )


def is_supported(
    short: str,
    claims: Sequence[GroundedClaim],
    article: Article,
    question: str,
    policy: CheckPolicy,
    checks: Sequence[Check] | None = None,
) -> bool:
    """Return whether the checks that refuse find nothing in a short form, over all citations.

    Words that are all supported may still say something new together: the 5 of one sentence and the
    million of another, or the halves of two quotations.
    """
    selected = select_checks(policy, checks, "refuse")
    context = _context(claims, article, question)
    return not selected or not check_claim(short, context, checks=selected).findings


def _context(claims: Sequence[GroundedClaim], article: Article, question: str) -> ClaimContext:
    cited = tuple((c.start, c.end) for claim in claims for c in claim.citations)
    return ClaimContext(article, cited, question)


def _is_a_sentence(claim: str, context: ClaimContext) -> bool:
    words = claim.split()
    return any(sentence.text.split() == words for sentence in context.sentences)
