"""CachedModel: a model whose completions are kept in a file and cost nothing the next time."""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
import sqlite3
import sys
import threading
import weakref
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from os import PathLike
from pathlib import Path
from weakref import WeakValueDictionary

from tenacity import retry, retry_if_exception, stop_after_delay, wait_random

from newsqa.errors import ConfigurationError
from newsqa.events import CacheHit, emit
from newsqa.models import Completion, Message, Model, ModelWrapper, OutputSchema, request_key
from newsqa.usage import Usage


class CachedModel(ModelWrapper):
    """Wraps a model and keeps its completions in a SQLite file that processes and threads can share.

    A kept completion is returned if ``model.fingerprint``, the messages and the schema are exactly the
    same. It has the model and the request id of the original call, a ``Usage`` of zero, and the original
    input tokens as ``kept_input_tokens``, which show whether the prompt was cut. Errors are not kept. Tasks of one event loop that ask the same at the same time share one call; if it fails,
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
                emit(CacheHit(model=self.name))
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
    tokens = completion.usage.input_tokens
    fields = [completion.text, completion.model, completion.request_id, tokens]
    # A model can write a lone surrogate, which is not UTF-8.
    return json.dumps(fields, ensure_ascii=False).encode("utf-8", "surrogatepass")


def _unpack(kept: bytes) -> Completion:
    # Files that version 0.1 wrote have no tokens.
    text, model, request_id, *tokens = json.loads(kept.decode("utf-8", "surrogatepass"))
    return Completion(text, model, Usage(), request_id, *tokens)


_APPLICATION_ID = 0x6E777161  # "nwqa"
_LAYOUT_VERSION = 1
_HEADER = (_APPLICATION_ID, _LAYOUT_VERSION)
"""Identifies files of this class."""

_LAYOUT = f"""
BEGIN IMMEDIATE;
CREATE TABLE IF NOT EXISTS completions (
    used INTEGER PRIMARY KEY, -- the order of use: the largest was used last
    key BLOB NOT NULL UNIQUE,
    value BLOB NOT NULL,
    digest BLOB NOT NULL -- of the value
);
PRAGMA application_id = {_APPLICATION_ID};
PRAGMA user_version = {_LAYOUT_VERSION};
COMMIT;
"""

_MAX_WAIT_SECONDS = 60.0
"""How long to wait for other processes; each holds the file for about a millisecond."""

_MIN_MAX_BYTES = 1_000_000
_SPARE_BYTES = 40_000
"""The most that one insertion may take beyond its value."""

_EVICTION_BATCH = 16

_lock = threading.RLock()
"""Held while this process uses a store, and while it forks."""

_stores: weakref.WeakSet[CompletionStore] = weakref.WeakSet()


class CompletionStore:
    """Values by key; the least recently used are dropped to keep the file below ``max_bytes``.

    ``max_bytes`` (at least 1 MB) limits the file; SQLite's write-ahead log next to it takes about 4 MB
    more. A value larger than half of the limit is not kept, and one that does not match its digest is
    not returned. Every method raises ``ConfigurationError`` if the file cannot be used.
    """

    def __init__(self, path: str | PathLike[str], *, max_bytes: int) -> None:
        if max_bytes < _MIN_MAX_BYTES:
            raise ConfigurationError(
                f"max_bytes of the cache is {max_bytes}; give at least {_MIN_MAX_BYTES}."
            )
        self._path = Path(path).expanduser().absolute()
        self._max_bytes = max_bytes
        self._connection: sqlite3.Connection | None = None
        _stores.add(self)
        with self._open():
            pass  # report an unusable file at once

    def get(self, key: bytes) -> bytes | None:
        """Return the value of ``key`` and mark it as used; None if there is none."""
        with self._open() as connection:
            row: tuple[bytes, bytes] | None = connection.execute(
                "SELECT CAST(value AS BLOB), digest FROM completions WHERE key = ?", (key,)
            ).fetchone()
            if row is None or _digest(row[0]) != row[1]:
                return None
            connection.execute(
                "UPDATE completions SET used = (SELECT max(used) + 1 FROM completions) "
                "WHERE key = ?",
                (key,),
            )
            return row[0]

    def put(self, key: bytes, value: bytes) -> None:
        """Set the value of ``key``."""
        if len(value) > self._max_bytes // 2:
            return
        with self._open() as connection, _transaction(connection):
            _evict(connection, self._max_bytes - _SPARE_BYTES - len(value))
            connection.execute(
                "INSERT OR REPLACE INTO completions (key, value, digest) VALUES (?, ?, ?)",
                (key, value, _digest(value)),
            )

    def clear(self) -> None:
        """Delete every value and free the disk space."""
        with self._open() as connection:
            connection.execute("DELETE FROM completions")
            connection.execute("VACUUM")

    def close(self) -> None:
        """Close the file; the next use opens it again."""
        with _lock:
            if self._connection is not None:
                self._disconnect()
            self._connection = None

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        with _lock:
            try:
                if self._connection is None:
                    self._connection = self._connect()
                yield self._connection
            except (sqlite3.Error, OSError) as error:
                self.close()  # the next use opens the file again, which may be repaired by then
                raise ConfigurationError(
                    f"The cache {str(self._path)!r} cannot be used: {error}. Make it a "
                    "writable file on a disk with room, delete it, or name another."
                ) from error

    def _connect(self) -> sqlite3.Connection:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with ExitStack() as stack:
            connection = sqlite3.connect(
                self._path, timeout=_MAX_WAIT_SECONDS, isolation_level=None, check_same_thread=False
            )
            stack.enter_context(closing(connection))
            _prepare(connection, self._path)
            self._disconnect = weakref.finalize(self, stack.pop_all().close)
        return connection


def _prepare(connection: sqlite3.Connection, path: Path) -> None:
    """Lay out a new file; raise ``ConfigurationError`` if an existing one is not a cache."""
    if connection.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,):
        _use_write_ahead_log(connection)
        connection.executescript(_LAYOUT)
    if (_pragma(connection, "application_id"), _pragma(connection, "user_version")) != _HEADER:
        raise ConfigurationError(
            f"{str(path)!r} is not a completion cache of this version of newsqa; delete it or "
            "name another file."
        )
    # Do not wait for the disk at every commit: a power cut loses the last completions at most.
    connection.execute("PRAGMA synchronous = NORMAL")


def _is_busy(error: BaseException) -> bool:
    return getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_BUSY


@retry(
    retry=retry_if_exception(_is_busy),
    wait=wait_random(max=0.02),
    stop=stop_after_delay(_MAX_WAIT_SECONDS),
    reraise=True,
)
def _use_write_ahead_log(connection: sqlite3.Connection) -> None:
    # The one statement that fails at once if several processes create the file together.
    connection.execute("PRAGMA journal_mode = WAL")


@contextmanager
def _transaction(connection: sqlite3.Connection) -> Iterator[None]:
    connection.execute("BEGIN IMMEDIATE")
    with connection:  # commits, or rolls back on an error
        yield


def _evict(connection: sqlite3.Connection, limit: int) -> None:
    """Delete the least recently used values until at most ``limit`` bytes are in use."""
    while _bytes_in_use(connection) > limit:
        connection.execute(
            "DELETE FROM completions WHERE used IN "
            "(SELECT used FROM completions ORDER BY used LIMIT ?)",
            (_EVICTION_BATCH,),
        )


def _bytes_in_use(connection: sqlite3.Connection) -> int:
    pages = _pragma(connection, "page_count") - _pragma(connection, "freelist_count")
    return pages * _pragma(connection, "page_size")


def _pragma(connection: sqlite3.Connection, name: str) -> int:
    (value,) = connection.execute(f"PRAGMA {name}").fetchone()
    return int(value)


def _digest(value: bytes) -> bytes:
    return hashlib.sha256(value).digest()


def _before_fork() -> None:
    # Connections and locks of SQLite do not survive a fork; the child cannot even close them.
    _lock.acquire()
    for store in tuple(_stores):
        store.close()


if sys.platform != "win32":
    os.register_at_fork(
        before=_before_fork, after_in_parent=_lock.release, after_in_child=_lock.release
    )
