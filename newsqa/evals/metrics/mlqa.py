"""Exact match and F1 of short answers in several languages, as MLQA defines them.

The definitions are those of the official script ``mlqa_evaluation_v1.py`` (Lewis et al., "MLQA:
Evaluating Cross-lingual Extractive Question Answering", ACL 2020): all Unicode punctuation is dropped,
each language loses its own articles, and in Chinese every character is a word.

The script covers Arabic, Chinese, English, German, Hindi, Spanish and Vietnamese. Any other language
(Russian, Greek, Thai and Turkish of XQuAD among them) gets SQuAD's rules for English, as it does in
XTREME's script for XQuAD, ``evaluate-v1.1.py``.
"""

from __future__ import annotations

import re
import string
import unicodedata
from collections.abc import Iterable

from newsqa.evals.metrics import squad

_ARTICLES = {
    "ar": re.compile("ال"),  # anywhere, even inside words: that is the script's rule
    **{
        language: re.compile(rf"\b(?:{'|'.join(words.split())})\b")
        for language, words in {
            "de": "der die das den dem des ein eine einen einem einer eines",
            "en": "a an the",
            "es": "el la los las un una unos unas",
            "vi": "cái chiếc của là những",
        }.items()
    },
}
_LANGUAGES = frozenset(_ARTICLES) | {"hi", "zh"}
_HAN = re.compile("([\u4e00-\u9fa5])")


def normalize(text: str, language: str) -> str:
    """Normalize ``text`` to words and single spaces by the rules of ``language`` (ISO 639-1)."""
    if language not in _LANGUAGES:
        return squad.normalize(text)
    plain = "".join(character for character in text.lower() if not _is_punctuation(character))
    if language in _ARTICLES:
        plain = _ARTICLES[language].sub(" ", plain)
    if language == "zh":
        plain = _HAN.sub(r" \1 ", plain)
    return " ".join(plain.split())


def exact_match(prediction: str, golds: Iterable[str], language: str) -> float:
    """Return 1.0 if the normalized prediction equals a normalized gold answer, else 0.0.

    MLQA and XQuAD answer every question, so their scripts have no rule for unanswerable ones. Without
    gold answers, only a prediction that normalizes to nothing is right, as in SQuAD 2.0.
    """
    references = [normalize(gold, language) for gold in golds] or [""]
    return float(normalize(prediction, language) in references)


def f1(prediction: str, golds: Iterable[str], language: str) -> float:
    """Return the best F1, from 0 to 1, between the words of the prediction and of a gold answer.

    A gold answer that normalizes to nothing scores 0, as in the official scripts but unlike SQuAD
    2.0's. Without gold answers this equals ``exact_match``.
    """
    words = normalize(prediction, language).split()
    scores = [squad.token_f1(words, normalize(gold, language).split()) for gold in golds]
    return max(scores) if scores else float(not words)


def _is_punctuation(character: str) -> bool:
    return character in string.punctuation or unicodedata.category(character).startswith("P")
