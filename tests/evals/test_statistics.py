"""Confidence intervals and tests of significance."""

from __future__ import annotations

import statistics
import subprocess
import sys
from collections.abc import Callable
from math import comb

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsqa.errors import ConfigurationError
from newsqa.evals.statistics import (
    Interval,
    bootstrap,
    cluster_bootstrap,
    load_stats,
    mcnemar,
    paired_bootstrap,
    quantile,
    quantile_interval,
    wilson,
)

_shares = st.integers(1, 500).flatmap(
    lambda total: st.tuples(st.integers(0, total), st.just(total))
)
_values = st.lists(st.floats(0, 1), min_size=2, max_size=20)
_outcomes = st.lists(st.tuples(st.booleans(), st.booleans()), max_size=40)
_pairs = st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1)), min_size=2, max_size=15)


def test_wilson_matches_its_formula() -> None:
    """7 of 20 at 95 % gives what Wilson's formula with z = 1.959964 gives by hand."""
    z, n, share = statistics.NormalDist().inv_cdf(0.975), 20, 0.35
    centre = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * (share * (1 - share) / n + z * z / (4 * n * n)) ** 0.5
    interval = wilson(7, 20)
    assert (interval.low, interval.high) == pytest.approx((centre - half, centre + half))


@given(_shares)
def test_wilson_contains_the_share_and_stays_between_0_and_1(share: tuple[int, int]) -> None:
    """The interval stays in range at the ends, where the normal approximation does not."""
    successes, total = share
    interval = wilson(successes, total)
    assert 0 <= interval.low <= successes / total + 1e-12
    assert successes / total - 1e-12 <= interval.high <= 1


@given(_shares)
def test_wilson_of_failures_mirrors_wilson_of_successes(share: tuple[int, int]) -> None:
    """Counting failures instead of successes reflects the interval at one half."""
    successes, total = share
    interval, mirrored = wilson(successes, total), wilson(total - successes, total)
    assert (1 - interval.high, 1 - interval.low) == pytest.approx((mirrored.low, mirrored.high))


def test_more_confidence_widens_the_interval() -> None:
    """A 99 % interval contains the 80 % one, for shares and for means."""
    assert wilson(7, 20, confidence=0.8).low > wilson(7, 20, confidence=0.99).low
    values = [0.1, 0.9, 0.4, 0.7, 0.2]
    narrow, wide = bootstrap(values, confidence=0.8), bootstrap(values, confidence=0.99)
    assert wide.low < narrow.low < narrow.high < wide.high


@pytest.mark.parametrize(("successes", "total"), [(0, 0), (3, 2), (-1, 2)])
def test_wilson_rejects_impossible_counts(successes: int, total: int) -> None:
    """The error repeats the counts."""
    with pytest.raises(ValueError, match=f"{successes} successes of {total}"):
        wilson(successes, total)


@settings(max_examples=25)
@given(_values.flatmap(lambda values: st.tuples(st.just(values), st.permutations(values))))
def test_bootstrap_ignores_the_order_of_values(
    orders: tuple[list[float], list[float]],
) -> None:
    """Two runs over the same questions agree, however the rows are sorted."""
    one, other = (bootstrap(values, resamples=200) for values in orders)
    assert one == other


@settings(max_examples=25)
@given(_values)
def test_bootstrap_stays_within_the_values(values: list[float]) -> None:
    """No mean of a resample leaves the range of the values."""
    interval = bootstrap(values, resamples=200)
    assert min(values) - 1e-9 <= interval.low <= interval.high <= max(values) + 1e-9


def test_bootstrap_agrees_with_the_normal_interval_for_many_values() -> None:
    """Over a thousand evenly spread values the two intervals are equal within 0.002."""
    values = [step / 999 for step in range(1000)]
    half = 1.96 * statistics.pstdev(values) / 1000**0.5
    interval = bootstrap(values)
    assert (interval.low, interval.high) == pytest.approx((0.5 - half, 0.5 + half), abs=0.002)


def test_bootstrap_is_reproducible_by_seed() -> None:
    """The same seed gives the same interval, and another seed a different one."""
    values = [0.1, 0.9, 0.4, 0.7, 0.2, 0.33, 0.58]
    assert bootstrap(values, seed=1) == bootstrap(values, seed=1)
    assert bootstrap(values, seed=1, resamples=99) != bootstrap(values, seed=2, resamples=99)


