"""The numbers, times and dates that a claim names, and those that its evidence names."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

import regex

from newsqa.checks import ClaimContext
from newsqa.checks.claim_language import are_number_words_read, languages_of
from newsqa.checks.figures.context import counts_of_listed, is_bare, noun_after, totals_of_listed
from newsqa.languages import language as language_of
from newsqa.text.analysis import AnalyzedText
from newsqa.text.dates import ClockTime
from newsqa.text.dates.partial import PartialDate
from newsqa.text.numbers import Quantity

_SCORE = regex.compile(r"(?<![\w\-–.,])(\d{1,3})[\-–](\d{1,3})(?![\w\-–]|[.,]\d)")


@dataclass(frozen=True)
class FigureEvidence:
    """A claim's numbers beside those of the cited sentences, the title and the question."""

    claim: str
    context: ClaimContext

    @cached_property
    def languages(self) -> frozenset[str]:
        """The languages in which the numbers may be written."""
        return languages_of(self.claim, self.context.article)

    @cached_property
    def reads_number_words(self) -> bool:
        """True if the numbers that the article writes in letters can be read."""
        return are_number_words_read(self.context.article)

    @property
    def leaves_dates(self) -> bool:
        """True if dates and times are left to another check."""
        return language_of(self.context.article.language_code).reads_dates

    # numbers, without those of dates and times ----------------------------------------------------

    def _numbers_in(self, text: AnalyzedText) -> list[Quantity]:
        taken = self._spans_of_dates(text)
        return [
            quantity
            for quantity in text.quantities(self.languages)
            if not any(
                start < quantity.numeral.end and quantity.start < end for start, end in taken
            )
        ]

    def _spans_of_dates(self, text: AnalyzedText) -> list[tuple[int, int]]:
        times = text.times(self.languages)
        spans = [(time.start, time.end) for time in times if not time.is_ambiguous]
        if self.leaves_dates:
            spans += [(date.start, date.end) for date in text.dates(self.languages)]
        return spans

    @cached_property
    def claim_numbers(self) -> list[Quantity]:
        """The numbers of the claim."""
        return self._numbers_in(self.context.analyze(self.claim))

    @cached_property
    def numbers_by_sentence(self) -> list[list[Quantity]]:
        """The numbers of each cited sentence."""
        return [self._numbers_in(sentence) for sentence in self.context.parts[:-2]]

    @cached_property
    def cited_numbers(self) -> list[tuple[str, Quantity]]:
        """The numbers of the cited sentences, each with its sentence."""
        pairs = zip(self.context.parts, self.numbers_by_sentence, strict=False)
        return [(sentence.text, number) for sentence, numbers in pairs for number in numbers]

    @cached_property
    def numbers(self) -> list[Quantity]:
        """The numbers of the cited sentences."""
        return [number for _, number in self.cited_numbers]

    @cached_property
    def title_numbers(self) -> list[Quantity]:
        """The numbers of the title."""
        return self._numbers_in(self.context.parts[-2])

    @cached_property
    def question_numbers(self) -> list[Quantity]:
        """The numbers of the question."""
        return self._numbers_in(self.context.parts[-1])

    @cached_property
    def all_numbers(self) -> list[Quantity]:
        """The numbers of the cited sentences, the title and the question."""
        return [*self.numbers, *self.title_numbers, *self.question_numbers]

    @cached_property
    def unitless_numbers(self) -> list[Quantity]:
        """The numbers of the cited sentences with neither a unit nor a noun after them."""
        return [
            number
            for text, number in self.cited_numbers
            if not number.has_unit and is_bare(text, number, self.languages)
        ]

    @cached_property
    def counted_nouns(self) -> frozenset[str]:
        """The beginnings of the nouns that the cited sentences have a number of."""
        return frozenset({noun_after(text, number) for text, number in self.cited_numbers} - {""})

    @cached_property
    def list_counts(self) -> frozenset[Fraction]:
        """How many things the lists of the claim and of the cited sentences have."""
        texts = (self.claim, *(sentence.text for sentence in self.context.parts[:-2]))
        pairs = zip(texts, (self.claim_numbers, *self.numbers_by_sentence), strict=True)
        totals = (_totals(text, numbers) for text, numbers in pairs)
        counts = {Fraction(count) for text in texts for count in counts_of_listed(text)}
        return frozenset(counts.union(*totals))

    # dates and times ------------------------------------------------------------------------------

    @cached_property
    def dates(self) -> list[PartialDate]:
        """The dates that the evidence names, and the year of publication."""
        published = self.context.published
        mentions = (m for text in self.context.parts for m in text.dates(self.languages))
        dates = [date for mention in mentions for date in mention.resolve(published)]
        return [*dates, PartialDate(published.year)] if published else dates

    @cached_property
    def times(self) -> list[ClockTime]:
        """The times of day that the evidence names."""
        return [time for text in self.context.parts for time in text.times(self.languages)]

    @cached_property
    def minutes(self) -> frozenset[int]:
        """The same times, in minutes."""
        return frozenset(minute for time in self.times for minute in time.minutes)

    @cached_property
    def claim_times(self) -> list[ClockTime]:
        """The times of day that the claim names."""
        return self.context.analyze(self.claim).times(self.languages)

    @property
    def unknown_times(self) -> list[ClockTime]:
        """The claim's times that the evidence does not name, where no other check looks at times."""
        times = [] if self.leaves_dates else self.claim_times
        return [t for t in times if not t.is_ambiguous and t.minutes.isdisjoint(self.minutes)]

    # scores ---------------------------------------------------------------------------------------

    @cached_property
    def unknown_scores(self) -> list[tuple[int, int]]:
        """The spans of the claim's scores and votes, if the evidence has others and not these."""
        texts = self.context.parts
        known = {frozenset(m.groups()) for text in texts for m in _SCORE.finditer(text.text)}
        matches = _SCORE.finditer(self.claim) if known else ()
        return [match.span() for match in matches if frozenset(match.groups()) not in known]


def _totals(text: str, numbers: list[Quantity]) -> set[Fraction]:
    """Return what the lists of ``text``, which has these ``numbers``, add up to."""
    counting = [q for q in numbers if q.kind == "cardinal" and not q.has_unit]
    return totals_of_listed(text, {q.start: min(q.numeral.values) for q in counting})
