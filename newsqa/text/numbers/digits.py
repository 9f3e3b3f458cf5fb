"""Numerals in digits: 1,200, 12th, 1.2 million, F-15, 2½, 5 1/2, 5万, and the Roman XVI."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import regex

from newsqa.languages import language
from newsqa.languages.spelling import GAP, WORD, plain
from newsqa.text.numbers.cjk import extend_with_scales
from newsqa.text.numbers.units import Numeral
from newsqa.text.numbers.vocabulary import number_words

# Digits and their marks ---------------------------------------------------------------------------

_GROUP_MARKS = "'’٬\u0020\u00a0\u2009\u202f"
"""Characters that separate groups of digits in every language."""

DIGITS = (
    rf"\p{{Nd}}{{1,3}}(?:(?P<mark>[.,{_GROUP_MARKS}])\p{{Nd}}{{3}})(?:(?P=mark)\p{{Nd}}{{3}})*"
    r"(?:[.,٫．]\p{Nd}+)?(?!\p{Nd})"
    r"|\p{Nd}{1,2}(?:,\p{Nd}{2})+,\p{Nd}{3}(?:\.\p{Nd}+)?(?!\p{Nd})"  # 1,00,000
    r"|\p{Nd}+(?:[.,٫·．]\p{Nd}+)?(?![.,]?\p{Nd})"
    r"|\.\p{Nd}+"
    r"|\p{Nd}+"
)
"""A pattern for ``regex``: digits with their marks for groups and decimals."""

_MARK = regex.compile(rf"[.,٫·．{_GROUP_MARKS}]")


def digit_values(written: str, languages: frozenset[str]) -> frozenset[Fraction]:
    """Return the values that ``written`` may have for readers of ``languages``.

    Returns no value if it has a digit that is newer than Python's Unicode tables.

    >>> [*map(float, digit_values("1.200", frozenset({"en"})))]
    [1.2]
    >>> [*map(float, digit_values("1.200", frozenset({"de"})))]
    [1200.0]
    >>> [*map(float, digit_values("1.200,5", frozenset({"en"})))]
    [1200.5]
    """
    ascii_digits = "".join(str(unicodedata.digit(c)) if c.isdecimal() else c for c in written)
    marks = _MARK.findall(ascii_digits)
    if not _MARK.sub("", ascii_digits).isascii():
        return frozenset()
    decimals = {language(code).decimal_mark for code in languages}
    return frozenset(
        _value(ascii_digits, mark) for mark in _decimal_marks(ascii_digits, marks, decimals)
    )


def _decimal_marks(written: str, marks: list[str], decimals: set[str]) -> set[str]:
    """Return the characters of ``marks`` that may begin the decimals; "" means that none does."""
    if not marks:
        return {""}
    last = marks[-1]
    if last in "٫·．" or (len(set(marks)) > 1 and last in ".,"):
        return {last}
    if len(marks) > 1 or last in _GROUP_MARKS:
        return {""}
    before, _, after = written.partition(last)
    if len(after) != 3 or not 1 <= len(before) <= 3 or before.startswith("0"):
        return {last}
    return {last if mark == last else "" for mark in decimals}


def _value(written: str, decimal_mark: str) -> Fraction:
    whole, _, decimals = written.rpartition(decimal_mark) if decimal_mark else (written, "", "")
    return Fraction(Decimal(f"{_MARK.sub('', whole) or '0'}.{decimals or '0'}"))


# Numerals -----------------------------------------------------------------------------------------

MAX_DIGITS = 40
"""Characters of the longest number that is read: nobody writes a longer one in a text."""

_VULGAR = "[¼½¾⅓⅔⅕⅖⅗⅘⅛⅜⅝⅞]"
_FRACTION = r"(?:1/2|[12]/3|[13]/4|[1357]/8|(?:[13579]|1[135])/16)(?![\p{N}/])"
"""Fractions as market reports write them; 4/5 is a rating, and 9/11 a day."""

_BEFORE_PLAIN = "mid|pre|post|early|late|sub|non|a|to"
"""Words that do not make a label of the number after their hyphen: mid-2010."""

_NUMERAL = regex.compile(
    r"(?P<label>(?<=[\p{Latin}\p{Cyrillic}])"
    rf"|(?<=[\p{{Latin}}\p{{Cyrillic}}][\-‐‑])(?<!\b(?:{_BEFORE_PLAIN})[\-‐‑]))?"
    rf"(?<digits>{DIGITS})(?P<fraction>\s?{_VULGAR}|[\s\-]{_FRACTION})?"
    r"(?P<ordinal>(?i:st|nd|rd|th)\b)?"
)
_LONE_FRACTION = regex.compile(rf"{_VULGAR}|(?<![\p{{N}}/.,\-]){_FRACTION}")

_SCALE_LETTERS = {"k": 3, "m": 6, "mn": 6, "mln": 6, "b": 9, "bn": 9, "bln": 9, "t": 12}
_SCALE_LETTERS |= {"tn": 12, "trn": 12}
_SCALE = regex.compile(
    rf"{GAP}?(?:(?P<letters>(?-i:[kKmMbBT]|mn|mln|bn|bln|tn|trn))(?![\p{{L}}\p{{N}}])"
    rf"|(?P<word>{WORD.pattern})(?P<dot>\.(?=\s?\p{{L}}))?)"
)
_MAX_SHORT_FORM = len("tausend") - 1
"""Characters of a scale word that may be a short form, whose full stop belongs to it: Mio., mld."""


def find_digit_numerals(text: str, languages: frozenset[str]) -> Iterator[Numeral]:
    """Yield the numbers of ``text`` in digits of any script, with the scales after them."""
    for match in _NUMERAL.finditer(text):
        values = frozenset[Fraction]()
        if len(match["digits"]) <= MAX_DIGITS:
            values = digit_values(match["digits"], languages)
        if not values:
            continue
        if match["fraction"]:
            fraction = _fraction_value(match["fraction"].strip().strip("-"))
            values = frozenset(value + fraction for value in values)
        if match["ordinal"]:
            yield Numeral(match.start(), match.end(), values, "ordinal")
        elif match["label"] is not None:
            yield Numeral(match.start(), match.end(), values, "label")
        else:
            yield _scaled(text, Numeral(match.start(), match.end(), values), languages)
    for match in _LONE_FRACTION.finditer(text):
        yield Numeral(match.start(), match.end(), frozenset({_fraction_value(match[0])}))


def _fraction_value(written: str) -> Fraction:
    if "/" in written:
        return Fraction(written)
    return Fraction(unicodedata.numeric(written)).limit_denominator(10)


def _scaled(text: str, numeral: Numeral, languages: frozenset[str]) -> Numeral:
    """Return ``numeral`` with the scales after it: 1.2 million, 38m, 5万."""
    extended = extend_with_scales(text, numeral)
    if extended:
        return extended
    match = _SCALE.match(text, numeral.end)
    if not match:
        return numeral
    letters, word = match["letters"] or "", match["word"] or ""
    factor = _scale_of(word, languages) or 10 ** _SCALE_LETTERS.get(letters.lower(), 0)
    if factor == 1:
        return numeral
    values = frozenset(value * factor for value in numeral.values)
    if letters and letters in "mMKT":
        # "100 m" may be metres, and "5 K" anything: the plain number stays a reading.
        values |= numeral.values
    # "86 Mio. Euro" goes on after its full stop, "86 million. Europe" does not.
    end = match.end("word") if len(word) > _MAX_SHORT_FORM else match.end()
    scaled = replace(numeral, end=end, values=values, scale=factor)
    # "5 hundred thousand" has two scales, and nothing has three.
    return scaled if letters or numeral.scale > 1 else _scaled(text, scaled, languages)


def _scale_of(word: str, languages: frozenset[str]) -> int:
    """Return the scale that ``word`` is in any of ``languages``, or 0."""
    if not word:
        return 0
    spelled = plain(word)
    vocabularies = map(number_words, languages)
    return max(
        (v.scales.get(spelled, 100 if spelled in v.hundred else 0) for v in vocabularies), default=0
    )


# Roman numerals -----------------------------------------------------------------------------------

_ROMAN = regex.compile(r"\b(?=[XVI]{2})X{0,3}(?:IX|IV|V?I{0,3})(?![\p{Lu}\d])")
_ROMAN_DIGITS = {"I": 1, "V": 5, "X": 10}


def find_roman_numerals(text: str) -> Iterator[Numeral]:
    """Yield the Roman numerals of ``text`` with at least two letters, up to 39; all are ambiguous.

    >>> [int(value) for n in find_roman_numerals("Henry VIII and Plan X") for value in n.values]
    [8]
    """
    for match in _ROMAN.finditer(text):
        values = [_ROMAN_DIGITS[letter] for letter in match[0]]
        signs = [-1 if a < b else 1 for a, b in pairwise([*values, 0])]
        value = Fraction(sum(sign * n for sign, n in zip(signs, values, strict=True)))
        yield Numeral(match.start(), match.end(), frozenset({value}), is_ambiguous=True)
