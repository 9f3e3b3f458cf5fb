"""Evidence of figures: whether the cited sentences and the title have a number, and in which form."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache, cached_property, lru_cache

import regex

from newsqa.checks.derived import Derived, derive
from newsqa.checks.figure_numbers import FigureNumbers
from newsqa.checks.matching import (
    dimensions_of,
    has_unit_of,
    have_common_dimension,
    is_idiom,
    is_implied,
    is_rounded,
    matches,
    significant,
    tolerance_of,
)
from newsqa.languages import language as language_of
from newsqa.languages.spelling import by_small_form, small, words_in
from newsqa.text.numbers import Amount, Quantity

MAX_SPELLED_DIGITS = 2
"""Significant digits of the longest number that is written in letters."""

MAX_ROUNDING = Fraction(1, 20)
"""Share of a number by which a rounder form may differ from it."""

MAX_COUNTED = 12
"""The largest number that a reader is likely to have counted."""

MAX_FUNCTION_WORD_LETTERS = 3
"""Letters of the longest word that shows nothing about what is counted."""

_CAPTION = regex.compile(r"(?:\bin\s+|[€$£]\s?)(thousand|million|billion)s?\b", regex.IGNORECASE)
_SCALES = {"thousand": 10**3, "million": 10**6, "billion": 10**9}
_SCORE = regex.compile(r"(?<![\w\-–.,])(\d{1,3})[\-–](\d{1,3})(?![\w\-–]|[.,]\d)")
_LAST_YEAR = regex.compile(r"\b(?:last|previous|past|ago|earlier)\b", regex.IGNORECASE)
_NEXT_YEAR = regex.compile(r"\b(?:next|coming|following)\b", regex.IGNORECASE)
_BEFORE_YEAR = regex.compile(r"(?:In|Since|By|Im|Seit|En|Depuis|Desde|Nel|Dal|Em|Sinds)\s$")
"""A word that is capitalised because it opens the sentence, and not as a name: "In 2021"."""

_WORD_BEFORE = regex.compile(r"(?<![\p{L}\d])[\p{L}\d.\-‐‑]+\s?$")
_NEXT_WORD = regex.compile(r"\s+(\p{L}+)")


def _divided(figure: Quantity, scale: int) -> Quantity:
    """Return a figure as it is written in a table whose caption has its scale and unit."""
    values = frozenset(value / scale for value in figure.numeral.values)
    amounts = frozenset(Amount(value) for value in values)
    return replace(figure, amounts=amounts, numeral=replace(figure.numeral, values=values))


@cache
def _singulars() -> dict[str, str]:
    others = language_of("en").irregular.others
    return {form: base for base, forms in others.items() for form in forms}


def _noun_after(text: str, figure: Quantity) -> str:
    """Return the beginning of the word after a number, which is mostly what it counts."""
    word = _NEXT_WORD.match(text, figure.end)
    noun = word[1].casefold() if word else ""
    return _singulars().get(noun, noun)[:5].removesuffix("s")


def _words_around(text: str, figure: Quantity, count_after: int) -> tuple[str, ...]:
    """Return two words around a number, ``count_after`` of them after it; none at an edge."""
    before, after = _words_beside_span(text, figure.start, figure.numeral.end)
    wanted = 2 - count_after
    if len(before) < wanted or len(after) < count_after:
        return ()
    return before[-wanted:] + after[:count_after]


@lru_cache(maxsize=1_000)
def _words_beside_span(text: str, start: int, end: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the words in the 40 characters before and after a span."""
    before = tuple(word.text for word in words_in(text, max(start - 40, 0), start))
    return before, tuple(word.text for word in words_in(text, end, end + 40))


