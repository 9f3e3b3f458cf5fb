"""Statistics: confidence intervals of figures, and tests of whether two systems differ.

All of it uses SciPy, which comes with ``pip install 'newsqa[evals]'``; without it, every function but
``quantile`` raises ``ConfigurationError``.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from statistics import fmean
from types import ModuleType

from pydantic import BaseModel, ConfigDict

from newsqa.optional import load_extra

_RESAMPLES_AT_ONCE = 100
"""Resamples held in memory at once: 100 of a thousand values take less than a megabyte."""

_ROUNDING_ERROR = 1e-12
"""The most by which sums of the same values in a different order may differ."""


class Interval(BaseModel):
    """A confidence interval; both ends belong to it."""

    model_config = ConfigDict(frozen=True)

    low: float
    high: float


class McNemar(BaseModel):
    """How many questions only one of two systems got right, and the p-value of that difference."""

    model_config = ConfigDict(frozen=True)

    only_first: int
    only_second: int
    p: float


class PairedDifference(BaseModel):
    """The mean of first minus second, its confidence interval, and the two-sided p-value."""

    model_config = ConfigDict(frozen=True)

    difference: float
    interval: Interval
    p: float


def load_stats() -> ModuleType:
    """Return ``scipy.stats``.

    Raises:
        ConfigurationError: SciPy is not installed.
    """
    return load_extra("scipy.stats", wanted_for="Intervals and significance")


def wilson(successes: int, total: int, *, confidence: float = 0.95) -> Interval:
    """Return Wilson's score interval of a share, from 0 to 1, without continuity correction.

    Unlike the normal approximation, it keeps its coverage for small samples and for shares near 0 and
    1 (Wilson, JASA 1927; Brown, Cai and DasGupta, Statistical Science 2001).

    Raises:
        ValueError: ``total`` is below 1, or ``successes`` is not between 0 and ``total``.
    """
    if not 0 <= successes <= total or total < 1:
        raise ValueError(f"{successes} successes of {total} are not a share")
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
    """Return the percentile bootstrap interval of the mean (Efron, Annals of Statistics 1979).

    The same values and seed give the same interval, whatever order the values come in.

    Raises:
        ValueError: There are fewer than two values.
    """
    _, interval = _resampled_means(values, confidence=confidence, seed=seed, resamples=resamples)
    return interval


def cluster_bootstrap(
    values: Sequence[float],
    clusters: Sequence[str],
    *,
    confidence: float = 0.95,
    seed: int = 0,
    resamples: int = 10_000,
) -> Interval:
    """Return the percentile bootstrap interval of the mean by resampling clusters, not values.

    Questions about one article succeed and fail together, so that an interval that takes them for
    independent is too narrow (Cameron, Gelbach and Miller, Review of Economics and Statistics 2008).

    Args:
        values: The scores.
        clusters: The cluster of each value, such as its article's SHA-256.
        confidence: The share of resampled means that lies in the interval.
        seed: The same values, clusters and seed give the same interval.
        resamples: The number of resampled means.

    Raises:
        ValueError: There are fewer than two clusters, or the two sequences differ in length.
    """
    groups: dict[str, list[float]] = {}
    for value, cluster in zip(values, clusters, strict=True):
        groups.setdefault(cluster, []).append(value)
    if len(groups) < 2:
        raise ValueError(f"a cluster bootstrap needs at least two clusters, and has {len(groups)}")
    load_stats()
    import numpy as np  # SciPy depends on it

    ordered = [groups[name] for name in sorted(groups)]
    sums, sizes = np.array([sum(g) for g in ordered]), np.array([len(g) for g in ordered])
    rng = np.random.default_rng(seed)
    drawn = rng.multinomial(len(ordered), [1 / len(ordered)] * len(ordered), size=resamples)
    tail = (1 - confidence) / 2
    low, high = np.quantile((drawn @ sums) / (drawn @ sizes), [tail, 1 - tail])
    return Interval(low=float(low), high=float(high))


def quantile(values: Sequence[float], share: float) -> float:
    """Return the smallest value that at least ``share`` of the values do not exceed.

    The result is always one of the values, never a number between two of them:

    >>> quantile([1, 2, 3, 4], 0.5)
    2

    Raises:
        ValueError: There are no values.
    """
    if not values:
        raise ValueError("cannot take a quantile of no values")
    return sorted(values)[max(math.ceil(share * len(values)) - 1, 0)]


def quantile_interval(
    values: Sequence[float], share: float, *, confidence: float = 0.95
) -> Interval | None:
    """Return the confidence interval of a quantile by the binomial test, between two of the values.

    It makes no assumption about the distribution (Conover, "Practical Nonparametric Statistics", 1999,
    section 3.2). ``None`` if there are too few values to bound the quantile on both sides.
    """
    test = load_stats().quantile_test(values, q=0, p=share)
    low, high = test.confidence_interval(confidence_level=confidence)
    if math.isnan(low) or math.isnan(high):
        return None
    return Interval(low=low, high=high)


def mcnemar(first: Sequence[bool], second: Sequence[bool]) -> McNemar:
    """Run McNemar's exact two-sided test of paired right/wrong outcomes.

    Only the questions that exactly one system got right carry information. If the systems were
    equally good, each would be equally likely to be that one, so ``p`` comes from a binomial test
    against one half; it is 1 if there is no such question (McNemar, Psychometrika 1947).

    Raises:
        ValueError: The two sequences differ in length.
    """
    pairs = list(zip(first, second, strict=True))
    only_first = sum(bool(a) and not b for a, b in pairs)
    only_second = sum(bool(b) and not a for a, b in pairs)
    stats, discordant = load_stats(), only_first + only_second
    p = float(stats.binomtest(only_first, discordant, 0.5).pvalue) if discordant else 1.0
    return McNemar(only_first=only_first, only_second=only_second, p=p)


def paired_bootstrap(
    first: Sequence[float],
    second: Sequence[float],
    *,
    confidence: float = 0.95,
    seed: int = 0,
    resamples: int = 10_000,
) -> PairedDifference:
    """Return the mean difference of paired scores, such as F1 by question, by resampling questions.

    The interval is the percentile bootstrap's. ``p`` is how often a resampled mean, shifted so that
    the mean difference is 0, is at least as far from 0 as the observed one (Efron and Tibshirani, "An
    Introduction to the Bootstrap", 1993, chapter 16; Berg-Kirkpatrick, Burkett and Klein, EMNLP
    2012). The observed mean counts as one of them, so ``p`` is never below ``1 / (resamples + 1)``.

    Raises:
        ValueError: The two sequences differ in length, or are shorter than two.
    """
    differences = [a - b for a, b in zip(first, second, strict=True)]
    means, interval = _resampled_means(
        differences, confidence=confidence, seed=seed, resamples=resamples
    )
    observed = fmean(differences)
    as_far = sum(abs(mean - observed) >= abs(observed) - _ROUNDING_ERROR for mean in means)
    p = (as_far + 1) / (resamples + 1)
    return PairedDifference(difference=observed, interval=interval, p=p)


def _resampled_means(
    values: Iterable[float], *, confidence: float, seed: int, resamples: int
) -> tuple[list[float], Interval]:
    """Return the means of samples drawn with replacement, and their percentile interval."""
    stats = load_stats()
    import numpy as np  # SciPy depends on it

    ordered = np.sort(np.fromiter(values, dtype=float))
    if len(ordered) < 2:
        raise ValueError(f"a bootstrap needs at least two values, and has {len(ordered)}")
    result = stats.bootstrap(
        (ordered,),
        np.mean,
        confidence_level=confidence,
        n_resamples=resamples,
        batch=_RESAMPLES_AT_ONCE,
        method="percentile",
        rng=np.random.default_rng(seed),
    )
    low, high = result.confidence_interval
    # For equal values the two can differ in the last digit, in either direction.
    return result.bootstrap_distribution.tolist(), Interval(low=low, high=max(low, high))