def test_bootstrap_of_equal_values_is_a_point() -> None:
    """Equal values give a point interval without a warning."""
    assert bootstrap([0.5, 0.5, 0.5]) == Interval(low=0.5, high=0.5)


def test_bootstrap_needs_two_values() -> None:
    """One value says nothing about how far values scatter."""
    with pytest.raises(ValueError, match="two values"):
        bootstrap([0.5])


@given(st.lists(st.floats(-1e6, 1e6), min_size=1), st.floats(0, 1))
def test_quantile_is_a_value_that_enough_values_do_not_exceed(
    values: list[float], share: float
) -> None:
    """At least the given share of the values is at most the quantile."""
    result = quantile(values, share)
    assert result in values
    at_most = sum(value <= result for value in values)
    assert at_most >= share * len(values) - 1e-9


def test_quantile_95_of_a_hundred_values_is_the_95th() -> None:
    """Values are counted from the smallest."""
    assert quantile([float(n) for n in range(100, 0, -1)], 0.95) == 95.0


def test_quantile_needs_a_value() -> None:
    """No values raise instead of giving 0."""
    with pytest.raises(ValueError, match="quantile of no values"):
        quantile([], 0.5)


def test_quantile_interval_of_a_median_is_the_sign_test_s() -> None:
    """Of 20 values, from the 6th to the 15th: at most five heads in 20 tosses have 2.07 %."""
    interval = quantile_interval([float(n) for n in range(1, 21)], 0.5)
    assert interval is not None
    assert (interval.low, interval.high) == (6.0, 15.0)


def test_quantile_interval_needs_enough_values() -> None:
    """Five values cannot bound the 95th percentile."""
    assert quantile_interval([1.0, 2.0, 3.0, 4.0, 5.0], 0.95) is None


def test_mcnemar_is_the_exact_binomial_test_of_discordant_pairs() -> None:
    """9 against 2 gives twice the tail of 11 coin tosses."""
    first = [True] * 9 + [False] * 2 + [True] * 30
    second = [False] * 9 + [True] * 2 + [True] * 30
    result = mcnemar(first, second)
    assert (result.only_first, result.only_second) == (9, 2)
    assert result.p == pytest.approx(2 * sum(comb(11, k) for k in range(3)) / 2**11)


def test_mcnemar_without_discordant_pairs_gives_1() -> None:
    """Systems that agree on every question do not differ."""
    assert mcnemar([True, False], [True, False]).p == 1
    assert mcnemar([], []).p == 1


@given(_outcomes)
def test_mcnemar_is_symmetric(pairs: list[tuple[bool, bool]]) -> None:
    """Swapping the systems swaps the counts and keeps p."""
    first, second = [a for a, _ in pairs], [b for _, b in pairs]
    one, other = mcnemar(first, second), mcnemar(second, first)
    assert (one.only_first, one.only_second) == (other.only_second, other.only_first)
    assert one.p == pytest.approx(other.p)
    assert 0 < one.p <= 1


@given(_outcomes.flatmap(lambda pairs: st.tuples(st.just(pairs), st.permutations(pairs))))
def test_mcnemar_ignores_the_order_of_questions(
    orders: tuple[list[tuple[bool, bool]], list[tuple[bool, bool]]],
) -> None:
    """Shuffled questions give the same test."""
    one, other = (mcnemar([a for a, _ in pairs], [b for _, b in pairs]) for pairs in orders)
    assert one == other


def test_paired_tests_reject_sequences_of_different_lengths() -> None:
    """The systems were not asked the same questions."""
    with pytest.raises(ValueError, match="shorter"):
        mcnemar([True, False], [True])
    with pytest.raises(ValueError, match="shorter"):
        paired_bootstrap([0.1, 0.2, 0.3], [0.1, 0.2])


def test_paired_bootstrap_finds_a_steady_lead_significant() -> None:
    """No resample of equal differences reaches the other side of 0."""
    first = [0.5 + step / 100 for step in range(40)]
    second = [0.3 + step / 100 for step in range(40)]
    result = paired_bootstrap(first, second, resamples=999)
    assert result.difference == pytest.approx(0.2)
    assert (result.interval.low, result.interval.high) == pytest.approx((0.2, 0.2))
    assert result.p == 1 / 1000


def test_paired_bootstrap_finds_a_lead_on_one_question_not_significant() -> None:
    """Many resamples do not contain that question."""
    result = paired_bootstrap([1.0] + [0.5] * 39, [0.0] + [0.5] * 39, resamples=999)
    assert result.interval.low == 0
    assert result.p > 0.1


