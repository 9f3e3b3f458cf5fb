"""Known figures: the numbers that a claim may use, and from where."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import combinations

import regex

from newsqa.checks import ClaimContext
from newsqa.checks.calendar_dates import find_dates
from newsqa.checks.calendar_words import LANGUAGES, months
from newsqa.checks.clock_times import find_times
from newsqa.checks.implied_numbers import is_implied, is_no_number
from newsqa.checks.like_figures import follows, is_rounded
from newsqa.checks.listed import counts_of_listed
from newsqa.checks.partial_dates import PartialDate
from newsqa.checks.quantities import Quantity, find_quantities

MOST_YEARS = 8
"""In the evidence, up to which the time between two of them is looked at: of more, any comes about."""

_SCORE = regex.compile(r"(?<![\w\-–.,])(\d{1,3})[\-–](\d{1,3})(?![\w\-–]|[.,]\d)")
_ANOTHER = regex.compile(r"\b(?:again|another|also)\b", regex.IGNORECASE)
_WORD_BEFORE = regex.compile(r"(?<![\p{L}\d])[\p{L}\d.\-‐‑]+\s?$")


@dataclass(frozen=True)
class KnownFigures:
    """The numbers that a claim may use, by where it may have them from."""

    claim: str
    context: ClaimContext
    languages: frozenset[str]

    def figures_in(self, text: str) -> list[Quantity]:
        """The numbers in ``text``, without those of dates and times, which are another check's."""
        taken = self._dates_and_times(text)
        return [
            quantity
            for quantity in find_quantities(text, self.languages)
            if not any(
                start < quantity.numeral.end and quantity.start < end for start, end in taken
            )
        ]

    def _dates_and_times(self, text: str) -> list[tuple[int, int]]:
        if self.context.article.language_code not in LANGUAGES:
            return []
        dates = [(date.start, date.end) for date in find_dates(text, self.languages)]
        return dates + [(time.start, time.end) for time in find_times(text)]

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """Where numbers may come from."""
        article = self.context.article
        sentences = (sentence.text for sentence in self.context.sentences)
        return (*sentences, article.title or "", self.context.question)

    @cached_property
    def quantities(self) -> list[Quantity]:
        """The numbers named there."""
        return [quantity for text in self.texts for quantity in self.figures_in(text)]

    @cached_property
    def dates(self) -> list[PartialDate]:
        """The dates named there, and the day of publication."""
        published = self.context.published
        mentions = (m for text in self.texts for m in find_dates(text, self.languages))
        meant = [date for mention in mentions for date in mention.meant(published)]
        return [*meant, PartialDate(published.year)] if published else meant

    def _is_dated(self, figure: Quantity) -> bool:
        """Whether the number is the year of a date, or "the 16th" or "May six" its day."""
        if figure.has_unit:
            return False
        is_day = figure.kind == "ordinal" or self._follows_month(figure)
        numbers = {date.day if is_day else date.year for date in self.dates}
        return any(value in numbers for value in figure.numeral.values)

    def _follows_month(self, figure: Quantity) -> bool:
        before = self.claim[: figure.start].split()[-1:]
        return any(word.casefold() in months(code) for word in before for code in self.languages)

    def bears_out(self, figure: Quantity) -> bool:
        """Whether the number follows from the evidence, by any of the ways there are."""
        return (
            is_no_number(figure, self.claim)
            or self._is_there(figure)
            or self._is_dated(figure)
            or is_implied(figure, self.claim, self.context.evidence)
            or is_rounded(figure, self.claim, self.quantities)
            or self._is_named(figure)
            or self._is_count(figure)
            or self._is_in_a_row(figure)
            or self._is_between_years(figure)
        )

    def _is_there(self, figure: Quantity) -> bool:
        """Whether the evidence has the number; one of a score, together with the other."""
        if any(start <= figure.start < end for start, end in self.other_scores):
            return False
        return any(follows(figure, known) for known in self.quantities)

    @cached_property
    def other_scores(self) -> list[tuple[int, int]]:
        """Where the claim has a score, or a vote, that is none of those in the evidence."""
        scores = {frozenset(m.groups()) for text in self.texts for m in _SCORE.finditer(text)}
        said = _SCORE.finditer(self.claim) if scores else ()
        return [match.span() for match in said if frozenset(match.groups()) not in scores]

    def _is_named(self, figure: Quantity) -> bool:
        """Whether the number is part of a name that the article has anywhere: Flight 447, F-15."""
        if figure.has_unit and figure.kind != "label":
            return False
        begin = max(figure.numeral.start - 40, 0)
        before = _WORD_BEFORE.search(self.claim, begin, figure.numeral.start)
        if not before or (figure.kind != "label" and not before[0][0].isupper()):
            return False
        name = self.claim[before.start() : figure.numeral.end]
        article = self.context.article
        return bool(article.locate(name, loosest="case").candidates)

    def _is_count(self, figure: Quantity) -> bool:
        """Whether the number counts what the claim or the evidence lists."""
        if figure.kind != "cardinal" or figure.has_unit or self._is_contradicted(figure):
            return False
        return not figure.numeral.values.isdisjoint(self.counts)

    @cached_property
    def counts(self) -> frozenset[Fraction]:
        """How many things the claim and the cited sentences list."""
        texts = (self.claim, *self.texts[:-2])
        return frozenset(Fraction(count) for text in texts for count in counts_of_listed(text))

    def _is_in_a_row(self, figure: Quantity) -> bool:
        """Whether the evidence, which has no later one itself, has so many things or days in a row."""
        later = (q for q in self.quantities if q.kind == "ordinal" and max(q.numeral.values) > 1)
        if figure.kind != "ordinal" or any(later):
            return False
        rows = [len(set(self.dates)), *(count.numerator for count in self.counts)]
        row = max(*rows, 2 if _ANOTHER.search(self.context.evidence) else 0)
        return any(0 < value <= row for value in figure.numeral.values)

    def _is_between_years(self, figure: Quantity) -> bool:
        """Whether the number is of the years from one that is named to another."""
        if all(amount.dimension != "months" for amount in figure.amounts):
            return False
        known = {value for q in self.quantities if _may_be_year(q) for value in q.numeral.values}
        known |= {Fraction(date.year) for date in self.dates if date.year}
        between = {abs(first - last) * 12 for first, last in combinations(known, 2)}
        is_told = any(amount.value in between for amount in figure.amounts)
        return is_told and len(known) <= MOST_YEARS

    def _is_contradicted(self, figure: Quantity) -> bool:
        """Whether the evidence has another number of the same things."""
        return _thing_behind(self.claim, figure) in self.counted

    @cached_property
    def counted(self) -> frozenset[str]:
        """What the cited sentences have a number of."""
        things = {_thing_behind(t, known) for t in self.texts[:-2] for known in self.figures_in(t)}
        return frozenset(things - {""})


def _may_be_year(figure: Quantity) -> bool:
    return not figure.has_unit and any(1500 <= value < 2100 for value in figure.numeral.values)


def _thing_behind(text: str, figure: Quantity) -> str:
    """The beginning of the word behind a number."""
    word = regex.compile(r"\s+(\p{L}{3,})").match(text, figure.end)
    return word[1].casefold()[:5] if word else ""
