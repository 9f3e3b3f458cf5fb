"""Intervals of confidence."""

from __future__ import annotations

import statistics

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsqa.evals.statistics import Interval, bootstrap, wilson

_shares = st.integers(1, 500).flatmap(
    lambda total: st.tuples(st.integers(0, total), st.just(total))
)
_values = st.lists(st.floats(0, 1), min_size=2, max_size=20)


def test_wilson_is_its_formula() -> None:
    """For 7 of 20 at 95 %, worked out by hand from Wilson's formula with z = 1.959964."""
    z, n, share = statistics.NormalDist().inv_cdf(0.975), 20, 0.35
    centre = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * (share * (1 - share) / n + z * z / (4 * n * n)) ** 0.5
    interval = wilson(7, 20)
    assert (interval.low, interval.high) == pytest.approx((centre - half, centre + half))


@given(_shares)
def test_wilson_holds_the_share_and_stays_between_0_and_1(share: tuple[int, int]) -> None:
    """Also at the ends, where the normal approximation leaves the range."""
    successes, total = share
    interval = wilson(successes, total)
    assert 0 <= interval.low <= successes / total + 1e-12
    assert successes / total - 1e-12 <= interval.high <= 1


@given(_shares)
def test_wilson_of_failures_is_the_mirror_of_successes(share: tuple[int, int]) -> None:
    """What counts as a success is a matter of naming."""
    successes, total = share
    interval, mirrored = wilson(successes, total), wilson(total - successes, total)
    assert (1 - interval.high, 1 - interval.low) == pytest.approx((mirrored.low, mirrored.high))


def test_more_confidence_takes_a_wider_interval() -> None:
    """For a share and for a mean."""
    assert wilson(7, 20, confidence=0.8).low > wilson(7, 20, confidence=0.99).low
    values = [0.1, 0.9, 0.4, 0.7, 0.2]
    narrow, wide = bootstrap(values, confidence=0.8), bootstrap(values, confidence=0.99)
    assert wide.low < narrow.low < narrow.high < wide.high


@pytest.mark.parametrize(("successes", "total"), [(0, 0), (3, 2), (-1, 2)])
def test_what_is_no_share_has_no_interval(successes: int, total: int) -> None:
    """The error says what was given."""
    with pytest.raises(ValueError, match=f"{successes} successes of {total}"):
        wilson(successes, total)


@settings(max_examples=25)
@given(_values.flatmap(lambda values: st.tuples(st.just(values), st.permutations(values))))
def test_the_bootstrap_does_not_know_the_order_of_values(
    orders: tuple[list[float], list[float]],
) -> None:
    """Two runs over the same questions agree, however the rows were sorted."""
    one, other = (bootstrap(values, resamples=200) for values in orders)
    assert one == other


@settings(max_examples=25)
@given(_values)
def test_the_bootstrap_stays_within_the_values(values: list[float]) -> None:
    """No mean of a resample leaves their range."""
    interval = bootstrap(values, resamples=200)
    assert min(values) - 1e-9 <= interval.low <= interval.high <= max(values) + 1e-9


def test_the_bootstrap_agrees_with_the_normal_interval_of_many_values() -> None:
    """Where both apply, they say the same."""
    values = [step / 999 for step in range(1000)]
    half = 1.96 * statistics.pstdev(values) / 1000**0.5
    interval = bootstrap(values)
    assert (interval.low, interval.high) == pytest.approx((0.5 - half, 0.5 + half), abs=0.002)


def test_a_seed_decides_the_bootstrap() -> None:
    """The same seed gives the same interval, another one another."""
    values = [0.1, 0.9, 0.4, 0.7, 0.2, 0.33, 0.58]
    assert bootstrap(values, seed=1) == bootstrap(values, seed=1)
    assert bootstrap(values, seed=1, resamples=99) != bootstrap(values, seed=2, resamples=99)


def test_equal_values_leave_no_doubt() -> None:
    """The interval is a point, and nothing warns."""
    assert bootstrap([0.5, 0.5, 0.5]) == Interval(low=0.5, high=0.5)


def test_one_value_is_too_few() -> None:
    """It says nothing on how far values scatter."""
    with pytest.raises(ValueError, match="two values"):
        bootstrap([0.5])
