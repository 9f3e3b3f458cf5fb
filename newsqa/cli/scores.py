"""Scorecards and comparisons as tables, on a terminal or in a pipe, and the gate of floors."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from rich.console import Console
from rich.table import Table
from rich.text import Text

from newsqa.cli.console import print_note
from newsqa.errors import ConfigurationError
from newsqa.evals import Case, Comparison, Floors, Scorecard
from newsqa.evals.cases import digest_of
from newsqa.evals.compare import Change, figure_differences
from newsqa.evals.report import tag_cells, tag_columns
from newsqa.evals.scorecards import format_interval, format_value
from newsqa.output import count_of
from newsqa.output.sanitize import sanitize_for_terminal


def show_scorecard(scorecard: Scorecard, out: Console) -> None:
    """Print all figures, figures by tag, and the cost."""
    table = _table("figure", "value", "95 % interval", "count")
    for name, figure in scorecard.figures.items():
        measure = scorecard.measures[name]
        table.add_row(
            Text(sanitize_for_terminal(measure.title)),
            Text(sanitize_for_terminal(format_value(figure.value, measure.unit))),
            format_interval(figure, measure.unit),
            f"{figure.count:,}",
        )
    out.print(table)
    if scorecard.by_tag:
        out.print()
        out.print(_by_tag(scorecard))
    out.print()
    out.print(" · ".join(_summary(scorecard)), markup=False)


def show_comparison(
    comparison: Comparison, first: Scorecard, second: Scorecard, out: Console
) -> None:
    """Print the figures of both scorecards, each case that changed, and the verdict."""
    table = _table("figure", *comparison.names, "difference")
    for row in figure_differences(first, second):
        table.add_row(*(Text(sanitize_for_terminal(cell)) for cell in row))
    out.print(table)
    out.print()
    for change in comparison.changes:
        out.print(_in_a_line(change), markup=False, soft_wrap=True)
    if comparison.changes:
        out.print()
    out.print(sanitize_for_terminal(str(comparison)), markup=False, soft_wrap=True)


def _in_a_line(change: Change) -> str:
    return sanitize_for_terminal(f"{change.kind} {change.id}: “{change.first}” → “{change.second}”")


def _by_tag(scorecard: Scorecard) -> Table:
    titles = [scorecard.measures[name].title for name in tag_columns(scorecard)]
    table = _table("tag", "cases", *titles)
    for tag in scorecard.by_tag:
        count = sum(tag in result.tags for result in scorecard.results)
        cells = [sanitize_for_terminal(cell) for cell in tag_cells(scorecard, tag)]
        table.add_row(Text(sanitize_for_terminal(tag)), str(count), *map(Text, cells))
    return table


def _table(first: str, *others: str) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    table.add_column(first)
    for name in others:
        table.add_column(Text(sanitize_for_terminal(name)), justify="right")
    return table


def _summary(scorecard: Scorecard) -> Iterator[str]:
    yield sanitize_for_terminal(scorecard.model)
    if scorecard.prompt:
        yield f"prompt {sanitize_for_terminal(scorecard.prompt.name)} {scorecard.prompt.fingerprint}"
    yield f"{count_of(len(scorecard.results), 'case')} {scorecard.cases_sha256[:12]}"
    yield from scorecard.usage.summary


@dataclass(frozen=True, slots=True)
class FloorsGate:
    """The file of floors, its contents if it exists, and whether to set new ones."""

    path: Path
    before: Floors | None
    update: bool
    lower: bool

    @classmethod
    def of(
        cls, cases: Sequence[Case], path: Path | None, *, update: bool, lower: bool
    ) -> Self | None:
        """Return the gate for these options; None without any.

        Raises:
            CaseError: The floors cannot be read, or are for other cases and not about to be replaced.
            ConfigurationError: Floors are to be set, and no file is named.
        """
        if path is None:
            if update or lower:
                raise ConfigurationError("Name the file of the floors with --floor.")
            return None
        is_new = update and not path.exists()
        before = None if is_new else Floors.read(path)
        if before and not update:
            before.check_cases(digest_of(cases))
        return cls(path, before, update, lower)

    def check_model(self, name: str) -> None:
        """Check that the floors are for the model called ``name``, unless new ones are set.

        Raises:
            CaseError: They are for another model.
        """
        if self.before and not self.update:
            self.before.check_model(name)

    def fails(self, scorecard: Scorecard) -> bool:
        """Print a line for each figure below its floor, and return whether there is one."""
        if self.update or self.before is None:
            self._set(Floors.of(scorecard))
            return False
        missed = self.before.missed(scorecard)
        for line in missed:
            print_note(f"newsqa: {line}")
        return bool(missed)

    def _set(self, floors: Floors) -> None:
        if self.before:
            floors = floors.model_copy(update={"epsilon": self.before.epsilon})
            lowered = floors.lowered(self.before)
            if lowered and not self.lower:
                raise ConfigurationError(
                    f"This would lower {count_of(len(lowered), 'floor')} ({'; '.join(lowered)}); add "
                    "--lower if that is intended."
                )
        floors.write(self.path)
        print_note(f"note: wrote the floors to {str(self.path)!r}")
