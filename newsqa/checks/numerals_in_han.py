"""Numerals in Chinese characters: 三百二十, 百分之五."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import regex

from newsqa.checks.digits import HAN, HAN_SCALES, han_value
from newsqa.checks.numeral import Numeral
from newsqa.checks.numerals_in_digits import MAX_DIGITS

_HAN_NUMERAL = regex.compile(rf"(?:百分之)?[{HAN}]+")


def numerals_in_han(text: str) -> Iterator[Numeral]:
    """The numbers that ``text`` has in Chinese characters."""
    for match in _HAN_NUMERAL.finditer(text):
        written = match[0].removeprefix("百分之")
        # A lone 一 is an article, and a lone scale part of a word.
        if written in ("", "一", *HAN_SCALES, "百", "千") or len(written) > MAX_DIGITS:
            continue
        share = 100 if len(written) < len(match[0]) else 1
        values = frozenset({Fraction(han_value(written), share)})
        yield Numeral(match.start(), match.end(), values, is_word=True)
