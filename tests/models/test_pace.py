"""Pace: limits a minute, and the back-off that all requests to a server share."""

from __future__ import annotations

import asyncio
import random
import threading

import httpx2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsqa.errors import ModelUnavailableError
from newsqa.models import pace as pace_module
from newsqa.models.limits import Limits
from newsqa.models.openai import OpenAIModel
from newsqa.models.pace import Pace, pace_of
from newsqa.models.transport import Transport
from tests.scripted_server import (
    LOCAL_URL,
    PROMPT,
    SCHEMA,
    TEXT,
    ScriptedServer,
    answer,
    complete,
    error,
)


class Clock:
    """Time that passes only while somebody sleeps, for any number of tasks."""

    def __init__(self) -> None:
        self.now = 0.0
        self._sleeping: list[tuple[float, asyncio.Event]] = []

    def __call__(self) -> float:
        """Return the time."""
        return self.now

    async def sleep(self, seconds: float) -> None:
        """Sleep until the clock has moved on by ``seconds``."""
        due = asyncio.Event()
        self._sleeping.append((self.now + seconds, due))
        await due.wait()

    async def run(self) -> None:
        """Move on to the next that wakes up, whenever nothing else can happen."""
        while True:
            for _ in range(50):
                await asyncio.sleep(0)
            if self._sleeping:
                self._sleeping.sort(key=lambda pair: pair[0])
                self.now, due = self._sleeping.pop(0)
                due.set()


class SlowServer:
    """Takes ``rate`` requests a second, and says 429 to the others."""

    def __init__(self, rate: int, clock: Clock, *, retry_after: str | None = None) -> None:
        self._rate, self._clock = rate, clock
        self._headers = {"retry-after": retry_after} if retry_after else {}
        self.taken: list[float] = []
        self.refused = 0

    def handle(self, request: httpx2.Request) -> httpx2.Response:
        """Answer, if fewer than ``rate`` requests were taken in the last second."""
        now = self._clock()
        if sum(now - time < 1 for time in self.taken) >= self._rate:
            self.refused += 1
            return error(429, "Rate limit reached", headers=self._headers)
        self.taken.append(now)
        return answer()


def ask_at_once(count: int, server: SlowServer, clock: Clock, *, slots: int = 8) -> list[str]:
    """Return the completions of ``count`` prompts that are asked at the same time."""
    transport = Transport(
        http_client=lambda: httpx2.AsyncClient(transport=httpx2.MockTransport(server.handle)),
        clock=clock,
        sleep=clock.sleep,
        max_concurrency=slots,
    )
    model = OpenAIModel("tiny", api_key="k", base_url=LOCAL_URL, transport=transport)

    async def run() -> list[str]:
        passing = asyncio.create_task(clock.run())
        done = await asyncio.gather(*(model.complete(PROMPT, SCHEMA) for _ in range(count)))
        passing.cancel()
        return [completion.text for completion in done]

    return asyncio.run(run())


@pytest.mark.parametrize("slots", [8, 60])
def test_a_server_of_three_requests_a_second_loses_no_question(slots: int) -> None:
    """Though each call has only four attempts of its own, and 60 begin at once."""
    clock = Clock()
    server = SlowServer(3, clock)
    assert ask_at_once(60, server, clock, slots=slots) == [TEXT] * 60
    assert clock.now < 60 / 3 * 3
    assert server.refused < 60 * 2


def test_a_wait_that_the_server_asks_for_holds_for_all_requests() -> None:
    """Not only for the one that was told."""
    clock = Clock()
    server = SlowServer(1, clock, retry_after="5")
    assert ask_at_once(4, server, clock) == [TEXT] * 4
    first, *others = server.taken
    assert all(time - first >= 5 for time in others)


def test_a_server_that_refuses_everybody_is_given_up() -> None:
    """No attempt is excused where no other request is taken."""
    clock = Clock()
    with pytest.raises(Exception, match="Given up after 4 requests"):
        ask_at_once(1, SlowServer(0, clock), clock)


def test_models_of_one_account_share_a_pace() -> None:
    """Two objects with the same key are the same to the server."""
    clock = Clock()
    assert pace_of(("url", "m", "key"), clock) is pace_of(("url", "m", "key"), clock)
    assert pace_of(("url", "m", "key"), clock) is not pace_of(("url", "m", "other"), clock)


