"""Events: their names, and who is told of them."""

from __future__ import annotations

import asyncio

from newsqa.events import (
    AskedAgain,
    CacheHit,
    Event,
    Progress,
    RetryScheduled,
    WindowRead,
    combine,
    emit,
    listening,
)


def kinds(kind: type[Event] = Progress) -> list[type[Event]]:
    """All kinds of progress."""
    return kind.__subclasses__()


def test_an_event_reaches_the_listener_of_its_block() -> None:
    """And none after it."""
    seen: list[Event] = []
    with listening(seen.append):
        emit(CacheHit(model="tiny"))
    emit(CacheHit(model="other"))
    assert seen == [CacheHit(model="tiny")]


def test_an_inner_block_has_a_listener_of_its_own() -> None:
    """A question that is asked while another is answered is not a part of it."""
    outer: list[Event] = []
    with listening(outer.append), listening(None):
        emit(CacheHit(model="tiny"))
    assert outer == []


def test_tasks_that_start_in_a_block_report_to_it() -> None:
    """Windows are read in tasks of their own, and questions do not mix."""

    async def ask(name: str) -> list[Event]:
        seen: list[Event] = []

        async def read() -> None:
            await asyncio.sleep(0)
            emit(CacheHit(model=name))

        with listening(seen.append):
            async with asyncio.TaskGroup() as group:
                group.create_task(read())
                group.create_task(read())
        return seen

    async def both() -> list[list[Event]]:
        return list(await asyncio.gather(ask("one"), ask("two")))

    assert asyncio.run(both()) == [[CacheHit(model=n)] * 2 for n in ("one", "two")]


def test_listeners_are_told_in_order() -> None:
    """None among them is left out."""
    seen: list[str] = []
    on_event = combine(lambda _: seen.append("first"), None, lambda _: seen.append("second"))
    assert on_event is not None
    on_event(CacheHit(model="tiny"))
    assert seen == ["first", "second"]
    assert combine(None, None) is None


def test_every_kind_of_progress_has_a_sentence() -> None:
    """For a person who waits."""
    assert str(WindowRead(number=3, total=9)) == "window 3 of 9 read"
    assert str(AskedAgain(about="claims", count=2)) == "asked again: 2 claims did not hold"
    assert str(RetryScheduled(model="tiny", wait_seconds=0.5)) == "asking tiny again in 0.5 s"
    assert all("__str__" in vars(kind) for kind in kinds())


def test_an_event_is_named_after_its_kind() -> None:
    """In snake case, for other programs."""
    assert WindowRead(number=1, total=2).name == "window_read"
