"""Whether two systems differ, asked the same questions, or whether chance alone may part them.

Both tests need ``pip install 'newsqa[evals]'`` and raise ``ConfigurationError`` without it.
"""

from __future__ import annotations

from collections.abc import Sequence
from statistics import fmean

from pydantic import BaseModel, ConfigDict

from newsqa.evals.scipy_stats import load_stats
from newsqa.evals.statistics import Interval, resampled_means

_ROUNDING = 1e-12
"""What sums of the same values in another order may differ by, and is no difference."""


class McNemar(BaseModel):
    """On how many questions only one of two systems was right, and how likely that is by chance."""

    model_config = ConfigDict(frozen=True)

    only_first: int
    only_second: int
    p: float


class PairedDifference(BaseModel):
    """The mean of first minus second, its interval of confidence, and the two-sided p."""

    model_config = ConfigDict(frozen=True)

    difference: float
    interval: Interval
    p: float


def mcnemar(first: Sequence[bool], second: Sequence[bool]) -> McNemar:
    """McNemar's exact test of paired yes/no outcomes, two-sided.

    Only questions that one system got right and the other did not tell anything; were the systems
    alike, each would be as likely as the other, so ``p`` is that of a binomial test against one
    half, and 1 where there is no such question (McNemar, Psychometrika 1947). Raises ``ValueError``
    when the two are not of one length.
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
    """The mean difference of paired scores, such as F1 by question, by resampling the questions.

    The interval is the percentile bootstrap's. ``p`` is how often, under the hypothesis that the
    mean difference is 0, a resampled one is as far from 0 as the observed one is: the resampled
    means are moved to have their centre at 0 (Efron and Tibshirani, "An Introduction to the
    Bootstrap", 1993, chapter 16; Berg-Kirkpatrick, Burkett and Klein, EMNLP 2012), and the
    observed one counts as one of them, so that ``p`` is never below ``1 / (resamples + 1)``.

    Raises ``ValueError`` when the two are not of one length, or shorter than two.
    """
    differences = [a - b for a, b in zip(first, second, strict=True)]
    means, interval = resampled_means(
        differences, confidence=confidence, seed=seed, resamples=resamples
    )
    observed = fmean(differences)
    as_far = sum(abs(mean - observed) >= abs(observed) - _ROUNDING for mean in means)
    p = (as_far + 1) / (resamples + 1)
    return PairedDifference(difference=observed, interval=interval, p=p)
