"""Scorecards and comparisons as tables, on a terminal or as plain text in a pipe."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Console
from rich.table import Table
from rich.text import Text

from newsqa.evals import Comparison, Scorecard
from newsqa.evals.compare import Change
from newsqa.evals.figures import format_interval, format_value
from newsqa.evals.report import tag_cells, tag_columns
from newsqa.output.sanitize import sanitize_for_terminal

_PLAIN_WIDTH_COLUMNS = 100
"""The width of a table in a pipe, which has no width itself."""


def console() -> Console:
    """Return standard output as a console that does not highlight by guessing."""
    terminal = Console(highlight=False)
    return (
        terminal if terminal.is_terminal else Console(highlight=False, width=_PLAIN_WIDTH_COLUMNS)
    )


def show_scorecard(scorecard: Scorecard, out: Console) -> None:
    """Print all figures, figures by tag, and the cost."""
    table = _table("figure", "value", "95 %", "count")
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
    for name, measure in second.measures.items():
        before, after = first.figures.get(name), second.figures.get(name)
        if before and after:
            gap = after.value - before.value
            difference = f"{100 * gap:+.1f}" if measure.unit == "%" else f"{gap:+.3g}"
            values = [format_value(figure.value, measure.unit) for figure in (before, after)]
            table.add_row(
                *(
                    Text(sanitize_for_terminal(cell))
                    for cell in (measure.title, *values, difference)
                )
            )
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
    count = len(scorecard.results)
    yield f"{count} case{'s' * (count != 1)} {scorecard.cases_sha256[:12]}"
    usage = scorecard.usage
    if usage.calls:
        yield f"{usage.calls:,} call{'s' * (usage.calls != 1)}"
        yield f"{usage.input_tokens:,} tokens in, {usage.output_tokens:,} out"
