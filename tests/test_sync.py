"""Portal: async code called from sync code, wherever that runs."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import threading
import traceback
import warnings
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Self

import pytest

from newsqa.errors import ConfigurationError
from newsqa.sync import SyncIterator, run

forking = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork")


async def double(number: int) -> int:
    """A result that takes a turn of the loop."""
    await asyncio.sleep(0)
    return 2 * number


def is_waiting(thread: threading.Thread) -> bool:
    """Whether ``thread`` is inside of a future's ``result``."""
    assert thread.ident
    frame = sys._current_frames().get(thread.ident)
    names = [inner.f_code.co_name for inner, _ in traceback.walk_stack(frame)]
    return "result" in names


async def where() -> tuple[asyncio.AbstractEventLoop, threading.Thread]:
    """The loop and the thread of the portal."""
    return asyncio.get_running_loop(), threading.current_thread()


def test_a_result_comes_back() -> None:
    """From the portal's loop to the calling thread."""
    assert run(double(21)) == 42


def test_all_calls_share_one_loop_in_one_thread() -> None:
    """So that connections stay open between calls."""
    assert run(where()) == run(where())


def test_the_thread_does_not_keep_the_process_alive() -> None:
    """Nobody has to stop it."""
    _, thread = run(where())
    assert thread.daemon
    assert thread is not threading.current_thread()


def test_an_exception_comes_back_as_it_is() -> None:
    """The same object, with its traceback."""
    error = ValueError("no")

    async def fail() -> None:
        raise error

    with pytest.raises(ValueError, match="no") as caught:
        run(fail())
    assert caught.value is error


def test_it_works_inside_a_running_loop() -> None:
    """As in a notebook."""

    async def cell() -> int:
        return run(double(21))

    assert asyncio.run(cell()) == 42


def test_it_works_from_many_threads_at_once() -> None:
    """All of them are under way together: each waits for all the others."""
    barrier = threading.Barrier(16)
    arrived = asyncio.Event()
    under_way = 0

    async def meet(number: int) -> int:
        nonlocal under_way
        under_way += 1
        if under_way == 16:
            arrived.set()
        await asyncio.wait_for(arrived.wait(), timeout=30)
        return number

    def call(number: int) -> int:
        barrier.wait(timeout=30)
        return run(meet(number))

    with ThreadPoolExecutor(16) as pool:
        assert list(pool.map(call, range(16))) == list(range(16))


def test_a_call_from_the_portal_s_own_thread_is_an_error() -> None:
    """It would wait for itself for ever."""

    async def callback() -> int:
        return run(double(21))

    with pytest.raises(ConfigurationError, match="await the async ones there"):
        run(callback())


def test_the_portal_works_on_after_such_an_error() -> None:
    """Nothing is left waiting."""

    async def callback() -> int:
        return run(double(21))

    with pytest.raises(ConfigurationError):
        run(callback())
    assert run(double(21)) == 42


def test_a_thread_that_async_code_starts_may_call_it() -> None:
    """That one can wait."""

    async def callback() -> int:
        return await asyncio.to_thread(lambda: run(double(21)))

    assert run(callback()) == 42


@pytest.fixture
def interruptible() -> Iterator[None]:
    """SIGINT raises KeyboardInterrupt, even if a shell started the tests in the background."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGINT for a thread alone")
@pytest.mark.usefixtures("interruptible")
def test_an_interruption_passes_through_and_cancels_the_call() -> None:
    """Ctrl-C ends the waiting and what was waited for."""
    cancelled = threading.Event()

    async def wait_long() -> None:
        while not is_waiting(threading.main_thread()):  # noqa: ASYNC110  # no event tells
            await asyncio.sleep(0)
        os.kill(os.getpid(), signal.SIGINT)
        try:
            await asyncio.Event().wait()
        finally:
            cancelled.set()

    with pytest.raises(KeyboardInterrupt):
        run(wait_long())
    assert cancelled.wait(timeout=30)


def in_child(act: object) -> int:
    """The exit code of a forked child that runs ``act``; it is killed after 30 seconds."""
    assert callable(act)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of forking with threads, since 3.12
        child = os.fork()
    if child == 0:
        signal.alarm(30)
        try:
            act()
        finally:
            os._exit(0 if sys.exc_info()[0] is None else 1)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def check_double() -> None:
    """Call the portal, as a child would."""
    assert run(double(21)) == 42


@forking
def test_it_works_in_a_child_after_a_fork() -> None:
    """Where the parent's thread does not exist; and in the parent afterwards."""
    assert run(double(1)) == 2
    assert in_child(check_double) == 0
    assert run(double(2)) == 4


