"""RecordingModel and ReplayModel: what a model wrote is kept as files to read, and given again offline."""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections.abc import Iterable, Sequence
from os import PathLike
from pathlib import Path

from newsqa.errors import ConfigurationError, RecordingError
from newsqa.models import Completion, Message, Model, OutputSchema
from newsqa.models.recordings import (
    Recording,
    file_name,
    read_recordings,
    write_recording,
)
from newsqa.models.wrapper import ModelWrapper


class RecordingModel(ModelWrapper):
    """A model whose every completion is also written to a file in ``folder``, to be replayed.

    The same request writes the same file, so that recording again brings it up to date. Errors are
    not recorded. A completion out of a cache is recorded with the usage it then has: of nothing.
    """

    def __init__(self, model: Model, folder: str | PathLike[str]) -> None:
        super().__init__(model)
        self._folder = Path(folder)

    async def complete(self, messages: Sequence[Message], schema: OutputSchema) -> Completion:
        """The model's completion, once it is written.

        Raises what the model raises, and ``ConfigurationError`` when the file cannot be written.
        """
        completion = await self.model.complete(messages, schema)
        path = self._folder / file_name(self.name, messages, schema)
        recording = Recording.of(self.model, messages, schema, completion)
        try:
            await asyncio.to_thread(write_recording, path, recording)
        except OSError as error:
            raise ConfigurationError(
                f"The recording {str(path)!r} cannot be written: {error.strerror}."
            ) from error
        return completion


class ReplayModel:
    """Answers from the recordings in ``folder``, without a network; usage is what was spent then.

    ``name`` is the model that was recorded, needed where the folder holds several;
    ``max_input_tokens`` is by default the one it was recorded with. Raises ``RecordingError`` when the
    folder holds no recordings of the model.
    """

    def __init__(
        self,
        folder: str | PathLike[str],
        *,
        name: str | None = None,
        max_input_tokens: int | None = None,
    ) -> None:
        self._folder = Path(folder)
        found = dict(read_recordings(self._folder))
        self._name = name or _only_name(self._folder, found.values())
        self._recordings = {
            path.name: recording
            for path, recording in found.items()
            if recording.model == self._name
        }
        if not self._recordings:
            names = sorted({recording.model for recording in found.values()})
            raise RecordingError(
                f"{str(folder)!r} holds no recordings of {self._name!r}, but of {names}."
            )
        recorded = min(recording.max_input_tokens for recording in self._recordings.values())
        self._max_input_tokens = max_input_tokens or recorded
        self._used: set[str] = set()

    @property
    def name(self) -> str:
        """The name of the model that was recorded."""
        return self._name

    @property
    def fingerprint(self) -> str:
        """The model's name and a digest of all its recordings, as JSON."""
        completions = [[n, r.completion] for n, r in self._recordings.items()]
        digest = hashlib.sha256(json.dumps(completions).encode()).hexdigest()
        return json.dumps(["replay", self._name, digest])

    @property
    def max_input_tokens(self) -> int:
        """The tokens a whole prompt may hold."""
        return self._max_input_tokens

    @property
    def unused(self) -> tuple[Path, ...]:
        """The files of the model's recordings that no request has asked for yet."""
        return tuple(self._folder / name for name in self._recordings if name not in self._used)

    async def complete(self, messages: Sequence[Message], schema: OutputSchema) -> Completion:
        """The recorded completion of the same request.

        Raises ``RecordingError`` when there is none, with the nearest and what differs in it.
        """
        wanted = file_name(self._name, messages, schema)
        recording = self._recordings.get(wanted)
        if recording is None:
            raise self._missing(messages, schema)
        self._used.add(wanted)
        return recording.replayed()

    async def aclose(self) -> None:
        """Nothing is held open."""

    def _missing(self, messages: Sequence[Message], schema: OutputSchema) -> RecordingError:
        name, nearest = max(self._recordings.items(), key=lambda item: item[1].likeness(messages))
        return RecordingError(
            f"No recording of {self._name!r} in {str(self._folder)!r} answers the request. Nearest is "
            f"{name}, which differs {nearest.difference(messages, schema)}. Record again if "
            "that is meant."
        )


def _only_name(folder: Path, recordings: Iterable[Recording]) -> str:
    names = sorted({recording.model for recording in recordings})
    if not names:
        raise RecordingError(f"{str(folder)!r} holds no recordings; record into it first.")
    if len(names) > 1:
        raise RecordingError(
            f"{str(folder)!r} holds recordings of {len(names)} models ({', '.join(names)}): say which "
            "one with model."
        )
    return names[0]
