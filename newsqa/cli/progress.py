"""An evaluation run with progress bar, journal and notes."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

from newsqa.api import NewsQA
from newsqa.cli.console import is_terminal, print_note, stderr_console
from newsqa.cli.options import open_newsqa
from newsqa.evals import Case, Evaluator, Result, Scorecard, evaluate
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


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What is asked and measured, however often it is run."""

    cases: Sequence[Case]
    evaluators: Sequence[Evaluator]
    concurrency: int

    def run(self, settings: Settings, journal: Path | None) -> Scorecard:
        """Ask every case that the journal has no result of, and return the scorecard."""
        with open_newsqa(settings) as qa:
            kept = Journal(journal, self.cases, qa, self.evaluators) if journal else None
            done = dict(kept.done) if kept else {}
            if kept:
                self._note_journal(kept)
            results = [*done.values(), *self._ask(qa, done, kept)]
            scorecard = Scorecard.of(self.cases, results, qa, evaluators=self.evaluators)
            if isinstance(qa.model, ReplayModel) and not done:
                _print_list("recordings that were not used", list(map(str, qa.model.unused)))
        failed = [f"{result.id}: {result.error}" for result in scorecard.results if result.error]
        _print_list("cases that failed, and count as wrong", failed)
        return scorecard

    def _note_journal(self, journal: Journal) -> None:
        if journal.replaced:
            print_note("note: the journal is of another evaluation, so it starts again")
        if journal.done:
            print_note(
                f"note: continues an interrupted run; {len(journal.done)} of {len(self.cases)} are "
                "done"
            )

    def _ask(self, qa: NewsQA, done: Mapping[str, Result], kept: Journal | None) -> list[Result]:
        left = [case for case in self.cases if case.id not in done]
        with _progress(len(left)) as advance:

            def on_result(result: Result) -> None:
                if kept:
                    kept.add(result)
                advance()

            try:
                scorecard = evaluate(
                    left,
                    qa,
                    evaluators=self.evaluators,
                    concurrency=self.concurrency,
                    on_result=on_result,
                )
            except KeyboardInterrupt:
                if kept:
                    print_note("note: interrupted; the same command continues from here")
                raise
        return list(scorecard.results)


@contextmanager
def _progress(total: int) -> Iterator[Callable[[], None]]:
    """Show a progress bar on a terminal; yield the function that advances it."""
    columns = ("{task.description}", BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    is_hidden = not is_terminal(sys.stderr)
    with Progress(*columns, console=stderr_console(), transient=True, disable=is_hidden) as bar:
        task = bar.add_task("Asking", total=total)
        yield lambda: bar.advance(task)


def _print_list(what: str, lines: Sequence[str]) -> None:
    """Print a note with the number of ``lines`` and the first few of them."""
    if lines:
        print_note(f"note: {what}: {len(lines)}")
    for line in lines[:_MAX_LISTED]:
        print_note(f"- {line}")
    if len(lines) > _MAX_LISTED:
        print_note(f"- and {len(lines) - _MAX_LISTED} more")