@settings(max_examples=50, deadline=None)
@given(
    most=st.integers(1, 20),
    most_tokens=st.integers(100, 2_000),
    seed=st.integers(0, 10**6),
)
def test_no_minute_has_more_than_its_requests_and_tokens(
    most: int, most_tokens: int, seed: int
) -> None:
    """Whenever the minute begins, and whatever the requests turn out to have used."""
    draw = random.Random(seed)
    pace = Pace(requests_per_minute=most, tokens_per_minute=most_tokens)
    clock = Clock()
    used: list[tuple[float, int]] = []

    async def request() -> None:
        await clock.sleep(draw.uniform(0, 100))
        reserved = draw.randint(1, most_tokens)
        start = await pace.wait(reserved, clock=clock, sleep=clock.sleep)
        began, spent = clock.now, draw.randint(0, reserved)
        await clock.sleep(draw.uniform(0, 20))
        pace.settle(start, spent)
        used.append((began, spent))

    async def run() -> None:
        passing = asyncio.create_task(clock.run())
        await asyncio.gather(*(request() for _ in range(40)))
        passing.cancel()

    asyncio.run(run())
    for begin, _ in used:
        minute = [tokens for time, tokens in used if begin <= time < begin + 60 - 1e-5]
        assert len(minute) <= most
        assert sum(minute) <= most_tokens


def test_a_request_that_is_larger_than_the_minute_has_one_for_itself() -> None:
    """It would wait for ever otherwise."""
    pace, clock = Pace(tokens_per_minute=100), Clock()

    async def run() -> list[float]:
        passing = asyncio.create_task(clock.run())
        times = []
        for _ in range(2):
            await pace.wait(5_000, clock=clock, sleep=clock.sleep)
            times.append(clock.now)
        passing.cancel()
        return times

    assert asyncio.run(run()) == [0.0, 60.0]


def test_an_accepted_request_is_counted_by_one_thread_at_a_time() -> None:
    """Another one may be counting those of the last second."""
    pace = Pace()
    accepting = threading.Thread(target=pace.accept, args=(0.0,))
    with pace_module._lock:
        accepting.start()
        accepting.join(timeout=0.05)
        assert pace.accepted == 0
    accepting.join()
    assert pace.accepted == 1


def test_a_request_that_is_cancelled_while_it_waits_uses_up_no_minute() -> None:
    """The next one starts in its place."""
    pace, clock = Pace(requests_per_minute=1), Clock()

    async def run() -> None:
        await pace.wait(1, clock=clock, sleep=clock.sleep)
        waiting = asyncio.create_task(pace.wait(1, clock=clock, sleep=clock.sleep))
        await asyncio.sleep(0)
        waiting.cancel()
        await asyncio.wait([waiting])
        passing = asyncio.create_task(clock.run())
        await pace.wait(1, clock=clock, sleep=clock.sleep)
        passing.cancel()

    asyncio.run(run())
    assert clock.now == 60.0


def test_a_start_that_a_pause_puts_off_counts_once() -> None:
    """Two requests fit into the minute after the pause."""
    pace, clock = Pace(requests_per_minute=2), Clock()

    async def run() -> None:
        passing = asyncio.create_task(clock.run())
        for _ in range(2):
            refused = await pace.wait(1, clock=clock, sleep=clock.sleep)
        waiting = asyncio.create_task(pace.wait(1, clock=clock, sleep=clock.sleep))
        await asyncio.sleep(0)
        pace.slow_down(clock.now, refused, retry_after=100.0)
        await waiting
        await pace.wait(1, clock=clock, sleep=clock.sleep)
        passing.cancel()

    asyncio.run(run())
    assert clock.now < 110.0


def test_a_pause_that_ends_after_the_deadline_fails_later_calls_at_once() -> None:
    """They send nothing and wait for nothing, and another model may be asked."""
    server = ScriptedServer(error(429, headers={"retry-after": "3600"}))
    model = server.model()
    for words in ("it asks to wait 3600 s", "wait 3600 s more, and this one may take 180 s"):
        with pytest.raises(ModelUnavailableError, match=words):
            complete(model)
    assert (server.calls, server.slept) == (1, [])


def test_a_pause_that_ends_before_the_deadline_is_waited_for() -> None:
    """Though the call before had no attempt left."""
    server = ScriptedServer(error(429, headers={"retry-after": "100"}), answer())
    model = server.model(transport={"max_attempts": 1})
    with pytest.raises(ModelUnavailableError):
        complete(model)
    assert complete(model).text == TEXT
    assert sum(server.slept) == pytest.approx(100)


def test_a_minute_s_limit_may_last_longer_than_the_deadline() -> None:
    """It is the caller's own."""
    server = ScriptedServer(answer(), answer())
    model = server.model(transport={"deadline": 10}, limits=Limits(requests_per_minute=1))
    assert [complete(model).text for _ in range(2)] == [TEXT] * 2
    assert sum(server.slept) == pytest.approx(60)
