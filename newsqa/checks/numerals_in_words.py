"""Numerals in words: "twelve hundred", "two and a half million", "a third"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

import regex

from newsqa.checks.number_words import NumberWords
from newsqa.checks.numeral import Kind, Numeral

MAX_VALUE = 10**15
"""Up to which a number in words is multiplied: "million million million" names none."""

MAX_WORDS = 6
"""Words in the longest phrase of a list: "nine hundred and ninety nine"."""

_WORD = regex.compile(r"\p{L}+")
_GAP = regex.compile(r"[\s\-‐‑]+")


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    start: int
    end: int


def numerals_in_words(text: str, lexicon: NumberWords) -> Iterator[Numeral]:
    """The numbers that ``text`` has in words of one language."""
    for run in _runs(text):
        at = 0
        while at < len(run):
            numeral, length = _Reader(run, at, lexicon).read()
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
            return self._numeral(value / self.lexicon.parts[self._word(at)], at + 1 - self.first)
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
            is_one = following in self.lexicon.scales or following in self.lexicon.parts
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
        return value.denominator == 1 and 0 < value < 100 and self._word(at) in self.lexicon.parts

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
