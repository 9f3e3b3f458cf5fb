"""CachedModel: what a model wrote for a prompt is kept in a file, and costs nothing the next time."""

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
    """A model whose completions are kept in a SQLite file, for any number of processes and threads.

    A completion is found again when ``model.fingerprint``, the messages and the schema are all the
    same, to the letter. It then comes with the model and the request id of the call that wrote it
    and a ``Usage`` of nothing, since nothing was spent. Errors are not kept. Tasks of one event
    loop that ask for the same thing at once make one call between them; if that call fails, the next
    of them makes its own.

    The file, made along with its folder, holds the models' words unencrypted and stays below
    ``max_bytes``: what was not used for longest makes room. Raises ``ConfigurationError``, here or at
    a call, when the file cannot be used: it is damaged, not a cache, read-only, or the disk is full.
    """

    def __init__(
        self, model: Model, path: str | PathLike[str], *, max_bytes: int = 500_000_000
    ) -> None:
        super().__init__(model)
        self._store = CompletionStore(path, max_bytes=max_bytes)
        self._turns: WeakValueDictionary[tuple[asyncio.AbstractEventLoop, bytes], asyncio.Lock]
        self._turns = WeakValueDictionary()

    async def complete(self, messages: Sequence[Message], schema: OutputSchema) -> Completion:
        """The kept completion, or else the model's, which is kept from then on.

        Raises what the model raises, and ``ConfigurationError`` when the file cannot be used.
        """
        key = request_key(self.model.fingerprint, messages, schema)
        async with self._turn(key):
            # In a thread: SQLite may have to wait for another process.
            kept = await asyncio.to_thread(self._store.get, key)
            if kept is not None:
                return _unpack(kept)
            completion = await self.model.complete(messages, schema)
            await asyncio.to_thread(self._store.put, key, _pack(completion))
            return completion

    async def clear(self) -> None:
        """Forget every completion in the file."""
        await asyncio.to_thread(self._store.clear)

    async def aclose(self) -> None:
        """Close the model and the file; both open again when they are needed."""
        try:
            await asyncio.to_thread(self._store.close)
        finally:
            await super().aclose()

    def _turn(self, key: bytes) -> asyncio.Lock:
        """The lock of the tasks that ask for ``key`` in this event loop."""
        return self._turns.setdefault((asyncio.get_running_loop(), key), asyncio.Lock())


def _pack(completion: Completion) -> bytes:
    fields = [completion.text, completion.model, completion.request_id]
    # A model can write half of a surrogate pair, which is not UTF-8.
    return json.dumps(fields, ensure_ascii=False).encode("utf-8", "surrogatepass")


def _unpack(kept: bytes) -> Completion:
    text, model, request_id = json.loads(kept.decode("utf-8", "surrogatepass"))
    return Completion(text, model, Usage(), request_id)
