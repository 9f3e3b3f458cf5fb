"""Running an evaluation in front of somebody: progress, the journal, and what is worth a note."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

from newsqa.api import NewsQA
from newsqa.cli.console import beside, is_terminal, tell
from newsqa.cli.with_settings import set_up
from newsqa.evals import Case, Result, Scorecard, evaluate
from newsqa.evals.formats.load import load_cases
from newsqa.evals.journal import Journal
from newsqa.models.recorded import ReplayModel
from newsqa.settings import Settings

_SHOWN = 5
"""Rows and files that are named one by one; more of them are counted."""


def cases_of(
    path: Path,
    *,
    format: str,  # noqa: A002  # as the option is called
    language: str | None,
    only: Sequence[str],
    limit: int | None,
) -> list[Case]:
    """The cases in the file at ``path`` that were chosen; rows that do not hold are told."""
    loaded = load_cases(path, format=format, language=language)
    _tell_some("rows that do not hold and are left out", [str(row) for row in loaded.rejected])
    chosen = [case for case in loaded.cases if not only or set(only) & set(case.tags)]
    return chosen[:limit]


def run_cases(
    cases: Sequence[Case], settings: Settings, *, concurrency: int, journal: Path | None
) -> Scorecard:
    """Ask every case that the journal does not hold yet."""
    with set_up(settings) as qa:
        kept = Journal(journal, cases, qa) if journal else None
        done = dict(kept.done) if kept else {}
        left = [case for case in cases if case.id not in done]
        if kept and kept.replaced:
            tell("note: other cases, model or prompt than before, so it starts anew")
        if done:
            tell(f"note: goes on where it was interrupted; {len(done)} of {len(cases)} are done")
        try:
            results = _asked(left, qa, concurrency=concurrency, keep=kept.add if kept else None)
        except KeyboardInterrupt:
            if kept:
                tell("note: interrupted; the same command goes on from here")
            raise
        scorecard = Scorecard.of(cases, [*done.values(), *results], qa)
        if isinstance(qa.model, ReplayModel) and not done:
            _tell_some("recordings that were not used", [str(path) for path in qa.model.unused])
    failed = [f"{result.id}: {result.error}" for result in scorecard.results if result.error]
    _tell_some("cases that failed, and count as wrong", failed)
    return scorecard


def _asked(
    cases: Sequence[Case],
    qa: NewsQA,
    *,
    concurrency: int,
    keep: Callable[[Result], object] | None,
) -> Sequence[Result]:
    columns = ("{task.description}", BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    shown = is_terminal(sys.stderr)
    with Progress(*columns, console=beside(), transient=True, disable=not shown) as progress:
        task = progress.add_task("Asking", total=len(cases))

        def on_result(result: Result) -> None:
            if keep:
                keep(result)
            progress.advance(task)

        return evaluate(cases, qa, concurrency=concurrency, on_result=on_result).results


def _tell_some(what: str, lines: Sequence[str]) -> None:
    """A note of how many there are, and the first of them."""
    if lines:
        tell(f"note: {what}: {len(lines)}")
    for line in lines[:_SHOWN]:
        tell(f"- {line}")
    if len(lines) > _SHOWN:
        tell(f"- and {len(lines) - _SHOWN} more")
