"""How well it is known when the article does not say."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsqa.evals.abstention import abstention_scores
from newsqa.evals.precision_recall import PrecisionRecall

_pairs = st.lists(st.tuples(st.booleans(), st.booleans()), max_size=30)


def test_abstaining_is_right_where_there_is_no_answer() -> None:
    """Three abstentions, two of them right, over four questions without an answer."""
    pairs = [(True, False)] * 2 + [(True, True)] + [(False, False)] * 2 + [(False, True)] * 9
    scores = abstention_scores(pairs)
    assert scores.precision == pytest.approx(2 / 3)
    assert scores.recall == pytest.approx(2 / 4)
    assert scores.f1 == pytest.approx(4 / 7)


@pytest.mark.parametrize(
    ("pairs", "share"),
    [([], 1), ([(False, True)], 1), ([(True, True)], 0), ([(False, False)], 0)],
)
def test_where_one_side_is_empty_all_or_nothing_is_right(
    pairs: list[tuple[bool, bool]], share: float
) -> None:
    """Never abstaining is perfect only where every question has an answer."""
    expected = PrecisionRecall(precision=share, recall=share, f1=share)
    assert abstention_scores(pairs) == expected


@given(_pairs.flatmap(lambda pairs: st.tuples(st.just(pairs), st.permutations(pairs))))
def test_the_order_of_questions_does_not_matter(
    orders: tuple[list[tuple[bool, bool]], list[tuple[bool, bool]]],
) -> None:
    """Only counts do."""
    assert abstention_scores(orders[0]) == abstention_scores(orders[1])
