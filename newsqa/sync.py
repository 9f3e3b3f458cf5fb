"""Runs coroutines from sync code.

One event loop in one daemon thread serves all synchronous calls of a process. That works inside a
running event loop (a notebook), from any number of threads, and after a fork: the parent's thread does
not exist in the child, so a new one is started.
"""

from __future__ import annotations

import asyncio
import os
import queue
import threading
from collections.abc import Coroutine, Iterator
from concurrent.futures import Future
from contextlib import suppress
from types import TracebackType
from typing import Protocol, Self, TypeVar

from newsqa.errors import ConfigurationError

T = TypeVar("T")


class _Portal:
    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None

    def loop(self) -> asyncio.AbstractEventLoop:
        with self._lock:
            if self._loop is None:
                self._loop = asyncio.new_event_loop()
                # A daemon, because nothing is left to wait for when the caller's threads are done.
                self._thread = threading.Thread(
                    target=self._loop.run_forever, name="newsqa-portal", daemon=True
                )
                self._thread.start()
            return self._loop

    def is_here(self) -> bool:
        """Return whether this is the portal's own thread."""
        return threading.current_thread() is self._thread


_portal = _Portal()


def _renew() -> None:
    global _portal
    _portal = _Portal()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_renew)


_CLOSING_SECONDS = 1.0
"""How long ``SyncIterator.close`` waits at most."""

_NOT_HERE = (
    "Async code that newsqa itself runs has called newsqa's sync functions, which would wait for "
    "themselves for ever; await the async ones there."
)


def run(coroutine: Coroutine[object, object, T]) -> T:
    """Run a coroutine and return its result. Interrupting the wait cancels it.

    >>> async def double(number: int) -> int:
    ...     return 2 * number
    >>> run(double(21))
    42

    Raises:
        ConfigurationError: It is called in the portal's own thread, which cannot wait for itself.
    """
    if _portal.is_here():
        coroutine.close()
        raise ConfigurationError(_NOT_HERE)
    future = asyncio.run_coroutine_threadsafe(coroutine, _portal.loop())
    try:
        return future.result()
    except BaseException:
        future.cancel()
        raise


Item_co = TypeVar("Item_co", covariant=True)


class ClosableIterator(Protocol[Item_co]):
    """An async iterator that can be closed before its end."""

    def __aiter__(self) -> Self:
        """Return itself."""

    async def __anext__(self) -> Item_co:
        """Return the next item."""

    async def aclose(self) -> None:
        """End it, and wait until what it does has ended."""


class SyncIterator(Iterator[T]):
    """Iterates over an async iterator from sync code, such as ``AnswerStream``.

    One task in the portal's loop takes all items and puts them into a queue: an async iterator that is
    resumed from several tasks loses its errors. The task starts when the first item is waited for.
    ``close``, the end of a ``with`` block, and dropping the last reference end it.

    Args:
        items: What to iterate over. It is closed at the end.
    """

    def __init__(self, items: ClosableIterator[T]) -> None:
        self._items = items
        self._received: queue.SimpleQueue[list[T]] = queue.SimpleQueue()
        self._pump: Future[None] | None = None
        self._is_over = False

    def __next__(self) -> T:
        if self._is_over:
            raise StopIteration
        if _portal.is_here():
            raise ConfigurationError(_NOT_HERE)
        if self._pump is None:
            pump = _move_all(self._items, self._received)
            self._pump = asyncio.run_coroutine_threadsafe(pump, _portal.loop())
        try:
            received = self._received.get()
        except BaseException:
            self._pump.cancel()
            raise
        if received:
            return received[0]
        self._is_over = True
        if not self._pump.cancelled():
            self._pump.result()  # raises what ended the iteration early
        raise StopIteration

    def close(self) -> None:
        """End the iteration, and wait until what it does has ended."""
        self._is_over = True
        if self._pump is None or not self._pump.cancel() or _portal.is_here():
            return
        with suppress(queue.Empty):  # after a fork, nobody is left to end it
            while self._received.get(timeout=_CLOSING_SECONDS):
                pass

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def __del__(self) -> None:
        if self._pump is not None:
            self._pump.cancel()


async def _move_all(items: ClosableIterator[T], received: queue.SimpleQueue[list[T]]) -> None:
    """Put each item into the queue in a list of its own, and an empty list at the end."""
    try:
        try:
            async for item in items:
                received.put([item])
        finally:
            await items.aclose()
    finally:
        received.put([])
