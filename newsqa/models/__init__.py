"""Models: the seam for whatever completes a prompt, usually a language model."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Literal, Protocol, TypeAlias

from newsqa.usage import Usage

Role = Literal["system", "user", "assistant"]


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a prompt."""

    role: Role
    content: str
    shared_characters: int = 0
    """The length of the beginning of ``content`` that other prompts have, too: rules, an article.

    A provider that caches only what is marked is asked to cache it. It does not shape a completion.
    """


@dataclass(frozen=True, slots=True)
class OutputSchema:
    """The JSON schema that a completion should fit, and its name (letters, digits, ``-`` and ``_``)."""

    name: str
    schema: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Completion:
    """The text that a model wrote, and what it cost."""

    text: str
    model: str
    """The name of the model that wrote it, as its server reports it."""
    usage: Usage
    request_id: str | None = None
    """The server's name for the request, if it has one."""
    kept_input_tokens: int = field(default=0, compare=False)
    """Tokens of the prompt as the server counted them in the original call, if the completion comes from
    a cache; its ``usage`` is zero then."""


class Model(Protocol):
    """Completes prompts. Called from many tasks, threads and event loops at once.

    ``docs/guides/models.md`` shows a model of 20 lines.
    """

    @property
    def name(self) -> str:
        """The model's name, for ``Answer.model`` and error messages."""

    @property
    def fingerprint(self) -> str:
        """One string for everything that shapes a completion besides the prompt and the schema.

        A cache finds a completion again under the same fingerprint only.
        """

    @property
    def max_input_tokens(self) -> int:
        """The most tokens that a whole prompt may have. A longer article is read in windows."""

    async def complete(self, messages: Sequence[Message], schema: OutputSchema) -> Completion:
        """Complete the prompt with JSON that fits ``schema``.

        The text may be wrapped in a code fence or not fit the schema: the caller sees to that. A
        model that can stream passes each piece of it to what ``begin_text`` returns, as it comes.

        Raises:
            ModelError: There is no completion. Subclasses say why.
        """

    async def aclose(self) -> None:
        """Release what is held open for the running event loop. The model may be used again."""


class ModelWrapper:
    """Base class for models that wrap another and delegate all but ``complete``.

    Args:
        model: The wrapped model. Its name, fingerprint and limit are the wrapper's own.
    """

    def __init__(self, model: Model) -> None:
        self.model = model

    @property
    def name(self) -> str:
        """The name of the wrapped model."""
        return self.model.name

    @property
    def fingerprint(self) -> str:
        """The fingerprint of the wrapped model."""
        return self.model.fingerprint

    @property
    def max_input_tokens(self) -> int:
        """The limit of the wrapped model."""
        return self.model.max_input_tokens

    async def aclose(self) -> None:
        """Close the wrapped model. It may be used again."""
        await self.model.aclose()


OnText: TypeAlias = Callable[[str], None]
"""Takes the next piece of a completion."""

_begin_text: ContextVar[Callable[[], OnText] | None]
_begin_text = ContextVar("newsqa_begin_text", default=None)


def begin_text() -> OnText | None:
    """Return what takes the pieces of one completion, or ``None`` if nobody waits for them.

    A model calls it anew for each completion that it begins to write, so that the pieces of an attempt
    that broke off are not mixed with those of the next. What takes the pieces belongs to the running
    task, as the listener of ``newsqa.events`` does: a wrapper around a model passes nothing on.
    """
    begin = _begin_text.get()
    return begin() if begin else None


def is_text_wanted() -> bool:
    """Return whether somebody waits for the pieces of a completion, so that streaming is of use."""
    return _begin_text.get() is not None


@contextmanager
def listening_to_text(begin: Callable[[], OnText] | None) -> Iterator[None]:
    """Have the models that are called in this block pass on what they write, as they write it.

    Args:
        begin: Called when a completion begins; returns what takes its pieces.
    """
    token = _begin_text.set(begin)
    try:
        yield
    finally:
        _begin_text.reset(token)


_KEY_VERSION = 1
"""Raised when a key covers something new, so that completions under older keys are not found."""


def request_key(model: str, messages: Sequence[Message], schema: OutputSchema) -> bytes:
    """Return the SHA-256 of everything that shapes a completion.

    Args:
        model: The model's fingerprint, or its name where any model of that name will do.
        messages: The prompt.
        schema: The schema of the output. The order of its properties counts.
    """
    everything = [
        _KEY_VERSION,
        model,
        [[message.role, message.content] for message in messages],
        schema.name,
        dict(schema.schema),
    ]
    return hashlib.sha256(json.dumps(everything).encode()).digest()
