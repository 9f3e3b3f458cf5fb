"""One resource per event loop, closed with the loop."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar


class Closable(Protocol):
    """Has to be closed in the event loop that it was made in."""

    async def aclose(self) -> None:
        """Close it."""


T = TypeVar("T", bound=Closable)


@dataclass(frozen=True, slots=True)
class _Held(Generic[T]):
    value: T
    guard: AsyncGenerator[None]


class PerLoop(Generic[T]):
    """Makes one value for each event loop that asks for it.

    A value is closed by ``aclose``, or when ``asyncio.run`` ends its loop. There is no lock, since a
    fork could leave it held: each loop touches its own entry only. Keys are not weak, because a value
    with open connections refers to its loop.

    Args:
        make: Makes the value; called in the event loop.
    """

    def __init__(self, make: Callable[[], T]) -> None:
        self._make = make
        self._held: dict[asyncio.AbstractEventLoop, _Held[T]] = {}

    async def get(self) -> T:
        """Return the running loop's value, making it at the first call."""
        loop = asyncio.get_running_loop()
        held = self._held.get(loop)
        if held is None:
            self._forget_closed_loops()
            value = self._make()
            held = self._held[loop] = _Held(value, self._guard(loop, value))
            await anext(held.guard)
        return held.value

    async def aclose(self) -> None:
        """Close the running loop's value; the next call makes a new one."""
        held = self._held.get(asyncio.get_running_loop())
        if held is not None:
            await held.guard.aclose()

    async def _guard(self, loop: asyncio.AbstractEventLoop, value: T) -> AsyncGenerator[None]:
        """Wait for the end of ``loop``: asyncio closes the generators left open in it."""
        try:
            yield
        finally:
            self._held.pop(loop, None)
            await value.aclose()

    def _forget_closed_loops(self) -> None:
        """Drop the values of loops that were closed without closing their generators."""
        for loop in tuple(self._held):
            if loop.is_closed():
                self._held.pop(loop, None)
