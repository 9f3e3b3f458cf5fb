"""Digits: what a figure written in digits may stand for, in any script and locale."""

from __future__ import annotations

import unicodedata
from decimal import Decimal
from fractions import Fraction

import regex

_COMMA_DECIMALS = frozenset(
    "ca cs da de el es et fi fr hu id it lt lv nl no pl pt ro ru sr sv tr uk vi".split()
)
"""Languages that write 1,5 for one and a half and 1.500 for fifteen hundred."""

_GROUPERS = "'’٬\u0020\u00a0\u2009\u202f"

DIGITS = (
    r"\p{Nd}{1,3}(?:(?P<sep>[.,'’٬\u0020\u00a0\u2009\u202f])\p{Nd}{3})(?:(?P=sep)\p{Nd}{3})*"
    r"(?:[.,٫．]\p{Nd}+)?(?!\p{Nd})"
    r"|\p{Nd}{1,2}(?:,\p{Nd}{2})+,\p{Nd}{3}(?:\.\p{Nd}+)?(?!\p{Nd})"  # 1,00,000
    r"|\p{Nd}+(?:[.,٫·．]\p{Nd}+)?(?![.,]?\p{Nd})"
    r"|\.\p{Nd}+"
    r"|\p{Nd}+"
)
"""A figure with its marks for groups and decimals, for ``regex``."""

_SEPARATOR = regex.compile(r"[.,'’٬٫·．\u0020\u00a0\u2009\u202f]")


def digit_values(written: str, languages: frozenset[str]) -> frozenset[Fraction]:
    """The values that ``written`` may have for readers of ``languages``: 1.200 is 1.2 or 1200.

    None where it has a digit of a script younger than Python's Unicode tables.
    """
    plain = "".join(str(unicodedata.digit(c)) if c.isdecimal() else c for c in written)
    marks = _SEPARATOR.findall(plain)
    if not _SEPARATOR.sub("", plain).isascii():
        return frozenset()
    decimals = {"," if language in _COMMA_DECIMALS else "." for language in languages}
    return frozenset(_value(plain, mark) for mark in _decimal_marks(plain, marks, decimals))


def _decimal_marks(plain: str, marks: list[str], decimals: set[str]) -> set[str]:
    """Which characters of ``marks`` may part the decimals off; an empty string for none."""
    if not marks:
        return {""}
    last = marks[-1]
    if last in "٫·．" or (len(set(marks)) > 1 and last in ".,"):
        return {last}
    if len(marks) > 1 or last in _GROUPERS:
        return {""}
    before, _, behind = plain.partition(last)
    if len(behind) != 3 or not 1 <= len(before) <= 3 or before.startswith("0"):
        return {last}
    return {last if mark == last else "" for mark in decimals}


def _value(plain: str, decimal_mark: str) -> Fraction:
    whole, _, behind = plain.rpartition(decimal_mark) if decimal_mark else (plain, "", "")
    return Fraction(Decimal(f"{_SEPARATOR.sub('', whole) or '0'}.{behind or '0'}"))
