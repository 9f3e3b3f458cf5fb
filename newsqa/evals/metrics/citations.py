"""How well citations meet the gold evidence."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from newsqa.evals.metrics.precision_recall import PrecisionRecall
from newsqa.text.spans import Span


def sentence_scores(cited: Collection[int], evidence: Collection[int]) -> PrecisionRecall:
    """Precision, recall and F1 of the sentences cited, by number, against the gold evidence.

    A number counts once, however often it is given. Citing nothing where there is no evidence gives
    1 in all three; citing something where there is none, or nothing where there is some, gives 0 in
    all three. Where there is evidence, these are HotpotQA's scores of supporting facts, by question
    (Yang et al., EMNLP 2018).
    """
    chosen, wanted = set(cited), set(evidence)
    return PrecisionRecall.of_counts(len(chosen & wanted), chosen=len(chosen), wanted=len(wanted))


def is_hit(citations: Sequence[Span], golds: Sequence[Span]) -> bool:
    """Whether any citation shares at least one code point with any gold span."""
    return any(c.start < gold.end and gold.start < c.end for c in citations for gold in golds)


def covers(citations: Sequence[Span], golds: Sequence[Span]) -> bool:
    """Whether any one citation holds the whole of any gold span."""
    return any(c.start <= gold.start and gold.end <= c.end for c in citations for gold in golds)
