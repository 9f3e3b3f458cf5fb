"""Precision, recall and F1, and how citations compare with the gold evidence."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from pydantic import BaseModel, ConfigDict

from newsqa.text.spans import Span


class PrecisionRecall(BaseModel):
    """Precision, recall and their harmonic mean F1, each from 0 to 1."""

    model_config = ConfigDict(frozen=True)

    precision: float
    recall: float
    f1: float

    @classmethod
    def of(cls, precision: float, recall: float) -> PrecisionRecall:
        """Return the two with their harmonic mean."""
        return cls(precision=precision, recall=recall, f1=harmonic_mean(precision, recall))

    @classmethod
    def of_counts(cls, right: int, *, chosen: int, wanted: int) -> PrecisionRecall:
        """Compute the shares from counts: chosen rightly, chosen in all, and wanted.

        Choosing nothing where nothing is wanted is perfect, 1 in all three; if only one of the two is
        empty, all three are 0. This is how SQuAD 2.0 scores the empty answer.
        """
        if not chosen or not wanted:
            agree = float(chosen == wanted)
            return cls(precision=agree, recall=agree, f1=agree)
        return cls.of(right / chosen, right / wanted)


def harmonic_mean(precision: float, recall: float) -> float:
    """Return F1 of a precision and a recall; 0 if both are 0 (van Rijsbergen, 1979)."""
    # Computed in the order of the official scripts, because thresholds depend on the last digit.
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def sentence_scores(cited: Collection[int], evidence: Collection[int]) -> PrecisionRecall:
    """Compare the numbers of the cited sentences with those of the gold evidence.

    A number counts once, however often it is given. Where there is evidence, these are HotpotQA's
    scores of supporting facts for one question (Yang et al., EMNLP 2018).

    >>> sentence_scores([3, 4, 4, 9], [4, 5]).recall
    0.5
    """
    chosen, wanted = set(cited), set(evidence)
    return PrecisionRecall.of_counts(len(chosen & wanted), chosen=len(chosen), wanted=len(wanted))


def is_hit(citations: Sequence[Span], golds: Sequence[Span]) -> bool:
    """Return whether any citation shares at least one code point with any gold span."""
    return any(c.start < gold.end and gold.start < c.end for c in citations for gold in golds)


def covers(citations: Sequence[Span], golds: Sequence[Span]) -> bool:
    """Return whether a single citation contains the whole of any gold span."""
    return any(c.start <= gold.start and gold.end <= c.end for c in citations for gold in golds)
