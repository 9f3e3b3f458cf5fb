"""Intervals of confidence: how far a figure over so many questions can be relied on.

They need ``pip install 'newsqa[evals]'`` and raise ``ConfigurationError`` without it.
"""

from __future__ import annotations

from collections.abc import Iterable

from pydantic import BaseModel, ConfigDict

from newsqa.evals.scipy_stats import load_stats

_BATCH = 100
"""Resamples held in memory at once: 100 of a thousand values are less than a megabyte."""


class Interval(BaseModel):
    """The two ends of an interval of confidence, both included."""

    model_config = ConfigDict(frozen=True)

    low: float
    high: float


def wilson(successes: int, total: int, *, confidence: float = 0.95) -> Interval:
    """Wilson's score interval of a share, from 0 to 1, without continuity correction.

    It keeps its promise for small samples and for shares near 0 and 1, where the normal
    approximation does not (Wilson, JASA 1927; Brown, Cai and DasGupta, Statistical Science 2001).
    Raises ``ValueError`` unless ``0 <= successes <= total`` and ``total`` is above 0.
    """
    if not 0 <= successes <= total or total < 1:
        raise ValueError(f"{successes} successes of {total} are no share")
    test = load_stats().binomtest(successes, total)
    low, high = test.proportion_ci(confidence_level=confidence, method="wilson")
    return Interval(low=low, high=high)


def bootstrap(
    values: Iterable[float],
    *,
    confidence: float = 0.95,
    seed: int = 0,
    resamples: int = 10_000,
) -> Interval:
    """The percentile bootstrap interval of the mean of ``values`` (Efron, Annals of Statistics 1979).

    The same values and seed give the same interval, in whatever order the values come. Raises
    ``ValueError`` for fewer than two values.
    """
    _, interval = resampled_means(values, confidence=confidence, seed=seed, resamples=resamples)
    return interval


def resampled_means(
    values: Iterable[float], *, confidence: float, seed: int, resamples: int
) -> tuple[list[float], Interval]:
    """The means of samples drawn from ``values`` with replacement, and their percentile interval."""
    stats = load_stats()
    import numpy as np  # SciPy brings it

    ordered = np.sort(np.fromiter(values, dtype=float))
    if len(ordered) < 2:
        raise ValueError(f"a bootstrap needs two values or more, and has {len(ordered)}")
    result = stats.bootstrap(
        (ordered,),
        np.mean,
        confidence_level=confidence,
        n_resamples=resamples,
        batch=_BATCH,
        method="percentile",
        rng=np.random.default_rng(seed),
    )
    low, high = result.confidence_interval
    # Of equal values the two differ in their last digit, either way.
    return result.bootstrap_distribution.tolist(), Interval(low=low, high=max(low, high))
