"""FaultyModel: a model that fails on a schedule."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Literal

from newsqa.errors import ModelError, ModelRefusedError, ModelTruncatedError, ModelUnavailableError
from newsqa.models import Completion, Message, Model, ModelWrapper, OutputSchema
from newsqa.testing.scripted import Scripted, ScriptedModel
from newsqa.usage import Usage

Fault = Literal[
    "timeout", "rate_limit", "server_error", "connection", "refusal", "cut", "malformed"
]
"""A fault of a call; see ``FaultyModel``."""

_NEVER_SENT: dict[Fault, tuple[type[ModelError], str]] = {
    "timeout": (ModelUnavailableError, "did not answer within 60 s. Given up after 1 request."),
    "rate_limit": (ModelUnavailableError, "could not answer (429). Given up after 1 request."),
    "server_error": (ModelUnavailableError, "could not answer (503). Given up after 1 request."),
    "connection": (ModelUnavailableError, "refused the connection. Given up after 1 request."),
    "refusal": (ModelRefusedError, "refused to answer."),
}


class FaultyModel(ModelWrapper):
    """Wraps ``model`` and makes its calls fail on a ``schedule`` with one entry for each call.

    - ``"timeout"``, ``"rate_limit"`` (429), ``"server_error"`` (503) and ``"connection"`` raise
      ``ModelUnavailableError``, as a real model does after its own retries;
    - ``"refusal"`` raises ``ModelRefusedError``;
    - ``"cut"`` asks ``model`` and raises ``ModelTruncatedError`` with the first half of the output;
    - ``"malformed"`` returns that first half as if it were complete, so that newsqa asks again;
    - ``None`` lets the call through.

    The first five do not ask ``model``. The same calls always get the same faults.

    Args:
        model: Any ``Model``, or a script for a ``ScriptedModel``.
        schedule: The fault of each call. Calls after its end are let through.
        repeat: Start the schedule again at its end.

    Attributes:
        calls: How many calls there were.
    """

    def __init__(
        self,
        model: Model | Sequence[Scripted],
        schedule: Sequence[Fault | None],
        *,
        repeat: bool = False,
    ) -> None:
        super().__init__(ScriptedModel(*model) if isinstance(model, Sequence) else model)
        self._schedule = tuple(schedule)
        self._repeat = repeat
        self.calls = 0

    async def complete(self, messages: Sequence[Message], schema: OutputSchema) -> Completion:
        """Return the model's completion, unless the schedule has a fault for this call."""
        fault = self._next()
        if fault in _NEVER_SENT:
            kind, sentence = _NEVER_SENT[fault]
            usage = Usage(calls=1)
            raise kind(f"{self.name!r} {sentence}", model=self.name, usage=usage)
        completion = await self.model.complete(messages, schema)
        return _MANGLED[fault](completion) if fault else completion

    def _next(self) -> Fault | None:
        call, self.calls = self.calls, self.calls + 1
        if self._repeat and self._schedule:
            call %= len(self._schedule)
        return self._schedule[call] if call < len(self._schedule) else None


def _cut(completion: Completion) -> Completion:
    raise ModelTruncatedError(
        f"The output of {completion.model!r} ended at its limit.",
        model=completion.model,
        usage=completion.usage,
        request_id=completion.request_id,
        partial=_half(completion),
    )


def _malformed(completion: Completion) -> Completion:
    return replace(completion, text=_half(completion))


def _half(completion: Completion) -> str:
    return completion.text[: len(completion.text) // 2]


_MANGLED: dict[Fault, Callable[[Completion], Completion]] = {"cut": _cut, "malformed": _malformed}
