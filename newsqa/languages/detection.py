"""Which language a text is in, as far as splitting and stemming need to know."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from newsqa.languages import language as language_of
from newsqa.languages import languages

SAMPLE = 5_000
"""Characters looked at: enough for stable counts, and a long article costs no more than a short one."""

_LETTER = re.compile(r"[^\W\d_]")
_WORD = re.compile(r"[^\W\d_]+")
_SCRIPT_SHARE = 0.15
"""Share of a text's letters that a script must hold: names in Latin letters are common in all others."""


@cache
def _codes_by_letters() -> dict[str, list[str]]:
    """The codes of languages by their letters, in the order in which they are tried.

    English is the first of those with Latin letters, so that it wins where no word tells.
    """
    codes: dict[str, list[str]] = {"": ["en"]}
    for known in languages():
        if known.code != "en" and (known.detection.letters or known.detection.common_words):
            codes.setdefault(known.detection.letters, []).append(known.code)
    return codes


@cache
def _common_words(code: str) -> frozenset[str]:
    return frozenset(language_of(code).detection.common_words)


def guess_language(text: str) -> str:
    """The ISO 639-1 code of the language ``text`` seems to be in; ``"en"`` where nothing tells.

    Letters decide where they can (Japanese by its kana, before Chinese), else the commonest short
    words of Latin-script languages. Deterministic, and looks at the first 5,000 characters only.
    """
    sample = text[:SAMPLE]
    letters = len(_LETTER.findall(sample))
    codes = _codes_by_letters()[""]
    for characters, sharing in _codes_by_letters().items():
        if characters and len(re.findall(f"[{characters}]", sample)) > _SCRIPT_SHARE * letters:
            codes = sharing
            break
    words = Counter(word.casefold() for word in _WORD.findall(sample))
    return max(codes, key=lambda code: sum(words[word] for word in _common_words(code)))


def common_share(text: str, language: str) -> float:
    """The share of the words of ``text`` that are the commonest ones of ``language``, from 0 to 1."""
    common = _common_words(language)
    words = [word.casefold() for word in _WORD.findall(text[:SAMPLE])]
    return sum(word in common for word in words) / max(len(words), 1)
