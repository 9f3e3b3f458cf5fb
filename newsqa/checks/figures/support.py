"""Supported figures: the numbers that a claim may use, and the ways in which they follow."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, product

import regex

from newsqa.checks.figures.context import (
    is_bare,
    is_idiom,
    is_implied,
    is_pair,
    is_pronoun_one,
    noun_after,
    says_again,
    words_around,
)
from newsqa.checks.figures.evidence import FigureEvidence
from newsqa.checks.figures.match import has_unit_of, is_ratio, is_rounded, matches, significant
from newsqa.languages import language
from newsqa.languages.spelling import by_small_form, small
from newsqa.text.numbers import Quantity

MAX_YEARS = 8
"""Years in the evidence up to which the time between two of them is looked at: with more, some pair
would match any number by chance."""

MAX_SPELLED_DIGITS = 2
"""Significant digits of the longest number that is written in letters."""

MAX_FUNCTION_WORD_LETTERS = 3
"""Letters of the longest word that shows nothing about what is counted."""

_OF = regex.compile(r"\s(?:of|der|des|de\slos|de\slas)\s(?:the\s|all\s)?")
_BEFORE_YEAR = regex.compile(r"(?:In|Since|By|Im|Seit|En|Depuis|Desde|Nel|Dal|Em|Sinds)\s$")
"""A word that is capitalised because it opens the sentence, and not as a name: "In 2021"."""

_WORD_BEFORE = regex.compile(r"(?<![\p{L}\d])[\p{L}\d.\-‐‑]+\s?$")


@dataclass(frozen=True, slots=True)
class FigureSupport:
    """Decides whether the evidence supports a number of the claim."""

    evidence: FigureEvidence

    @property
    def _claim(self) -> str:
        return self.evidence.claim

    def supports(self, figure: Quantity) -> bool:
        """Return whether the number follows from the evidence in any way."""
        evidence = self.evidence
        return (
            self._counts_nothing(figure)
            or self._is_in_evidence(figure)
            or self._is_time(figure)
            or self._is_in_date(figure)
            or is_implied(figure, self._claim, evidence.context.evidence)
            or is_rounded(figure, self._claim, evidence.all_numbers, languages=evidence.languages)
            or self._is_in_name(figure)
            or self._is_list_count(figure)
            or self._is_position(figure)
            or self._has_unit_elsewhere(figure)
            or self._is_derived(figure)
        )

    def contradicts(self, figure: Quantity) -> bool:
        """Return whether a number without support is certainly not the evidence's.

        If number words are not read, a short number may be there in letters.
        """
        if self._is_part_of_list(figure):
            return False
        if self.evidence.reads_number_words or self._replaces_another(figure, count_after=1):
            return True
        digits = {significant(value) for value in figure.numeral.values}
        known = {significant(v) for q in self.evidence.numbers for v in q.numeral.values}
        return digits.isdisjoint(known) and all(len(d) > MAX_SPELLED_DIGITS for d in digits)

    def _counts_nothing(self, figure: Quantity) -> bool:
        if is_idiom(self._claim, figure.start, figure.end):
            return True
        is_pronoun = is_pronoun_one(self._claim, figure.start, figure.end)
        return is_pronoun and not self._replaces_another(figure, count_after=0)

    # in the evidence ------------------------------------------------------------------------------

    def _is_in_evidence(self, figure: Quantity) -> bool:
        """Return whether the evidence has the number; one of a score only with the other one."""
        evidence = self.evidence
        if any(start <= figure.start < end for start, end in evidence.unknown_scores):
            return False
        # If dates are not read, the number may be the day of another one. Without spaces, the words
        # around a number are whole clauses, which are not equal by chance.
        is_spaced = language(evidence.context.article.language_code).has_spaces
        may_be_moved = not (evidence.leaves_dates and is_spaced)
        if may_be_moved and self._replaces_another(figure, count_after=1):
            return False
        known = (*evidence.numbers, *evidence.question_numbers)
        if any(matches(figure, number) for number in known):
            return True
        # A number of the title counts something else if the sentences count the noun otherwise.
        is_in_title = any(matches(figure, number) for number in evidence.title_numbers)
        return is_in_title and not self._is_counted_otherwise(figure)

    def _replaces_another(self, figure: Quantity, *, count_after: int) -> bool:
        """Return whether a cited sentence has another number between the same words."""
        words = words_around(self._claim, figure, count_after)
        if not any(len(word) > MAX_FUNCTION_WORD_LETTERS for word in words):
            return False
        numbers = [
            number
            for text, number in self.evidence.cited_numbers
            if words_around(text, number, count_after) == words
        ]
        return bool(numbers) and not any(matches(figure, number) for number in numbers)

    def _is_counted_otherwise(self, figure: Quantity) -> bool:
        return noun_after(self._claim, figure) in self.evidence.counted_nouns

    def _is_time(self, figure: Quantity) -> bool:
        """Return whether the number is in a time of day written like a number, which is known."""
        return any(
            time.start <= figure.start
            and figure.numeral.end <= time.end
            and not time.minutes.isdisjoint(self.evidence.minutes)
            for time in self.evidence.claim_times
            if time.is_ambiguous
        )

    def _is_in_date(self, figure: Quantity) -> bool:
        """Return whether the number is the year of a known date, or its day: "the 16th", "May six"."""
        if figure.has_unit or self._replaces_another(figure, count_after=0):
            return False
        is_day = figure.kind == "ordinal" or self._follows_month(figure)
        numbers = {date.day if is_day else date.year for date in self.evidence.dates}
        return any(value in numbers for value in figure.numeral.values)

    def _follows_month(self, figure: Quantity) -> bool:
        before = self._claim[max(figure.start - 16, 0) : figure.start].split()[-1:]
        languages = self.evidence.languages
        return any(
            small(word) in by_small_form(language(code).calendar.months)
            for word in before
            for code in languages
        )

    def _is_in_name(self, figure: Quantity) -> bool:
        """Return whether the number is part of a name that the article has: Flight 447, F-15."""
        if figure.has_unit and figure.kind != "label":
            return False
        start = max(figure.numeral.start - 40, 0)
        before = _WORD_BEFORE.search(self._claim, start, figure.numeral.start)
        if not before or (figure.kind != "label" and not before[0][0].isupper()):
            return False
        if _BEFORE_YEAR.match(before[0]):
            return False
        name = self._claim[before.start() : figure.numeral.end]
        article = self.evidence.context.article
        return bool(article.locate(name, loosest="case").candidates)

    def _has_unit_elsewhere(self, figure: Quantity) -> bool:
        """Return whether one of two equal numbers has no unit, and a number beside it has the unit."""
        evidence = self.evidence
        if not figure.has_unit:
            return is_bare(self._claim, figure, evidence.languages) and any(
                _is_same_number(figure, number)
                and any(has_unit_of(claimed, number) for claimed in evidence.claim_numbers)
                for number in evidence.numbers
                if number.has_unit
            )
        return any(
            _is_same_number(figure, unitless)
            and any(has_unit_of(number, figure) for number in evidence.numbers)
            for unitless in evidence.unitless_numbers
        )

    # lists ----------------------------------------------------------------------------------------

    def _is_list_count(self, figure: Quantity) -> bool:
        """Return whether the number counts what the claim or the evidence lists."""
        if figure.kind != "cardinal" or figure.has_unit or self._is_counted_otherwise(figure):
            return False
        if is_pair(self._claim, figure, self.evidence.languages):
            return True
        return not figure.numeral.values.isdisjoint(self.evidence.list_counts)

    def _is_position(self, figure: Quantity) -> bool:
        """Return whether the number is a position in a list or a series of days in the evidence.

        The evidence must not have an ordinal number itself, but for the first.
        """
        evidence = self.evidence
        ordinals = (q for q in evidence.all_numbers if q.kind == "ordinal")
        if figure.kind != "ordinal" or any(max(q.numeral.values) > 1 for q in ordinals):
            return False
        lengths = [len(set(evidence.dates)), *(count.numerator for count in evidence.list_counts)]
        longest = max(*lengths, 2 if says_again(evidence.context.evidence) else 0)
        return any(0 < value <= longest for value in figure.numeral.values)

    def _is_part_of_list(self, figure: Quantity) -> bool:
        """Return whether it counts some of what is listed, as "two of the four": which is unknown."""
        of = _OF.match(self._claim, figure.end)
        if not of:
            return False
        wholes = [q for q in self.evidence.claim_numbers if q.start == of.end()]
        return any(
            value < whole and whole in self.evidence.list_counts
            for number in wholes
            for value, whole in product(figure.numeral.values, number.numeral.values)
        )

    # derived --------------------------------------------------------------------------------------

    def _is_derived(self, figure: Quantity) -> bool:
        """Return whether it is a part of a hundred, or the time between two hours or years."""
        if any(is_ratio(figure, numbers) for numbers in self.evidence.numbers_by_sentence):
            return True
        return self._is_between_times(figure) or self._is_between_years(figure)

    def _is_between_times(self, figure: Quantity) -> bool:
        minutes = self.evidence.minutes
        seconds = {a.value for a in figure.amounts if a.dimension == "time"}
        distances = {abs(a - b) * 60 for a, b in product(minutes, repeat=2)} - {0}
        return len(self.evidence.times) > 1 and not seconds.isdisjoint(distances)

    def _is_between_years(self, figure: Quantity) -> bool:
        """Return whether the number is of the years from one year of the evidence to another."""
        if all(amount.dimension != "months" for amount in figure.amounts):
            return False
        numbers = self.evidence.all_numbers
        years = {value for q in numbers if _may_be_year(q) for value in q.numeral.values}
        years |= {Fraction(date.year) for date in self.evidence.dates if date.year}
        months_between = {abs(first - last) * 12 for first, last in combinations(years, 2)}
        is_between = any(amount.value in months_between for amount in figure.amounts)
        return is_between and len(years) <= MAX_YEARS


def _is_same_number(figure: Quantity, other: Quantity) -> bool:
    return not figure.numeral.values.isdisjoint(other.numeral.values)


def _may_be_year(figure: Quantity) -> bool:
    return not figure.has_unit and any(1500 <= value < 2100 for value in figure.numeral.values)
