"""Measures: every figure of a scorecard, its one name, what it is taken of, and how it is summed up."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import fmean, median
from typing import Literal

from pydantic import BaseModel, ConfigDict, PositiveInt

from newsqa.evals.metrics.precision_recall import PrecisionRecall
from newsqa.evals.results import Result
from newsqa.evals.statistics import Interval, bootstrap, quantile, quantile_interval, wilson

Summary = Literal["share", "mean", "median", "p95"]
Unit = Literal["%", "calls", "tokens", "characters", "s"]

_QUANTILES = {"median": 0.5, "p95": 0.95}


class Figure(BaseModel):
    """A figure over ``count`` values, with its interval of 95 % confidence, where there is one.

    A share is from 0 to 1. Shares have Wilson's interval, means the bootstrap's, a median and a 95th
    percentile that of the binomial test.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    value: float
    count: PositiveInt
    interval: Interval | None = None


class FigureName(StrEnum):
    """The names of all figures, as they are written in scorecards and floors."""

    EXACT = "exact"
    F1 = "f1"
    HAS_ANSWER_EXACT = "has_answer_exact"
    HAS_ANSWER_F1 = "has_answer_f1"
    NO_ANSWER_EXACT = "no_answer_exact"
    RIGHT_STATUS = "right_status"
    ABSTENTION_PRECISION = "abstention_precision"
    ABSTENTION_RECALL = "abstention_recall"
    CITATION_HIT = "citation_hit"
    EVIDENCE_PRECISION = "evidence_precision"
    EVIDENCE_RECALL = "evidence_recall"
    EVIDENCE_F1 = "evidence_f1"
    MUST_CITE = "must_cite"
    MUST_NOT_SAY = "must_not_say"
    CITATION_VALIDITY = "citation_validity"
    ENTAILMENT_RECALL = "entailment_recall"
    ENTAILMENT_PRECISION = "entailment_precision"
    CITATION_LENGTH = "citation_length"
    FAILED = "failed"
    CALLS = "calls"
    INPUT_TOKENS = "input_tokens"
    OUTPUT_TOKENS = "output_tokens"
    LATENCY_MEDIAN = "latency_median"
    LATENCY_P95 = "latency_p95"


@dataclass(frozen=True, slots=True)
class Measure:
    """What a figure is called, which values a result gives to it, and how they are summed up.

    A result may give none. ``is_quality`` says whether more of it is better, so that a floor can be
    set under it.
    """

    title: str
    values: Callable[[Result], Iterable[float | None]]
    summary: Summary = "share"
    unit: Unit = "%"
    is_quality: bool = True

    def of(self, results: Iterable[Result]) -> Figure | None:
        """The figure over ``results``; ``None`` where they give no value."""
        values = [
            float(value) for result in results for value in self.values(result) if value is not None
        ]
        if not values:
            return None
        return Figure(value=self._sum(values), count=len(values), interval=self._interval(values))

    def _sum(self, values: Sequence[float]) -> float:
        if self.summary == "median":
            return median(values)
        return quantile(values, _QUANTILES["p95"]) if self.summary == "p95" else fmean(values)

    def _interval(self, values: Sequence[float]) -> Interval | None:
        if self.summary == "share":
            return wilson(round(sum(values)), len(values))
        if self.summary in _QUANTILES:
            return quantile_interval(values, _QUANTILES[self.summary])
        return bootstrap(values) if len(values) > 1 else None


def _part(
    scores: PrecisionRecall | None, name: Literal["precision", "recall", "f1"]
) -> Iterable[float]:
    if scores is not None:
        yield getattr(scores, name)


def _rightly_abstained(result: Result) -> Iterable[float]:
    """Precision: of the abstentions, those on questions without an answer.

    Questions that leave open whether there is one do not count.
    """
    if result.abstained and result.answerable is not None:
        yield not result.answerable


def _abstained_where_due(result: Result) -> Iterable[float]:
    """Recall: of the questions without an answer, those that were abstained on."""
    if result.answerable is False:
        yield result.abstained


def _validity(result: Result) -> Iterable[float]:
    for number in range(len(result.citation_lengths)):
        yield number < result.valid_citations


MEASURES: dict[FigureName, Measure] = {
    FigureName.EXACT: Measure("Exact match", lambda r: [r.exact]),
    FigureName.F1: Measure("F1", lambda r: [r.f1], "mean"),
    FigureName.HAS_ANSWER_EXACT: Measure(
        "Exact match, has an answer", lambda r: [r.exact] if r.answerable else []
    ),
    FigureName.HAS_ANSWER_F1: Measure(
        "F1, has an answer", lambda r: [r.f1] if r.answerable else [], "mean"
    ),
    FigureName.NO_ANSWER_EXACT: Measure(
        "Exact match, has none", lambda r: [r.exact] if r.answerable is False else []
    ),
    FigureName.RIGHT_STATUS: Measure("Right status", lambda r: [r.right_status]),
    FigureName.ABSTENTION_PRECISION: Measure("Abstention precision", _rightly_abstained),
    FigureName.ABSTENTION_RECALL: Measure("Abstention recall", _abstained_where_due),
    FigureName.CITATION_HIT: Measure("Citation hit", lambda r: [r.hit]),
    FigureName.EVIDENCE_PRECISION: Measure(
        "Evidence precision", lambda r: _part(r.evidence, "precision"), "mean"
    ),
    FigureName.EVIDENCE_RECALL: Measure(
        "Evidence recall", lambda r: _part(r.evidence, "recall"), "mean"
    ),
    FigureName.EVIDENCE_F1: Measure("Evidence F1", lambda r: _part(r.evidence, "f1"), "mean"),
    FigureName.MUST_CITE: Measure("Cites what it must", lambda r: [r.must_cite]),
    FigureName.MUST_NOT_SAY: Measure("Says nothing it must not", lambda r: [r.must_not_say]),
    FigureName.CITATION_VALIDITY: Measure("Citation validity", _validity),
    FigureName.ENTAILMENT_RECALL: Measure(
        "Citation recall (ALCE)", lambda r: _part(r.entailment, "recall"), "mean"
    ),
    FigureName.ENTAILMENT_PRECISION: Measure(
        "Citation precision (ALCE)", lambda r: _part(r.entailment, "precision"), "mean"
    ),
    FigureName.CITATION_LENGTH: Measure(
        "Citation length, median", lambda r: r.citation_lengths, "median", "characters", False
    ),
    FigureName.FAILED: Measure(
        "Failed with an error", lambda r: [r.error is not None], is_quality=False
    ),
    FigureName.CALLS: Measure(
        "Calls a question", lambda r: [r.usage.calls], "mean", "calls", False
    ),
    FigureName.INPUT_TOKENS: Measure(
        "Tokens in, a question", lambda r: [r.usage.input_tokens], "mean", "tokens", False
    ),
    FigureName.OUTPUT_TOKENS: Measure(
        "Tokens out, a question", lambda r: [r.usage.output_tokens], "mean", "tokens", False
    ),
    FigureName.LATENCY_MEDIAN: Measure(
        "Latency, median", lambda r: [r.seconds], "median", "s", False
    ),
    FigureName.LATENCY_P95: Measure(
        "Latency, 95th percentile", lambda r: [r.seconds], "p95", "s", False
    ),
}
"""In the order in which they are shown."""

Figures = dict[FigureName, Figure]


def figures_of(results: Sequence[Result]) -> Figures:
    """All figures that ``results`` give values to."""
    measured = {name: measure.of(results) for name, measure in MEASURES.items()}
    return {name: figure for name, figure in measured.items() if figure is not None}
