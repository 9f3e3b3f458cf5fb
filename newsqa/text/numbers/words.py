"""Numerals in words, in languages that write words apart: "one hundred and twenty"."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

import regex

from newsqa.languages.spelling import GAP, Word, words_in
from newsqa.text.numbers.units import Numeral, NumeralKind
from newsqa.text.numbers.vocabulary import Vocabulary, number_words

MAX_VALUE = 10**15
"""Largest number that a scale still multiplies: "million million million" is not a number."""

MAX_PHRASE_WORDS = 3
"""Words in the longest phrase of a vocabulary: "quatre-vingt" or "and a half"."""

_GAP = regex.compile(rf"{GAP}+")


def find_number_words(text: str, languages: frozenset[str]) -> Iterator[Numeral]:
    """Yield the numbers in words of ``text``, as each of ``languages`` reads them.

    >>> def read(text, code):
    ...     numerals = find_number_words(text, frozenset({code}))
    ...     return [(text[n.start : n.end], *map(str, n.values)) for n in numerals]
    >>> read("a hundred and twenty of one million, two hundred thousand", "en")
    [('a hundred and twenty', '120'), ('one million, two hundred thousand', '1200000')]
    >>> read("deux tiers des soixante et onze", "fr")
    [('deux tiers', '2/3'), ('soixante et onze', '71')]
    >>> read("nueve mil ochocientos quince millones", "es")
    [('nueve mil ochocientos quince millones', '9815000000')]
    """
    runs = list(_runs(text))
    for vocabulary in map(number_words, sorted(languages)):
        if vocabulary.small:
            numerals = [numeral for run in runs for numeral in _numerals_in(run, vocabulary)]
            yield from _join_at_commas(text, numerals) if vocabulary.rules.commas else numerals


def _numerals_in(run: list[Word], vocabulary: Vocabulary) -> Iterator[Numeral]:
    if vocabulary.rules.prefixes:
        run = _without_prefixes(run, vocabulary)
    at = 0
    while at < len(run):
        if run[at].text not in vocabulary.words and not vocabulary.rules.fused:
            at += 1
            continue
        numeral, length = _Reader(run, at, vocabulary).read()
        if numeral:
            yield numeral
        at += max(length, 1)


def _join_at_commas(text: str, numerals: list[Numeral]) -> Iterator[Numeral]:
    """Join what commas separate within one number: "one thousand, two hundred"."""
    whole: Numeral | None = None
    for numeral in numerals:
        if whole and text[whole.end : numeral.start] == ", " and _continues(numeral, whole):
            (value,), (rest,) = whole.values, numeral.values
            whole = replace(numeral, start=whole.start, values=frozenset({value + rest}))
            continue
        if whole:
            yield whole
        whole = numeral
    if whole:
        yield whole


def _continues(numeral: Numeral, whole: Numeral) -> bool:
    """Return whether ``numeral``, of at least three digits, completes one that ends with a scale."""
    (value,), (before,) = numeral.values, whole.values
    are_cardinal = numeral.kind == whole.kind == "cardinal"
    return are_cardinal and 100 <= value < whole.scale and before % whole.scale == 0


# Runs of words ------------------------------------------------------------------------------------


def _runs(text: str) -> Iterator[list[Word]]:
    """Yield the words of ``text`` in runs that have only spaces and hyphens between the words."""
    run: list[Word] = []
    for word in words_in(text):
        if run and not _GAP.fullmatch(text, run[-1].end, word.start):
            yield run
            run = []
        is_hyphenated = bool(run) and text[word.start - 1] in "-‐‑־"
        run.append(replace(word, is_hyphenated=True) if is_hyphenated else word)
    if run:
        yield run


def _without_prefixes(run: list[Word], vocabulary: Vocabulary) -> list[Word]:
    """Return the words as the vocabulary has them; a separate "and" becomes a prefix too."""
    joint = vocabulary.rules.joined
    words: list[Word] = []
    for at, word in enumerate(run):
        if word.text != joint:
            is_joined = at > 0 and run[at - 1].text == joint
            bare = _without_prefix(word, vocabulary)
            words.append(replace(bare, is_joined=True) if is_joined else bare)
    return words


def _without_prefix(word: Word, vocabulary: Vocabulary) -> Word:
    """Return the word without the "and", the article or the preposition written to it."""
    if word.text in vocabulary.words:
        return word
    rules = vocabulary.rules
    is_joined = word.text.startswith(rules.joined)
    rest = word.text.removeprefix(rules.joined)
    for prefix in ("", *rules.prefixes):
        bare = rest.removeprefix(prefix)
        if rest.startswith(prefix) and bare in vocabulary.words:
            is_definite = prefix in rules.definite
            return replace(word, text=bare, is_joined=is_joined, is_definite=is_definite)
    return word


# One number ---------------------------------------------------------------------------------------

_Result = tuple[Numeral | None, int]
"""A number, if there is one, and how many words were read."""


@dataclass(slots=True)
class _Reader:
    """Reads the number that begins with the word ``first`` of a run.

    Its methods take the index of a word and return a value with the index after it.
    """

    run: list[Word]
    first: int
    vocabulary: Vocabulary

    def read(self) -> _Result:
        """Return the number that begins here, if any, and how many words it has."""
        vocabulary = self.vocabulary
        ordinal, length = self._phrase(vocabulary.ordinals, self.first)
        if ordinal:
            return self._numeral(Fraction(ordinal), length, kind="ordinal")
        word = self._word(self.first)
        if word in vocabulary.plurals:
            return self._plural(vocabulary.plurals[word])
        numeral, length = self._cardinal()
        ambiguous, words = self._phrase(vocabulary.ambiguous, self.first)
        if ambiguous and (numeral is None or words > length):
            return self._numeral(Fraction(ambiguous), words, is_ambiguous=True)
        if numeral and self._may_be_other():
            numeral = replace(numeral, is_ambiguous=True)
        return numeral, length

    def _may_be_other(self) -> bool:
        """Return whether it may be an ordinal with its article, or the half of a number before."""
        word = self.run[self.first]
        return word.is_definite or (word.is_joined and word.text in self.vocabulary.halves)

    def _cardinal(self) -> _Result:
        value, at = self._group(self.first)
        if value is None:
            return None, 1
        part, length = self._part(value, at)
        if part:
            return self._numeral(value / part, at + length - self.first)
        is_one = at == self.first + 1 and value == 1 and self.vocabulary.is_one_ambiguous
        sections: list[tuple[int, Fraction]] = []
        last_scale = 1
        while value:
            factor, scale, at = self._factor(value, at)
            if factor > 1:
                # "mil noventa y ocho millones": the scale multiplies the thousand before it too.
                while sections and sections[-1][0] < scale:
                    value += sections.pop()[1]
                value = value * factor + (Fraction(scale, 2) if self._half_length(at) else 0)
                at += self._half_length(at)
                last_scale, is_one = scale, False
            # A dual such as أَلْفان, two thousand, is itself a scale; so is Swedish ettusen.
            limit = scale if factor > 1 or value < 1000 else max(int(value) // 2, 1000)
            sections.append((limit, value))
            value, at = self._remainder(at, limit)
        total = sum((section for _, section in sections), Fraction(0))
        length = at - self.first
        return self._numeral(total, length, scale=last_scale, is_ambiguous=is_one)

    def _factor(self, value: Fraction, at: int) -> tuple[int, int, int]:
        """Return the product of the scales here, the last of them, and the index after it."""
        factor, last = 1, 1
        while value * factor < MAX_VALUE and (scale := self._scale(at)):
            factor, last, at = factor * scale, scale, at + 1
        return factor, last, at

    def _group(self, at: int) -> tuple[Fraction | None, int]:
        """Read a number below a thousand, with "and a half", or what precedes a scale instead."""
        vocabulary, word = self.vocabulary, self._word(at)
        if word in vocabulary.before_half | vocabulary.before_quarter:
            value, after = self._group(at + 1)
            more = Fraction(1, 2 if word in vocabulary.before_half else 4)
            return (None, at) if value is None else (value + more, after)
        if word in vocabulary.fixed:
            return vocabulary.fixed[word], at + 1
        value, after = self._small(at)
        if value is None:
            value, after = self._implied(at)
            # An article before "hundred", or a half, takes nothing more than that.
            if value != 1 or self._word(after) not in vocabulary.hundred:
                return value, after
        value, after = self._added(value, after)
        half = self._half_length(after)
        return (value + Fraction(1, 2), after + half) if half else (value, after)

    def _small(self, at: int) -> tuple[Fraction | None, int]:
        """Read one entry of the vocabulary, a compound, or "hundred"."""
        vocabulary, word = self.vocabulary, self._word(at)
        small, length = self._phrase(vocabulary.small, at)
        if small is None and vocabulary.compounds:
            small, length = vocabulary.compound_value(word), 1
        if small is None and word in vocabulary.hundred:
            small, length = 100, 1
        return (None, at) if small is None else (Fraction(small), at + length)

    def _added(self, value: Fraction, at: int) -> tuple[Fraction, int]:
        """Add the smaller numbers that follow ``value``: hundreds, tens, units."""
        while value < 1000:
            if self._word(at) in self.vocabulary.hundred and 0 < value < 20 and value != 10:
                value, at = value * 100, at + 1
                continue
            more, after = self._smaller(value, at)
            if not more:
                break
            value, at = value + more, after
        return value, at

    def _smaller(self, value: Fraction, at: int) -> tuple[Fraction | None, int]:
        """Read the number after ``value`` that is part of the same number, if there is one."""
        rules = self.vocabulary.rules
        has_joint = self._word(at) in self.vocabulary.joint and (
            value % 100 == 0 or rules.joint_after == 10
        )
        begin = at + 1 if has_joint else at
        more, length = self._phrase(self.vocabulary.small, begin)
        if more is None or not value:
            return None, at
        limit = 100 if value % 100 == 0 else 20 if value % 100 in rules.wide else 10
        fits = 0 < more < limit and value % 10 == 0 and value % 100 != 10
        if rules.units_first and value % 100 < 10 and begin < len(self.run):
            fits = fits or (20 <= more < 100 and more % 10 == 0 and self.run[begin].is_joined)
        return (Fraction(more), begin + length) if fits else (None, at)

    def _implied(self, at: int) -> tuple[Fraction | None, int]:
        """Read the one of "a million" or "a third", or the half of "half" or "half a million"."""
        vocabulary, word = self.vocabulary, self._word(at)
        if word in vocabulary.halves:
            is_scaled = self._word(at + 1) in vocabulary.articles and self._scale(at + 2)
            return Fraction(1, 2), at + (2 if is_scaled else 1)
        if word in vocabulary.articles | vocabulary.part_articles:
            return (Fraction(1), at + 1) if self._is_one(word, at + 1) else (None, at)
        is_one = word in vocabulary.lone or word in vocabulary.part_alone
        return (Fraction(1), at) if is_one else (None, at)

    def _is_one(self, article: str, at: int) -> bool:
        """Return whether the words after an article make it a number."""
        vocabulary = self.vocabulary
        part, length = self._phrase(vocabulary.parts, at)
        if article not in vocabulary.articles:
            return part is not None and length > 1
        return (
            bool(self._scale(at) or part)
            or self._word(at) in vocabulary.hundred
            or self._phrase_length(vocabulary.and_a_half, at + 1) > 1
        )

    def _remainder(self, at: int, limit: int) -> tuple[Fraction, int]:
        """Read what follows a scale and is smaller: the 12 of "two thousand and twelve"."""
        if limit < 1000:
            return Fraction(0), at
        begin = at + 1 if self._word(at) in self.vocabulary.joint else at
        dual = self.vocabulary.fixed.get(self._word(begin), Fraction(0))
        if 1000 <= dual < limit:
            return dual, begin + 1
        value, after = self._small(begin)
        if value is None:
            return Fraction(0), at
        value, after = self._added(value, after)
        scale = self._scale(after) or 1
        fits = 0 < value < limit and (value * scale < limit or limit < scale)
        return (value, after) if fits else (Fraction(0), at)

    def _part(self, value: Fraction, at: int) -> tuple[Fraction | None, int]:
        """Return the denominator that ``value`` counts, as in "two thirds", and its length.

        There is none in "half third", and none in "eleven sixth-formers".
        """
        if value.denominator > 1 or not 0 < value < 100:
            return None, 0
        part, length = self._phrase(self.vocabulary.parts, at)
        following = self.run[at + length : at + length + 1]
        is_whole = not any(word.is_hyphenated for word in following)
        return (Fraction(part), length) if part and is_whole else (None, 0)

    def _half_length(self, at: int) -> int:
        """Return how many words "and a half" has here; 0 if it is not here."""
        if at < len(self.run) and self.run[at].is_joined:
            return int(self._word(at) in self.vocabulary.halves)
        return self._phrase_length(self.vocabulary.and_a_half, at)

    def _plural(self, value: Fraction) -> _Result:
        """Read "hundreds", or "tens of thousands"."""
        plurals = self.vocabulary.plurals
        of, other = self._word(self.first + 1), self._word(self.first + 2)
        if of == "of" and other in plurals:
            return self._numeral(value * plurals[other], 3, kind="plural")
        return self._numeral(value, 1, kind="plural")

    def _phrase(
        self, phrases: Mapping[str, Fraction] | Mapping[str, int], at: int
    ) -> tuple[Fraction | int | None, int]:
        """Return the value of the longest of ``phrases`` here, and its number of words."""
        for length in range(min(MAX_PHRASE_WORDS, len(self.run) - at), 0, -1):
            value = phrases.get(" ".join(word.text for word in self.run[at : at + length]))
            if value is not None:
                return value, length
        return None, 0

    def _phrase_length(self, phrases: Collection[str], at: int) -> int:
        return self._phrase(dict.fromkeys(phrases, 1), at)[1] if phrases else 0

    def _scale(self, at: int) -> int:
        return self.vocabulary.scales.get(self._word(at), 0)

    def _word(self, at: int) -> str:
        return self.run[at].text if at < len(self.run) else ""

    def _numeral(
        self,
        value: Fraction,
        length: int,
        *,
        kind: NumeralKind = "cardinal",
        scale: int = 1,
        is_ambiguous: bool = False,
    ) -> _Result:
        start, end = self.run[self.first].start, self.run[self.first + length - 1].end
        return Numeral(start, end, frozenset({value}), kind, scale, is_ambiguous), length
