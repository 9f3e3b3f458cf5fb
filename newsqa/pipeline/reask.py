"""The re-ask: what a reader is asked about its draft, and what its second reply changes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from newsqa.answers.answer import Rejection
from newsqa.grounding import GroundedClaim
from newsqa.prompting.fencing import sanitize_for_prompt


@dataclass(frozen=True, slots=True)
class Revised:
    """The claims after the second reply, and everything that was rejected on the way to them."""

    claims: tuple[GroundedClaim, ...]
    rejections: tuple[Rejection, ...]


def describe_problems(claims: Iterable[GroundedClaim]) -> str:
    """Return a line for each rejection and each finding, for the prompt of the re-ask.

    The lines quote the article and the model, so they are sanitized as the article itself is.
    """
    lines = (line for claim in claims for line in _problems_of(claim))
    return "\n".join(f"- {sanitize_for_prompt(line)}" for line in lines)


def _problems_of(claim: GroundedClaim) -> list[str]:
    rejected = {rejection.finding for rejection in claim.rejections}
    marked = [finding for finding in claim.findings if finding not in rejected]
    return [
        *(str(rejection) for rejection in claim.rejections),
        *(f"“{claim.draft.text}” is in doubt: {finding}" for finding in marked),
    ]


def apply_corrections(first: Sequence[GroundedClaim], second: Sequence[GroundedClaim]) -> Revised:
    """Put the claims of the second reply in the places of those that were asked about, in order.

    A claim that was asked about and has no counterpart counts as withdrawn. Claims that were not
    asked about stay as they are, and are not doubled if the reader repeats them.
    """
    kept = {claim.draft.text for claim in first if not claim.needs_reask}
    corrections = iter([claim for claim in second if claim.draft.text not in kept])
    claims: list[GroundedClaim] = []
    withdrawn: list[Rejection] = []
    for claim in first:
        corrected = next(corrections, None) if claim.needs_reask else claim
        if corrected is not None:
            claims.append(corrected)
        elif claim.is_grounded:
            withdrawn.append(_withdrawal(claim))
    claims.extend(corrections)
    return Revised(tuple(claims), (*_rejections_of(first, second), *withdrawn))


def replace_all(first: Sequence[GroundedClaim], second: Sequence[GroundedClaim]) -> Revised:
    """Put all claims of the second reply in the place of all claims of the first."""
    return Revised(tuple(second), _rejections_of(first, second))


def _rejections_of(*replies: Iterable[GroundedClaim]) -> tuple[Rejection, ...]:
    return tuple(row for reply in replies for claim in reply for row in claim.rejections)


def _withdrawal(claim: GroundedClaim) -> Rejection:
    return Rejection(claim=claim.draft.text, reason="withdrawn", finding=claim.findings[0])
