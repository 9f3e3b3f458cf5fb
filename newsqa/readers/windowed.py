"""WindowedReader: reads articles that are longer than a prompt may be."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import Protocol, Self, TypeVar

from newsqa.answers.draft import Draft
from newsqa.article import Article
from newsqa.article.fields import Sentence
from newsqa.article.passages import Articles, Passage, split_into_windows
from newsqa.errors import BudgetError, ModelContextError, ModelError, NewsQAError, adds_usage
from newsqa.events import AskedAgain, WindowRead, emit
from newsqa.grounding import GroundedClaim, ground
from newsqa.readers import ManyReader, Reader, Reading, Revision, listening_to_drafts
from newsqa.readers.extractive import ranking
from newsqa.text import Tier
from newsqa.usage import Usage

NEAR_SENTENCES = 1
"""Sentences kept on each side of a cited one: "he" is often explained in the sentence before."""

MAX_HALVINGS = 4
"""How often the token budget is halved for a server whose context is smaller than it was said to be."""

PASSAGE_TOKENS = 2_000
"""Tokens of the passages that are chosen from; shorter ones split what belongs together."""

_Read = TypeVar("_Read")

_NOTHING = Draft(claims=(), short="", status="not_in_article")


class LimitedReader(Reader, Protocol):
    """A reader whose prompt holds a limited number of tokens."""

    def token_budget(self, articles: Articles, *questions: str) -> int:
        """Return the tokens left for sentences in a prompt with these questions."""

    def token_count(self, sentence: Sentence) -> int:
        """Return the tokens that a sentence takes in the prompt."""

    def header_count(self, article: Article) -> int:
        """Return the tokens of what stands before the sentences of one of several articles."""


@dataclass(frozen=True, slots=True)
class _Split:
    """A passage split into the windows that fit a token budget."""

    passage: Passage
    budget: int
    windows: Sequence[Passage]

    @classmethod
    def of(cls, passage: Passage, budget: int, reader: LimitedReader) -> Self:
        several = len(passage.articles) > 1
        headers = (reader.header_count,) if several else ()
        windows = split_into_windows(passage, budget, reader.token_count, *headers)
        return cls(passage, budget, windows)


class WindowedReader:
    """A reader around a reader, for articles of any length.

    A passage within the token budget is read whole. A longer one is read in windows, all at once;
    then the sentences that the windows cite, with their neighbours, are read once more, and this last
    reading makes the draft. If the model's server reports that a prompt is too long, the passage is
    read again with the budget that the server names, or with half of it.

    Args:
        reader: The reader of each window.
        loosest: The loosest match tier at which a quote counts as found in a window.
        most: The passages that are read of one article, those that fit the question best; by default
            all. One question alone is read so.
    """

    def __init__(
        self, reader: LimitedReader, *, loosest: Tier = "elided", most: int | None = None
    ) -> None:
        self.reader = reader
        self._most = most
        self._loosest: Tier = loosest
        self._many = reader if isinstance(reader, ManyReader) else None

    async def read(
        self, passage: Passage, question: str, *, revision: Revision | None = None
    ) -> Reading:
        """Draft an answer from ``passage``, in windows where it is too long.

        Raises:
            BudgetError: A single sentence does not fit; nothing was sent.
            ModelError: The model gives nothing usable.
        """
        budget = self.reader.token_budget(passage.articles, question)
        whole = passage
        if self._most is not None and revision is None:
            passage = await asyncio.to_thread(self._best, passage, question, budget)
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
        if passage is not whole:
            skipped = whole.numbers - passage.numbers
            reading = replace(reading, passage=reading.passage or passage, skipped=len(skipped))
        return replace(reading, usage=spent + reading.usage, is_restart=is_restart)

    async def aclose(self) -> None:
        """Close the reader of the windows."""
        await self.reader.aclose()

    def _best(self, passage: Passage, question: str, budget: int) -> Passage:
        """Return the passages that fit the question best, or the whole if it has no more than that."""
        if self._most is None or len(passage.articles) > 1:
            return passage
        size = min(budget, PASSAGE_TOKENS)
        parts = split_into_windows(passage, size, self.reader.token_count)
        if len(parts) <= self._most:
            return passage
        ranks = {r.sentence.number: n for n, r in enumerate(ranking.rank(passage, question))}
        parts.sort(key=lambda part: min(ranks.get(n, len(ranks)) for n in part.numbers))
        kept = (number for part in parts[: self._most] for number in part.numbers)
        return Passage.of_numbers(passage.articles, kept)

    def _smaller(self, budget: int, passage: Passage, question: str) -> int | None:
        """Return the budget that the reader has learned of, or else half of ``budget``."""
        learned = self.reader.token_budget(passage.articles, question)
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
        split = _Split.of(passage, budget, self.reader)
        if len(split.windows) == 1:
            return await self.reader.read(passage, question)
        with listening_to_drafts(None):
            readings = await _read_all(
                _reported(self.reader.read(window, question), number, len(split.windows))
                for number, window in enumerate(split.windows, 1)
            )
        return await self._reduce(readings, split, question)

    def group(self, questions: Sequence[str]) -> list[list[str]]:
        """Divide the questions as the reader of the windows wants them, or read for each alone."""
        return self._many.group(questions) if self._many else [[each] for each in questions]

    async def read_many(self, passage: Passage, questions: Sequence[str]) -> list[Reading | None]:
        """Draft an answer to each of ``questions``.

        In windows, all questions are put to each window, and what it cites for a question is read once
        more for that question alone. ``None`` stands for a question that a reply left out.
        """
        if self._many is None:
            return [await self.read(passage, question) for question in questions]
        split = _Split.of(
            passage, self.reader.token_budget(passage.articles, *questions), self.reader
        )
        read = await _read_all(
            _reported(self._many.read_many(window, questions), number, len(split.windows))
            for number, window in enumerate(split.windows, 1)
        )
        if len(split.windows) == 1:
            return read[0]
        return await _read_all(
            self._reduce_whole(readings, split, question)
            for readings, question in zip(zip(*read, strict=True), questions, strict=True)
        )

    async def _reduce_whole(
        self, readings: Sequence[Reading | None], split: _Split, question: str
    ) -> Reading | None:
        whole = [reading for reading in readings if reading]
        return await self._reduce(whole, split, question) if len(whole) == len(readings) else None

    async def _reduce(self, readings: Sequence[Reading], split: _Split, question: str) -> Reading:
        """Read what the readings of the windows cite, once more."""
        claims = [
            ground(reading.draft, window, loosest=self._loosest)
            for reading, window in zip(readings, split.windows, strict=True)
        ]
        cited = [_cited_sentences(window, split.passage.articles) for window in claims]
        selected = self._select(cited, split.passage, split.budget)
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
        selection = Passage.of_numbers(passage.articles, wide)
        if self._tokens(selection) <= budget:
            return selection
        return Passage.of_numbers(passage.articles, self._fitting(cited, passage, budget))

    def _tokens(self, passage: Passage) -> int:
        """Return the tokens of the sentences of a passage, with the headers of several articles."""
        several = len(passage.articles) > 1
        headers = (self.reader.header_count(part.article) for part in passage.parts if several)
        return sum(map(self.reader.token_count, passage.sentences)) + sum(headers)

    def _fitting(self, cited: Sequence[Sequence[int]], passage: Passage, budget: int) -> set[int]:
        """Return as many cited sentences as fit: the first of every window, then the second."""
        kept: set[int] = set()
        for rank in zip_longest(*cited):
            for number in rank:
                # A misquoted claim may name any number, even one that the article does not have.
                if number not in passage.numbers or number in kept:
                    continue
                wider = Passage.of_numbers(passage.articles, {*kept, number})
                if self._tokens(wider) > budget:
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


async def _reported(reading: Coroutine[object, object, _Read], number: int, total: int) -> _Read:
    """Read a window, and report it if there are several."""
    read = await reading
    if total > 1:
        emit(WindowRead(number=number, total=total))
    return read


async def _read_all(readings: Iterable[Coroutine[object, object, _Read]]) -> list[_Read]:
    """Read all at once; the first failure cancels the others and carries all usage."""
    tasks: list[asyncio.Task[_Read]] = []
    try:
        async with asyncio.TaskGroup() as group:
            tasks += [group.create_task(reading) for reading in readings]
    except ExceptionGroup as failures:
        ours = [error for error in failures.exceptions if isinstance(error, NewsQAError)]
        first = (ours or failures.exceptions)[0]
        if isinstance(first, (ModelError, BudgetError)):
            first.usage = sum(map(_usage_of, tasks), Usage())
        raise first from failures
    return [task.result() for task in tasks]


def _usage_of(task: asyncio.Task[_Read]) -> Usage:
    if task.cancelled():
        return Usage()
    error = task.exception()
    if error is not None:
        return error.usage if isinstance(error, (ModelError, BudgetError)) else Usage()
    read = task.result()
    readings = read if isinstance(read, list) else [read]
    return sum((one.usage for one in readings if isinstance(one, Reading)), Usage())


def _cited_sentences(claims: Iterable[GroundedClaim], articles: Articles) -> list[int]:
    """Return the numbers of the sentences that claims cite or misquote, in the claims' order.

    A misquoted sentence is worth reading again; nothing is cited from here.
    """
    return [n for claim in claims for n in (*_cited_by(claim, articles), *_misquoted_by(claim))]


def _cited_by(claim: GroundedClaim, articles: Articles) -> list[int]:
    return [articles.number(c.article, own) for c in claim.citations for own in c.sentences]


def _misquoted_by(claim: GroundedClaim) -> list[int]:
    return [
        row.sentence
        for row in claim.rejections
        if row.sentence is not None and row.reason != "sentence_not_shown"
    ]
