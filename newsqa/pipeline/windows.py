"""Selecting: which sentences of an article to read for the answer.

An article that fits a prompt is read whole. Of a longer one every window is read, and the
sentences cited there, from all windows, are a passage again: the one the answer is read from.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

from newsqa.answers.answer import Rejection
from newsqa.answers.grounded import GroundedClaim
from newsqa.article.passages import Passage, windows
from newsqa.errors import ModelError, NewsQAError
from newsqa.pipeline.ground import ground
from newsqa.readers import Reader, Reading
from newsqa.text.quotes import Tier
from newsqa.usage import Usage

NEIGHBOURS = 1
"""Sentences kept on each side of a cited one: "he" is often explained in the sentence before."""


@dataclass(frozen=True, slots=True)
class Selection:
    """The passage to read, and what finding it cost and refused; ``model`` is empty if nothing did."""

    passage: Passage
    model: str = ""
    usage: Usage = field(default_factory=Usage)
    rejected: tuple[Rejection, ...] = ()


async def select(
    passage: Passage,
    question: str,
    *,
    reader: Reader,
    room: int | None,
    loosest: Tier = "elided",
) -> Selection:
    """What to read of ``passage`` in one prompt with ``room`` tokens for sentences.

    ``loosest`` is the loosest tier at which a quote counts as found. Raises ``BudgetError`` when a single sentence does not fit.
    """
    parts = [passage] if room is None else windows(passage, room, reader.weigh)
    if room is None or len(parts) == 1:
        return Selection(passage)
    readings = await _read_all(parts, question, reader)
    grounded = [
        ground(reading.draft, part, loosest=loosest)
        for reading, part in zip(readings, parts, strict=True)
    ]
    return Selection(
        passage=_union(passage, [_pointed_at(claims) for claims in grounded], reader, room),
        model=readings[0].model,
        usage=sum((reading.usage for reading in readings), Usage()),
        rejected=tuple(row for claims in grounded for claim in claims for row in claim.rejections),
    )


async def _read_all(parts: Sequence[Passage], question: str, reader: Reader) -> list[Reading]:
    """Read all parts at once; the first failure ends the others and is raised, with all usage."""
    tasks: list[asyncio.Task[Reading]] = []
    try:
        async with asyncio.TaskGroup() as group:
            tasks += [group.create_task(reader.read(part, question)) for part in parts]
    except ExceptionGroup as failures:
        ours = [error for error in failures.exceptions if isinstance(error, NewsQAError)]
        first = (ours or failures.exceptions)[0]
        if isinstance(first, ModelError):
            first.usage = sum(map(_spent, tasks), Usage())
        raise first from failures
    return [task.result() for task in tasks]


def _spent(task: asyncio.Task[Reading]) -> Usage:
    if task.cancelled():
        return Usage()
    error = task.exception()
    if error is None:
        return task.result().usage
    return error.usage if isinstance(error, ModelError) else Usage()


def _pointed_at(claims: Iterable[GroundedClaim]) -> list[int]:
    """The numbers of the sentences to read again, those of the first claims first.

    Misquoted ones too: they are only read here, not cited.
    """
    return [n for claim in claims for n in (*_cited(claim), *_misquoted(claim))]


def _cited(claim: GroundedClaim) -> list[int]:
    return [number for citation in claim.citations for number in citation.sentences]


def _misquoted(claim: GroundedClaim) -> list[int]:
    return [
        row.sentence
        for row in claim.rejections
        if row.sentence is not None and row.reason != "sentence_not_shown"
    ]


def _union(passage: Passage, cited: Sequence[Sequence[int]], reader: Reader, room: int) -> Passage:
    """The cited sentences with as much around them as fits, in reading order."""
    numbers = {number for part in cited for number in part}
    around = {n + step for n in numbers for step in range(-NEIGHBOURS, NEIGHBOURS + 1)}
    selection = Passage.of_numbers(passage.article, around & passage.numbers)
    if sum(map(reader.weigh, selection.sentences)) <= room:
        return selection
    return Passage.of_numbers(passage.article, _fitting(cited, passage, reader, room))


def _fitting(
    cited: Sequence[Sequence[int]], passage: Passage, reader: Reader, room: int
) -> set[int]:
    """As many cited sentences as fit: the first of every window, then the second of every one."""
    kept: set[int] = set()
    for rank in zip_longest(*cited):
        for number in rank:
            # A misquoted claim may name any number, also one that the article does not have.
            if number not in passage.numbers or number in kept:
                continue
            room -= reader.weigh(passage.article.sentences[number - 1])
            if room < 0:
                return kept
            kept.add(number)
    return kept
