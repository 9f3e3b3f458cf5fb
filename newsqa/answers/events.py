"""The events that hold claims: each is reported once it is verified, and never before."""

from __future__ import annotations

from pydantic import PositiveInt

from newsqa.answers.answer import Claim
from newsqa.events import Event


class ClaimVerified(Event):
    """A claim is grounded and checked, and will be in the answer unless a ``ClaimWithdrawn`` follows.

    With a second opinion (``Settings(verify=...)``) the claim comes after the opinion.
    """

    number: PositiveInt
    """Counted from 1, in the order in which the claims come."""
    claim: Claim
    """The claim. Its ``span`` is its place in the text of the claims so far; claims that were corrected
    come last here, and in their own place in the answer."""

    def __str__(self) -> str:
        return self.claim.text


class ClaimWithdrawn(Event):
    """A claim that was reported is not in the answer.

    It was verified, but the draft that it came from did not become the answer: the connection broke
    and another model answered, the reply as a whole was not usable and was asked for again, or the
    server turned out to have read a part of the article only.
    """

    number: PositiveInt
    """The number under which it was reported."""
    claim: Claim

    def __str__(self) -> str:
        return f"withdrawn: {self.claim.text}"
