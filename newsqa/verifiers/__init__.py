"""Verifiers: the seam for whatever gives a second opinion on grounded claims."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol, TypeAlias, runtime_checkable

from newsqa.answers.finding import SecondOpinion, Verdict
from newsqa.usage import Usage


@dataclass(frozen=True, slots=True)
class Statement:
    """A claim and the sentences it cites: all that a verifier sees."""

    claim: str
    sentences: tuple[str, ...]
    """The cited sentences, whole, in reading order."""
    published: date | None = None
    """The day the article appeared, if known; relative dates are read against it."""


@dataclass(frozen=True, slots=True)
class Verification:
    """An opinion on each statement, in the same order, and what they cost."""

    opinions: tuple[SecondOpinion, ...]
    usage: Usage = field(default_factory=Usage)


@runtime_checkable
class Verifier(Protocol):
    """Judges whether sentences support a claim.

    ``docs/guides/verifiers.md`` shows one.
    """

    async def verify(self, statements: Sequence[Statement]) -> Verification:
        """Give an opinion on each of ``statements``, which are all claims of one answer.

        Raises:
            ModelError: The verifier's model gives nothing usable.
        """
        ...


_Verdicts: TypeAlias = Sequence[Verdict | SecondOpinion]

VerifyFunction: TypeAlias = Callable[[Sequence[Statement]], _Verdicts | Awaitable[_Verdicts]]
"""A function, sync or async, that returns a verdict for each of the claims of an answer."""
