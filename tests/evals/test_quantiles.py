"""Quantiles are values that were measured, with an interval that assumes nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsqa.evals.quantiles import quantile, quantile_interval

VALUES = st.lists(st.floats(-1e6, 1e6), min_size=1)


@given(VALUES, st.floats(0, 1))
def test_a_quantile_is_one_of_the_values_that_enough_do_not_pass(
    values: list[float], share: float
) -> None:
    """And the smallest such."""
    found = quantile(values, share)
    assert found in values
    at_most = sum(value <= found for value in values)
    assert at_most >= share * len(values) - 1e-9


def test_the_95th_percentile_of_a_hundred_is_the_95th() -> None:
    """From the smallest."""
    assert quantile([float(n) for n in range(100, 0, -1)], 0.95) == 95.0


def test_nothing_has_no_quantile() -> None:
    """A caller must not take 0 for one."""
    with pytest.raises(ValueError, match="no quantile"):
        quantile([], 0.5)


def test_the_interval_of_a_median_is_the_sign_test_s() -> None:
    """Of 20 values, from the 6th to the 15th: five heads or fewer of 20 have 2.07 %."""
    interval = quantile_interval([float(n) for n in range(1, 21)], 0.5)
    assert interval is not None
    assert (interval.low, interval.high) == (6.0, 15.0)


def test_too_few_values_bound_nothing() -> None:
    """Five cannot tell where the 95th percentile ends."""
    assert quantile_interval([1.0, 2.0, 3.0, 4.0, 5.0], 0.95) is None
