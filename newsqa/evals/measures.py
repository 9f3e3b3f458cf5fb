"""Measures: their names, and how the scores of many cases become one figure."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Literal

from pydantic import BaseModel, ConfigDict

Score = float | Sequence[float]
"""A measure's score of one answer, or several that are pooled, such as one for each citation."""

Summary = Literal["share", "mean", "median", "p95"]


class Measure(BaseModel):
    """The title of a measure, and how its scores over many cases become one figure.

    A ``share`` is the mean of scores that are 0 or 1. ``is_quality`` says that more is better: such a
    measure can have a floor, and a case that failed with an error scores 0 in it, unless
    ``counts_failures`` is false.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: str
    summary: Summary = "share"
    unit: str = "%"
    is_quality: bool = True
    counts_failures: bool = True


class FigureName(StrEnum):
    """The names of the built-in figures, as scorecards and floors have them, in order."""

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
    CITATION_LENGTH = "citation_length"
    ENTAILMENT_RECALL = "entailment_recall"
    ENTAILMENT_PRECISION = "entailment_precision"
    FAILED = "failed"
    CALLS = "calls"
    INPUT_TOKENS = "input_tokens"
    OUTPUT_TOKENS = "output_tokens"
    LATENCY_MEDIAN = "latency_median"
    LATENCY_P95 = "latency_p95"
