"""The words of a text, each in one spelling that its variants share."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import regex

# A combining sign is part of the word (Hindi, Thai, vocalised Arabic and Hebrew); an apostrophe is
# in Ukrainian, and a double one in a Hebrew short form.
WORD = regex.compile(
    r"\p{L}[\p{L}\p{M}]*(?:['’ʼ]\p{Cyrillic}[\p{L}\p{M}]*|[\"״]\p{Hebrew}+|['’׳](?<=\p{Hebrew}.))*"
)
GAP = r"[\s\-‐‑־]"
"""A space or a hyphen, which join the words of one number."""

_NOT_SPELLED = dict.fromkeys(
    [0x301, 0x640, 0x670, 0x93C, *range(0x64B, 0x660), *range(0x591, 0x5BE), 0x5BF, 0x5C1, 0x5C2]
)
"""Accents and points that may be left out: Greek and Spanish stress, Arabic and Hebrew vowels, nukta."""

_ALIKE = str.maketrans({"ё": "е", "’": "'", "ʼ": "'", '"': "״", "ँ": "ं"})


@dataclass(frozen=True, slots=True)
class Word:
    """A word, spelled as ``plain`` does, and where it stands."""

    text: str
    start: int
    end: int
    is_joined: bool = False
    """True if an "and" is written to it, as in Arabic and Hebrew."""
    is_definite: bool = False
    """True if an article is written to it."""
    is_hyphenated: bool = False
    """True if a hyphen precedes it."""


@lru_cache(maxsize=50_000)
def plain(word: str) -> str:
    """Return ``word`` in small letters, without marks that writers leave out at will.

    Examples:
        >>> plain("TRÈS"), plain("трёх"), plain("ألف")
        ('très', 'трех', 'الف')
    """
    word = word.casefold()
    if word.isascii():
        return word.replace('"', "״")
    decomposed = unicodedata.normalize("NFD", word.translate(_ALIKE)).translate(_NOT_SPELLED)
    return unicodedata.normalize("NFC", decomposed)


def words_in(text: str, start: int = 0, end: int | None = None) -> Iterator[Word]:
    """Yield the words of ``text``, in reading order."""
    for match in WORD.finditer(text, start, len(text) if end is None else end):
        yield Word(plain(match[0]), match.start(), match.end())


def plain_phrase(written: str) -> str:
    """Return the words of ``written``, each as ``plain`` returns it, with single spaces between."""
    return " ".join(word.text for word in words_in(written))
