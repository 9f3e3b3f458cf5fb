"""Whether two systems differ, asked the same questions."""

from __future__ import annotations

from math import comb

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsqa.evals.significance import mcnemar, paired_bootstrap

_outcomes = st.lists(st.tuples(st.booleans(), st.booleans()), max_size=40)


def test_mcnemar_is_the_exact_binomial_test_of_those_that_differ() -> None:
    """9 against 2: twice the tail of 11 tosses of a coin."""
    first = [True] * 9 + [False] * 2 + [True] * 30
    second = [False] * 9 + [True] * 2 + [True] * 30
    result = mcnemar(first, second)
    assert (result.only_first, result.only_second) == (9, 2)
    assert result.p == pytest.approx(2 * sum(comb(11, k) for k in range(3)) / 2**11)


def test_systems_that_never_differ_are_alike() -> None:
    """There is nothing to test."""
    assert mcnemar([True, False], [True, False]).p == 1
    assert mcnemar([], []).p == 1


@given(_outcomes)
def test_mcnemar_does_not_know_which_system_came_first(pairs: list[tuple[bool, bool]]) -> None:
    """The counts change places, and p stays."""
    first, second = [a for a, _ in pairs], [b for _, b in pairs]
    one, other = mcnemar(first, second), mcnemar(second, first)
    assert (one.only_first, one.only_second) == (other.only_second, other.only_first)
    assert one.p == pytest.approx(other.p)
    assert 0 < one.p <= 1


@given(_outcomes.flatmap(lambda pairs: st.tuples(st.just(pairs), st.permutations(pairs))))
def test_mcnemar_does_not_know_the_order_of_questions(
    orders: tuple[list[tuple[bool, bool]], list[tuple[bool, bool]]],
) -> None:
    """Only counts do."""
    one, other = (mcnemar([a for a, _ in pairs], [b for _, b in pairs]) for pairs in orders)
    assert one == other


def test_systems_with_other_numbers_of_questions_are_refused() -> None:
    """They were not asked the same."""
    with pytest.raises(ValueError, match="shorter"):
        mcnemar([True, False], [True])
    with pytest.raises(ValueError, match="shorter"):
        paired_bootstrap([0.1, 0.2, 0.3], [0.1, 0.2])


def test_a_steady_lead_is_significant() -> None:
    """No resample of these differences reaches the other side."""
    first = [0.5 + step / 100 for step in range(40)]
    second = [0.3 + step / 100 for step in range(40)]
    result = paired_bootstrap(first, second, resamples=999)
    assert result.difference == pytest.approx(0.2)
    assert (result.interval.low, result.interval.high) == pytest.approx((0.2, 0.2))
    assert result.p == 1 / 1000


def test_a_lead_on_one_question_of_many_is_not() -> None:
    """It may well not have been drawn."""
    result = paired_bootstrap([1.0] + [0.5] * 39, [0.0] + [0.5] * 39, resamples=999)
    assert result.interval.low == 0
    assert result.p > 0.1


def test_equal_scores_do_not_differ() -> None:
    """Every resample is as far from 0 as 0 is."""
    result = paired_bootstrap([0.2, 0.7, 1.0], [0.2, 0.7, 1.0], resamples=99)
    assert (result.difference, result.p) == (0, 1)


def test_p_agrees_with_the_t_test_where_both_apply() -> None:
    """Many differences without outliers, with a mean of 1.7 standard errors: p is near 0.09."""
    differences = [(step - 99.5) / 100 for step in range(200)]
    shift = 1.7 * (sum(d * d for d in differences) / 200) ** 0.5 / 200**0.5
    result = paired_bootstrap([d + shift for d in differences], [0.0] * 200)
    assert result.p == pytest.approx(0.09, abs=0.01)


@settings(max_examples=20)
@given(st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1)), min_size=2, max_size=15))
def test_the_difference_has_the_other_sign_from_the_other_side(
    pairs: list[tuple[float, float]],
) -> None:
    """And lies between -1 and 1 for scores between 0 and 1, as does its interval."""
    first, second = [a for a, _ in pairs], [b for _, b in pairs]
    one = paired_bootstrap(first, second, resamples=100)
    other = paired_bootstrap(second, first, resamples=100)
    assert one.difference == -other.difference
    assert -1 <= one.interval.low <= one.interval.high <= 1
    assert 0 < one.p <= 1


@settings(max_examples=20)
@given(
    st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1)), min_size=2, max_size=15).flatmap(
        lambda pairs: st.tuples(st.just(pairs), st.permutations(pairs))
    )
)
def test_the_paired_bootstrap_does_not_know_the_order_of_questions(
    orders: tuple[list[tuple[float, float]], list[tuple[float, float]]],
) -> None:
    """Pairs stay pairs, and nothing else counts."""
    one, other = (
        paired_bootstrap([a for a, _ in pairs], [b for _, b in pairs], resamples=100)
        for pairs in orders
    )
    assert one == other
