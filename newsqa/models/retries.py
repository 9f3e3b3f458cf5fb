"""The one policy for requests that may succeed when sent again."""

from __future__ import annotations

import asyncio
import math
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from tenacity import (
    AsyncRetrying,
    RetryCallState,
    retry_if_exception,
    wait_exponential,
    wait_random,
)

from newsqa.errors import ConfigurationError
from newsqa.models.errors import AttemptError

if TYPE_CHECKING:
    import httpx2

_BACKOFF = wait_exponential(multiplier=0.5, max=8) + wait_random(0, 0.5)
"""Half a second, doubled each time, up to 8, and up to half a second by chance."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Transport:
    """How a model's requests are sent: times in seconds, and how often and how many at once.

    Raises ``ConfigurationError`` for a value that is not positive.
    """

    timeout: float = 60.0
    """For one attempt."""
    deadline: float = 180.0
    """For one completion with all its attempts, from the moment it has a place among
    ``max_concurrency``."""
    max_attempts: int = 4
    max_concurrency: int = 8
    """Completions under way at once, per event loop."""
    http_client: Callable[[], httpx2.AsyncClient] | None = None
    """Makes the client of each event loop: for a proxy, a test, or ``openai.DefaultAioHttpClient``,
    which is twice as fast at hundreds of requests at once."""
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    clock: Callable[[], float] = time.monotonic

    def __post_init__(self) -> None:
        for name in ("timeout", "deadline", "max_attempts", "max_concurrency"):
            value = getattr(self, name)
            if not value > 0:
                raise ConfigurationError(f"Transport.{name} must be above 0, and is {value!r}.")

    def retrying(self, started: float, *, before_retry: Callable[[], None]) -> AsyncRetrying:
        """Sends again what failed for a passing reason, until an attempt or the deadline is the last.

        A server's ``Retry-After`` is waited for to the second; one that ends after the deadline
        ends the call at once. The last ``AttemptError`` is raised as it is.
        """
        return AsyncRetrying(
            retry=retry_if_exception(_is_transient),
            wait=_wait,
            stop=lambda state: self._is_last(state, started),
            before_sleep=lambda _: before_retry(),
            sleep=self.sleep,
            reraise=True,
        )

    def remaining(self, started: float) -> float:
        """The seconds that one more attempt may take."""
        return min(self.timeout, started + self.deadline - self.clock())

    def _is_last(self, state: RetryCallState, started: float) -> bool:
        resumes = self.clock() + state.upcoming_sleep
        return state.attempt_number >= self.max_attempts or resumes >= started + self.deadline


def _is_transient(error: BaseException) -> bool:
    return isinstance(error, AttemptError) and error.transient


def _wait(state: RetryCallState) -> float:
    error = state.outcome.exception() if state.outcome else None
    if isinstance(error, AttemptError) and error.retry_after:
        return error.retry_after
    return _BACKOFF(state)


def retry_after(headers: Mapping[str, str]) -> float | None:
    """The seconds that a server asks to wait, ``None`` if it does not or not readably.

    Reads ``retry-after-ms``, and ``retry-after`` in seconds or as a date. A date is measured
    against the server's own clock if it sends one.
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
    """Whether the server says so in ``x-should-retry``, ``None`` if it does not say."""
    return {"true": True, "false": False}.get(headers.get("x-should-retry", "").lower())


def _number(value: str | None) -> float | None:
    try:
        number = float(value or "")
    except ValueError:
        return None
    return None if math.isnan(number) else number


def _date(value: str | None) -> float | None:
    try:
        return parsedate_to_datetime(value or "").timestamp()
    except (ValueError, OverflowError):
        return None
