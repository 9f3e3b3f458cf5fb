"""Scorecard: the figures of an evaluation with confidence intervals, and the results they summarize."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from statistics import fmean, median
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, PositiveInt, ValidationError

from newsqa.answers.answer import PromptReference
from newsqa.api import NewsQA
from newsqa.errors import CaseError
from newsqa.evals.cases import Case, digest_of
from newsqa.evals.measures import (
    EVALUATORS,
    Entailment,
    Evaluator,
    FigureName,
    Measure,
    measures_of,
)
from newsqa.evals.results import Result
from newsqa.evals.statistics import Interval, bootstrap, quantile, quantile_interval, wilson
from newsqa.output.html import figures_part
from newsqa.usage import Usage

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
        title="Calls per question", summary="mean", unit="calls", is_quality=False
    ),
    FigureName.INPUT_TOKENS: Measure(
        title="Input tokens per question", summary="mean", unit="tokens", is_quality=False
    ),
    FigureName.OUTPUT_TOKENS: Measure(
        title="Output tokens per question", summary="mean", unit="tokens", is_quality=False
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
    >>> format_value(1, "calls")
    '1 call'
    """
    if unit == "%":
        return f"{value:.1%}"
    if unit == "s":
        return f"{value:.3g} s"
    shown = f"{value:,.0f}" if value >= 100 else f"{value:.3g}"
    return f"{shown} {unit.removesuffix('s') if shown == '1' else unit}"


def format_interval(figure: Figure, unit: str) -> str:
    """Return the interval of a figure without its unit; empty if there is none."""
    if figure.interval is None:
        return ""
    ends = (format_value(end, unit) for end in (figure.interval.low, figure.interval.high))
    return " to ".join(end.split()[0].removesuffix("%") for end in ends)


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


_COLUMNS = ("Figure", "Value", "95 % interval", "Count")


class Scorecard(BaseModel):
    """The figures of a model with a prompt, over all cases and by tag.

    ``cases_sha256`` is the digest of the cases, so that figures of other cases are not compared with
    these. ``measures`` says how each figure was taken; scorecards of newsqa 0.1 are read with the
    built-in ones. ``usage`` is the cost of all calls. ``model_dump_json`` and ``read`` lose nothing.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    newsqa: str
    cases_sha256: str
    model: str
    prompt: PromptReference | None
    measures: dict[str, Measure] = Field(default_factory=lambda: dict(MEASURES))
    figures: Figures
    by_tag: dict[str, Figures]
    usage: Usage
    results: tuple[Result, ...]

    def __repr__(self) -> str:
        return f"Scorecard(model={self.model!r}, {len(self.results)} cases, {len(self.figures)} figures)"

    @classmethod
    def of(
        cls,
        cases: Sequence[Case],
        results: Iterable[Result],
        qa: NewsQA,
        *,
        evaluators: Iterable[Evaluator] = (),
    ) -> Self:
        """Sum up ``results``, one for each of ``cases``, which ``qa`` answered.

        ``evaluators`` are those that scored the results besides the built-in ones.
        """
        by_id = {result.id: result for result in results}
        ordered = tuple(by_id[case.id] for case in cases)
        tags = dict.fromkeys(tag for result in ordered for tag in result.tags)
        measures = with_run_measures(measures_of([*EVALUATORS, *evaluators]))
        return cls(
            newsqa=version("newsqa"),
            cases_sha256=digest_of(cases),
            model=qa.name,
            prompt=qa.prompt,
            measures=measures,
            figures=figures_of(ordered, measures),
            by_tag={
                tag: figures_of([row for row in ordered if tag in row.tags], measures)
                for tag in tags
            },
            usage=sum((result.usage for result in ordered), Usage()),
            results=ordered,
        )

    def _repr_html_(self) -> str:
        """Return the table of figures, as a notebook shows it."""
        note = f"{self.model} · {len(self.results):,} cases"
        return figures_part("Evaluation", note, _COLUMNS, self._rows())

    def _rows(self) -> Iterator[tuple[str, str, str, str]]:
        for name, figure in self.figures.items():
            measure = self.measures[name]
            value = format_value(figure.value, measure.unit)
            interval = format_interval(figure, measure.unit)
            yield measure.title, value, interval, f"{figure.count:,}"

    @classmethod
    def read(cls, path: Path) -> Self:
        """Read the scorecard from a JSON file.

        Raises:
            CaseError: The file cannot be read, or is not a scorecard.
        """
        try:
            return cls.model_validate_json(path.read_bytes())
        except OSError as error:
            raise CaseError(f"{str(path)!r} cannot be read: {error.strerror}.") from error
        except ValidationError as error:
            problem = error.errors()[0]
            where = ".".join(str(part) for part in problem["loc"]) or "the file"
            raise CaseError(
                f"{str(path)!r} is not a scorecard: {where}: {problem['msg']}."
            ) from None
