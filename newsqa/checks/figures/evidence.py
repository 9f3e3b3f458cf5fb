"""Figure evidence: the numbers, times and dates that a claim's figures are held against."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

import regex

from newsqa.checks import ClaimContext
from newsqa.checks.claim_language import are_numbers_read
from newsqa.checks.figures.context import is_bare, thing_behind
from newsqa.checks.figures.list_counts import counts_of_listed, totals_of_listed
from newsqa.languages.calendar import LANGUAGES
from newsqa.text.dates.clock_times import ClockTime, find_times
from newsqa.text.dates.find import find_dates
from newsqa.text.dates.partial import PartialDate
from newsqa.text.numbers import Quantity, find_quantities

_SCORE = regex.compile(r"(?<![\w\-–.,])(\d{1,3})[\-–](\d{1,3})(?![\w\-–]|[.,]\d)")


@dataclass(frozen=True)
class FigureEvidence:
    """What the claim and the texts it may take numbers from name, in each of ``languages``."""

    claim: str
    context: ClaimContext
    languages: frozenset[str]

    @cached_property
    def is_read(self) -> bool:
        """Whether a number in letters would be seen."""
        return are_numbers_read(self.context.article)

    @property
    def has_calendar(self) -> bool:
        """Whether dates and times are another check's."""
        return self.context.article.language_code in LANGUAGES

    def figures_in(self, text: str) -> list[Quantity]:
        """The numbers in ``text``, without those of dates and times, which are looked at apart."""
        taken = self._dates_and_times(text)
        return [
            quantity
            for quantity in find_quantities(text, self.languages)
            if not any(
                start < quantity.numeral.end and quantity.start < end for start, end in taken
            )
        ]

    def _dates_and_times(self, text: str) -> list[tuple[int, int]]:
        times = find_times(text, self.languages)
        taken = [(time.start, time.end) for time in times if not time.is_ambiguous]
        if self.has_calendar:
            taken += [(date.start, date.end) for date in find_dates(text, self.languages)]
        return taken

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """Where numbers may come from."""
        article = self.context.article
        sentences = (sentence.text for sentence in self.context.sentences)
        return (*sentences, article.title or "", self.context.question)

    @cached_property
    def claimed(self) -> list[Quantity]:
        """The numbers of the claim."""
        return self.figures_in(self.claim)

    @cached_property
    def cited(self) -> list[list[Quantity]]:
        """The numbers of each cited sentence."""
        return [self.figures_in(text) for text in self.texts[:-2]]

    @cached_property
    def numbered(self) -> list[tuple[str, Quantity]]:
        """The same, each with its sentence."""
        pairs = zip(self.texts, self.cited, strict=False)
        return [(text, known) for text, found in pairs for known in found]

    @cached_property
    def quantities(self) -> list[Quantity]:
        """The numbers named in the cited sentences."""
        return [quantity for found in self.cited for quantity in found]

    @cached_property
    def titled(self) -> list[Quantity]:
        """The numbers of the title."""
        return self.figures_in(self.texts[-2])

    @cached_property
    def asked(self) -> list[Quantity]:
        """The numbers of the question."""
        return self.figures_in(self.texts[-1])

    @cached_property
    def named(self) -> list[Quantity]:
        """The numbers of the sentences, the title and the question."""
        return [*self.quantities, *self.titled, *self.asked]

    @cached_property
    def bare(self) -> list[Quantity]:
        """The numbers in the cited sentences that have neither a unit nor a noun behind them."""
        return [
            known
            for text, known in self.numbered
            if not known.has_unit and is_bare(text, known, self.languages)
        ]

    @cached_property
    def dates(self) -> list[PartialDate]:
        """The dates named there, and the day of publication."""
        published = self.context.published
        mentions = (m for text in self.texts for m in find_dates(text, self.languages))
        meant = [date for mention in mentions for date in mention.meant(published)]
        return [*meant, PartialDate(published.year)] if published else meant

    @cached_property
    def times(self) -> list[ClockTime]:
        """The mentions of times there."""
        return [time for text in self.texts for time in find_times(text, self.languages)]

    @cached_property
    def minutes(self) -> frozenset[int]:
        """The times of day that the evidence names."""
        return frozenset(minute for time in self.times for minute in time.minutes)

    @cached_property
    def claimed_times(self) -> list[ClockTime]:
        """The times of day in the claim."""
        return find_times(self.claim, self.languages)

    @property
    def strange_times(self) -> list[ClockTime]:
        """Those that are not in the evidence, where no other check looks."""
        times = [] if self.has_calendar else self.claimed_times
        return [t for t in times if not t.is_ambiguous and t.minutes.isdisjoint(self.minutes)]

    @cached_property
    def other_scores(self) -> list[tuple[int, int]]:
        """Where the claim has a score, or a vote, that is none of those in the evidence."""
        scores = {frozenset(m.groups()) for text in self.texts for m in _SCORE.finditer(text)}
        said = _SCORE.finditer(self.claim) if scores else ()
        return [match.span() for match in said if frozenset(match.groups()) not in scores]

    @cached_property
    def counts(self) -> frozenset[Fraction]:
        """How many things the claim and the cited sentences list."""
        numbered = [(self.claim, self.claimed), *zip(self.texts, self.cited, strict=False)]
        counts = {Fraction(n) for text, _ in numbered for n in counts_of_listed(text)}
        return frozenset(counts.union(*(_totals(text, found) for text, found in numbered)))

    @cached_property
    def counted(self) -> frozenset[str]:
        """What the cited sentences have a number of."""
        things = {thing_behind(text, known) for text, known in self.numbered}
        return frozenset(things - {""})


def _totals(text: str, found: list[Quantity]) -> set[Fraction]:
    """What the lists of ``text``, which names the numbers ``found``, add up to."""
    numbers = [q for q in found if q.kind == "cardinal" and not q.has_unit]
    return totals_of_listed(text, {q.start: min(q.numeral.values) for q in numbers})
