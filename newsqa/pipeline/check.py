"""Judges grounded claims: by the checks and their policy, and by a verifier's second opinion."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from newsqa.answers.answer import Rejection
from newsqa.answers.finding import SecondOpinion
from newsqa.article import Article
from newsqa.checks import Check, CheckPolicy, ClaimContext, select_checks
from newsqa.checks.run import check_claim
from newsqa.grounding import GroundedClaim
from newsqa.usage import Usage
from newsqa.verifiers import Statement, Verifier


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


async def verify_claims(
    claims: Sequence[GroundedClaim], article: Article, verifier: Verifier
) -> tuple[tuple[GroundedClaim, ...], Usage]:
    """Return the claims with an opinion on each grounded one, and what the opinions cost.

    A claim with the verdict ``no`` is rejected. The verifier is not called if no claim is grounded.
    """
    grounded = [claim for claim in claims if claim.is_grounded]
    if not grounded:
        return tuple(claims), Usage()
    verification = await verifier.verify([_statement(claim, article) for claim in grounded])
    opinions = iter(verification.opinions)
    judged = (_judged(claim, next(opinions)) if claim.is_grounded else claim for claim in claims)
    return tuple(judged), verification.usage


def _statement(claim: GroundedClaim, article: Article) -> Statement:
    context = ClaimContext(article, tuple((c.start, c.end) for c in claim.citations))
    sentences = tuple(sentence.text for sentence in context.sentences)
    return Statement(claim.draft.text, sentences, context.published)


def _judged(claim: GroundedClaim, opinion: SecondOpinion) -> GroundedClaim:
    refusal = Rejection(claim=claim.draft.text, reason="opinion_failed", opinion=opinion)
    rejections = (refusal,) if opinion.verdict == "no" else ()
    return replace(claim, opinion=opinion, rejections=rejections)