@forking
def test_it_works_after_a_fork_while_a_call_is_under_way() -> None:
    """Which then ends in the parent, and in the parent only."""
    entered, release = threading.Event(), asyncio.Event()
    loop, _ = run(where())

    async def wait() -> str:
        entered.set()
        await release.wait()
        return "released"

    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(run, wait())
        assert entered.wait(timeout=30)
        assert in_child(check_double) == 0
        loop.call_soon_threadsafe(release.set)
        assert waiting.result(timeout=30) == "released"


class Numbers:
    """An async iterator that counts, and keeps what happened to it."""

    def __init__(self, *, end: int = 3, error: Exception | None = None) -> None:
        self.count, self.end, self.error = 0, end, error
        self.tasks: set[asyncio.Task[object] | None] = set()
        self.is_closed = threading.Event()

    def __aiter__(self) -> Self:
        """Return itself."""
        return self

    async def __anext__(self) -> int:
        """Return the next number; after the last one, raise the error."""
        self.tasks.add(asyncio.current_task())
        await asyncio.sleep(0)
        if self.count == self.end:
            raise self.error or StopAsyncIteration
        self.count += 1
        return self.count

    async def aclose(self) -> None:
        """Take note."""
        self.is_closed.set()


class Endless(Numbers):
    """An async iterator whose second item never comes."""

    async def __anext__(self) -> int:
        """Return one number, and wait."""
        if self.count:
            await asyncio.Event().wait()
        return await super().__anext__()


def test_items_come_in_order_from_one_task() -> None:
    """And the iterator is closed after the last."""
    numbers = Numbers()
    assert list(SyncIterator(numbers)) == [1, 2, 3]
    assert len(numbers.tasks) == 1
    assert numbers.is_closed.is_set()


def test_an_error_comes_after_the_items_before_it() -> None:
    """The same object; afterwards there is nothing more."""
    error = ValueError("no")
    items = SyncIterator(Numbers(end=1, error=error))
    assert next(items) == 1
    with pytest.raises(ValueError, match="no") as caught:
        next(items)
    assert caught.value is error
    assert list(items) == []


def test_nothing_starts_before_the_first_item_is_wanted() -> None:
    """An iterator that is not used costs nothing."""
    numbers = Numbers()
    with SyncIterator(numbers):
        pass
    assert numbers.count == 0


def test_leaving_the_block_ends_what_is_under_way() -> None:
    """The iterator has been closed when the block ends."""
    numbers = Endless()
    with SyncIterator(numbers) as items:
        assert next(items) == 1
    assert numbers.is_closed.is_set()
    assert list(items) == []


def test_dropping_the_iterator_ends_what_is_under_way() -> None:
    """As leaving a loop does."""
    numbers = Endless()
    for _ in SyncIterator(numbers):
        break
    assert numbers.is_closed.wait(timeout=5)


def test_iterating_in_the_portals_own_thread_is_refused() -> None:
    """It would wait for itself for ever."""

    async def inside() -> int:
        return next(SyncIterator(Numbers()))

    with pytest.raises(ConfigurationError, match="await the async ones"):
        run(inside())


@forking
def test_an_iterator_that_a_fork_has_copied_can_be_closed() -> None:
    """Nobody is left in the child to end it, so closing it does not wait for long."""
    items = SyncIterator(Endless())
    assert next(items) == 1
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # a fork with threads
        child = os.fork()
    if not child:
        items.close()
        os._exit(0)
    assert os.waitpid(child, 0)[1] == 0
    items.close()
