"""Recording: one request to a model and its completion, as a file that people can read."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Self

from pydantic import BaseModel, ConfigDict, PositiveInt, ValidationError

from newsqa.errors import RecordingError
from newsqa.models import Completion, Message, Model, OutputSchema, Role
from newsqa.models.keys import request_key
from newsqa.optional import dump_yaml, load_yaml, yaml
from newsqa.usage import Usage

_SHOWN = 160
"""Characters of a line that an error shows."""


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class RecordedMessage(_Part):
    """One message of the prompt."""

    role: Role
    content: str


class Recording(_Part):
    """An exchange with the model called ``model``, whose prompts may hold ``max_input_tokens``.

    The schema is there by its name and the start of its SHA-256, since it is the same in all.
    """

    model: str
    max_input_tokens: PositiveInt
    schema_name: str
    schema_sha256: str
    messages: tuple[RecordedMessage, ...]
    completed_by: str
    request_id: str | None = None
    usage: Usage
    completion: str

    @classmethod
    def of(
        cls,
        model: Model,
        messages: Sequence[Message],
        schema: OutputSchema,
        completion: Completion,
    ) -> Self:
        """The recording of what ``model`` completed."""
        return cls(
            model=model.name,
            max_input_tokens=model.max_input_tokens,
            schema_name=schema.name,
            schema_sha256=_digest(schema),
            messages=tuple(RecordedMessage(role=m.role, content=m.content) for m in messages),
            completed_by=completion.model,
            request_id=completion.request_id,
            usage=completion.usage,
            completion=completion.text,
        )

    def replayed(self) -> Completion:
        """The completion as it was given, with what it cost then."""
        return Completion(self.completion, self.completed_by, self.usage, self.request_id)

    def likeness(self, messages: Sequence[Message]) -> float:
        """The share of lines that its prompt has in common with ``messages``, from 0 to 1."""
        mine, theirs = _lines(self.messages), _lines(messages)
        return len(mine & theirs) / max(len(mine | theirs), 1)

    def difference(self, messages: Sequence[Message], schema: OutputSchema) -> str:
        """Where its request and this one part, as the end of a sentence."""
        for number, (mine, asked) in enumerate(zip(self.messages, messages, strict=False), 1):
            if mine.role != asked.role:
                return f"in the role of message {number}: {mine.role}, asked now as {asked.role}"
            if mine.content != asked.content:
                return f"in message {number} ({asked.role}), " + _parting(
                    mine.content, asked.content
                )
        if len(self.messages) != len(messages):
            return f"in the number of messages: {len(self.messages)}, asked now {len(messages)}"
        if (self.schema_name, self.schema_sha256) != (schema.name, _digest(schema)):
            return f"in the schema {schema.name!r}"
        return "in nothing that shows: its file was renamed"


def file_name(model: str, messages: Sequence[Message], schema: OutputSchema) -> str:
    """The name of the recording's file: half of the digest of the request, and ``.yaml``.

    The model goes in by its name and not by its fingerprint, which holds a server's address: what
    was recorded on one machine is replayed on all.
    """
    return request_key(model, messages, schema).hex()[:32] + ".yaml"


def write_recording(path: Path, recording: Recording) -> None:
    """Write the file at ``path`` as a whole, in place of what was there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    values = recording.model_dump(mode="python", exclude_none=True)
    text = dump_yaml({**values, "messages": list(values["messages"])})
    with tempfile.NamedTemporaryFile(
        "w", encoding="utf-8", newline="\n", dir=path.parent, delete=False
    ) as file:
        file.write(text)
    Path(file.name).chmod(0o644)
    os.replace(file.name, path)  # noqa: PTH105  # the one call that replaces on every system


def read_recordings(folder: Path) -> Iterator[tuple[Path, Recording]]:
    """The recordings in ``folder``, in the order of their names.

    Raises ``RecordingError`` when there is no such folder, or one of its YAML files is no recording.
    """
    if not folder.is_dir():
        raise RecordingError(f"There is no folder {str(folder)!r}; record into it first.")
    for path in sorted(folder.glob("*.yaml")):
        yield path, _read(path)


def _read(path: Path) -> Recording:
    try:
        return Recording.model_validate(load_yaml(path.read_text(encoding="utf-8")))
    except (ValidationError, UnicodeDecodeError, yaml().YAMLError) as error:
        reason = " ".join(str(error).split())[:_SHOWN]
        raise RecordingError(f"{str(path)!r} is no recording of newsqa: {reason}") from error


def _digest(schema: OutputSchema) -> str:
    return hashlib.sha256(json.dumps(dict(schema.schema)).encode()).hexdigest()[:12]


def _lines(messages: Sequence[Message | RecordedMessage]) -> set[str]:
    return {line for message in messages for line in message.content.splitlines()}


def _parting(mine: str, asked: str) -> str:
    """The first line in which two texts differ."""
    pairs = zip([*mine.splitlines(), ""], [*asked.splitlines(), ""], strict=False)
    for number, (was, now) in enumerate(pairs, 1):
        if was != now:
            return f"line {number}: recorded was “{was[:_SHOWN]}”, asked is “{now[:_SHOWN]}”"
    return "in its line ends"
