"""Precision and recall of what was chosen, held against what was wanted."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsqa.evals.metrics.precision_recall import PrecisionRecall, harmonic_mean

_shares = st.floats(0, 1)


@given(_shares, _shares)
def test_f1_lies_between_precision_and_recall(precision: float, recall: float) -> None:
    """As every mean does, but for the last digit."""
    low, high = sorted((precision, recall))
    assert low - 1e-9 <= harmonic_mean(precision, recall) <= high + 1e-9


@given(_shares, _shares)
def test_f1_does_not_know_precision_from_recall(precision: float, recall: float) -> None:
    """It is symmetric."""
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
def test_counts_give_shares(
    right: int, chosen: int, wanted: int, expected: tuple[float, float, float]
) -> None:
    """Nothing chosen is right only where nothing is wanted."""
    scores = PrecisionRecall.of_counts(right, chosen=chosen, wanted=wanted)
    assert (scores.precision, scores.recall, scores.f1) == pytest.approx(expected)
