"""Exact match and F1 of short answers, as SQuAD 2.0 defines them for English.

The definitions are those of the official script ``evaluate-v2.0.py`` (Rajpurkar, Jia and Liang,
"Know What You Don't Know: Unanswerable Questions for SQuAD", ACL 2018). Every figure here is equal
to the script's on the same predictions, in all cases it can score.
"""

from __future__ import annotations

import re
import string
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from pydantic import BaseModel, ConfigDict

from newsqa.evals.metrics.precision_recall import harmonic_mean

_ARTICLE = re.compile(r"\b(?:an?|the)\b")
_NO_PUNCTUATION = str.maketrans("", "", string.punctuation)


class SquadScores(BaseModel):
    """The official script's figures under the script's names, in per cent.

    ``HasAns_`` is over the questions that have an answer, ``NoAns_`` over those that have none; they
    are None where there is no such question. ``best_exact`` and ``best_f1`` are what the predictions
    would have come to at the threshold that is best for them, ``best_exact_thresh`` and
    ``best_f1_thresh``; None without probabilities. ``model_dump(exclude_none=True)`` is the
    script's output.
    """

    model_config = ConfigDict(frozen=True)

    exact: float
    f1: float
    total: int
    HasAns_exact: float | None = None
    HasAns_f1: float | None = None
    HasAns_total: int | None = None
    NoAns_exact: float | None = None
    NoAns_f1: float | None = None
    NoAns_total: int | None = None
    best_exact: float | None = None
    best_exact_thresh: float | None = None
    best_f1: float | None = None
    best_f1_thresh: float | None = None


def normalize(text: str) -> str:
    """Lower case, without ASCII punctuation, the words a, an and the, and superfluous white space."""
    plain = text.lower().translate(_NO_PUNCTUATION)
    return " ".join(_ARTICLE.sub(" ", plain).split())


def exact_match(prediction: str, golds: Iterable[str]) -> float:
    """1 if the prediction is one of the gold answers once normalised, else 0.

    Abstaining is the empty prediction. Gold answers that normalise to nothing are dropped; if none
    is left, the question has no answer, and only a prediction that normalises to nothing is right.
    """
    return float(normalize(prediction) in _references(golds))


def f1(prediction: str, golds: Iterable[str]) -> float:
    """The best F1, from 0 to 1, between the words of the prediction and of a gold answer.

    Words are counted as often as they occur. Questions without an answer are scored as in
    ``exact_match``.
    """
    said = normalize(prediction).split()
    return max(_word_f1(said, gold.split()) for gold in _references(golds))


def token_f1(said: Sequence[str], gold: Sequence[str]) -> float:
    """F1 between two multisets of tokens; 0 when they share none, be they empty or not."""
    shared = (Counter(said) & Counter(gold)).total()
    return harmonic_mean(shared / len(said), shared / len(gold)) if shared else 0.0


def score(
    predictions: Mapping[str, str],
    golds: Mapping[str, Sequence[str]],
    *,
    no_answer_probabilities: Mapping[str, float] | None = None,
    threshold: float = 1.0,
) -> SquadScores:
    """The figures over a data set: predictions and gold answers by the id of their question.

    A question has no answer when its gold answers are an empty sequence. With probabilities that a
    question has no answer, those above ``threshold`` count as abstained, whatever was predicted.
    Predictions for other questions are passed over. Raises ``ValueError`` when there is no question
    or when one has no prediction or no probability, where the script ends in an error, too.
    """
    probabilities = no_answer_probabilities
    _check_complete(golds, predictions, "prediction")
    if probabilities is not None:
        _check_complete(golds, probabilities, "probability of having no answer")
    raw = {name: _Question.scored(predictions[name], golds[name]) for name in golds}
    known = probabilities or dict.fromkeys(golds, 0.0)
    final = [q.abstained() if known[name] > threshold else q for name, q in raw.items()]
    figures = _means("", final)
    figures |= _means("HasAns_", [q for q in final if q.has_answer])
    figures |= _means("NoAns_", [q for q in final if not q.has_answer])
    if probabilities is not None:
        by_probability = sorted(probabilities, key=probabilities.__getitem__)
        ranked = [(probabilities[name], raw[name]) for name in by_probability if name in raw]
        figures |= _best("exact", ranked) | _best("f1", ranked)
    return SquadScores.model_validate(figures)


@dataclass(frozen=True, slots=True)
class _Question:
    has_answer: bool
    says_something: bool
    exact: float
    f1: float

    @classmethod
    def scored(cls, prediction: str, golds: Sequence[str]) -> _Question:
        exact, overlap = exact_match(prediction, golds), f1(prediction, golds)
        return cls(bool(golds), bool(prediction), exact, overlap)

    def abstained(self) -> _Question:
        right = float(not self.has_answer)
        return replace(self, exact=right, f1=right)


def _references(golds: Iterable[str]) -> list[str]:
    return [gold for gold in map(normalize, golds) if gold] or [""]


def _word_f1(said: list[str], gold: list[str]) -> float:
    return token_f1(said, gold) if said and gold else float(said == gold)


def _check_complete(golds: Mapping[str, object], given: Mapping[str, object], what: str) -> None:
    if not golds:
        raise ValueError("there is no question to score")
    missing = [name for name in golds if name not in given]
    if missing:
        raise ValueError(f"question {missing[0]!r} (of {len(missing)} such) has no {what}")


def _means(prefix: str, questions: Sequence[_Question]) -> dict[str, float]:
    if not (total := len(questions)):
        return {}
    exact, overlap = sum(q.exact for q in questions), sum(q.f1 for q in questions)
    means = {"exact": 100.0 * exact / total, "f1": 100.0 * overlap / total, "total": total}
    return {prefix + name: value for name, value in means.items()}


def _best(
    figure: Literal["exact", "f1"], ranked: Sequence[tuple[float, _Question]]
) -> dict[str, float]:
    """The highest sum on the way from abstaining always to answering always, by probability."""
    best = current = float(sum(not q.has_answer for _, q in ranked))
    best_threshold = 0.0
    for probability, q in ranked:
        current += getattr(q, figure) if q.has_answer else -float(q.says_something)
        if current > best:
            best, best_threshold = current, probability
    return {f"best_{figure}": 100.0 * best / len(ranked), f"best_{figure}_thresh": best_threshold}