@dataclass(frozen=True)
class FigureEvidence(FigureNumbers):
    """Compares a claim's numbers with those of the cited sentences and the title."""

    def derive(self, figure: Quantity, *, needs_word: bool) -> Derived | None:
        """Return how a figure follows; equal figures of one claim follow in the same way."""
        tolerance = tolerance_of(self.claim, figure.start, self.languages)
        key = (figure.amounts, figure.kind, needs_word, tolerance)
        if key not in self._derived:
            derived = derive(figure, self.claim, self.operands, needs_word=needs_word)
            if not derived and self._scale:
                scaled = _divided(figure, self._scale)
                derived = derive(scaled, self.claim, self.operands, needs_word=needs_word)
            self._derived[key] = derived
        return self._derived[key]

    @cached_property
    def _derived(self) -> dict[Hashable, Derived | None]:
        return {}

    # what follows ---------------------------------------------------------------------------------

    def supports(self, figure: Quantity) -> bool:
        """Return whether the evidence has the number, in any notation."""
        return (
            is_idiom(self.claim, figure.start, figure.end)
            or self._is_pronoun_one(figure)
            or self._is_in_evidence(figure)
            or is_implied(figure, self.claim, self.context.evidence)
            or self._is_in_date(figure)
            or is_rounded(figure, self.claim, self.numbers, languages=self.languages)
            or self._is_time(figure)
            or self._is_in_name(figure)
            or self._is_position(figure)
            or self._has_unit_elsewhere(figure)
        )

    def _is_pronoun_one(self, figure: Quantity) -> bool:
        """Return whether it is the word "one", and the evidence has no number of the same."""
        noun = _noun_after(self.claim, figure)
        is_counted = noun and noun in {_noun_after(n.sentence, n.quantity) for n in self.cited}
        is_one = self.claim[figure.start : figure.end].casefold() == "one"
        return is_one and not is_counted and not self.replaces_another(figure, count_after=0)

    def _is_in_evidence(self, figure: Quantity) -> bool:
        # If dates are not read, the number may be the day of another one. Without spaces, the words
        # around a number are whole clauses, which are not equal by chance.
        if self._scale and any(
            v / self._scale in self._plain_values for v in figure.numeral.values
        ):
            return True
        is_spaced = language_of(self.context.article.language_code).has_spaces
        may_be_moved = not (self.leaves_dates and is_spaced)
        if may_be_moved and self.replaces_another(figure, count_after=1):
            return False
        if any(start <= figure.start < end for start, end in self._unknown_scores):
            return False
        return any(matches(figure, number) for number in self.numbers)

    @cached_property
    def _unknown_scores(self) -> list[tuple[int, int]]:
        """The spans of the claim's scores and votes, if the evidence has others and not these."""
        texts = self.context.parts if _SCORE.search(self.claim) else ()
        known = {frozenset(m.groups()) for text in texts for m in _SCORE.finditer(text.text)}
        matches = _SCORE.finditer(self.claim) if known else ()
        return [match.span() for match in matches if frozenset(match.groups()) not in known]

    @cached_property
    def _scale(self) -> int:
        """What the caption of a table multiplies its numbers by: "in millions of dollars"."""
        caption = _CAPTION.search(self.context.evidence) or _CAPTION.search(self.context.title)
        return _SCALES[caption[1].casefold()] if caption else 0

    @cached_property
    def _plain_values(self) -> set[Fraction]:
        return {v for n in self.cited if not n.quantity.has_unit for v in n.quantity.numeral.values}

    def has_value(self, figure: Quantity) -> bool:
        """Return whether the evidence has the number with another unit or sign."""
        return any(not figure.numeral.values.isdisjoint(q.numeral.values) for q in self.numbers)

    def is_rounding(self, figure: Quantity) -> bool:
        """Return whether it is a rounder form of a number, though the claim does not say so."""
        return any(
            abs(ours.value - theirs.value) <= MAX_ROUNDING * abs(theirs.value)
            and len(significant(ours.value)) < len(significant(theirs.value))
            for number in self.numbers
            for ours in figure.amounts
            for theirs in number.amounts
            if ours.dimension == theirs.dimension
        )

    def may_count(self, figure: Quantity) -> bool:
        """Return whether it may count, or put in order, what the evidence has no number of."""
        if figure.has_unit or any(value > MAX_COUNTED for value in figure.numeral.values):
            return False
        if figure.kind == "ordinal":
            return not any(number.kind == "ordinal" for number in self.numbers)
        noun = _noun_after(self.claim, figure)
        return not noun or noun not in {_noun_after(n.sentence, n.quantity) for n in self.cited}

    def is_certainly_absent(self, figure: Quantity) -> bool:
        """Return whether the evidence cannot have the number in letters that are not read."""
        if self.reads_number_words:
            return True
        digits = {significant(value) for value in figure.numeral.values}
        known = {significant(v) for n in self.cited for v in n.quantity.numeral.values}
        return digits.isdisjoint(known) and all(len(d) > MAX_SPELLED_DIGITS for d in digits)

    def replaces_surely(self, figure: Quantity) -> bool:
        """Return whether it is between the same words, or after the same two words with content."""
        before = _words_around(self.claim, figure, 0)
        shown = [
            w for w in before if len(w) > MAX_FUNCTION_WORD_LETTERS and w not in self.empty_words
        ]
        return self.replaces_another(figure, count_after=1) or (
            len(shown) > 1 and self.replaces_another(figure, count_after=0)
        )

    def replaces_another(self, figure: Quantity, *, count_after: int) -> bool:
        """Return whether a cited sentence has another number between the same words."""
        words = _words_around(self.claim, figure, count_after)
        shown = (
            w for w in words if len(w) > MAX_FUNCTION_WORD_LETTERS and w not in self.empty_words
        )
        if not any(shown):
            return False
        numbers = [
            number.quantity
            for number in self.cited
            if _words_around(number.sentence, number.quantity, count_after) == words
            if have_common_dimension(figure, number.quantity)
        ]
        return bool(numbers) and not any(matches(figure, number) for number in numbers)

    def _is_in_date(self, figure: Quantity) -> bool:
        """Return whether the number is the year of a known date, or its day: "the 16th", "May six"."""
        if any(
            a.value in self._offsets for a in figure.amounts if a.dimension in ("months", "time")
        ):
            return True
        if figure.has_unit or self.replaces_another(figure, count_after=0):
            return False
        published, values = self.context.published, figure.numeral.values
        if figure.kind == "ordinal" or self._follows_month(figure):
            return any(value in {date.day for date in self._dates} for value in values)
        numbers = {date.year for date in self._dates}
        if published:
            evidence = self.context.evidence
            near = (_LAST_YEAR.search(evidence), True, _NEXT_YEAR.search(evidence))
            numbers |= {published.year + n - 1 for n, found in enumerate(near) if found}
        return any(value in numbers for value in values)

    def _follows_month(self, figure: Quantity) -> bool:
        before = self.claim[max(figure.start - 16, 0) : figure.start].split()[-1:]
        return any(
            small(word) in by_small_form(language_of(code).calendar.months)
            for word in before
            for code in self.languages
        )

    def _is_position(self, figure: Quantity) -> bool:
        """Return whether it is a position in a series of days: "the first strike is on 16 May"."""
        named = {(date.month, date.day) for date in self._dates if date.day}
        return figure.kind == "ordinal" and any(0 < v <= len(named) for v in figure.numeral.values)

    def _is_time(self, figure: Quantity) -> bool:
        """Return whether the number is in a time of day written like a number, which is known."""
        return any(
            time.start <= figure.start
            and figure.numeral.end <= time.end
            and not time.minutes.isdisjoint(self._minutes)
            for time in self._claim_times
            if time.is_ambiguous
        )

    def _is_in_name(self, figure: Quantity) -> bool:
        """Return whether the number is part of a name that the article has: Flight 447, F-15."""
        start = max(figure.numeral.start - 40, 0)
        before = _WORD_BEFORE.search(self.claim, start, figure.numeral.start)
        if not before or (figure.kind != "label" and not before[0][0].isupper()):
            return False
        if _BEFORE_YEAR.match(before[0]) or (figure.has_unit and figure.kind != "label"):
            return False
        name = self.claim[before.start() : figure.numeral.end]
        return bool(self.context.article.locate(name, loosest="case").candidates)

    def _has_unit_elsewhere(self, figure: Quantity) -> bool:
        """Return whether one of two equal numbers has no unit, and a number beside it has the unit."""
        same = [q for q in self.numbers if not figure.numeral.values.isdisjoint(q.numeral.values)]
        if not figure.has_unit:
            return any(not self._claimed_units.isdisjoint(dimensions_of(q)) for q in same)
        return (
            bool(same)
            and not any(q.has_unit for q in same)
            and any(has_unit_of(number, figure) for number in self.numbers)
        )

    @cached_property
    def _claimed_units(self) -> set[str]:
        return set().union(*map(dimensions_of, self.claim_numbers)) - {""}
