"""Exact match and F1 of short answers, as SQuAD 2.0 defines them for English.

The definitions are those of the official script ``evaluate-v2.0.py`` (Rajpurkar, Jia and Liang,
"Know What You Don't Know: Unanswerable Questions for SQuAD", ACL 2018), to the last digit.
"""

from __future__ import annotations

import re
import string
from collections import Counter
from collections.abc import Iterable, Sequence

from newsqa.evals.metrics.precision_recall import harmonic_mean

_ARTICLE = re.compile(r"\b(?:an?|the)\b")
_NO_PUNCTUATION = str.maketrans("", "", string.punctuation)


def normalize(text: str) -> str:
    """Lower-case ``text`` and drop ASCII punctuation, "a", "an" and "the", and extra white space.

    >>> normalize("The Harbour  Office!")
    'harbour office'
    """
    plain = text.lower().translate(_NO_PUNCTUATION)
    return " ".join(_ARTICLE.sub(" ", plain).split())


def exact_match(prediction: str, golds: Iterable[str]) -> float:
    """Return 1.0 if the normalized prediction equals a normalized gold answer, else 0.0.

    An abstention is the empty prediction. Gold answers that normalize to nothing are dropped; if none
    is left, the question has no answer, and only a prediction that normalizes to nothing is right.
    """
    return float(normalize(prediction) in _references(golds))


def f1(prediction: str, golds: Iterable[str]) -> float:
    """Return the best F1, from 0 to 1, between the words of the prediction and of a gold answer.

    A repeated word counts as often as it occurs. Questions without an answer are scored as in
    ``exact_match``.

    >>> f1("On 16 May.", ["16 May"])
    0.8
    """
    words = normalize(prediction).split()
    return max(_word_f1(words, gold.split()) for gold in _references(golds))


def token_f1(predicted: Sequence[str], gold: Sequence[str]) -> float:
    """Return F1 between two multisets of tokens; 0 if they share none, even if both are empty."""
    shared = (Counter(predicted) & Counter(gold)).total()
    return harmonic_mean(shared / len(predicted), shared / len(gold)) if shared else 0.0


def _references(golds: Iterable[str]) -> list[str]:
    return [gold for gold in map(normalize, golds) if gold] or [""]


def _word_f1(predicted: list[str], gold: list[str]) -> float:
    return token_f1(predicted, gold) if predicted and gold else float(predicted == gold)
