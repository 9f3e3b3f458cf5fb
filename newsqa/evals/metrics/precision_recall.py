"""Precision and recall of what was chosen, held against what was wanted."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class PrecisionRecall(BaseModel):
    """The share of what was chosen that is right, and the share of what is right that was chosen.

    ``f1`` is the harmonic mean of the two. All three are from 0 to 1.
    """

    model_config = ConfigDict(frozen=True)

    precision: float
    recall: float
    f1: float

    @classmethod
    def of(cls, precision: float, recall: float) -> PrecisionRecall:
        """The two with their harmonic mean."""
        return cls(precision=precision, recall=recall, f1=harmonic_mean(precision, recall))

    @classmethod
    def of_counts(cls, right: int, *, chosen: int, wanted: int) -> PrecisionRecall:
        """From how many were chosen rightly, chosen at all, and wanted.

        Nothing chosen where nothing is wanted is perfect, 1 in all three; if only one of them is
        nothing, all three are 0. This is how SQuAD 2.0 scores the empty answer.
        """
        if not chosen or not wanted:
            agree = float(chosen == wanted)
            return cls(precision=agree, recall=agree, f1=agree)
        return cls.of(right / chosen, right / wanted)


def harmonic_mean(precision: float, recall: float) -> float:
    """F1 of a precision and a recall, which is 0 when both are (van Rijsbergen, 1979)."""
    # In this order of operations, as the official scripts: thresholds hang on the last digit.
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0
