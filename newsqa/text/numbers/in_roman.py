"""Roman numerals: those of centuries, wars and kings."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

import regex

from newsqa.text.numbers.numeral import Numeral

_ROMAN = regex.compile(r"\b(?=[XVI]{2})X{0,3}(?:IX|IV|V?I{0,3})(?![\p{Lu}\d])")
_VALUES = {"I": 1, "V": 5, "X": 10}


def numerals_in_roman(text: str) -> Iterator[Numeral]:
    """XVI and II in ``text``, but no lone I, V or X; they bear out, and are not held against."""
    for match in _ROMAN.finditer(text):
        values = [_VALUES[letter] for letter in match[0]]
        signs = [-1 if a < b else 1 for a, b in pairwise([*values, 0])]
        value = Fraction(sum(sign * n for sign, n in zip(signs, values, strict=True)))
        yield Numeral(match.start(), match.end(), frozenset({value}), is_word=True, is_loose=True)
