"""How well it is known when the article does not say."""

from __future__ import annotations

from collections.abc import Iterable

from newsqa.evals.precision_recall import PrecisionRecall


def abstention_scores(pairs: Iterable[tuple[bool, bool]]) -> PrecisionRecall:
    """Precision, recall and F1 of abstaining, over pairs of (abstained, answerable).

    Precision is the share of abstentions on questions without an answer, recall the share of
    questions without an answer that were abstained on. Never abstaining where every question has an
    answer gives 1 in all three; if only one of the two sides is empty, all three are 0.
    """
    counted = list(pairs)
    return PrecisionRecall.of_counts(
        sum(abstained and not answerable for abstained, answerable in counted),
        chosen=sum(abstained for abstained, _ in counted),
        wanted=sum(not answerable for _, answerable in counted),
    )
