"""Precision, recall and F1, and how citations compare with the gold evidence."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsqa.evals.formulas import (
    PrecisionRecall,
    covers,
    harmonic_mean,
    is_hit,
    sentence_scores,
)
from newsqa.text.spans import Span

_shares = st.floats(0, 1)
_numbers = st.lists(st.integers(1, 9), max_size=6)
_spans = st.tuples(st.integers(0, 20), st.integers(1, 9)).map(
    lambda place: Span(start=place[0], end=place[0] + place[1])
)


def span(start: int, end: int) -> Span:
    """Return the half-open span of two offsets."""
    return Span(start=start, end=end)


@given(_shares, _shares)
def test_f1_lies_between_precision_and_recall(precision: float, recall: float) -> None:
    """The harmonic mean lies between its two values, up to rounding."""
    low, high = sorted((precision, recall))
    assert low - 1e-9 <= harmonic_mean(precision, recall) <= high + 1e-9


@given(_shares, _shares)
def test_f1_is_symmetric(precision: float, recall: float) -> None:
    """Swapping precision and recall keeps F1."""
    assert harmonic_mean(precision, recall) == harmonic_mean(recall, precision)


@pytest.mark.parametrize(
    ("right", "chosen", "wanted", "expected"),
    [
        (2, 4, 3, (1 / 2, 2 / 3, 4 / 7)),
        (0, 4, 3, (0, 0, 0)),
        (3, 3, 3, (1, 1, 1)),
        (0, 0, 0, (1, 1, 1)),
        (0, 4, 0, (0, 0, 0)),
        (0, 0, 3, (0, 0, 0)),
    ],
)
def test_of_counts_computes_shares(
    right: int, chosen: int, wanted: int, expected: tuple[float, float, float]
) -> None:
    """Choosing nothing is right only where nothing is wanted."""
    scores = PrecisionRecall.of_counts(right, chosen=chosen, wanted=wanted)
    assert (scores.precision, scores.recall, scores.f1) == pytest.approx(expected)


def test_sentence_scores_count_each_sentence_once() -> None:
    """Three sentences cited, two needed, one in common."""
    scores = sentence_scores([3, 4, 4, 9], [4, 5])
    assert scores.precision == pytest.approx(1 / 3)
    assert scores.recall == pytest.approx(1 / 2)
    assert scores.f1 == pytest.approx(2 / 5)


@pytest.mark.parametrize(
    ("cited", "evidence", "share"), [([], [], 1), ([1], [], 0), ([], [1], 0), ([1], [2], 0)]
)
def test_sentence_scores_are_all_or_nothing_if_one_side_is_empty(
    cited: list[int], evidence: list[int], share: float
) -> None:
    """Citing nothing is right only where there is no evidence."""
    expected = PrecisionRecall(precision=share, recall=share, f1=share)
    assert sentence_scores(cited, evidence) == expected


@given(_numbers, _numbers)
def test_sentence_scores_swap_precision_and_recall_with_their_arguments(
    cited: list[int], evidence: list[int]
) -> None:
    """Swapping cited sentences and evidence keeps F1."""
    one, other = sentence_scores(cited, evidence), sentence_scores(evidence, cited)
    assert (one.precision, one.recall, one.f1) == (other.recall, other.precision, other.f1)


@given(_numbers, _numbers)
def test_sentence_scores_lie_between_0_and_1(cited: list[int], evidence: list[int]) -> None:
    """F1 is 1 exactly when the two sets are equal."""
    scores = sentence_scores(cited, evidence)
    assert 0 <= min(scores.precision, scores.recall) <= max(scores.precision, scores.recall) <= 1
    assert (scores.f1 == 1) == (set(cited) == set(evidence))


@pytest.mark.parametrize(
    ("citation", "hit", "covered"),
    [
        (span(10, 20), True, True),
        (span(8, 25), True, True),
        (span(10, 19), True, False),
        (span(19, 30), True, False),
        (span(12, 15), True, False),
        (span(20, 30), False, False),
        (span(0, 10), False, False),
    ],
)
def test_citation_hits_spans_it_overlaps_and_covers_spans_it_contains(
    citation: Span, hit: bool, covered: bool
) -> None:
    """Spans are half-open, so adjacent spans share nothing."""
    golds = [span(40, 50), span(10, 20)]
    assert is_hit([span(60, 61), citation], golds) is hit
    assert covers([span(60, 61), citation], golds) is covered


def test_covers_requires_a_single_citation() -> None:
    """Two adjacent citations do not cover a span together."""
    assert not covers([span(10, 15), span(15, 20)], [span(10, 20)])


def test_nothing_is_hit_without_citations_or_without_gold() -> None:
    """An empty side gives False."""
    assert not is_hit([], [span(0, 1)])
    assert not is_hit([span(0, 1)], [])
    assert not covers([], [])


@given(st.lists(_spans, max_size=4), st.lists(_spans, max_size=4))
def test_hit_means_a_shared_code_point(citations: list[Span], golds: list[Span]) -> None:
    """A hit is symmetric, and a covered span is also hit."""
    cited = {place for c in citations for place in range(c.start, c.end)}
    wanted = {place for gold in golds for place in range(gold.start, gold.end)}
    assert is_hit(citations, golds) == bool(cited & wanted) == is_hit(golds, citations)
    assert is_hit(citations, golds) or not covers(citations, golds)
