"""Numbers of a claim and of its evidence, each read once, without those of dates and times."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from newsqa.checks import ClaimContext
from newsqa.checks.arithmetic import CitedNumber, Operands
from newsqa.checks.evidence import are_number_words_read, languages_of
from newsqa.languages import language as language_of
from newsqa.text.analysis import AnalyzedText
from newsqa.text.dates import ClockTime, PartialDate
from newsqa.text.numbers import Quantity
from newsqa.text.numbers.durations import join_durations


@dataclass(frozen=True)
class FigureNumbers:
    """A claim's numbers beside those of the cited sentences and the title."""

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
        quantities = text.quantities(self.languages)
        taken = self._spans_of_dates(text) if quantities else []
        return [
            q
            for q in join_durations(text.text, quantities)
            if not any(start < q.numeral.end and q.start < end for start, end in taken)
        ]

    def _spans_of_dates(self, text: AnalyzedText) -> list[tuple[int, int]]:
        times = text.times(self.languages)
        # 6:41:07 is how long something took.
        spans = [
            (time.start, time.end)
            for time in times
            if not time.is_ambiguous and text.text.count(":", time.start, time.end) < 2
        ]
        if self.leaves_dates:
            spans += [(date.start, date.end) for date in text.dates(self.languages)]
        return spans

    @cached_property
    def claim_numbers(self) -> list[Quantity]:
        """The numbers of the claim."""
        return self._numbers_in(self.context.analyze(self.claim))

    @cached_property
    def cited(self) -> list[CitedNumber]:
        """The numbers of the cited sentences."""
        return [
            CitedNumber(text.text, number, sentence.start)
            for sentence in self.context.sentences
            for text in (self.context.analyze_sentence(sentence),)
            for number in self._numbers_in(text)
        ]

    @cached_property
    def operands(self) -> Operands:
        """What a figure may be computed from."""
        dates = (date for date in self._dates if date.year)
        years = {date.year for date in dates if date.year} | self._bare_years
        if self.context.published:
            years.add(self.context.published.year)
        times = (time for text in self.context.parts for time in text.times(self.languages))
        minutes = tuple(minute for time in times for minute in sorted(time.minutes))
        sentences = tuple(sentence.text for sentence in self.context.sentences)
        return Operands(self.cited, self.languages, sentences, frozenset(years), minutes)

    @property
    def _bare_years(self) -> set[int]:
        plain = (n.quantity for n in self.cited if not n.quantity.has_unit)
        values = {value for quantity in plain for value in quantity.numeral.values}
        return {int(value) for value in values if value.denominator == 1 and 1500 <= value < 2100}

    @cached_property
    def numbers(self) -> list[Quantity]:
        """The numbers of the cited sentences and of the title."""
        return [n.quantity for n in self.cited] + self._numbers_in(self.context.title_text)

    # dates ----------------------------------------------------------------------------------------

    @cached_property
    def _offsets(self) -> set[int]:
        """How long before or after another day the dates of the evidence are, as amounts of time."""
        steps = {"day": 86_400, "week": 604_800, "month": 1, "year": 12}
        mentions = (m for text in self.context.parts for m in text.dates(self.languages))
        return {abs(m.offset.count) * steps[m.offset.step] for m in mentions if m.offset}

    @cached_property
    def _dates(self) -> list[PartialDate]:
        published = self.context.published
        mentions = [m for text in self.context.parts for m in text.dates(self.languages)]
        dates = [date for mention in mentions for date in mention.resolve(published)]
        # "Nineteen years after the last one" may count back from the publication.
        offsets = [m.offset for m in mentions if m.offset and m.offset.step == "year"]
        if published:
            dates += [PartialDate(published.year + n * o.count) for o in offsets for n in (1, -1)]
        return dates

    @cached_property
    def empty_words(self) -> frozenset[str]:
        """The words of the article's language that show nothing about what is counted."""
        words = language_of(self.context.article.language_code).words
        return frozenset((*words.function, *words.stop))

    # times ----------------------------------------------------------------------------------------

    @cached_property
    def _minutes(self) -> frozenset[int]:
        times = (time for text in self.context.parts for time in text.times(self.languages))
        return frozenset(minute for time in times for minute in time.minutes)

    @cached_property
    def _claim_times(self) -> list[ClockTime]:
        return self.context.analyze(self.claim).times(self.languages)

    @property
    def unknown_times(self) -> list[ClockTime]:
        """The claim's times that the evidence does not name, where no other check looks at times."""
        times = [] if self.leaves_dates else self._claim_times
        return [t for t in times if not t.is_ambiguous and t.minutes.isdisjoint(self._minutes)]
