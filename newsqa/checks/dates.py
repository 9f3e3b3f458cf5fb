"""Dates: every day, month, weekday and time in a claim follows from its evidence.

It may be named there, or told from the day of publication: "Friday", "last month", "two days
later". Of a bare weekday both the one before and the one after are taken to follow. The day of
publication itself follows, and so does a day of "last week" where the claim puts it beside that.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import regex

from newsqa.checks import Check, ClaimContext, Finding
from newsqa.checks.claim_language import languages_of
from newsqa.languages.calendar import LANGUAGES
from newsqa.text.dates.clock_times import find_times
from newsqa.text.dates.find import find_dates
from newsqa.text.dates.partial import DateMention, Offset, PartialDate, Period, shifted

_BESIDE = regex.compile(r",?\s\(?(?:on\s|in\s|from\s|the\s)*")


class DatesCheck(Check):
    """Finds dates and times that follow neither from the evidence nor from the publication date."""

    name = "dates"

    def applies_to(self, language: str) -> bool:
        """In English; in German, French and Spanish for days named outright."""
        return language in LANGUAGES

    def check(self, claim: str, context: ClaimContext) -> Iterator[Finding]:
        """Each date or time of ``claim`` that does not follow."""
        evidence = _Evidence(context, languages_of(claim, context))
        for mention in find_dates(claim, evidence.languages):
            if not evidence.supports(mention, claim):
                reason = evidence.reason(mention)
                yield Finding.at(self.name, claim, mention.start, mention.end, reason)
        for time in find_times(claim, evidence.languages):
            if not time.is_ambiguous and time.minutes.isdisjoint(evidence.minutes):
                reason = "the cited sentences do not name this time"
                yield Finding.at(self.name, claim, time.start, time.end, reason)


@dataclass(frozen=True)
class _Evidence:
    """The dates and times a claim may use."""

    context: ClaimContext
    languages: frozenset[str]

    @property
    def published(self) -> date | None:
        """The day of publication."""
        return self.context.published

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """Where dates may come from."""
        title = self.context.article.title or ""
        return (self.context.evidence, title, self.context.question)

    @cached_property
    def mentions(self) -> list[tuple[str, DateMention]]:
        """The dates named there, each with its own words."""
        return [
            (text[mention.start : mention.end].casefold(), mention)
            for text in self.texts
            for mention in find_dates(text, self.languages)
        ]

    @cached_property
    def dates(self) -> frozenset[PartialDate]:
        """All that the evidence's dates may be, as far as is known."""
        named = [date for _, mention in self.mentions for date in mention.meant(self.published)]
        offsets = [m.offset for _, m in self.mentions if m.offset and not m.offset.is_from_today]
        later = (
            self._after(anchor, offset) for offset in offsets for anchor in self._anchors(named)
        )
        return frozenset([*named, *(day for days in later for day in days)])

    def _anchors(self, named: list[PartialDate]) -> list[PartialDate]:
        """The days that "two days later" may count from: of the evidence or the sentence before."""
        before = " ".join(sentence.text for sentence in self.context.before(1))
        earlier = [
            near
            for mention in find_dates(before, self.languages)
            for near in mention.meant(self.published)
        ]
        return [*named, *earlier]

    @staticmethod
    def _after(start: PartialDate, offset: Offset) -> list[PartialDate]:
        moved = shifted(start, offset)
        return [moved] if moved else []

    @cached_property
    def minutes(self) -> frozenset[int]:
        """The times of day named."""
        return frozenset(
            minute
            for text in self.texts
            for time in find_times(text, self.languages)
            for minute in time.minutes
        )

    def supports(self, mention: DateMention, claim: str) -> bool:
        """Whether the date, or what its words stand for on the day of publication, follows."""
        words = claim[mention.start : mention.end].casefold()
        if any(words.rstrip("s.") == theirs.rstrip("s.") for theirs, _ in self.mentions):
            return True
        if mention.offset:
            if any(mention.offset == theirs.offset for _, theirs in self.mentions):
                return True
            return any(map(self._includes, self._days_meant(mention))) or (
                self._is_period_now(mention.offset)
            )
        needed = all if mention.is_range else any
        return needed(self._includes(date) or self._is_today(date) for date in mention.dates) or (
            any(needed(map(period.holds, mention.dates)) for period in self._beside(mention, claim))
        )

    def _days_meant(self, mention: DateMention) -> list[PartialDate]:
        """The days that an offset may mean; "a week before" may count from the publication."""
        if not self.published or not mention.offset or mention.offset.is_from_today:
            return mention.meant(self.published)
        return self._after(PartialDate.of(self.published), mention.offset)

    def _is_today(self, date: PartialDate) -> bool:
        """Whether ``date`` is the day of publication, with its month at least."""
        named = date.day is not None and date.month is not None
        return bool(self.published and named and PartialDate.of(self.published).says(date))

    def _beside(self, mention: DateMention, claim: str) -> Iterator[Period]:
        """The "last week" of the evidence, where the claim has it too and spells it out next to it."""
        if any(date.weekday is not None and date.day is None for date in mention.dates):
            return  # any weekday is in "next week", and only one is meant
        told = {m.offset for _, m in self.mentions if m.offset and m.offset.is_from_today}
        for other in find_dates(claim, self.languages):
            first, last = sorted([(other.start, other.end), (mention.start, mention.end)])
            is_beside = _BESIDE.fullmatch(claim, first[1], last[0])
            if self.published and other.offset in told and other.offset and is_beside:
                yield Period.of(self.published, other.offset)

    def _includes(self, date: PartialDate) -> bool:
        return any(known.says(date) for known in self.dates)

    def _is_period_now(self, offset: Offset) -> bool:
        """Whether "this week", "next week" and their like hold a day that the evidence names."""
        if not self.published or offset.step != "week" or not offset.is_from_today:
            return False
        week = _week_of(self.published, offset.count)
        return any(_week_of(day, 0) == week for day in map(_day_of, self.dates) if day)

    def reason(self, mention: DateMention) -> str:
        """Why ``mention`` does not follow."""
        if not self.published and any(m.offset or _is_weekday(m) for _, m in self.mentions):
            return "the evidence tells this date only from a day of publication that is not known"
        return "the cited sentences and the date of publication do not give this date"


def _is_weekday(mention: DateMention) -> bool:
    return any(date.weekday is not None and date.day is None for date in mention.dates)


def _day_of(partial: PartialDate) -> date | None:
    if not (partial.year and partial.month and partial.day):
        return None
    try:
        return date(partial.year, partial.month, partial.day)
    except ValueError:
        return None


def _week_of(day: date, weeks: int) -> int:
    """The number of the week, from Monday, that is ``weeks`` after that of ``day``."""
    return (day.toordinal() - 1) // 7 + weeks