def test_paired_bootstrap_of_equal_scores_gives_1() -> None:
    """Every resample is as far from 0 as 0 is."""
    result = paired_bootstrap([0.2, 0.7, 1.0], [0.2, 0.7, 1.0], resamples=99)
    assert (result.difference, result.p) == (0, 1)


def test_paired_bootstrap_agrees_with_the_t_test_where_both_apply() -> None:
    """200 differences without outliers whose mean is 1.7 standard errors give p near 0.09."""
    differences = [(step - 99.5) / 100 for step in range(200)]
    shift = 1.7 * (sum(d * d for d in differences) / 200) ** 0.5 / 200**0.5
    result = paired_bootstrap([d + shift for d in differences], [0.0] * 200)
    assert result.p == pytest.approx(0.09, abs=0.01)


@settings(max_examples=20)
@given(_pairs)
def test_paired_bootstrap_changes_sign_when_the_systems_are_swapped(
    pairs: list[tuple[float, float]],
) -> None:
    """Difference and interval lie between -1 and 1 for scores between 0 and 1."""
    first, second = [a for a, _ in pairs], [b for _, b in pairs]
    one = paired_bootstrap(first, second, resamples=100)
    other = paired_bootstrap(second, first, resamples=100)
    assert one.difference == -other.difference
    assert -1 <= one.interval.low <= one.interval.high <= 1
    assert 0 < one.p <= 1


@settings(max_examples=20)
@given(_pairs.flatmap(lambda pairs: st.tuples(st.just(pairs), st.permutations(pairs))))
def test_paired_bootstrap_ignores_the_order_of_questions(
    orders: tuple[list[tuple[float, float]], list[tuple[float, float]]],
) -> None:
    """Shuffled pairs give the same result."""
    one, other = (
        paired_bootstrap([a for a, _ in pairs], [b for _, b in pairs], resamples=100)
        for pairs in orders
    )
    assert one == other


def test_load_stats_returns_scipy_stats() -> None:
    """The dev extra includes the evals extra."""
    assert load_stats().__name__ == "scipy.stats"


@pytest.mark.parametrize(
    "measure",
    [
        pytest.param(lambda: wilson(1, 2), id="wilson"),
        pytest.param(lambda: bootstrap([0.1, 0.2]), id="bootstrap"),
        pytest.param(lambda: mcnemar([True], [False]), id="mcnemar"),
    ],
)
def test_missing_scipy_error_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, measure: Callable[[], object]
) -> None:
    """A missing extra raises ConfigurationError with the pip command."""
    monkeypatch.setitem(sys.modules, "scipy.stats", None)
    with pytest.raises(ConfigurationError, match=r"pip install 'newsqa\[evals\]'"):
        measure()


def test_importing_statistics_and_metrics_does_not_load_scipy() -> None:
    """SciPy takes longer to import than all of newsqa, so it loads on first use."""
    code = (
        "import sys; from newsqa.evals import statistics; "
        "from newsqa.evals import formulas; print(*sys.modules)"
    )
    loaded = subprocess.check_output([sys.executable, "-c", code], text=True)  # noqa: S603  # our own script
    assert not {"scipy", "numpy"} & set(loaded.split())


def test_clusters_of_equal_values_widen_the_interval() -> None:
    """Ten questions each about four articles, all right or all wrong, are four observations."""
    values = [1.0] * 20 + [0.0] * 20
    clusters = [str(n // 10) for n in range(40)]
    by_value, by_cluster = bootstrap(values), cluster_bootstrap(values, clusters)
    assert by_cluster.high - by_cluster.low > 2 * (by_value.high - by_value.low)


def test_clusters_of_one_are_the_ordinary_bootstrap() -> None:
    """Each value in a cluster of its own gives nearly the same interval."""
    values = [float(n % 3 == 0) for n in range(60)]
    by_value = bootstrap(values)
    by_cluster = cluster_bootstrap(values, [f"{n:02}" for n in range(60)])
    assert by_cluster.low == pytest.approx(by_value.low, abs=0.02)
    assert by_cluster.high == pytest.approx(by_value.high, abs=0.02)


def test_one_cluster_has_no_interval() -> None:
    """Nothing varies between articles if there is one."""
    with pytest.raises(ValueError, match="two clusters"):
        cluster_bootstrap([1.0, 0.0], ["a", "a"])
