"""ScriptedModel: a model that gives what it was handed."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from pydantic import BaseModel

from newsqa.models import Completion, Message, OutputSchema
from newsqa.usage import Usage

Scripted = str | Mapping[str, object] | BaseModel | Completion | Exception
"""One part of a script: text, what becomes JSON text, a whole completion, or an error to raise."""


class ModelRequest(NamedTuple):
    """What a model was asked."""

    messages: tuple[Message, ...]
    schema: OutputSchema

    @property
    def prompt(self) -> str:
        """The text of all messages, one after the other."""
        return "\n\n".join(message.content for message in self.messages)


class ScriptedModel:
    """A model that gives the parts of its script in order, and keeps the requests it saw.

    Text, and the JSON of a mapping or a pydantic model, become a completion that cost one call; a
    ``Completion`` is given as it is, and an exception is raised. ``requests`` are what it was asked,
    ``remaining`` counts the parts not yet given, ``closings`` how often it was closed. Past the end
    of the script a request is an ``AssertionError``, which fails the test.
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
        """The number of parts that nothing has asked for yet."""
        return len(self._script)

    async def complete(self, messages: Sequence[Message], schema: OutputSchema) -> Completion:
        """The next part of the script.

        Raises the exception that the script has in this place, ``AssertionError`` past its end.
        """
        self.requests.append(ModelRequest(tuple(messages), schema))
        if not self._script:
            raise AssertionError(_exhausted(self.name, self.requests))
        given = self._script.pop(0)
        await asyncio.sleep(0)  # a real one gives way to other tasks, too
        if isinstance(given, Exception):
            raise given
        if isinstance(given, Completion):
            return given
        return Completion(_text(given), self.name, Usage(calls=1))

    async def aclose(self) -> None:
        """Count the closings."""
        self.closings += 1


def _text(given: str | Mapping[str, object] | BaseModel) -> str:
    if isinstance(given, str):
        return given
    if isinstance(given, BaseModel):
        return given.model_dump_json()
    return json.dumps(dict(given), ensure_ascii=False)


def _exhausted(name: str, requests: Sequence[ModelRequest]) -> str:
    parts = len(requests) - 1
    last = requests[-1].messages[-1].content if requests[-1].messages else ""
    return (
        f"{name!r} was asked once more than its script has completions, which is {parts}. Its last "
        f"message ends with: {last[-300:]!r}"
    )
