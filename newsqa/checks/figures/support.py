"""Known figures: the numbers that a claim may use, and the ways in which they follow."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, product

import regex

from newsqa.checks.figures.context import is_bare, is_pair, thing_behind, words_around
from newsqa.checks.figures.evidence import FigureEvidence
from newsqa.checks.figures.idioms import ANOTHER, is_implied, is_no_number
from newsqa.checks.figures.match import follows, has_unit_of, is_ratio
from newsqa.checks.figures.pronoun_one import is_pronoun_one
from newsqa.checks.figures.rounding import is_rounded, significant
from newsqa.languages.calendar import months
from newsqa.text.numbers import Quantity

MOST_YEARS = 8
"""In the evidence, up to which the time between two of them is looked at: of more, any comes about."""

_SPELLED_OUT = 2
"""Significant digits of the longest number that is written in letters where no lexicon is kept."""

_FUNCTION_WORD = 3
"""Letters up to which a word tells nothing of what is counted."""

_OF = regex.compile(r"\s(?:of|der|des|de\slos|de\slas)\s(?:the\s|all\s)?")
_YEAR_BEHIND = regex.compile(r"(?:In|Since|By|Im|Seit|En|Depuis|Desde|Nel|Dal|Em|Sinds)\s$")
"""A capital that a word has for opening a sentence tells no name: "In 2021"."""

_WORD_BEFORE = regex.compile(r"(?<![\p{L}\d])[\p{L}\d.\-‐‑]+\s?$")


@dataclass(frozen=True, slots=True)
class KnownFigures:
    """Tells whether a claim may use a number, by where it may have it from."""

    evidence: FigureEvidence

    @property
    def claim(self) -> str:
        """The words of the claim."""
        return self.evidence.claim

    def supports(self, figure: Quantity) -> bool:
        """Whether the number follows from the evidence, by any of the ways there are."""
        known = self.evidence
        return (
            self._is_no_number(figure)
            or self._is_there(figure)
            or self._is_time(figure)
            or self._is_dated(figure)
            or is_implied(figure, self.claim, known.context.evidence)
            or is_rounded(figure, self.claim, known.named, languages=known.languages)
            or self._is_named(figure)
            or self._is_count(figure)
            or self._is_in_a_row(figure)
            or self._has_unit_elsewhere(figure)
            or self._is_derived(figure)
        )

    def is_certain(self, figure: Quantity) -> bool:
        """Whether a number that is not borne out is certainly none of the evidence's."""
        if self._is_part_of_list(figure):
            return False
        if self.evidence.is_read or self._is_in_place_of_another(figure, behind=1):
            return True
        digits = {significant(value) for value in figure.numeral.values}
        known = {significant(v) for q in self.evidence.quantities for v in q.numeral.values}
        return digits.isdisjoint(known) and all(len(d) > _SPELLED_OUT for d in digits)

    def _is_no_number(self, figure: Quantity) -> bool:
        if is_no_number(self.claim, figure.start, figure.end):
            return True
        is_pronoun = is_pronoun_one(self.claim, figure.start, figure.end)
        return is_pronoun and not self._is_in_place_of_another(figure, behind=0)

    # where it stands ------------------------------------------------------------------------------

    def _is_there(self, figure: Quantity) -> bool:
        """Whether the evidence has the number; one of a score, together with the other."""
        known = self.evidence
        if any(start <= figure.start < end for start, end in known.other_scores):
            return False
        # Where dates are not read, the number may be the day of another one.
        if not known.has_calendar and self._is_in_place_of_another(figure, behind=1):
            return False
        if any(follows(figure, other) for other in (*known.quantities, *known.asked)):
            return True
        # Of what the sentences count otherwise, the title has the number of something else.
        is_titled = any(follows(figure, other) for other in known.titled)
        return is_titled and not self._is_contradicted(figure)

    def _is_in_place_of_another(self, figure: Quantity, *, behind: int) -> bool:
        """Whether the words around it are those around another number of a cited sentence."""
        ours = words_around(self.claim, figure, behind)
        if not any(len(word) > _FUNCTION_WORD for word in ours):
            return False
        there = [
            known
            for text, known in self.evidence.numbered
            if words_around(text, known, behind) == ours
        ]
        return bool(there) and not any(follows(figure, known) for known in there)

    def _is_contradicted(self, figure: Quantity) -> bool:
        """Whether the evidence has another number of the same things."""
        return thing_behind(self.claim, figure) in self.evidence.counted

    def _is_time(self, figure: Quantity) -> bool:
        """Whether the number is part of a time of day, written like a number, that is named there."""
        return any(
            time.start <= figure.start
            and figure.numeral.end <= time.end
            and not time.minutes.isdisjoint(self.evidence.minutes)
            for time in self.evidence.claimed_times
            if time.is_ambiguous
        )

    def _is_dated(self, figure: Quantity) -> bool:
        """Whether the number is the year of a date, or "the 16th" or "May six" its day."""
        if figure.has_unit or self._is_in_place_of_another(figure, behind=0):
            return False
        is_day = figure.kind == "ordinal" or self._follows_month(figure)
        numbers = {date.day if is_day else date.year for date in self.evidence.dates}
        return any(value in numbers for value in figure.numeral.values)

    def _follows_month(self, figure: Quantity) -> bool:
        before = self.claim[max(figure.start - 16, 0) : figure.start].split()[-1:]
        languages = self.evidence.languages
        return any(word.casefold() in months(code) for word in before for code in languages)

    def _is_named(self, figure: Quantity) -> bool:
        """Whether the number is part of a name that the article has anywhere: Flight 447, F-15."""
        if figure.has_unit and figure.kind != "label":
            return False
        begin = max(figure.numeral.start - 40, 0)
        before = _WORD_BEFORE.search(self.claim, begin, figure.numeral.start)
        if not before or (figure.kind != "label" and not before[0][0].isupper()):
            return False
        if _YEAR_BEHIND.match(before[0]):
            return False
        name = self.claim[before.start() : figure.numeral.end]
        article = self.evidence.context.article
        return bool(article.locate(name, loosest="case").candidates)

    def _has_unit_elsewhere(self, figure: Quantity) -> bool:
        """Whether one of two equal numbers stands bare, and its unit with another one beside it."""
        known = self.evidence
        if not figure.has_unit:
            return is_bare(self.claim, figure, known.languages) and any(
                _is_same_number(figure, other)
                and any(has_unit_of(ours, other) for ours in known.claimed)
                for other in known.quantities
                if other.has_unit
            )
        return any(
            _is_same_number(figure, bare)
            and any(has_unit_of(other, figure) for other in known.quantities)
            for bare in known.bare
        )

    # what is counted ------------------------------------------------------------------------------

    def _is_count(self, figure: Quantity) -> bool:
        """Whether the number counts what the claim or the evidence lists."""
        if figure.kind != "cardinal" or figure.has_unit or self._is_contradicted(figure):
            return False
        if is_pair(self.claim, figure, self.evidence.languages):
            return True
        return not figure.numeral.values.isdisjoint(self.evidence.counts)

    def _is_in_a_row(self, figure: Quantity) -> bool:
        """Whether the evidence, which has no later one itself, has so many things or days in a row."""
        known = self.evidence
        later = (q for q in known.named if q.kind == "ordinal" and max(q.numeral.values) > 1)
        if figure.kind != "ordinal" or any(later):
            return False
        rows = [len(set(known.dates)), *(count.numerator for count in known.counts)]
        row = max(*rows, 2 if ANOTHER.search(known.context.evidence) else 0)
        return any(0 < value <= row for value in figure.numeral.values)

    def _is_part_of_list(self, figure: Quantity) -> bool:
        """Whether it counts some of what is listed, as "two of the four": which, no rule can tell."""
        of = _OF.match(self.claim, figure.end)
        if not of:
            return False
        wholes = [q for q in self.evidence.claimed if q.start == of.end()]
        return any(
            value < whole and whole in self.evidence.counts
            for known in wholes
            for value, whole in product(figure.numeral.values, known.numeral.values)
        )

    # what is worked out ---------------------------------------------------------------------------

    def _is_derived(self, figure: Quantity) -> bool:
        """Whether it is so many of a hundred, or the time between two hours or years."""
        if any(is_ratio(figure, found) for found in self.evidence.cited):
            return True
        return self._is_between_times(figure) or self._is_between_years(figure)

    def _is_between_times(self, figure: Quantity) -> bool:
        minutes = self.evidence.minutes
        seconds = {a.value for a in figure.amounts if a.dimension == "time"}
        apart = {abs(a - b) * 60 for a, b in product(minutes, repeat=2)} - {0}
        return len(self.evidence.times) > 1 and not seconds.isdisjoint(apart)

    def _is_between_years(self, figure: Quantity) -> bool:
        """Whether the number is of the years from one that is named to another."""
        if all(amount.dimension != "months" for amount in figure.amounts):
            return False
        named = self.evidence.named
        known = {value for q in named if _may_be_year(q) for value in q.numeral.values}
        known |= {Fraction(date.year) for date in self.evidence.dates if date.year}
        between = {abs(first - last) * 12 for first, last in combinations(known, 2)}
        is_told = any(amount.value in between for amount in figure.amounts)
        return is_told and len(known) <= MOST_YEARS


def _is_same_number(figure: Quantity, other: Quantity) -> bool:
    return not figure.numeral.values.isdisjoint(other.numeral.values)


def _may_be_year(figure: Quantity) -> bool:
    return not figure.has_unit and any(1500 <= value < 2100 for value in figure.numeral.values)
