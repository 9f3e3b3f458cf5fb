"""Transport: how requests are sent, when a failed one is sent again, and the block that forbids them."""

from __future__ import annotations

import asyncio
import math
import threading
import time
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from tenacity import (
    AsyncRetrying,
    RetryCallState,
    retry_if_exception,
    wait_exponential,
    wait_random,
)

from newsqa.errors import ConfigurationError, ModelRequestForbiddenError
from newsqa.models.errors import AttemptError

if TYPE_CHECKING:
    import httpx2

_BACKOFF = wait_exponential(multiplier=0.5, max=8) + wait_random(0, 0.5)
"""Half a second, doubled each time, up to 8, and up to half a second by chance."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Transport:
    """How a model's requests are sent.

    Raises:
        ConfigurationError: A value is not positive.
    """

    timeout: float = 60.0
    """Seconds for one attempt."""
    deadline: float = 180.0
    """Seconds for one completion with all its attempts, once it has one of the
    ``max_concurrency`` slots."""
    max_attempts: int = 4
    """Requests for one completion at most."""
    max_concurrency: int = 8
    """Completions in progress at once, per event loop."""
    http_client: Callable[[], httpx2.AsyncClient] | None = None
    """Makes the HTTP client of each event loop: for a proxy, a test, or
    ``newsqa.models.client.aiohttp_client``, which is faster at hundreds of requests at once."""
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    clock: Callable[[], float] = time.monotonic

    def __post_init__(self) -> None:
        for name in ("timeout", "deadline", "max_attempts", "max_concurrency"):
            value = getattr(self, name)
            if not value > 0:
                raise ConfigurationError(f"Transport.{name} must be above 0, and is {value!r}.")

    def retrying(
        self, patience: Patience, *, before_retry: Callable[[float], None]
    ) -> AsyncRetrying:
        """Return the policy that retries transient failures until ``max_attempts`` or the deadline.

        A server's ``Retry-After`` is obeyed to the second; if it ends after the deadline, the call
        fails at once. The last ``AttemptError`` is raised unchanged.

        Args:
            patience: Since when the completion is under way, and which attempts do not count.
            before_retry: Called before each further attempt with the seconds that are waited first.
        """
        return AsyncRetrying(
            retry=retry_if_exception(_is_retryable),
            wait=_wait,
            stop=lambda state: self._is_last(state, patience),
            before_sleep=lambda state: before_retry(state.upcoming_sleep),
            sleep=self.sleep,
            reraise=True,
        )

    def remaining(self, patience: Patience) -> float:
        """Return the seconds that one more attempt may take."""
        return min(self.timeout, self.until_deadline(patience))

    def until_deadline(self, patience: Patience) -> float:
        """Return the seconds that the completion may still take with all its attempts."""
        return patience.started + self.deadline - self.clock()

    def _is_last(self, state: RetryCallState, patience: Patience) -> bool:
        resumes = self.clock() + state.upcoming_sleep
        attempts = state.attempt_number - patience.excused
        return attempts >= self.max_attempts or resumes >= patience.started + self.deadline


@dataclass(slots=True)
class Patience:
    """The part that one completion has used of its deadline and its attempts."""

    started: float
    """By the transport's clock; later by what the completion waited for its turn."""
    excused: int = 0
    """Attempts that do not count: the server refused one too many, and took others meanwhile."""


def _is_retryable(error: BaseException) -> bool:
    return isinstance(error, AttemptError) and error.is_retryable


def _wait(state: RetryCallState) -> float:
    error = state.outcome.exception() if state.outcome else None
    if isinstance(error, AttemptError) and error.retry_after:
        return error.retry_after
    return _BACKOFF(state)


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Return the seconds that a server asks to wait, or ``None`` if it does not say.

    Read are ``retry-after-ms``, and ``retry-after`` in seconds or as a date. A date is compared with
    the server's own clock if it sends one.

    >>> retry_after({"retry-after": "1.5"}), retry_after({"retry-after-ms": "250"})
    (1.5, 0.25)
    >>> retry_after({"retry-after": "soon"}) is None
    True
    """
    milliseconds = _number(headers.get("retry-after-ms"))
    if milliseconds is not None:
        return max(0.0, milliseconds / 1000)
    seconds = _number(headers.get("retry-after"))
    if seconds is not None:
        return max(0.0, seconds)
    until = _date(headers.get("retry-after"))
    if until is None:
        return None
    return max(0.0, until - (_date(headers.get("date")) or time.time()))


def should_retry(headers: Mapping[str, str]) -> bool | None:
    """Return the server's ``x-should-retry``, or ``None`` if it does not say."""
    return {"true": True, "false": False}.get(headers.get("x-should-retry", "").lower())


def _number(value: str | None) -> float | None:
    try:
        number = float(value or "")
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def _date(value: str | None) -> float | None:
    try:
        return parsedate_to_datetime(value or "").timestamp()
    except (ValueError, OverflowError):
        return None


_lock = threading.Lock()
_open_blocks = 0
"""Number of open blocks in the whole process, since newsqa sends requests from its own thread."""


@contextmanager
def no_model_requests() -> Iterator[None]:
    """Make every request to a model's server raise ``ModelRequestForbiddenError``.

    It applies to all threads and event loops of the process, until the last open block ends. Whatever
    needs no server keeps working: the embedded reader, cached completions, models of your own. A
    process that is started inside the block is not covered.
    """
    _count_blocks(1)
    try:
        yield
    finally:
        _count_blocks(-1)


def check_allowed(model: str, url: str) -> None:
    """Raise ``ModelRequestForbiddenError`` inside a ``no_model_requests`` block."""
    if _open_blocks:
        raise ModelRequestForbiddenError(
            f"A request to {model!r} at {url} was about to be sent, and no_model_requests forbids "
            "it: give the code under test a ScriptedModel or a recording, or leave the block."
        )


def _count_blocks(blocks: int) -> None:
    global _open_blocks
    with _lock:
        _open_blocks += blocks


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
