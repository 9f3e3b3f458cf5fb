"""Spoken: numerals in words, of languages that part their words by spaces."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

import regex

from newsqa.languages.spelling import GAP, Word, words_in
from newsqa.text.numbers.numeral import Kind, Numeral
from newsqa.text.numbers.word_grammar import NumberWords, number_words

MAX_VALUE = 10**15
"""Up to which a number in words is multiplied: "million million million" names none."""

MAX_WORDS = 3
"""Words in the longest phrase of a list: "quatre-vingt" or "and a half"."""

_GAP = regex.compile(rf"{GAP}+")


def spoken_numbers(text: str, languages: frozenset[str]) -> Iterator[Numeral]:
    """The numbers in words of ``text``, as readers of each of ``languages`` would read them."""
    lexicons = [words for code in sorted(languages) if (words := number_words(code)).small]
    runs = list(_runs(text))
    for lexicon in lexicons:
        numbers = [number for run in runs for number in _numbers_of(run, lexicon)]
        yield from _across_commas(text, numbers) if lexicon.has_commas else numbers


def _across_commas(text: str, numbers: list[Numeral]) -> Iterator[Numeral]:
    """With the thousands, millions … that commas part in one: "one thousand, two hundred"."""
    whole: Numeral | None = None
    for number in numbers:
        if whole and text[whole.end : number.start] == ", " and _continues(number, whole):
            (more,), (value,) = number.values, whole.values
            scale = number.scale if number.scale > 1 else 1
            whole = replace(whole, end=number.end, values=frozenset({value + more}), scale=scale)
            continue
        if whole:
            yield whole
        whole = number
    if whole:
        yield whole


def _continues(number: Numeral, whole: Numeral) -> bool:
    """Whether ``number`` is the smaller rest of a number that ends with a scale."""
    (value,), (before,) = number.values, whole.values
    is_cardinal = number.kind == whole.kind == "cardinal"
    return is_cardinal and 100 <= value < whole.scale and before % whole.scale == 0


def _numbers_of(run: list[Word], lexicon: NumberWords) -> Iterator[Numeral]:
    if lexicon.prefixes:
        run = _without_prefixes(run, lexicon)
    known, at = lexicon.vocabulary, 0
    while at < len(run):
        if run[at].text not in known and not lexicon.fused:
            at += 1
            continue
        number, length = _Reader(run, at, lexicon).read()
        if number:
            yield number
        at += max(length, 1)


def _runs(text: str) -> Iterator[list[Word]]:
    """The words of ``text``, run by run: within one there are only spaces and hyphens between."""
    run: list[Word] = []
    for word in words_in(text):
        if run and not _GAP.fullmatch(text, run[-1].end, word.start):
            yield run
            run = []
        is_hyphenated = bool(run) and text[word.start - 1] in "-‐‑־"
        run.append(replace(word, is_hyphenated=True) if is_hyphenated else word)
    if run:
        yield run


def _without_prefixes(run: list[Word], lexicon: NumberWords) -> list[Word]:
    """The words as a lexicon has them; an "and" that stands alone is written to the next one."""
    bare: list[Word] = []
    for at, word in enumerate(run):
        if word.text != lexicon.joined:
            is_joined = at > 0 and run[at - 1].text == lexicon.joined
            found = _bare(word, lexicon)
            bare.append(replace(found, is_joined=True) if is_joined else found)
    return bare


def _bare(word: Word, lexicon: NumberWords) -> Word:
    """The word without the "and", the article or the preposition that is written to it."""
    known = lexicon.vocabulary
    if word.text in known:
        return word
    is_joined = word.text.startswith(lexicon.joined)
    rest = word.text.removeprefix(lexicon.joined)
    for prefix in ("", *lexicon.prefixes):
        if rest.startswith(prefix) and rest.removeprefix(prefix) in known:
            is_definite = prefix in lexicon.definite
            bare = rest.removeprefix(prefix)
            return replace(word, text=bare, is_joined=is_joined, is_definite=is_definite)
    return word


_Read = tuple[Numeral | None, int]
"""A number, if there is one, and how many words were looked at."""


@dataclass(slots=True)
class _Reader:
    """Reads one number off a run of words, from its ``first`` on."""

    run: list[Word]
    first: int
    lexicon: NumberWords

    def read(self) -> _Read:
        """The number that begins here, if any, and how many words it takes."""
        lexicon = self.lexicon
        ordinal, length = self._phrase(lexicon.ordinals, self.first)
        if ordinal:
            return self._number(Fraction(ordinal), length, kind="ordinal")
        word = self._word(self.first)
        if word in lexicon.plurals:
            return self._plural(lexicon.plurals[word])
        number, length = self._cardinal()
        loose, words = self._phrase(lexicon.loose, self.first)
        if loose and (number is None or words > length):
            return self._number(Fraction(loose), words, is_loose=True)
        if number and self._is_doubtful():
            number = replace(number, is_loose=True)
        return number, length

    def _is_doubtful(self) -> bool:
        """Whether it may be an ordinal, with an article written to it, or the half of a number."""
        word = self.run[self.first]
        return word.is_definite or (word.is_joined and word.text in self.lexicon.halves)

    def _cardinal(self) -> _Read:
        value, at = self._group(self.first)
        if value is None:
            return None, 1
        part, length = self._part(value, at)
        if part:
            return self._number(value / part, at + length - self.first)
        is_one = at == self.first + 1 and value == 1 and self.lexicon.has_loose_one
        sections: list[tuple[int, Fraction]] = []
        scale = 1
        while value:
            factor, last, at = self._factor(value, at)
            if factor > 1:
                # "mil noventa y ocho millones": the scale multiplies the smaller ones before it too.
                while sections and sections[-1][0] < last:
                    value += sections.pop()[1]
                value = value * factor + (Fraction(last, 2) if self._is_and_a_half(at) else 0)
                at += self._half_length(at)
                scale, is_one = last, False
            # A dual such as أَلْفان, two thousand, is itself a scale.
            limit = last if factor > 1 or value < 1000 else int(value) // 2
            sections.append((limit, value))
            value, at = self._remainder(at, limit)
        total = sum((section for _, section in sections), Fraction(0))
        return self._number(total, at - self.first, scale=scale, is_loose=is_one)

    def _factor(self, value: Fraction, at: int) -> tuple[int, int, int]:
        """The product of the scales here, the last of them, and where they end."""
        factor, last = 1, 1
        while value * factor < MAX_VALUE and (scale := self._scale(at)):
            factor, last, at = factor * scale, scale, at + 1
        return factor, last, at

    def _group(self, at: int) -> tuple[Fraction | None, int]:
        """A number below a thousand, with "and a half", or what stands for one before a scale."""
        word = self._word(at)
        if word in self.lexicon.before_half | self.lexicon.before_quarter:
            value, behind = self._group(at + 1)
            more = Fraction(1, 2 if word in self.lexicon.before_half else 4)
            return (None, at) if value is None else (value + more, behind)
        if word in self.lexicon.fixed:
            return self.lexicon.fixed[word], at + 1
        value, behind = self._spoken(at)
        if value is None:
            value, behind = self._unspoken(at)
            # An article before "hundred", or a half, takes nothing more than that.
            if value != 1 or self._word(behind) not in self.lexicon.hundred:
                return value, behind
        value, behind = self._added(value, behind)
        if self._is_and_a_half(behind):
            return value + Fraction(1, 2), behind + self._half_length(behind)
        return value, behind

    def _spoken(self, at: int) -> tuple[Fraction | None, int]:
        small, length = self._phrase(self.lexicon.small, at)
        if small is None and self.lexicon.fused:
            small, length = self.lexicon.fused_value(self._word(at)), 1
        if small is None and self._word(at) in self.lexicon.hundred:
            small, length = 100, 1
        return (None, at) if small is None else (Fraction(small), at + length)

    def _added(self, value: Fraction, at: int) -> tuple[Fraction, int]:
        """With the smaller numbers behind: hundreds, tens, units."""
        while value < 1000:
            if self._word(at) in self.lexicon.hundred and 0 < value < 20 and value != 10:
                value, at = value * 100, at + 1
                continue
            more, behind = self._smaller(value, at)
            if not more:
                break
            value, at = value + more, behind
        return value, at

    def _smaller(self, value: Fraction, at: int) -> tuple[Fraction | None, int]:
        """The number behind ``value`` that is part of it, if there is one."""
        lexicon = self.lexicon
        has_joint = self._word(at) in lexicon.joint and (
            value % 100 == 0 or lexicon.joint_after == 10
        )
        begin = at + 1 if has_joint else at
        more, length = self._phrase(lexicon.small, begin)
        if more is None or not value:
            return None, at
        room = 100 if value % 100 == 0 else 20 if value % 100 in lexicon.wide else 10
        fits = 0 < more < room and value % 10 == 0 and value % 100 != 10
        if lexicon.is_unit_first and value % 100 < 10 and begin < len(self.run):
            fits = fits or (20 <= more < 100 and more % 10 == 0 and self.run[begin].is_joined)
        return (Fraction(more), begin + length) if fits else (None, at)

    def _unspoken(self, at: int) -> tuple[Fraction | None, int]:
        """One, in "a million" or "a third"; or a half, in "half" and "half a million"."""
        lexicon = self.lexicon
        word = self._word(at)
        if word in lexicon.halves:
            is_scaled = self._word(at + 1) in lexicon.articles and self._scale(at + 2)
            return Fraction(1, 2), at + (2 if is_scaled else 1)
        if word in lexicon.articles | lexicon.part_articles:
            return (Fraction(1), at + 1) if self._is_one(word, at + 1) else (None, at)
        is_one = word in lexicon.lone or word in lexicon.part_alone
        return (Fraction(1), at) if is_one else (None, at)

    def _is_one(self, article: str, at: int) -> bool:
        """Whether what follows an article makes a number of it."""
        part, length = self._phrase(self.lexicon.parts, at)
        if article not in self.lexicon.articles:
            return part is not None and length > 1
        following = self._word(at)
        return (
            bool(self._scale(at) or part)
            or following in self.lexicon.hundred
            or (self._phrase_in(self.lexicon.and_a_half, at + 1) > 1)
        )

    def _remainder(self, at: int, limit: int) -> tuple[Fraction, int]:
        """What follows a scale and is smaller: "two thousand and twelve"."""
        begin = at + 1 if self._word(at) in self.lexicon.joint else at
        if limit < 1000:
            return Fraction(0), at
        dual = self.lexicon.fixed.get(self._word(begin), Fraction(0))
        if 1000 <= dual < limit:
            return dual, begin + 1
        value, behind = self._spoken(begin)
        if value is None:
            return Fraction(0), at
        value, behind = self._added(value, behind)
        scale = self._scale(behind) or 1
        is_smaller = value < limit and (value * scale < limit or limit < scale)
        return (value, behind) if value and is_smaller else (Fraction(0), at)

    def _part(self, value: Fraction, at: int) -> tuple[Fraction | None, int]:
        """The part that ``value`` counts: two thirds, a quarter; not "half third", "six-formers"."""
        if value.denominator > 1 or not 0 < value < 100:
            return None, 0
        part, length = self._phrase(self.lexicon.parts, at)
        behind = self.run[at + length : at + length + 1]
        is_whole = not any(word.is_hyphenated for word in behind)
        return (Fraction(part), length) if part and is_whole else (None, 0)

    def _is_and_a_half(self, at: int) -> bool:
        return self._half_length(at) > 0

    def _half_length(self, at: int) -> int:
        """How many words "and a half" takes here."""
        if at < len(self.run) and self.run[at].is_joined:
            return int(self._word(at) in self.lexicon.halves)
        return self._phrase_in(self.lexicon.and_a_half, at)

    def _plural(self, value: Fraction) -> _Read:
        """Hundreds, or "tens of thousands"."""
        of, other = self._word(self.first + 1), self._word(self.first + 2)
        if of == "of" and other in self.lexicon.plurals:
            return self._number(value * self.lexicon.plurals[other], 3, kind="plural")
        return self._number(value, 1, kind="plural")

    def _phrase(
        self, phrases: Mapping[str, Fraction] | Mapping[str, int], at: int
    ) -> tuple[Fraction | int | None, int]:
        """The value of the longest of ``phrases`` here, and its number of words."""
        if at >= len(self.run):
            return None, 0
        for length in range(min(MAX_WORDS, len(self.run) - at), 0, -1):
            value = phrases.get(" ".join(word.text for word in self.run[at : at + length]))
            if value is not None:
                return value, length
        return None, 0

    def _phrase_in(self, phrases: frozenset[str], at: int) -> int:
        return self._phrase(dict.fromkeys(phrases, 1), at)[1] if phrases else 0

    def _scale(self, at: int) -> int:
        return self.lexicon.scales.get(self._word(at), 0)

    def _word(self, at: int) -> str:
        return self.run[at].text if at < len(self.run) else ""

    def _number(
        self,
        value: Fraction,
        length: int,
        *,
        kind: Kind = "cardinal",
        scale: int = 1,
        is_loose: bool = False,
    ) -> _Read:
        start, end = self.run[self.first].start, self.run[self.first + length - 1].end
        values = frozenset({value})
        return Numeral(start, end, values, kind, True, scale, is_loose), length
