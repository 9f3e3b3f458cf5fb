"""Guesses the language of a text, closely enough to split and stem it."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from newsqa.languages import language as language_of
from newsqa.languages import languages

SAMPLE = 5_000
"""Characters that are read: enough for stable counts, so a long article costs no more than a short one."""

_LETTER = re.compile(r"[^\W\d_]")
_WORD = re.compile(r"[^\W\d_]+")
_SCRIPT_SHARE = 0.15
"""Share of a text's letters that must be of a script; names in Latin letters are common in all others."""


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
    """Return the ISO 639-1 code of the likely language of ``text``; ``"en"`` if nothing shows it.

    Letters decide if they can (kana are Japanese, before Chinese characters); of languages with the
    same letters, the most common short words. Only the first 5,000 characters are read.

    Examples:
        >>> guess_language("Die Brücke ist gesperrt und wird nicht vor Mai geöffnet.")
        'de'
        >>> guess_language("橋は閉鎖された。")
        'ja'
    """
    sample = text[:SAMPLE]
    letters = len(_LETTER.findall(sample))
    codes = _codes_by_letters()[""]
    for characters, sharing in _codes_by_letters().items():
        if characters and len(re.findall(f"[{characters}]", sample)) > _SCRIPT_SHARE * letters:
            codes = sharing
            break
    words: Counter[str] = Counter()
    for word, count in Counter(_WORD.findall(sample)).items():
        words[word.casefold()] += count
    return max(
        codes, key=lambda code: sum(words[word] for word in words.keys() & _common_words(code))
    )


def common_share(text: str, language: str) -> float:
    """Return the share of the words of ``text`` that are the most common ones of ``language``, from 0 to 1."""
    common = _common_words(language)
    words = [word.casefold() for word in _WORD.findall(text[:SAMPLE])]
    return sum(word in common for word in words) / max(len(words), 1)
