"""Forms of words: spelled alike, and matched by one pattern."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

import regex

from newsqa.languages.sections import Values

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


# Patterns and tables of forms ----------------------------------------------------------------------

_APOSTROPHES = str.maketrans("’ʼ׳", "'''")
_ALEFS = str.maketrans("أإآ", "ااا")


def any_of(forms: Iterable[str]) -> str:
    r"""Return a pattern that matches any of ``forms``, the longest first; nothing if there are none.

    A space stands for any white space, an apostrophe for any of its signs, and an Arabic alef for
    one with a hamza too.

    Examples:
        >>> any_of(["May", "next May"])
        'next\\s+May|May'
        >>> any_of([])
        '(?!)'
    """
    ordered = sorted(dict.fromkeys(forms), key=len, reverse=True)
    return "|".join(map(_as_written, ordered)) or "(?!)"


def any_of_values(*tables: Values) -> str:
    """Return a pattern that matches any form of the tables, whatever it stands for."""
    return any_of(form for values in tables for forms in values.values() for form in forms)


def _as_written(form: str) -> str:
    pattern: str = regex.escape(form.translate(_APOSTROPHES | _ALEFS), literal_spaces=True)
    return pattern.replace("'", "['’ʼ׳]").replace("ا", "[اأإآ]").replace(" ", r"\s+")


def small(form: str) -> str:
    """Return ``form`` as ``by_small_form`` has it: small letters, plain apostrophes, single spaces.

    Example:
        >>> small("Aujourd’hui")
        "aujourd'hui"
    """
    return " ".join(form.casefold().translate(_APOSTROPHES).split())


def by_small_form(values: Values) -> dict[str, int]:
    """Return the whole number that each form stands for, by the form in small letters."""
    return {small(form): int(value) for value, forms in values.items() for form in forms}


def by_form(values: Values) -> dict[str, Fraction]:
    """Return the value of each form, spelled as ``plain_phrase`` spells it.

    Example:
        >>> by_form({Fraction(3): ("Drei", "DREIE")})
        {'drei': Fraction(3, 1), 'dreie': Fraction(3, 1)}
    """
    return {plain_phrase(form): value for value, forms in values.items() for form in forms}
