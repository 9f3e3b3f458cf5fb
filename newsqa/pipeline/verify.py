"""Verifying: a second opinion on the claims that stand, and what it makes of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from newsqa.answers.answer import Rejection
from newsqa.answers.grounded import GroundedClaim
from newsqa.answers.opinion import SecondOpinion
from newsqa.article import Article
from newsqa.checks import ClaimContext
from newsqa.usage import Usage
from newsqa.verifiers import Statement, Verifier


async def verify_claims(
    claims: Sequence[GroundedClaim], article: Article, verifier: Verifier
) -> tuple[tuple[GroundedClaim, ...], Usage]:
    """``claims`` with an opinion on each that stands, and what that cost.

    Those that their sentences do not support are refused; those they support in part keep the
    opinion as a mark. Nothing is asked, or spent, where nothing stands.
    """
    standing = [claim for claim in claims if claim.is_grounded]
    if not standing:
        return tuple(claims), Usage()
    verification = await verifier.verify([_statement(claim, article) for claim in standing])
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
