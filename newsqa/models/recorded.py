"""RecordingModel and ReplayModel: a model's completions kept as readable files, and replayed offline."""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher, unified_diff
from itertools import zip_longest
from os import PathLike
from pathlib import Path
from typing import NamedTuple, Self

from pydantic import BaseModel, ConfigDict, PositiveInt, ValidationError

from newsqa.errors import ConfigurationError, RecordingError
from newsqa.models import Completion, Message, Model, ModelWrapper, OutputSchema, Role, request_key
from newsqa.optional import dump_yaml, load_yaml, yaml
from newsqa.usage import Usage

_MAX_REASON_CHARS = 160


class RecordingModel(ModelWrapper):
    """A model that also writes each completion to a file in ``folder``, to be replayed.

    The same request always writes the same file, so recording again updates it. Errors are not
    recorded. A completion from a cache is recorded with the usage it then has, which is zero.
    """

    def __init__(self, model: Model, folder: str | PathLike[str]) -> None:
        super().__init__(model)
        self._folder = Path(folder)

    async def complete(self, messages: Sequence[Message], schema: OutputSchema) -> Completion:
        """Return the model's completion after writing it.

        Raises:
            ConfigurationError: The file cannot be written.
            ModelError: As the model raises it.
        """
        completion = await self.model.complete(messages, schema)
        path = self._folder / _file_name(self.name, messages, schema)
        recording = Recording.of(self.model, messages, schema, completion)
        try:
            await asyncio.to_thread(_write, path, recording)
        except OSError as error:
            raise ConfigurationError(
                f"The recording {str(path)!r} cannot be written: {error.strerror}."
            ) from error
        return completion


class ReplayModel:
    """Answers from the recordings in ``folder``, without a network; the usage is the recorded one.

    Args:
        folder: The folder that a ``RecordingModel`` wrote to.
        name: The recorded model; needed if the folder has recordings of several.
        max_input_tokens: The token budget of a prompt, by default the recorded one.

    Raises:
        RecordingError: The folder has no recordings of the model.
    """

    def __init__(
        self,
        folder: str | PathLike[str],
        *,
        name: str | None = None,
        max_input_tokens: int | None = None,
    ) -> None:
        self._folder = Path(folder)
        recordings = dict(_read_all(self._folder))
        self._name = name or _only_name(self._folder, recordings.values())
        self._recordings = {
            path.name: recording
            for path, recording in recordings.items()
            if recording.model == self._name
        }
        if not self._recordings:
            names = sorted({recording.model for recording in recordings.values()})
            raise RecordingError(
                f"{str(folder)!r} has no recordings of {self._name!r}, but of {names}."
            )
        recorded = min(recording.max_input_tokens for recording in self._recordings.values())
        self._max_input_tokens = max_input_tokens or recorded
        self._used: set[str] = set()

    @property
    def name(self) -> str:
        """The name of the recorded model."""
        return self._name

    @property
    def fingerprint(self) -> str:
        """The model's name and a digest of all its recordings, as JSON."""
        completions = [[n, r.completion] for n, r in self._recordings.items()]
        digest = hashlib.sha256(json.dumps(completions).encode()).hexdigest()
        return json.dumps(["replay", self._name, digest])

    @property
    def max_input_tokens(self) -> int:
        """The most tokens that a whole prompt may have."""
        return self._max_input_tokens

    @property
    def unused(self) -> tuple[Path, ...]:
        """The model's recordings that no request has asked for yet."""
        return tuple(self._folder / name for name in self._recordings if name not in self._used)

    async def complete(self, messages: Sequence[Message], schema: OutputSchema) -> Completion:
        """Return the recorded completion of the same request.

        Raises:
            RecordingError: There is none; the message gives the nearest recording and the difference.
        """
        file_name = _file_name(self._name, messages, schema)
        recording = self._recordings.get(file_name)
        if recording is None:
            raise self._mismatch(messages, schema)
        self._used.add(file_name)
        return recording.replayed()

    async def aclose(self) -> None:
        """Do nothing: no connection is open."""

    def _mismatch(self, messages: Sequence[Message], schema: OutputSchema) -> RecordingError:
        request = _as_text(messages, schema.name, _digest(schema))
        recorded = [recording.as_text() for recording in self._recordings.values()]
        number = nearest(request, recorded)
        return RecordingError(
            f"No recording of {self._name!r} in {str(self._folder)!r} is of this request. The nearest "
            f"is {list(self._recordings)[number]}: {first_difference(recorded[number], request)}. "
            "If the change is intended, record again."
        )


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class RecordedMessage(_Part):
    """One message of a recorded prompt."""

    role: Role
    content: str


