"""Figures: scores of many cases summed up, with their intervals."""

from __future__ import annotations

import pytest

from newsqa.evals.measures import FigureName, Measure
from newsqa.evals.scorecards import (
    MEASURES,
    Figure,
    figures_of,
    format_interval,
    format_value,
    summarize,
)
from newsqa.evals.statistics import Interval, bootstrap, quantile_interval, wilson
from newsqa.usage import Usage
from tests.evals.results import result


def test_every_figure_name_has_one_measure() -> None:
    """Each built-in measure has a name in FigureName and a title of its own."""
    assert list(MEASURES) == list(FigureName)
    assert len({measure.title for measure in MEASURES.values()}) == len(MEASURES)


def test_share_has_wilsons_interval() -> None:
    """Three exact matches of four are 75 % with Wilson's interval of 3 in 4."""
    figures = figures_of([result(str(n), exact=float(n > 0)) for n in range(4)])
    figure = figures[FigureName.EXACT]
    assert (figure.value, figure.count, figure.interval) == (0.75, 4, wilson(3, 4))


def test_mean_has_the_bootstrap_interval() -> None:
    """The mean F1 has the bootstrap interval of the same scores."""
    values = [0.0, 0.25, 1.0]
    figure = figures_of([result(str(v), f1=v) for v in values])[FigureName.F1]
    assert figure.value == pytest.approx(1.25 / 3)
    assert figure.interval == bootstrap(values)


def test_median_has_the_interval_of_the_binomial_test() -> None:
    """A median of a user's measure is summed up like a built-in one."""
    scores = [float(n) for n in range(20)]
    figure = summarize(Measure(title="Words", summary="median", unit="words"), scores)
    assert figure == Figure(value=9.5, count=20, interval=quantile_interval(scores, 0.5))


def test_mean_of_one_score_has_no_interval() -> None:
    """One score cannot be resampled."""
    assert figures_of([result(f1=0.5)])[FigureName.F1].interval is None


def test_figure_without_scores_is_left_out() -> None:
    """A measure that applies to no case is absent, not 0."""
    figures = figures_of([result()])
    assert FigureName.EXACT not in figures
    assert FigureName.CITATION_HIT not in figures
    assert FigureName.EVIDENCE_F1 not in figures


def test_several_scores_of_a_result_are_pooled() -> None:
    """Citation validity and length count citations, not answers."""
    rows = [
        result("a", citation_length=(4.0, 8.0, 6.0), citation_validity=(1.0, 1.0, 0.0)),
        result("b", citation_length=(10.0,), citation_validity=(1.0,)),
        result("c"),
    ]
    figures = figures_of(rows)
    assert (
        figures[FigureName.CITATION_VALIDITY].value,
        figures[FigureName.CITATION_VALIDITY].count,
    ) == (0.75, 4)
    assert figures[FigureName.CITATION_LENGTH].value == 7.0


def test_failures_are_counted() -> None:
    """The share of results with an error is a figure."""
    rows = [result("a", error="ModelError: x", status=None), result("b")]
    assert figures_of(rows)[FigureName.FAILED].value == 0.5


def test_cost_is_a_mean_and_time_a_quantile() -> None:
    """Calls and tokens have means; seconds have a median and a 95th percentile."""
    usages = [Usage(calls=n, input_tokens=100 * n, output_tokens=10 * n) for n in (1, 3)]
    rows = [result(str(n), usage=usages[n], seconds=float(n)) for n in range(2)]
    figures = figures_of(rows)
    values = [figures[name].value for name in list(FigureName)[-5:]]
    assert values == [2.0, 200.0, 20.0, 0.5, 1.0]


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (0.5, "%", "50.0%"),
        (1234.4, "tokens", "1,234 tokens"),
        (1.5, "calls", "1.5 calls"),
        (0.12345, "s", "0.123 s"),
    ],
)
def test_value_is_formatted_with_its_unit(value: float, unit: str, text: str) -> None:
    """Shares are in per cent, large numbers have separators, small ones three digits."""
    assert format_value(value, unit) == text


def test_interval_is_formatted_without_its_unit() -> None:
    """The unit is beside the value already; no interval is an empty text."""
    interval = Interval(low=0.095, high=0.905)
    assert format_interval(Figure(value=0.5, count=2, interval=interval), "%") == "9.5 to 90.5"
    assert format_interval(Figure(value=0.5, count=1), "%") == ""
