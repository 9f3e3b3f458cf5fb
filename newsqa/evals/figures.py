"""Figures: the scores of many cases, summed up with a confidence interval."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from statistics import fmean, median

from pydantic import BaseModel, ConfigDict, PositiveInt

from newsqa.evals.evaluators import EVALUATORS, Entailment, measures_of
from newsqa.evals.measures import FigureName, Measure
from newsqa.evals.results import Result
from newsqa.evals.statistics import Interval, bootstrap, quantile, quantile_interval, wilson

_QUANTILES = {"median": 0.5, "p95": 0.95}


class Figure(BaseModel):
    """A figure over ``count`` scores, with its 95 % confidence interval if there is one.

    A share is from 0 to 1. Shares have Wilson's interval, means the bootstrap's, and quantiles that of
    the binomial test.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    value: float
    count: PositiveInt
    interval: Interval | None = None


Figures = dict[str, Figure]
"""Figures by the names of their measures."""

_RUN_MEASURES: dict[str, Measure] = {
    FigureName.FAILED: Measure(title="Failed with an error", is_quality=False),
    FigureName.CALLS: Measure(
        title="Calls a question", summary="mean", unit="calls", is_quality=False
    ),
    FigureName.INPUT_TOKENS: Measure(
        title="Tokens in, a question", summary="mean", unit="tokens", is_quality=False
    ),
    FigureName.OUTPUT_TOKENS: Measure(
        title="Tokens out, a question", summary="mean", unit="tokens", is_quality=False
    ),
    FigureName.LATENCY_MEDIAN: Measure(
        title="Latency, median", summary="median", unit="s", is_quality=False
    ),
    FigureName.LATENCY_P95: Measure(
        title="Latency, 95th percentile", summary="p95", unit="s", is_quality=False
    ),
}
"""What asking cost and how it went, which no evaluator of answers can see."""

_RUN_SCORES: dict[str, Callable[[Result], float]] = {
    FigureName.FAILED: lambda result: float(result.error is not None),
    FigureName.CALLS: lambda result: result.usage.calls,
    FigureName.INPUT_TOKENS: lambda result: result.usage.input_tokens,
    FigureName.OUTPUT_TOKENS: lambda result: result.usage.output_tokens,
    FigureName.LATENCY_MEDIAN: lambda result: result.seconds,
    FigureName.LATENCY_P95: lambda result: result.seconds,
}


def with_run_measures(measures: Mapping[str, Measure]) -> dict[str, Measure]:
    """Return ``measures`` followed by those of cost, time and failures, as scorecards show them."""
    return {**measures, **{str(name): measure for name, measure in _RUN_MEASURES.items()}}


MEASURES: Mapping[str, Measure] = with_run_measures(
    {**measures_of(EVALUATORS), **Entailment.measures}
)
"""The built-in measures by name, in the order in which they are shown."""


def figures_of(results: Iterable[Result], measures: Mapping[str, Measure] = MEASURES) -> Figures:
    """Return the figures of all ``measures`` that ``results`` have scores for."""
    rows = tuple(results)
    figures = {
        name: summarize(measure, [score for row in rows for score in _scores(row, name)])
        for name, measure in measures.items()
    }
    return {name: figure for name, figure in figures.items() if figure is not None}


def summarize(measure: Measure, scores: Sequence[float]) -> Figure | None:
    """Return the figure over ``scores``; None if there are none."""
    if not scores:
        return None
    return Figure(
        value=_value(measure, scores), count=len(scores), interval=_interval(measure, scores)
    )


def format_value(value: float, unit: str) -> str:
    """Return a figure for people: a share in per cent, everything else with its unit.

    >>> format_value(0.5, "%"), format_value(1234.4, "tokens"), format_value(0.12345, "s")
    ('50.0%', '1,234 tokens', '0.123 s')
    """
    if unit == "%":
        return f"{value:.1%}"
    if unit == "s":
        return f"{value:.3g} s"
    return f"{value:,.0f} {unit}" if value >= 100 else f"{value:.3g} {unit}"


def format_interval(figure: Figure, unit: str) -> str:
    """Return the interval of a figure without its unit; empty if there is none."""
    if figure.interval is None:
        return ""
    ends = (format_value(end, unit) for end in (figure.interval.low, figure.interval.high))
    return " to ".join(end.removesuffix(unit).rstrip() for end in ends)


def _scores(result: Result, name: str) -> Sequence[float]:
    if name in _RUN_SCORES:
        return [float(_RUN_SCORES[name](result))]
    score = result.scores.get(name, ())
    return [score] if isinstance(score, int | float) else score


def _value(measure: Measure, scores: Sequence[float]) -> float:
    if measure.summary == "median":
        return median(scores)
    return quantile(scores, _QUANTILES["p95"]) if measure.summary == "p95" else fmean(scores)


def _interval(measure: Measure, scores: Sequence[float]) -> Interval | None:
    if measure.summary == "share":
        return wilson(round(sum(scores)), len(scores))
    if measure.summary in _QUANTILES:
        return quantile_interval(scores, _QUANTILES[measure.summary])
    return bootstrap(scores) if len(scores) > 1 else None
