"""The seam for language models: who completes a prompt."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from newsqa.usage import Usage

Role = Literal["system", "user", "assistant"]


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a prompt."""

    role: Role
    content: str


@dataclass(frozen=True, slots=True)
class OutputSchema:
    """The JSON schema that a completion must fit, and the name it goes by (letters, digits, - _)."""

    name: str
    schema: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Completion:
    """What a model wrote, which model that was, and what it cost."""

    text: str
    model: str
    usage: Usage
    request_id: str | None = None


class Model(Protocol):
    """Anything that completes a prompt. Used from many tasks and event loops at once."""

    @property
    def name(self) -> str:
        """What goes into ``Answer.model``."""

    @property
    def fingerprint(self) -> str:
        """All that shapes a completion besides the prompt and the schema, as one string."""

    @property
    def max_input_tokens(self) -> int:
        """The tokens a whole prompt may hold."""

    async def complete(self, messages: Sequence[Message], schema: OutputSchema) -> Completion:
        """Complete the prompt with JSON for ``schema``.

        The text is what the model wrote: it may still be wrapped, or not fit. Raises a subclass of
        ``ModelError`` when there is no text to be had.
        """

    async def aclose(self) -> None:
        """Let go of what the running event loop holds open; the model may be used again."""
