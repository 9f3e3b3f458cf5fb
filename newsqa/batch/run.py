"""Run: asks the questions of many rows, a number of articles at a time, and writes the output."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from time import monotonic

from newsqa.answers.answer import Answer, Failure
from newsqa.api import NewsQA
from newsqa.article import Article
from newsqa.batch.ledger import Ledger, PlannedLine, RunChangedError, call_ids
from newsqa.batch.output import write_output, writer_for
from newsqa.batch.rows import BadRow, Row
from newsqa.errors import (
    BatchError,
    ConfigurationError,
    ModelContextError,
    ModelRequestError,
    NewsQAError,
)
from newsqa.output import count_of
from newsqa.sync import run
from newsqa.usage import Usage


@dataclass(frozen=True, slots=True)
class BatchProgress:
    """How far a run is."""

    rows: int = 0
    """Rows read so far."""
    answered: int = 0
    """Questions answered in this run."""
    kept: int = 0
    """Questions that the ledger had an answer to."""
    failed: int = 0
    """Questions without an answer, and rows that could not be asked."""
    usage: Usage = field(default_factory=Usage)
    """What this run cost."""
    seconds: float = 0.0

    @property
    def rate(self) -> float:
        """Questions a second."""
        return (self.answered + self.failed) / self.seconds if self.seconds else 0.0

    def __str__(self) -> str:
        parts = [f"{self.answered + self.kept:,} answered"]
        if self.kept:
            parts[0] += f" ({self.kept:,} before)"
        if self.failed:
            parts.append(f"{self.failed:,} failed")
        tokens = self.usage.input_tokens + self.usage.output_tokens
        if self.answered:
            parts.append(f"{self.rate:.1f} a second")
        return ", ".join([*parts, *[f"{tokens:,} tokens"] * bool(tokens)])


OnProgress = Callable[[BatchProgress], object]

MAX_FAILURES_AT_FIRST = 20
"""A run whose first questions all fail with a rejected request ends: every other one would, too."""


def run_batch(
    rows: Iterable[Row | BadRow],
    out: str | Path,
    *,
    qa: NewsQA,
    concurrency: int = 16,
    resume: bool = False,
    restart: bool = False,
    only_failed: bool = False,
    on_progress: OnProgress | None = None,
) -> BatchProgress:
    """Ask the questions of all rows and write a line for each question to ``out``.

    A row that is not usable, or a question that fails, becomes a line with the reason. The answers are
    kept in a ledger beside the output (``OUT.ledger``) as they come. After an interruption, the same
    call continues and asks nothing again.

    Args:
        rows: The rows; see ``read_rows``. They are read as they are needed, and twice if there is a
            ledger already.
        out: The output, whose ending decides its format: ``.jsonl``, ``.csv``, ``.parquet``, or none
            for a folder of HTML pages.
        qa: Answers the questions.
        concurrency: The most articles asked at the same time.
        resume: Continue although the set-up or rows have changed: answers that still hold are kept.
        restart: Forget what the ledger holds and begin again.
        only_failed: Ask only what failed before.
        on_progress: Called after each article.

    Returns:
        What was done.

    Raises:
        RunChangedError: The ledger is of another set-up or other rows; set ``resume`` or ``restart``.
        BatchError: The output cannot be written, or another run writes it.
        ConfigurationError: Something is set up wrongly, which would make every question fail.
        ModelRequestError: The server rejected each of the first 20 questions.
    """
    return run(
        arun_batch(
            rows,
            out,
            qa=qa,
            concurrency=concurrency,
            resume=resume,
            restart=restart,
            only_failed=only_failed,
            on_progress=on_progress,
        )
    )


async def arun_batch(
    rows: Iterable[Row | BadRow],
    out: str | Path,
    *,
    qa: NewsQA,
    concurrency: int = 16,
    resume: bool = False,
    restart: bool = False,
    only_failed: bool = False,
    on_progress: OnProgress | None = None,
) -> BatchProgress:
    """``run_batch``, for async code."""
    if concurrency < 1:
        raise ConfigurationError(f"concurrency must be at least 1, and is {concurrency}.")
    output = Path(out)
    writer_for(
        output
    )  # so that a format that cannot be written is reported before anything is asked
    ledger_file = output.with_name(output.name + ".ledger")
    _check_ours(output, ledger_file)
    with Ledger(ledger_file) as ledger:
        if restart:
            ledger.restart()
        identity = qa.identity
        if not (resume or restart):
            rows = await _check_unchanged(ledger, identity, rows)
        ledger.begin(identity)
        asking = _Asking(ledger, qa, identity, only_failed=only_failed, on_progress=on_progress)
        try:
            await asking.ask_all(rows, concurrency)
        except BaseException:
            if not output.exists():  # noqa: ASYNC240  # a run that ends early replaces no whole output
                write_output(ledger.entries(), output)
            raise
        write_output(ledger.entries(), output)
    return asking.progress


def _check_ours(output: Path, ledger: Path) -> None:
    """Check that a batch wrote what is at ``output``, if anything is."""
    if output.is_file() and not ledger.exists():
        raise BatchError(
            f"{str(output)!r} exists and has no ledger, so newsqa batch did not write it: name another "
            "output, or delete it."
        )


async def _check_unchanged(
    ledger: Ledger, now: dict[str, str], rows: Iterable[Row | BadRow]
) -> Iterable[Row | BadRow]:
    """Return the rows, if the ledger is new or of the same run."""
    before = ledger.identity
    if not before:
        return rows
    differences = [
        f"{name} was {before.get(name) or 'not set'} and is {now.get(name) or 'not set'}"
        for name in sorted({*before, *now})
        if before.get(name) != now.get(name)
    ]
    every_row = list(rows) if isinstance(rows, Iterator) else rows  # gone through twice
    if not differences:
        changed = sum([await _is_changed(ledger, row, now) for row in every_row])
        differences = [f"{count_of(changed, 'row')} changed"] if changed else []
    if differences:
        raise RunChangedError(
            f"The ledger holds answers of another run: {'; '.join(differences)}. Continue with --resume "
            "(resume=True), which keeps the answers that still hold, or begin again with --restart "
            "(restart=True)."
        )
    return every_row


async def _is_changed(ledger: Ledger, row: Row | BadRow, identity: dict[str, str]) -> bool:
    """Return whether a row was planned with another article or question.

    A page at a URL is not fetched for this: it may well have changed, and is asked again then.
    """
    if isinstance(row, BadRow) or row.is_remote:
        return False
    planned = [ledger.planned_call(row.id, place) for place in range(len(row.questions))]
    if not any(planned):
        return False
    try:
        calls = call_ids(await _load(row), row.questions, identity)
    except NewsQAError:
        return False
    now = (calls[question] for question in row.questions)
    return any(old not in (None, new) for old, new in zip(planned, now, strict=True))


@dataclass(slots=True)
class _Asking:
    """One run: what it asks with, and how far it is."""

    ledger: Ledger
    qa: NewsQA
    identity: dict[str, str]
    only_failed: bool
    on_progress: OnProgress | None
    progress: BatchProgress = field(default_factory=BatchProgress)
    started: float = field(default_factory=monotonic)
    under_way: set[str] = field(default_factory=set)
    """Calls that are being made: an article that comes twice is asked once."""
    rejected: int = 0
    """Questions whose request the server rejected."""

    async def ask_all(self, rows: Iterable[Row | BadRow], concurrency: int) -> None:
        """Ask every row, ``concurrency`` of them at a time; the next row is read when one is done."""
        waiting = iter(rows)
        tasks: set[asyncio.Task[None]] = set()
        try:
            while True:
                for row in islice(waiting, concurrency - len(tasks)):
                    tasks.add(asyncio.create_task(self._ask(row)))
                if not tasks:
                    return
                done, tasks = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
                errors = [error for task in done if (error := task.exception())]
                if errors:
                    raise errors[0]
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _ask(self, row: Row | BadRow) -> None:
        if isinstance(row, BadRow):
            return self._refuse(row, row.reason)
        try:
            article = await _load(row)
        except NewsQAError as error:
            return self._refuse(row, str(error))
        calls = call_ids(article, row.questions, self.identity)
        self._plan(row, [(question, calls[question], None) for question in row.questions])
        states = {question: self.ledger.state(call) for question, call in calls.items()}
        wanted = ("failed",) if self.only_failed else ("failed", None)
        self._advance(rows=1, kept=list(states.values()).count("answered"))
        await self._answer(article, {q: calls[q] for q, state in states.items() if state in wanted})
        return None

    async def _answer(self, article: Article, calls: dict[str, str]) -> None:
        calls = {q: call for q, call in calls.items() if call not in self.under_way}
        if not calls:
            return
        self.under_way.update(calls.values())
        try:
            results = await self.qa.aask_many(article, list(calls))
        finally:
            self.under_way.difference_update(calls.values())
        self.ledger.add(dict(zip(calls.values(), results, strict=True)))
        answered = sum(isinstance(result, Answer) for result in results)
        self._advance(
            answered=answered,
            failed=len(results) - answered,
            usage=sum((_usage(result) for result in results), Usage()),
        )
        self._end_if_all_are_rejected(results)

    def _end_if_all_are_rejected(self, results: Sequence[Answer | Failure]) -> None:
        errors = [result.exception for result in results if isinstance(result, Failure)]
        rejections = [
            error
            for error in errors
            if isinstance(error, ModelRequestError) and not isinstance(error, ModelContextError)
        ]
        self.rejected += len(rejections)
        has_answers = self.progress.answered or self.progress.kept
        if rejections and not has_answers and self.rejected >= MAX_FAILURES_AT_FIRST:
            raise rejections[0]

    def _refuse(self, row: Row | BadRow, reason: str) -> None:
        self._plan(row, [(None, None, reason)])
        self._advance(rows=1, failed=1)

    def _plan(
        self, row: Row | BadRow, lines: Sequence[tuple[str | None, str | None, str | None]]
    ) -> None:
        self.ledger.plan(
            PlannedLine(row.number, place, row.id, question, call, problem, row.carried)
            for place, (question, call, problem) in enumerate(lines)
        )

    def _advance(self, *, usage: Usage | None = None, **counts: int) -> None:
        now = {name: getattr(self.progress, name) + count for name, count in counts.items()}
        seconds = monotonic() - self.started
        spent = self.progress.usage + (usage or Usage())
        self.progress = replace(self.progress, **now, usage=spent, seconds=seconds)
        if self.on_progress:
            self.on_progress(self.progress)


def _usage(result: Answer | Failure) -> Usage:
    if isinstance(result, Answer):
        return result.usage
    return getattr(result.exception, "usage", None) or Usage()


async def _load(row: Row) -> Article:
    """Load a row's article; in a thread where that means a file or a page."""
    return row.load() if row.article is not None else await asyncio.to_thread(row.load)
