"""FunctionVerifier: asks a function for the second opinion."""

from __future__ import annotations

import inspect
from collections.abc import Sequence

from pydantic import TypeAdapter, ValidationError

from newsqa.answers.finding import SecondOpinion, Verdict
from newsqa.errors import ConfigurationError
from newsqa.verifiers import Statement, Verification, VerifyFunction

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
