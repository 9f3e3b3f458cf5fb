"""CachedModel: a model whose completions are kept in a file and cost nothing the next time."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from os import PathLike
from weakref import WeakValueDictionary

from newsqa.models import Completion, Message, Model, ModelWrapper, OutputSchema, request_key
from newsqa.models.store import CompletionStore
from newsqa.usage import Usage


class CachedModel(ModelWrapper):
    """Wraps a model and keeps its completions in a SQLite file that processes and threads can share.

    A kept completion is returned if ``model.fingerprint``, the messages and the schema are exactly the
    same. It has the model and the request id of the original call, and a ``Usage`` of zero. Errors are
    not kept. Tasks of one event loop that ask the same at the same time share one call; if it fails,
    the next task makes its own.

    Args:
        model: The model.
        path: The file; it and its folder are created. It holds completions unencrypted.
        max_bytes: The most that the file may grow to; the least recently used completions make room.

    Raises:
        ConfigurationError: Here or in a call, if the file cannot be used: it is damaged, not a cache,
            read-only, or the disk is full.
    """

    def __init__(
        self, model: Model, path: str | PathLike[str], *, max_bytes: int = 500_000_000
    ) -> None:
        super().__init__(model)
        self._store = CompletionStore(path, max_bytes=max_bytes)
        self._locks: WeakValueDictionary[tuple[asyncio.AbstractEventLoop, bytes], asyncio.Lock]
        self._locks = WeakValueDictionary()

    async def complete(self, messages: Sequence[Message], schema: OutputSchema) -> Completion:
        """Return the kept completion, or the model's, which is then kept.

        Raises:
            ConfigurationError: The file cannot be used.
            ModelError: As the model raises it.
        """
        key = request_key(self.model.fingerprint, messages, schema)
        async with self._lock(key):
            # In a thread, because SQLite may have to wait for another process.
            kept = await asyncio.to_thread(self._store.get, key)
            if kept is not None:
                return _unpack(kept)
            completion = await self.model.complete(messages, schema)
            await asyncio.to_thread(self._store.put, key, _pack(completion))
            return completion

    async def clear(self) -> None:
        """Delete every completion in the file."""
        await asyncio.to_thread(self._store.clear)

    async def aclose(self) -> None:
        """Close the model and the file; both open again on the next call."""
        try:
            await asyncio.to_thread(self._store.close)
        finally:
            await super().aclose()

    def _lock(self, key: bytes) -> asyncio.Lock:
        """Return the lock of all tasks of this event loop that ask for ``key``."""
        return self._locks.setdefault((asyncio.get_running_loop(), key), asyncio.Lock())


def _pack(completion: Completion) -> bytes:
    fields = [completion.text, completion.model, completion.request_id]
    # A model can write a lone surrogate, which is not UTF-8.
    return json.dumps(fields, ensure_ascii=False).encode("utf-8", "surrogatepass")


def _unpack(kept: bytes) -> Completion:
    text, model, request_id = json.loads(kept.decode("utf-8", "surrogatepass"))
    return Completion(text, model, Usage(), request_id)
