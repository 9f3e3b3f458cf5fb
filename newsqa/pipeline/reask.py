"""Revising: what is put to a reader again about its draft, and what its second reply changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from newsqa.answers.answer import Rejection
from newsqa.answers.grounded import GroundedClaim
from newsqa.prompting.fencing import sanitize_for_prompt


@dataclass(frozen=True, slots=True)
class Revised:
    """The claims after the second reply, and what was refused on the way to them."""

    claims: tuple[GroundedClaim, ...]
    rejections: tuple[Rejection, ...]


def problems_with(claims: Sequence[GroundedClaim]) -> str:
    """What fell or is in doubt, a line each, by the claim's own words.

    The lines quote the article, which must not pass for anything else in the second prompt either.
    """
    return "\n".join(
        f"- {sanitize_for_prompt(line)}" for claim in claims for line in _problems(claim)
    )


def _problems(claim: GroundedClaim) -> list[str]:
    refused = {rejection.finding for rejection in claim.rejections}
    doubts = [finding for finding in claim.findings if finding not in refused]
    return [
        *(str(rejection) for rejection in claim.rejections),
        *(f"“{claim.draft.text}” is in doubt: {finding}" for finding in doubts),
    ]


def revise(first: Sequence[GroundedClaim], second: Sequence[GroundedClaim]) -> Revised:
    """``first`` with the claims of ``second`` in the places of those in doubt, in order.

    Those without a counterpart in ``second`` are taken back by their reader. A model that repeats
    what stood, though asked about the rest only, does not say it twice.
    """
    kept = {claim.draft.text for claim in first if not claim.needs_reask}
    corrections = iter([claim for claim in second if claim.draft.text not in kept])
    claims: list[GroundedClaim] = []
    withdrawn: list[Rejection] = []
    for claim in first:
        revised = next(corrections, None) if claim.needs_reask else claim
        if revised is not None:
            claims.append(revised)
        elif claim.is_grounded:
            withdrawn.append(_withdrawal(claim))
    claims.extend(corrections)
    fell = [row for claim in (*first, *second) for row in claim.rejections]
    return Revised(tuple(claims), (*fell, *withdrawn))


def _withdrawal(claim: GroundedClaim) -> Rejection:
    return Rejection(claim=claim.draft.text, reason="withdrawn", finding=claim.findings[0])
