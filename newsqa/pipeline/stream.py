"""Streams: reports claims as they are verified, and yields what happens while a question is answered."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from contextlib import suppress
from types import TracebackType
from typing import Any, Self, TypeAlias

from newsqa.answers.answer import Answer, Claim
from newsqa.answers.draft import DraftClaim
from newsqa.answers.events import ClaimVerified, ClaimWithdrawn
from newsqa.article.passages import Passage
from newsqa.events import Event, OnEvent, emit
from newsqa.grounding import GroundedClaim
from newsqa.pipeline.compose import compose_text
from newsqa.readers import OnClaim

_Verify: TypeAlias = Callable[[DraftClaim, Passage], GroundedClaim]
_Key: TypeAlias = tuple[object, ...]


class VerifiedClaims:
    """The claims of one question: each is verified once, and reported as soon as it has passed.

    A claim is verified when its reader has written it, or else with the whole draft. Only a claim that
    the reader is not asked about again is reported early.

    Args:
        verify: Grounds and checks a claim that was drafted from a passage.
    """

    def __init__(self, verify: _Verify) -> None:
        self._verify = verify
        self._verified: dict[tuple[DraftClaim, frozenset[int]], GroundedClaim] = {}
        self._grounded: list[GroundedClaim] = []
        self._reported: list[Claim] = []

    def verify(self, draft: DraftClaim, passage: Passage) -> GroundedClaim:
        """Return the grounded and checked claim."""
        key = (draft, passage.numbers)
        if key not in self._verified:
            self._verified[key] = self._verify(draft, passage)
        return self._verified[key]

    def begin_draft(self, passage: Passage) -> OnClaim:
        """Return what verifies and reports the claims of a draft that is being written.

        A claim that an earlier draft had, too, is not reported twice.
        """
        repeated = Counter(map(_key, self._reported))

        def on_claim(draft: DraftClaim) -> None:
            grounded = self.verify(draft, passage)
            if grounded.needs_reask:
                return
            _, [*_, claim] = compose_text([*self._grounded, grounded])
            if repeated[_key(claim)]:
                repeated[_key(claim)] -= 1
                return
            self._grounded.append(grounded)
            self._report(claim)

        return on_claim

    def settle(self, claims: Sequence[Claim]) -> None:
        """Report the claims of the answer that were not reported, and withdraw those it does not have."""
        left = Counter(map(_key, claims))
        new = left - Counter(map(_key, self._reported))
        for number, claim in enumerate(self._reported, 1):
            if left[_key(claim)]:
                left[_key(claim)] -= 1
            else:
                emit(ClaimWithdrawn(number=number, claim=claim))
        for claim in claims:
            if new[_key(claim)]:
                new[_key(claim)] -= 1
                self._report(claim)

    def _report(self, claim: Claim) -> None:
        self._reported.append(claim)
        emit(ClaimVerified(number=len(self._reported), claim=claim))


def _key(claim: Claim) -> _Key:
    """Return all of a claim but its place in the text, which may change until the answer is there."""
    return (claim.text, claim.citations, claim.findings, claim.not_checked, claim.opinion)


class AnswerStream(AsyncIterator[Event | Answer]):
    """The events of a question while it is answered, and the answer last.

    One task answers the question. Closing the stream cancels it, and with it the request that is under
    way; so does the end of an ``async with`` block, and dropping the last reference. An error of the
    question is raised by the iteration.

    Args:
        answer: Answers the question and reports events to what it is passed. It is called when the
            first event is waited for.
    """

    def __init__(self, answer: Callable[[OnEvent], Coroutine[Any, Any, Answer]]) -> None:
        self._answer = answer
        self._events: asyncio.Queue[Event | None] = asyncio.Queue()
        self._task: asyncio.Task[Answer] | None = None
        self._is_over = False

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> Event | Answer:
        if self._is_over:
            raise StopAsyncIteration
        if self._task is None:
            self._task = _start(self._answer, self._events)
        event = await self._events.get()
        if event is not None:
            return event
        self._is_over = True
        return await self._task

    async def aclose(self) -> None:
        """Cancel what is under way, and wait until it has ended."""
        self._is_over = True
        if self._task is not None and not self._task.done():
            self._task.cancel()
            await asyncio.wait([self._task])

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self.aclose()

    def __del__(self) -> None:
        if self._task is not None and not self._task.done():
            with suppress(RuntimeError):  # the loop has ended, and the task with it
                self._task.get_loop().call_soon_threadsafe(self._task.cancel)


def _start(
    answer: Callable[[OnEvent], Coroutine[Any, Any, Answer]], events: asyncio.Queue[Event | None]
) -> asyncio.Task[Answer]:
    """Start a task that does not refer to its stream, so that a dropped stream ends it."""
    task = asyncio.create_task(answer(events.put_nowait))

    def end(task: asyncio.Task[Answer]) -> None:
        if not task.cancelled():
            task.exception()  # it is raised by the iteration, if anybody still iterates
        events.put_nowait(None)

    task.add_done_callback(end)
    return task