class Recording(_Part):
    """A request to the model called ``model``, and its completion, as one YAML file.

    The schema is the same in all files, so only its name and the start of its SHA-256 are kept.
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
        """Return the recording of a ``completion`` by ``model``."""
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
        """Return the completion as it was given, with its usage."""
        return Completion(self.completion, self.completed_by, self.usage, self.request_id)

    def as_text(self) -> RequestText:
        """Return the request as text."""
        return _as_text(self.messages, self.schema_name, self.schema_sha256)


def _as_text(
    messages: Sequence[Message | RecordedMessage], schema_name: str, schema_sha256: str
) -> RequestText:
    lines = [f"schema {schema_name} {schema_sha256}"]
    for message in messages:
        lines += [f"{message.role}:", *message.content.split("\n")]
    return RequestText(lines[-1], lines)


def _file_name(model: str, messages: Sequence[Message], schema: OutputSchema) -> str:
    # By the model's name, not its fingerprint, which has the server's address: what was recorded on
    # one machine is replayed on all.
    return request_key(model, messages, schema).hex()[:32] + ".yaml"


def _write(path: Path, recording: Recording) -> None:
    """Write the file at ``path`` as a whole, replacing what was there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    values = recording.model_dump(mode="python", exclude_none=True)
    text = dump_yaml({**values, "messages": list(values["messages"])})
    with tempfile.NamedTemporaryFile(
        "w", encoding="utf-8", newline="\n", dir=path.parent, delete=False
    ) as file:
        file.write(text)
    Path(file.name).chmod(0o644)
    os.replace(file.name, path)  # noqa: PTH105  # the one call that replaces on every system


def _read_all(folder: Path) -> Iterator[tuple[Path, Recording]]:
    if not folder.is_dir():
        raise RecordingError(f"There is no folder {str(folder)!r}; record into it first.")
    for path in sorted(folder.glob("*.yaml")):
        yield path, _read(path)


def _read(path: Path) -> Recording:
    try:
        return Recording.model_validate(load_yaml(path.read_text(encoding="utf-8")))
    except (ValidationError, UnicodeDecodeError, yaml().YAMLError) as error:
        reason = " ".join(str(error).split())[:_MAX_REASON_CHARS]
        raise RecordingError(f"{str(path)!r} is not a recording of newsqa: {reason}") from error


def _digest(schema: OutputSchema) -> str:
    return hashlib.sha256(json.dumps(dict(schema.schema)).encode()).hexdigest()[:12]


def _only_name(folder: Path, recordings: Iterable[Recording]) -> str:
    names = sorted({recording.model for recording in recordings})
    if not names:
        raise RecordingError(f"{str(folder)!r} has no recordings; record into it first.")
    if len(names) > 1:
        raise RecordingError(
            f"{str(folder)!r} has recordings of {len(names)} models ({', '.join(names)}): choose one "
            "with model."
        )
    return names[0]


_MAX_LINE_CHARS = 160
_MAX_DIFF_LINES = 80


class RequestText(NamedTuple):
    """A request as people read it: all of it in lines, and its last line as a title."""

    title: str
    lines: Sequence[str]


def nearest(request: RequestText, recorded: Sequence[RequestText]) -> int:
    """Return the index of the recorded request that is most like ``request``.

    That is the one with most lines in common. Questions about the same article all have as many; of
    these, it is the one with the most similar title.
    """

    def likeness(index: int) -> tuple[float, float]:
        other = recorded[index]
        return _ratio(other.lines, request.lines), _ratio(other.title, request.title)

    return max(range(len(recorded)), key=likeness)


def first_difference(recorded: RequestText, request: RequestText) -> str:
    """Return the first line in which two requests differ, as a phrase.

    >>> was, now = (RequestText("", ["user:", line]) for line in ("Who paid?", "Who left?"))
    >>> first_difference(was, now)
    "recorded 'Who paid?', sent now 'Who left?'"
    """
    for was, now in zip_longest(recorded.lines, request.lines):
        if was != now:
            return f"recorded {_shown(was)}, sent now {_shown(now)}"
    return "they do not differ"


def diff(recorded: RequestText, request: RequestText) -> str:
    """Return a unified diff of two requests, of at most 80 lines."""
    lines = list(
        unified_diff(recorded.lines, request.lines, "recorded", "sent now", n=2, lineterm="")
    )
    if len(lines) > _MAX_DIFF_LINES:
        left_out = len(lines) - _MAX_DIFF_LINES
        lines = [*lines[:_MAX_DIFF_LINES], f"… {left_out} more lines"]
    return "\n".join(lines)


def _ratio(one: Sequence[str], other: Sequence[str]) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def _shown(line: str | None) -> str:
    return "nothing" if line is None else repr(line[:_MAX_LINE_CHARS])
