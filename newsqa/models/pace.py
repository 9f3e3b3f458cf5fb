"""Pace: when requests may start, so that no limit a minute is passed and no server is overrun."""

from __future__ import annotations

import os
import sys
import threading
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import lru_cache

from newsqa.models.errors import AttemptError

MIN_REQUESTS_PER_SECOND = 0.1
"""However often a server refuses, it is asked again after ten seconds."""

_WINDOW_SECONDS = 60.0
_RECENT_SECONDS = 1.0
_TICK_SECONDS = 1e-6
"""Shorter waits are none: a clock of large numbers may not move by less."""

_DECREASE = 0.7
_INCREASE = 0.1
"""Of the rate after a decrease, for each second."""

_QUIET_SECONDS = 60.0
"""After so long without a 429, requests are not spaced any more."""

_lock = threading.Lock()
"""Held for microseconds by what threads share, and while the process forks."""


class Pace:
    """When the requests of a process to one account may start.

    Limits for a minute hold in any 60 seconds. When the server says 429, all requests slow down to
    seven tenths of the rate that it accepted, and then become faster by a tenth of that each second
    (additive increase, multiplicative decrease); a wait that it asks for holds for all.

    Args:
        requests_per_minute: Requests that start in any minute at most.
        tokens_per_minute: Tokens of the requests that start in any minute at most.
    """

    def __init__(
        self, *, requests_per_minute: int | None = None, tokens_per_minute: int | None = None
    ) -> None:
        self._most_requests = requests_per_minute
        self._most_tokens = tokens_per_minute
        self._started: deque[Start] = deque()
        self._tokens = 0
        self._next = self._paused_until = self._slowed_at = float("-inf")
        self._rate: float | None = None
        self._step = 0.0
        self._accepted: deque[float] = deque(maxlen=1_000)
        self.accepted = 0
        """Requests that the server did not refuse as too many."""

    async def wait(
        self,
        tokens: int,
        *,
        clock: Callable[[], float],
        sleep: Callable[[float], Awaitable[None]],
        longest_pause: float = float("inf"),
    ) -> Start:
        """Wait until a request of ``tokens`` at most may start, and count it.

        Args:
            tokens: The most tokens that the request may use.
            clock: Returns the time in seconds.
            sleep: Waits for some seconds.
            longest_pause: Seconds that the server may still ask all requests to wait. The waits for the
                limits of a minute may be longer.

        Raises:
            AttemptError: The server asks for a longer pause; the request is not retried.
        """
        start = self._claim(clock(), tokens)
        try:
            while (delay := max(start.time, self._paused_until) - clock()) > _TICK_SECONDS:
                self._check_pause(clock(), longest_pause)
                await sleep(delay)
                if start.time < self._paused_until:
                    self._give_back(start)
                    start = self._claim(clock(), tokens)
        except BaseException:
            self._give_back(start)
            raise
        return start

    def settle(self, start: Start, tokens: int) -> None:
        """Replace the tokens that were counted for a request with those that it used."""
        with _lock:
            if start.is_counted:
                self._tokens += tokens - start.tokens
                start.tokens = tokens

    def accept(self, now: float) -> None:
        """Take note that the server took a request."""
        with _lock:
            self.accepted += 1
            self._accepted.append(now)
            if self._rate is not None:
                self._rate += self._step / self._rate
                if now - self._slowed_at > _QUIET_SECONDS:
                    self._rate = None

    def slow_down(self, now: float, start: Start, retry_after: float | None) -> None:
        """Take note that the server refused a request as one too many.

        Those that were sent before the last decrease say nothing new.
        """
        with _lock:
            self._paused_until = max(self._paused_until, now + (retry_after or 0.0))
            if start.time <= self._slowed_at:
                return
            recent = sum(now - time <= _RECENT_SECONDS for time in self._accepted)
            rate = max(recent, 1) if self._rate is None else min(self._rate, recent + 1)
            self._rate = max(_DECREASE * rate, MIN_REQUESTS_PER_SECOND)
            self._step = _INCREASE * self._rate
            self._slowed_at = now

    def _check_pause(self, now: float, longest: float) -> None:
        pause = self._paused_until - now
        if pause >= longest:
            raise AttemptError(
                f"The server asks all requests to wait {pause:.0f} s more, and this one may take "
                f"{max(longest, 0.0):.0f} s: ask again later, or raise the deadline.",
                transient=False,
            )

    def _claim(self, now: float, tokens: int) -> Start:
        """Return the next free start, and keep it free of others."""
        with _lock:
            earliest = max(now, self._next, self._paused_until)
            # A request that is larger than the limit has a minute for itself.
            start = Start(earliest, min(tokens, self._most_tokens or tokens))
            if self._most_requests or self._most_tokens:
                self._make_room(start)
            self._next = start.time + (1 / self._rate if self._rate else 0.0)
            return start

    def _give_back(self, start: Start) -> None:
        """Make room for another request in place of one that does not start."""
        with _lock:
            if start.is_counted:
                self._started.remove(start)
                self._tokens -= start.tokens
                start.is_counted = False

    def _make_room(self, start: Start) -> None:
        """Move ``start`` to when the minute before it has room, and count it."""
        while self._started and (
            self._started[0].time <= start.time - _WINDOW_SECONDS or self._is_full(start)
        ):
            oldest = self._started.popleft()
            oldest.is_counted = False
            self._tokens -= oldest.tokens
            start.time = max(start.time, oldest.time + _WINDOW_SECONDS)
        start.is_counted = True
        self._started.append(start)
        self._tokens += start.tokens

    def _is_full(self, start: Start) -> bool:
        if self._most_requests and len(self._started) >= self._most_requests:
            return True
        return bool(self._most_tokens) and self._tokens + start.tokens > (self._most_tokens or 0)


@dataclass(slots=True, eq=False)
class Start:
    """When a request may start, by the clock of its transport, and the tokens counted for it."""

    time: float
    tokens: int
    is_counted: bool = False


@lru_cache(maxsize=256)
def pace_of(
    _account: tuple[str, ...],
    _clock: Callable[[], float],
    requests_per_minute: int | None = None,
    tokens_per_minute: int | None = None,
) -> Pace:
    """Return the pace that all requests of a process to one account share.

    Args:
        requests_per_minute: Requests that start in any minute at most.
        tokens_per_minute: Their tokens.
    """
    return Pace(requests_per_minute=requests_per_minute, tokens_per_minute=tokens_per_minute)


if sys.platform != "win32":
    os.register_at_fork(
        before=_lock.acquire, after_in_parent=_lock.release, after_in_child=_lock.release
    )
