"""ScriptedModel and FaultyModel: a model that gives completions from a script, and one that fails on a schedule."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Literal, NamedTuple

from pydantic import BaseModel

from newsqa.errors import ModelError, ModelRefusedError, ModelTruncatedError, ModelUnavailableError
from newsqa.models import Completion, Message, Model, ModelWrapper, OutputSchema, begin_text
from newsqa.usage import Usage

_PIECE_CHARACTERS = 12
"""About three tokens."""

Scripted = str | Mapping[str, object] | BaseModel | Completion | Exception
"""A part of a script: text, a value that becomes JSON, a whole completion, or an error to raise."""


class ModelRequest(NamedTuple):
    """The prompt and the schema that a model was asked to complete."""

    messages: tuple[Message, ...]
    schema: OutputSchema

    @property
    def prompt(self) -> str:
        """The text of all messages, with blank lines between them."""
        return "\n\n".join(message.content for message in self.messages)


class ScriptedModel:
    """A model that gives the parts of its script in order, and keeps the requests.

    Text, and the JSON of a mapping or a pydantic model, become a completion that costs one call. A
    ``Completion`` is returned as it is, and an exception is raised. In a stream, the text comes in
    pieces of 12 characters. A request after the end of the script raises ``AssertionError``, which
    fails the test.

    Attributes:
        requests: The requests so far.
        remaining: How many parts are left.
        closings: How often the model was closed.
    """

    def __init__(
        self,
        *script: Scripted,
        name: str = "scripted",
        fingerprint: str = "",
        max_input_tokens: int = 10_000,
    ) -> None:
        self._script = list(script)
        self.name = name
        self.fingerprint = fingerprint or name
        self.max_input_tokens = max_input_tokens
        self.requests: list[ModelRequest] = []
        self.closings = 0

    @property
    def remaining(self) -> int:
        """How many parts of the script are left."""
        return len(self._script)

    async def complete(self, messages: Sequence[Message], schema: OutputSchema) -> Completion:
        """Return the next part of the script as a completion.

        Raises:
            AssertionError: The script has ended.
            Exception: The next part is this exception.
        """
        self.requests.append(ModelRequest(tuple(messages), schema))
        if not self._script:
            raise AssertionError(_exhausted(self.name, self.requests))
        part = self._script.pop(0)
        await asyncio.sleep(0)  # like a real model, let other tasks run
        if isinstance(part, Exception):
            raise part
        if isinstance(part, Completion):
            completion = part
        else:
            completion = Completion(_text(part), self.name, Usage(calls=1))
        await _write(completion.text)
        return completion

    async def aclose(self) -> None:
        """Count the call in ``closings``."""
        self.closings += 1


async def _write(text: str) -> None:
    """Pass on the text piece by piece, as a server that streams, if somebody waits for it."""
    on_text = begin_text()
    if on_text is None:
        return
    for start in range(0, len(text), _PIECE_CHARACTERS):
        on_text(text[start : start + _PIECE_CHARACTERS])
        await asyncio.sleep(0)


def _text(part: str | Mapping[str, object] | BaseModel) -> str:
    if isinstance(part, str):
        return part
    if isinstance(part, BaseModel):
        return part.model_dump_json()
    return json.dumps(dict(part), ensure_ascii=False)


def _exhausted(name: str, requests: Sequence[ModelRequest]) -> str:
    parts = len(requests) - 1
    last = requests[-1].messages[-1].content if requests[-1].messages else ""
    return (
        f"{name!r} was asked once more than its script has completions, which is {parts}. Its last "
        f"message ends with: {last[-300:]!r}"
    )


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
