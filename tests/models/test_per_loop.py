"""One value for each event loop."""

from __future__ import annotations

import asyncio

import pytest

from newsqa.models.transport import PerLoop


class Connection:
    """Counts its closings."""

    def __init__(self) -> None:
        self.closings = 0

    async def aclose(self) -> None:
        """Close, with a switch of tasks as a real one has."""
        await asyncio.sleep(0)
        self.closings += 1


def test_a_loop_has_one_value_even_for_many_tasks() -> None:
    """All of them get the first one's."""
    sessions = PerLoop(Connection)

    async def run() -> list[Connection]:
        return await asyncio.gather(*(sessions.get() for _ in range(5)))

    assert len(set(map(id, asyncio.run(run())))) == 1


def test_a_value_is_closed_when_its_loop_ends() -> None:
    """Once, and nothing of it is kept."""
    sessions = PerLoop(Connection)
    connection = asyncio.run(sessions.get())
    assert connection.closings == 1
    assert not sessions._held


def test_a_value_that_was_closed_is_replaced() -> None:
    """And not closed a second time."""
    sessions = PerLoop(Connection)

    async def run() -> tuple[Connection, Connection]:
        first = await sessions.get()
        await sessions.aclose()
        await sessions.aclose()
        return first, await sessions.get()

    first, second = asyncio.run(run())
    assert first is not second
    assert (first.closings, second.closings) == (1, 1)


def test_closing_where_nothing_is_open_is_no_error() -> None:
    """There may have been no call at all."""
    asyncio.run(PerLoop(Connection).aclose())


def test_what_a_loop_left_behind_is_dropped() -> None:
    """A loop can be closed without ending what is open in it."""
    sessions = PerLoop(Connection)
    loop = asyncio.new_event_loop()
    loop.run_until_complete(sessions.get())
    loop.close()
    assert list(sessions._held) == [loop]

    async def run() -> list[asyncio.AbstractEventLoop]:
        await sessions.get()
        return list(sessions._held)

    assert loop not in asyncio.run(run())


def test_an_error_while_making_a_value_leaves_nothing_behind() -> None:
    """The next call tries again."""
    made: list[Connection] = []

    def make() -> Connection:
        made.append(Connection())
        if len(made) == 1:
            raise OSError("no")
        return made[-1]

    sessions = PerLoop(make)

    async def run() -> Connection:
        with pytest.raises(OSError, match="no"):
            await sessions.get()
        return await sessions.get()

    assert asyncio.run(run()) is made[1]
