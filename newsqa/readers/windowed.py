"""WindowedReader: reads articles that are longer than a prompt may be."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import count, zip_longest
from typing import Protocol

from newsqa.answers.draft import Draft
from newsqa.article import Article
from newsqa.article.passages import Passage, split_into_windows
from newsqa.article.sentences import Sentence
from newsqa.errors import ModelContextError, ModelError, NewsQAError, adds_usage
from newsqa.events import AskedAgain, WindowRead, emit
from newsqa.grounding import GroundedClaim, ground
from newsqa.readers import Reader, Reading, Revision, listening_to_drafts
from newsqa.text import Tier
from newsqa.usage import Usage

NEAR_SENTENCES = 1
"""Sentences kept on each side of a cited one: "he" is often explained in the sentence before."""

MAX_HALVINGS = 4
"""How often the token budget is halved for a server whose context is smaller than it was said to be."""

_NOTHING = Draft(claims=(), short="", status="not_in_article")


class LimitedReader(Reader, Protocol):
    """A reader whose prompt holds a limited number of tokens."""

    def token_budget(self, article: Article, question: str) -> int:
        """Return the tokens left for sentences in one prompt."""

    def token_count(self, sentence: Sentence) -> int:
        """Return the tokens that a sentence takes in the prompt."""


class WindowedReader:
    """A reader around a reader, for articles of any length.

    A passage within the token budget is read whole. A longer one is read in windows, all at once;
    then the sentences that the windows cite, with their neighbours, are read once more, and this last
    reading makes the draft. If the model's server reports that a prompt is too long, the passage is
    read again with the budget that the server names, or with half of it.

    Args:
        reader: The reader of each window.
        loosest: The loosest match tier at which a quote counts as found in a window.
    """

    def __init__(self, reader: LimitedReader, *, loosest: Tier = "elided") -> None:
        self.reader = reader
        self._loosest: Tier = loosest

    async def read(
        self, passage: Passage, question: str, *, revision: Revision | None = None
    ) -> Reading:
        """Draft an answer from ``passage``, in windows where it is too long.

        Raises:
            BudgetError: A single sentence does not fit; nothing was sent.
            ModelError: The model gives nothing usable.
        """
        budget = self.reader.token_budget(passage.article, question)
        spent, is_restart = Usage(), False
        for halvings_left in reversed(range(MAX_HALVINGS + 1)):
            try:
                with adds_usage(spent):
                    reading = await self._read_within(budget, passage, question, revision)
            except ModelContextError as error:
                smaller = self._smaller(budget, passage, question)
                if not halvings_left or smaller is None:
                    raise
                # A revision that does not fit cannot be made in parts, so the passage is read anew.
                is_restart = is_restart or revision is not None
                budget, spent, revision = smaller, error.usage, None
                emit(AskedAgain(about="context"))
            else:
                break
        return replace(reading, usage=spent + reading.usage, is_restart=is_restart)

    async def aclose(self) -> None:
        """Close the reader of the windows."""
        await self.reader.aclose()

    def _smaller(self, budget: int, passage: Passage, question: str) -> int | None:
        """Return the budget that the reader has learned of, or else half of ``budget``."""
        learned = self.reader.token_budget(passage.article, question)
        longest = max(map(self.reader.token_count, passage.sentences), default=0)
        if longest <= learned < budget:
            return learned
        return self._halved(budget, passage)

    def _halved(self, budget: int, passage: Passage) -> int | None:
        """Return half the budget, or ``None`` if a sentence needs more than that.

        A passage that takes less than the budget is halved itself.
        """
        counts = [self.reader.token_count(sentence) for sentence in passage.sentences]
        half = min(sum(counts), budget) // 2
        return half if half >= max(counts, default=0) else None

    async def _read_within(
        self, budget: int, passage: Passage, question: str, revision: Revision | None
    ) -> Reading:
        if revision:
            return await self.reader.read(passage, question, revision=revision)
        windows = split_into_windows(passage, budget, self.reader.token_count)
        if len(windows) == 1:
            return await self.reader.read(passage, question)
        with listening_to_drafts(None):
            readings = await _read_all(self.reader, windows, question)
        claims = [
            ground(reading.draft, window, loosest=self._loosest)
            for reading, window in zip(readings, windows, strict=True)
        ]
        selected = self._select([_cited_sentences(window) for window in claims], passage, budget)
        return await self._read_selected(selected, question, _merge(readings, claims))

    async def _read_selected(self, selected: Passage, question: str, windows: Reading) -> Reading:
        """Read what the windows cite; without another call if they cite nothing."""
        if not selected.sentences:
            return replace(windows, passage=selected)
        with adds_usage(windows.usage):
            reading = await self.reader.read(selected, question)
        return replace(
            reading,
            usage=windows.usage + reading.usage,
            passage=reading.passage or selected,
            rejections=(*windows.rejections, *reading.rejections),
        )

    def _select(self, cited: Sequence[Sequence[int]], passage: Passage, budget: int) -> Passage:
        """Return the cited sentences in reading order, with their neighbours if those fit.

        Args:
            cited: For each window, the numbers of its cited sentences, the most important first.
            passage: The passage to select from.
            budget: The tokens that the selection may take.
        """
        numbers = {number for window in cited for number in window}
        steps = range(-NEAR_SENTENCES, NEAR_SENTENCES + 1)
        wide = {number + step for number in numbers for step in steps} & passage.numbers
        selection = Passage.of_numbers(passage.article, wide)
        if sum(map(self.reader.token_count, selection.sentences)) <= budget:
            return selection
        return Passage.of_numbers(passage.article, self._fitting(cited, passage, budget))

    def _fitting(self, cited: Sequence[Sequence[int]], passage: Passage, budget: int) -> set[int]:
        """Return as many cited sentences as fit: the first of every window, then the second."""
        kept: set[int] = set()
        for rank in zip_longest(*cited):
            for number in rank:
                # A misquoted claim may name any number, even one that the article does not have.
                if number not in passage.numbers or number in kept:
                    continue
                budget -= self.reader.token_count(passage.article.sentences[number - 1])
                if budget < 0:
                    return kept
                kept.add(number)
        return kept


def _merge(readings: Sequence[Reading], claims: Iterable[Iterable[GroundedClaim]]) -> Reading:
    """Return a reading without claims that carries what all windows cost and had rejected."""
    earlier = (row for reading in readings for row in reading.rejections)
    rejected = (row for window in claims for claim in window for row in claim.rejections)
    return replace(
        readings[0],
        draft=_NOTHING,
        usage=sum((reading.usage for reading in readings), Usage()),
        rejections=(*earlier, *rejected),
    )


async def _read_all(reader: Reader, windows: Sequence[Passage], question: str) -> list[Reading]:
    """Read all windows at once; the first failure cancels the others and carries all usage."""
    tasks: list[asyncio.Task[Reading]] = []
    read = count(1)

    async def read_window(window: Passage) -> Reading:
        reading = await reader.read(window, question)
        emit(WindowRead(number=next(read), total=len(windows)))
        return reading

    try:
        async with asyncio.TaskGroup() as group:
            tasks += [group.create_task(read_window(window)) for window in windows]
    except ExceptionGroup as failures:
        ours = [error for error in failures.exceptions if isinstance(error, NewsQAError)]
        first = (ours or failures.exceptions)[0]
        if isinstance(first, ModelError):
            first.usage = sum(map(_usage_of, tasks), Usage())
        raise first from failures
    return [task.result() for task in tasks]


def _usage_of(task: asyncio.Task[Reading]) -> Usage:
    if task.cancelled():
        return Usage()
    error = task.exception()
    if error is None:
        return task.result().usage
    return error.usage if isinstance(error, ModelError) else Usage()


def _cited_sentences(claims: Iterable[GroundedClaim]) -> list[int]:
    """Return the numbers of the sentences that claims cite or misquote, in the claims' order.

    A misquoted sentence is worth reading again; nothing is cited from here.
    """
    return [n for claim in claims for n in (*_cited_by(claim), *_misquoted_by(claim))]


def _cited_by(claim: GroundedClaim) -> list[int]:
    return [number for citation in claim.citations for number in citation.sentences]


def _misquoted_by(claim: GroundedClaim) -> list[int]:
    return [
        row.sentence
        for row in claim.rejections
        if row.sentence is not None and row.reason != "sentence_not_shown"
    ]
