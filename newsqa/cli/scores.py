"""Scorecards and comparisons on a terminal, or as plain text in a pipe."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Console
from rich.table import Table
from rich.text import Text

from newsqa.evals import MEASURES, Comparison, FigureName, Scorecard
from newsqa.evals.compare import Change
from newsqa.evals.report.page import TAG_COLUMNS, in_words, interval_in_words
from newsqa.output.terminal import sanitize_for_terminal

_PLAIN_WIDTH = 100
"""Columns of a table that no terminal gives a width."""


def console() -> Console:
    """Standard output, in which nothing is highlighted by guess."""
    found = Console(highlight=False)
    return found if found.is_terminal else Console(highlight=False, width=_PLAIN_WIDTH)


def show_scorecard(scorecard: Scorecard, out: Console) -> None:
    """Print all figures, those by tag, and what was spent."""
    table = _table("figure", "value", "95 %", "of")
    for name, figure in scorecard.figures.items():
        unit = MEASURES[name].unit
        table.add_row(
            MEASURES[name].title,
            in_words(figure.value, unit),
            interval_in_words(figure, unit),
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
    """Print both scorecards' figures, each case that went otherwise, and what it comes to."""
    table = _table("figure", *comparison.names, "difference")
    for name in FigureName:
        before, after = first.figures.get(name), second.figures.get(name)
        if before and after:
            unit = MEASURES[name].unit
            gap = after.value - before.value
            difference = f"{100 * gap:+.1f}" if unit == "%" else f"{gap:+.3g}"
            values = [in_words(figure.value, unit) for figure in (before, after)]
            table.add_row(MEASURES[name].title, *values, difference)
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
    table = _table("tag", "cases", *(MEASURES[name].title for name in TAG_COLUMNS))
    for tag, figures in scorecard.by_tag.items():
        found = [figures.get(name) for name in TAG_COLUMNS]
        cells = [in_words(figure.value, "%") if figure else "–" for figure in found]
        count = sum(tag in result.tags for result in scorecard.results)
        table.add_row(Text(sanitize_for_terminal(tag)), str(count), *cells)
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
        yield f"{usage.calls:,} calls"
        yield f"{usage.input_tokens:,} tokens in, {usage.output_tokens:,} out"
