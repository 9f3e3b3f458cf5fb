"""An evaluation run with progress bar, journal and notes."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

from newsqa.api import NewsQA
from newsqa.cli.console import is_terminal, print_note, stderr_console
from newsqa.cli.options import open_newsqa
from newsqa.evals import Case, Result, Scorecard, evaluate
from newsqa.evals.formats.load import load_cases
from newsqa.evals.journal import Journal
from newsqa.models.recorded import ReplayModel
from newsqa.settings import Settings

_MAX_LISTED = 5
"""The most rows or files that a note lists; it counts the others."""


def load_chosen_cases(
    path: Path,
    *,
    format: str,  # noqa: A002  # as the option is called
    language: str | None,
    only: Sequence[str],
    limit: int | None,
) -> list[Case]:
    """Load the cases of a file and choose some; print a note about rejected rows."""
    loaded = load_cases(path, format=format, language=language)
    _print_list("rows that are left out", [str(row) for row in loaded.rejected])
    chosen = [case for case in loaded.cases if not only or set(only) & set(case.tags)]
    return chosen[:limit]


def run_cases(
    cases: Sequence[Case], settings: Settings, *, concurrency: int, journal: Path | None
) -> Scorecard:
    """Ask every case that the journal has no result of, and return the scorecard."""
    with open_newsqa(settings) as qa:
        kept = Journal(journal, cases, qa) if journal else None
        done = dict(kept.done) if kept else {}
        left = [case for case in cases if case.id not in done]
        if kept and kept.replaced:
            print_note("note: the journal is of other cases, model or prompt, so it starts again")
        if done:
            print_note(f"note: continues an interrupted run; {len(done)} of {len(cases)} are done")
        try:
            results = _asked(left, qa, concurrency=concurrency, keep=kept.add if kept else None)
        except KeyboardInterrupt:
            if kept:
                print_note("note: interrupted; the same command continues from here")
            raise
        scorecard = Scorecard.of(cases, [*done.values(), *results], qa)
        if isinstance(qa.model, ReplayModel) and not done:
            _print_list("recordings that were not used", [str(path) for path in qa.model.unused])
    failed = [f"{result.id}: {result.error}" for result in scorecard.results if result.error]
    _print_list("cases that failed, and count as wrong", failed)
    return scorecard


def _asked(
    cases: Sequence[Case],
    qa: NewsQA,
    *,
    concurrency: int,
    keep: Callable[[Result], object] | None,
) -> Sequence[Result]:
    columns = ("{task.description}", BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    is_shown = is_terminal(sys.stderr)
    with Progress(
        *columns, console=stderr_console(), transient=True, disable=not is_shown
    ) as progress:
        task = progress.add_task("Asking", total=len(cases))

        def on_result(result: Result) -> None:
            if keep:
                keep(result)
            progress.advance(task)

        return evaluate(cases, qa, concurrency=concurrency, on_result=on_result).results


def _print_list(what: str, lines: Sequence[str]) -> None:
    """Print a note with the number of ``lines`` and the first few of them."""
    if lines:
        print_note(f"note: {what}: {len(lines)}")
    for line in lines[:_MAX_LISTED]:
        print_note(f"- {line}")
    if len(lines) > _MAX_LISTED:
        print_note(f"- and {len(lines) - _MAX_LISTED} more")
