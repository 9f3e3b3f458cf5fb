"""The seam for verifiers: who gives a second opinion on claims that already stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from newsqa.answers.opinion import SecondOpinion
from newsqa.usage import Usage


@dataclass(frozen=True, slots=True)
class Statement:
    """A claim and the sentences it cites, whole: all that a verifier is shown.

    ``published`` is the day the article appeared, where it is known; relative dates are read
    against it.
    """

    claim: str
    sentences: tuple[str, ...]
    published: date | None = None


@dataclass(frozen=True, slots=True)
class Verification:
    """An opinion on each statement, in their order, and what they cost."""

    opinions: tuple[SecondOpinion, ...]
    usage: Usage = field(default_factory=Usage)


class Verifier(Protocol):
    """Anything that tells whether sentences support a claim."""

    async def verify(self, statements: Sequence[Statement]) -> Verification:
        """An opinion on each of ``statements``, all claims of one answer.

        Raises a subclass of ``ModelError`` when the verifier's model gives nothing usable.
        """
