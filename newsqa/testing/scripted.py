"""ScriptedModel: a model that gives completions from a script."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from pydantic import BaseModel

from newsqa.models import Completion, Message, OutputSchema, begin_text
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
        completion = (
            part
            if isinstance(part, Completion)
            else Completion(_text(part), self.name, Usage(calls=1))
        )
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
