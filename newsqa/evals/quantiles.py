"""Quantiles, and how far they can be relied on."""

from __future__ import annotations

import math
from collections.abc import Sequence

from newsqa.evals.scipy_stats import load_stats
from newsqa.evals.statistics import Interval


def quantile(values: Sequence[float], share: float) -> float:
    """The smallest of ``values`` that at least ``share`` of them, from 0 to 1, do not pass.

    It is one of the values and never between two. Raises ``ValueError`` where there are none.
    """
    if not values:
        raise ValueError("no values have no quantile")
    return sorted(values)[max(math.ceil(share * len(values)) - 1, 0)]


def quantile_interval(
    values: Sequence[float], share: float, *, confidence: float = 0.95
) -> Interval | None:
    """The interval of confidence of a quantile, between two of the values, by the binomial test.

    It assumes nothing of how the values are spread (Conover, "Practical Nonparametric Statistics",
    1999, section 3.2). ``None`` where there are too few values to bound the quantile on both sides.
    """
    test = load_stats().quantile_test(values, q=0, p=share)
    low, high = test.confidence_interval(confidence_level=confidence)
    if math.isnan(low) or math.isnan(high):
        return None
    return Interval(low=low, high=high)
