"""Verifiers: the seam for whatever gives a second opinion on grounded claims."""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol, TypeAlias, runtime_checkable

from pydantic import TypeAdapter, ValidationError

from newsqa.answers.finding import SecondOpinion, Verdict
from newsqa.errors import ConfigurationError
from newsqa.usage import Usage


@dataclass(frozen=True, slots=True)
class Statement:
    """A claim and what it rests on: all that a verifier sees."""

    claim: str
    sentences: tuple[str, ...]
    """The cited sentences, whole, in reading order."""
    published: date | None = None
    """The day the article appeared, if known; relative dates are read against it."""
    days: tuple[date | None, ...] = ()
    """The day that the article of each sentence appeared, where the answer is about several."""
    before: tuple[str, ...] = ()
    """Sentences before the cited ones that show whom a "she" and what "the plan" means."""
    question: str = ""
    """The question that the claim answers. It is not evidence."""


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


_OPINIONS = TypeAdapter(tuple[SecondOpinion | Verdict, ...])


class FunctionVerifier:
    """Asks a function once per answer, such as one that runs an entailment model.

    >>> from newsqa.verifiers import Statement
    >>> verifier = FunctionVerifier(lambda statements: ["supported" for _ in statements])

    Args:
        function: Is passed all claims of an answer, and returns a verdict for each of them.
    """

    def __init__(self, function: VerifyFunction) -> None:
        self._function = function

    async def verify(self, statements: Sequence[Statement]) -> Verification:
        """Return the function's verdicts as opinions.

        Raises:
            ConfigurationError: The function does not return one verdict for each statement.
        """
        returned = self._function(statements)
        verdicts = await returned if inspect.isawaitable(returned) else returned
        try:
            opinions = tuple(map(_opinion, _OPINIONS.validate_python(verdicts)))
        except ValidationError as error:
            raise ConfigurationError(
                "The verify function must return 'supported', 'partly' or 'no' (or a "
                f"SecondOpinion) for each claim; it returned {verdicts!r:.200}."
            ) from error
        if len(opinions) != len(statements):
            raise ConfigurationError(
                f"The verify function returned {len(opinions)} verdicts for {len(statements)} "
                "claims; return one for each, in order."
            )
        return Verification(opinions)


def _opinion(verdict: SecondOpinion | Verdict) -> SecondOpinion:
    return verdict if isinstance(verdict, SecondOpinion) else SecondOpinion(verdict=verdict)
