"""Numerals: the numbers a text names, in digits or in words, and where."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

import regex

from newsqa.checks.digits import DIGITS, HAN, HAN_SCALES, digit_values, han_value
from newsqa.checks.number_words import NumberWords, number_words

Kind = Literal["cardinal", "ordinal", "plural", "label"]
"""``plural``: "hundreds", which names no count; ``label``: part of a name, such as F-15 or G20."""

MAX_DIGITS = 40
"""Characters of a figure; what is longer is no number that anybody names."""

MAX_VALUE = 10**15
"""Up to which a number in words is multiplied: "million million million" names none."""

MAX_WORDS = 6
"""Words in the longest phrase of a list: "nine hundred and ninety nine"."""


@dataclass(frozen=True, slots=True)
class Numeral:
    """One number in a text: the values it may stand for and, in code points, where it stands."""

    start: int
    end: int
    values: frozenset[Fraction]
    kind: Kind = "cardinal"
    is_word: bool = False
    scale: int = 1
    """The last scale named: a million in "5 million", which in "3 to 5 million" counts for the 3."""


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    start: int
    end: int


_HALVES = {"half": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7}
_HALVES |= {"eighth": 8, "ninth": 9, "tenth": 10, "hundredth": 100}
_PARTS = {"de": {"hälfte": 2, "drittel": 3, "viertel": 4, "fünftel": 5, "halbe": 2, "halben": 2}}
_PARTS |= {"fr": {"moitié": 2, "tiers": 3, "quart": 4}, "es": {"mitad": 2, "tercio": 3}}
_PARTS |= {"en": _HALVES | {f"{part}s": n for part, n in _HALVES.items()} | {"halves": 2}}

_WORD = regex.compile(r"\p{L}+")
_GAP = regex.compile(r"[\s\-‐‑]+")
_FIGURE = regex.compile(
    rf"(?P<label>(?<=[\p{{Latin}}\p{{Cyrillic}}])|(?<=[\p{{Latin}}\p{{Cyrillic}}][\-‐‑])(?<!\b(?:mid|pre|post|early|late|sub|non|a|to)[\-‐‑]))?"
    rf"(?<digits>{DIGITS})(?P<part>\s?[¼½¾⅓⅔⅕⅖⅗⅘⅛⅜⅝⅞])?"
    r"(?P<ordinal>(?i:st|nd|rd|th)\b)?"
)
_LONE_PART = regex.compile(r"[¼½¾⅓⅔⅕⅖⅗⅘⅛⅜⅝⅞]")
_SCALE = regex.compile(
    r"[\s\-‐‑]?(?:(?P<letter>(?-i:[kKmMbBT]|mn|mln|bn|bln|tn|trn))(?![\p{L}\d])"
    rf"|(?P<han>[{''.join(HAN_SCALES)}])|(?P<word>\p{{L}}+))"
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
_HAN_NUMERAL = regex.compile(rf"(?:百分之)?[{HAN}]+")


def find_numerals(text: str, languages: frozenset[str]) -> list[Numeral]:
    """The numbers in ``text``, in reading order; ``languages`` are those it may be written in."""
    found = list(_in_digits(text, languages))
    for language in sorted(languages):
        found += _in_words(text, number_words(language), _PARTS.get(language, {}))
    found += _in_han(text)
    return _outermost(found)


def _outermost(found: list[Numeral]) -> list[Numeral]:
    kept: list[Numeral] = []
    for numeral in sorted(found, key=lambda n: (n.start, -n.end)):
        if not kept or numeral.start >= kept[-1].end:
            kept.append(numeral)
    return kept


# digits -------------------------------------------------------------------------------------------


def _in_digits(text: str, languages: frozenset[str]) -> Iterator[Numeral]:
    for match in _FIGURE.finditer(text):
        if len(match["digits"]) > MAX_DIGITS:
            continue
        values = digit_values(match["digits"], languages)
        if not values:
            continue
        if match["part"]:
            values = frozenset(value + _part(match["part"].strip()) for value in values)
        if match["ordinal"]:
            yield Numeral(match.start(), match.end(), values, "ordinal")
        elif match["label"] is not None:
            yield Numeral(match.start(), match.end(), values, "label")
        else:
            plain = Numeral(match.start(), match.end(), values)
            yield _scaled(text, plain, languages)
    for match in _LONE_PART.finditer(text):
        yield Numeral(match.start(), match.end(), frozenset({_part(match[0])}))


def _part(character: str) -> Fraction:
    return Fraction(unicodedata.numeric(character)).limit_denominator(10)


def _scaled(text: str, numeral: Numeral, languages: frozenset[str]) -> Numeral:
    """The numeral with the scales behind it: 1.2 million, 38m, 5万."""
    match = _SCALE.match(text, numeral.end)
    if not match:
        return numeral
    letter = match["letter"] or ""
    power = 10 ** _LETTERS.get(letter.lower(), 0)
    factor = HAN_SCALES.get(match["han"] or "") or _scale_of(match["word"], languages) or power
    if factor == 1:
        return numeral
    values = frozenset(value * factor for value in numeral.values)
    # "100 m" may be metres, and "5 K" anything: the plain number stays a reading.
    values |= numeral.values if letter and letter in "mMKT" else frozenset()
    scaled = replace(numeral, end=match.end(), values=values, scale=factor)
    # "5 hundred thousand", but no third scale.
    return scaled if letter or numeral.scale > 1 else _scaled(text, scaled, languages)


def _scale_of(word: str | None, languages: frozenset[str]) -> int:
    scales = (
        number_words(language).scales.get((word or "").casefold(), 0) for language in languages
    )
    return max(scales, default=0)


# Chinese characters -------------------------------------------------------------------------------


def _in_han(text: str) -> Iterator[Numeral]:
    for match in _HAN_NUMERAL.finditer(text):
        written = match[0].removeprefix("百分之")
        # A lone 一 is an article, and a lone scale part of a word.
        if written in ("", "一", *HAN_SCALES, "百", "千") or len(written) > MAX_DIGITS:
            continue
        share = 100 if len(written) < len(match[0]) else 1
        values = frozenset({Fraction(han_value(written), share)})
        yield Numeral(match.start(), match.end(), values, is_word=True)


# words --------------------------------------------------------------------------------------------


def _in_words(text: str, lexicon: NumberWords, parts: dict[str, int]) -> Iterator[Numeral]:
    for run in _runs(text):
        at = 0
        while at < len(run):
            numeral, length = _Reader(run, at, lexicon, parts).read()
            if numeral:
                yield numeral
            at += max(length, 1)


def _runs(text: str) -> Iterator[list[_Word]]:
    """The words of ``text``, run by run: within one there are only spaces and hyphens between."""
    run: list[_Word] = []
    for match in _WORD.finditer(text):
        if run and not _GAP.fullmatch(text, run[-1].end, match.start()):
            yield run
            run = []
        run.append(_Word(match[0].casefold(), match.start(), match.end()))
    if run:
        yield run


@dataclass(slots=True)
class _Reader:
    """Reads one numeral off a run of words, from its ``first`` on."""

    run: list[_Word]
    first: int
    lexicon: NumberWords
    parts: dict[str, int]

    def read(self) -> tuple[Numeral | None, int]:
        """The numeral that begins here, if any, and how many words it takes."""
        lexicon = self.lexicon
        ordinal, length = self._phrase(lexicon.ordinals, self.first)
        if ordinal:
            return self._numeral(Fraction(ordinal), length, "ordinal")
        word = self._word(self.first)
        if word in lexicon.plurals:
            return self._plural(lexicon.plurals[word])
        if word in lexicon.multiples:
            return self._numeral(Fraction(lexicon.multiples[word]), 1)
        return self._cardinal()

    def _cardinal(self) -> tuple[Numeral | None, int]:
        value, at = self._group(self.first)
        if value is None:
            return None, 1
        if self._is_part(value, at):
            return self._numeral(value / self.parts[self._word(at)], at + 1 - self.first)
        total, scale = Fraction(0), 1
        while value < MAX_VALUE and (factor := self.lexicon.scales.get(self._word(at))):
            value, scale = value * factor, factor
            at += 1
            if self._word(at) in self.lexicon.scales:
                continue
            total += value
            value, at = self._remainder(at, factor)
        return self._numeral(total + value, at - self.first, scale=scale)

    def _group(self, at: int) -> tuple[Fraction | None, int]:
        """A number below a thousand, with "and a half", or what stands for one before a scale."""
        small, length = self._phrase(self.lexicon.small, at)
        if small is None:
            return self._unspoken(at)
        value = Fraction(small)
        if self._words(at + length, 3) == ["and", "a", "half"]:
            return value + Fraction(1, 2), at + length + 3
        return value, at + length

    def _unspoken(self, at: int) -> tuple[Fraction | None, int]:
        """One, in "a million" or "a third"; or a half, in "half" and "half a million"."""
        word, following = self._word(at), self._word(at + 1)
        if word in ("half", "hälfte", "moitié", "mitad"):
            skipped = (
                2 if following in ("a", "an") and self._word(at + 2) in self.lexicon.scales else 1
            )
            return Fraction(1, 2), at + skipped
        if word in ("a", "an", "un", "une", "una", "ein", "eine", "einen"):
            is_one = following in self.lexicon.scales or following in self.parts
            return (Fraction(1), at + 1) if is_one and following != "second" else (None, at)
        # "two-third", but not the "hundred" of what was read already
        return (Fraction(1), at) if self.lexicon.scales.get(word, 0) > 12 else (None, at)

    def _remainder(self, at: int, scale: int) -> tuple[Fraction, int]:
        """What follows a scale and is smaller: "two thousand and twelve"."""
        begin = at + 1 if self._word(at) == "and" else at
        small, length = self._phrase(self.lexicon.small, begin)
        behind = self.lexicon.scales.get(self._word(begin + length), 1)
        if small and scale >= 1000 and small * behind < scale:
            return Fraction(small), begin + length
        return Fraction(0), at

    def _is_part(self, value: Fraction, at: int) -> bool:
        """Whether ``value`` counts what comes next: two thirds, a quarter; not "half third"."""
        return value.denominator == 1 and 0 < value < 100 and self._word(at) in self.parts

    def _plural(self, value: int) -> tuple[Numeral | None, int]:
        """Hundreds, or "tens of thousands"."""
        of, other = self._words(self.first + 1, 2) if len(self.run) > self.first + 2 else ("", "")
        if of == "of" and other in self.lexicon.plurals:
            return self._numeral(Fraction(value * self.lexicon.plurals[other]), 3, "plural")
        return self._numeral(Fraction(value), 1, "plural")

    def _phrase(self, phrases: dict[str, int], at: int) -> tuple[int | None, int]:
        """The value of the longest of ``phrases`` here, and its number of words."""
        for length in range(min(MAX_WORDS, len(self.run) - at), 0, -1):
            value = phrases.get(" ".join(self._words(at, length)))
            if value is not None:
                return value, length
        return None, 0

    def _words(self, at: int, count: int) -> list[str]:
        return [word.text for word in self.run[at : at + count]]

    def _word(self, at: int) -> str:
        return self.run[at].text if at < len(self.run) else ""

    def _numeral(
        self, value: Fraction, length: int, kind: Kind = "cardinal", *, scale: int = 1
    ) -> tuple[Numeral | None, int]:
        start, end = self.run[self.first].start, self.run[self.first + length - 1].end
        return Numeral(start, end, frozenset({value}), kind, is_word=True, scale=scale), length
