"""``newsqa batch``: many questions about many articles, with a ledger to continue from."""

from __future__ import annotations

import heapq
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import Annotated, TextIO

import typer
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from newsqa.batch import BatchProgress, read_rows, run_batch
from newsqa.batch.output import Replacing
from newsqa.batch.rows import BadRow, Row, RowSource, in_shard, open_text
from newsqa.cli.console import ANSWERED, FAILED, is_terminal, print_note, stderr_console
from newsqa.cli.options import open_newsqa, read_questions, with_settings
from newsqa.errors import BatchError
from newsqa.output import count_of
from newsqa.settings import Settings

BATCH_EXIT_CODES = """\b
Exit codes:
  0    every question has an answer
  1    some questions failed, or the model did: the output says why, and --only-failed asks them again
  2    the rows, the output or a setting are not usable, or the ledger is of another run
  130  interrupted: the same command goes on from there
"""

SECONDS_BETWEEN_LINES = 30.0
"""How often a line says how far a run is, where there is no terminal."""

OnProgress = Callable[[BatchProgress], None]


@with_settings
def batch(
    source: Annotated[
        str,
        typer.Argument(
            metavar="IN",
            help="Rows in .jsonl, .csv, .tsv or .parquet; or a folder of articles, or a pattern of files.",
        ),
    ],
    *,
    settings: Settings,
    out: Annotated[
        Path,
        typer.Option(metavar="OUT", help="A .jsonl, .csv or .parquet file, or a folder for pages."),
    ],
    questions: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Questions for every row, one a line."),
    ] = None,
    concurrency: Annotated[
        int, typer.Option(metavar="COUNT", min=1, help="Articles asked at the same time.")
    ] = 16,
    resume: Annotated[
        bool, typer.Option("--resume", help="Continue although rows or settings have changed.")
    ] = False,
    restart: Annotated[
        bool, typer.Option("--restart", help="Forget the answers of earlier runs.")
    ] = False,
    only_failed: Annotated[
        bool, typer.Option("--only-failed", help="Ask only what failed before.")
    ] = False,
    shard: Annotated[
        str | None,
        typer.Option(metavar="I/N", help="Ask only the Ith of N parts of the rows, by their ids."),
    ] = None,
) -> None:
    """Ask the questions of every row of IN, and write a line for each to OUT.

    A row has an article (article, article_path or url), a question (question or questions) and, if it
    likes, an id; its other fields are carried along. OUT.ledger keeps each answer as it comes: after an
    interruption, the same command goes on, and asks nothing again.
    """
    rows = read_rows(source, questions=read_questions(questions))
    chosen = _Shard(rows, *_parse_shard(shard)) if shard else rows
    with open_newsqa(settings) as newsqa, _showing_progress() as on_progress:
        progress = run_batch(
            chosen,
            out,
            qa=newsqa,
            concurrency=concurrency,
            resume=resume,
            restart=restart,
            only_failed=only_failed,
            on_progress=on_progress,
        )
    print_note(f"{progress}; written to {out}")
    raise typer.Exit(FAILED if progress.failed else ANSWERED)


def merge(
    parts: Annotated[list[Path], typer.Argument(metavar="PART...", help="Outputs in .jsonl.")],
    out: Annotated[Path, typer.Option(metavar="OUT", help="The .jsonl file to write.")],
) -> None:
    """Merge the outputs of the shards of one run, in the order of the rows."""
    with ExitStack() as stack:
        files = [stack.enter_context(open_text(part)) for part in parts]
        ordered = heapq.merge(*map(_numbered, files), key=lambda line: line[0])
        with Replacing(out) as path, path.open("w", encoding="utf-8") as merged:
            count = sum(bool(merged.write(line)) for _, line in ordered)
    print_note(f"{count_of(count, 'line')} written to {out}")


def _numbered(file: TextIO) -> Iterator[tuple[int, str]]:
    for line in file:
        try:
            yield json.loads(line)["row"], line
        except (ValueError, KeyError, TypeError) as error:
            raise BatchError(
                f"{file.name!r} has a line that newsqa batch did not write: {line[:60].rstrip()!r}."
            ) from error


def _parse_shard(shard: str) -> tuple[int, int]:
    number, _, count = shard.partition("/")
    if not (number.isdecimal() and count.isdecimal() and 1 <= int(number) <= int(count)):
        raise BatchError(
            f"A shard is written as its number of how many, such as 2/8, not {shard!r}."
        )
    return int(number), int(count)


@dataclass(frozen=True, slots=True)
class _Shard:
    """The rows of one shard."""

    rows: RowSource
    number: int
    count: int

    def __iter__(self) -> Iterator[Row | BadRow]:
        return (row for row in self.rows if in_shard(row, self.number, self.count))


@contextmanager
def _showing_progress() -> Iterator[OnProgress]:
    """Yield what shows progress: a bar on a terminal, elsewhere a line every so often."""
    if not is_terminal(sys.stderr):
        yield _print_lines()
        return
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=stderr_console(), transient=True) as bar:
        task = bar.add_task("Asking", total=None)
        yield lambda progress: bar.update(task, description=str(progress))


def _print_lines() -> OnProgress:
    last = monotonic()

    def on_progress(progress: BatchProgress) -> None:
        nonlocal last
        if monotonic() - last >= SECONDS_BETWEEN_LINES:
            last = monotonic()
            print_note(str(progress))

    return on_progress
