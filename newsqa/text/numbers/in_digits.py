"""Numerals in digits: 1,200, 12th, 1.2 million, F-15, 2½, 5 1/2, 5万."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

import regex

from newsqa.languages.spelling import GAP, WORD, plain
from newsqa.text.numbers.digit_groups import DIGITS, digit_values
from newsqa.text.numbers.in_cjk_and_thai import placed_behind
from newsqa.text.numbers.numeral import Numeral
from newsqa.text.numbers.word_grammar import number_words

MAX_DIGITS = 40
"""Characters of a figure; what is longer is no number that anybody names."""

_FRACTION = r"(?:1/2|[12]/3|[13]/4|[1357]/8|(?:[13579]|1[135])/16)(?![\p{N}/])"
"""Parts as market reports write them; a rating is 4/5, and a day 9/11."""

_FIGURE = regex.compile(
    rf"(?P<label>(?<=[\p{{Latin}}\p{{Cyrillic}}])|(?<=[\p{{Latin}}\p{{Cyrillic}}][\-‐‑])(?<!\b(?:mid|pre|post|early|late|sub|non|a|to)[\-‐‑]))?"
    rf"(?<digits>{DIGITS})(?P<part>\s?[¼½¾⅓⅔⅕⅖⅗⅘⅛⅜⅝⅞]|[\s\-]{_FRACTION})?"
    r"(?P<ordinal>(?i:st|nd|rd|th)\b)?"
)
_LONE_PART = regex.compile(rf"[¼½¾⅓⅔⅕⅖⅗⅘⅛⅜⅝⅞]|(?<![\p{{N}}/.,\-]){_FRACTION}")
_SCALE = regex.compile(
    rf"{GAP}?(?:(?P<letter>(?-i:[kKmMbBT]|mn|mln|bn|bln|tn|trn))(?![\p{{L}}\p{{N}}])"
    rf"|(?P<word>{WORD.pattern})(?P<dot>\.(?=\s?\p{{L}}))?)"
)
_LETTERS = {
    "k": 3,
    "m": 6,
    "mn": 6,
    "mln": 6,
    "b": 9,
    "bn": 9,
    "bln": 9,
    "t": 12,
    "tn": 12,
    "trn": 12,
}


def numerals_in_digits(text: str, languages: frozenset[str]) -> Iterator[Numeral]:
    """The numbers that ``text`` has in digits of any script, with the scales behind them."""
    for match in _FIGURE.finditer(text):
        if len(match["digits"]) > MAX_DIGITS:
            continue
        values = digit_values(match["digits"], languages)
        if not values:
            continue
        if match["part"]:
            values = frozenset(value + _part(match["part"].strip().strip("-")) for value in values)
        if match["ordinal"]:
            yield Numeral(match.start(), match.end(), values, "ordinal")
        elif match["label"] is not None:
            yield Numeral(match.start(), match.end(), values, "label")
        else:
            plain = Numeral(match.start(), match.end(), values)
            yield _scaled(text, plain, languages)
    for match in _LONE_PART.finditer(text):
        yield Numeral(match.start(), match.end(), frozenset({_part(match[0])}))


def _part(written: str) -> Fraction:
    if "/" in written:
        return Fraction(written)
    return Fraction(unicodedata.numeric(written)).limit_denominator(10)


def _scaled(text: str, numeral: Numeral, languages: frozenset[str]) -> Numeral:
    """The numeral with the scales behind it: 1.2 million, 38m, 5万."""
    placed = placed_behind(text, numeral)
    if placed:
        return placed
    match = _SCALE.match(text, numeral.end)
    if not match:
        return numeral
    letter, word = match["letter"] or "", match["word"] or ""
    factor = _scale_of(word, languages) or 10 ** _LETTERS.get(letter.lower(), 0)
    if factor == 1:
        return numeral
    values = frozenset(value * factor for value in numeral.values)
    # "100 m" may be metres, and "5 K" anything: the plain number stays a reading.
    values |= numeral.values if letter and letter in "mMKT" else frozenset()
    # A full stop belongs to a short form only: "86 Mio. Euro", but not "86 million. Europe".
    end = match.end() if len(word) < len("tausend") else match.end("word")
    scaled = replace(numeral, end=end if word else match.end(), values=values, scale=factor)
    # "5 hundred thousand", but no third scale.
    return scaled if letter or numeral.scale > 1 else _scaled(text, scaled, languages)


def _scale_of(word: str, languages: frozenset[str]) -> int:
    spelled = plain(word)
    known = [number_words(language) for language in languages] if word else []
    scales = [words.scales.get(spelled, 100 * (spelled in words.hundred)) for words in known]
    return max(scales, default=0)
