"""FunctionVerifier: a function of the caller's gives the second opinion."""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Callable, Sequence

from pydantic import TypeAdapter, ValidationError

from newsqa.answers.opinion import SecondOpinion, Verdict
from newsqa.errors import ConfigurationError
from newsqa.verifiers import Statement, Verification

_Verdicts = Sequence[Verdict | SecondOpinion]

VerifyFunction = Callable[[Sequence[Statement]], _Verdicts | Awaitable[_Verdicts]]
"""Given all claims of an answer with their cited sentences, a verdict for each; sync or async."""

_OPINIONS = TypeAdapter(tuple[SecondOpinion | Verdict, ...])


class FunctionVerifier:
    """Asks ``function``, such as an entailment model of the caller's own, once an answer."""

    def __init__(self, function: VerifyFunction) -> None:
        self._function = function

    async def verify(self, statements: Sequence[Statement]) -> Verification:
        """What the function says of ``statements``.

        Raises ``ConfigurationError`` when that is not one verdict for each of them.
        """
        given = self._function(statements)
        verdicts = await given if inspect.isawaitable(given) else given
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
