"""Asks a verifier for its opinion on the grounded claims, and rejects those it does not support."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from newsqa.answers.answer import Rejection
from newsqa.answers.finding import SecondOpinion
from newsqa.answers.grounded import GroundedClaim
from newsqa.article import Article
from newsqa.checks import ClaimContext
from newsqa.usage import Usage
from newsqa.verifiers import Statement, Verifier


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
