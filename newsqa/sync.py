"""Runs coroutines from sync code.

One event loop in one daemon thread serves all synchronous calls of a process. That works inside a
running event loop (a notebook), from any number of threads, and after a fork: the parent's thread does
not exist in the child, so a new one is started.
"""

from __future__ import annotations

import asyncio
import os
import threading
from collections.abc import Coroutine
from typing import TypeVar

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
        raise ConfigurationError(
            "Async code that newsqa itself runs has called newsqa's sync functions, which would wait "
            "for themselves for ever; await the async ones there."
        )
    future = asyncio.run_coroutine_threadsafe(coroutine, _portal.loop())
    try:
        return future.result()
    except BaseException:
        future.cancel()
        raise
