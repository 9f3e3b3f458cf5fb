"""Dates: every day, month, weekday and time in a claim follows from its evidence.

The evidence names it, or gives it relative to the day of publication ("Friday", "last month") or to
another day ("two days later"). A bare weekday matches the last and the next one. The day of
publication itself follows, and so does a day of "last week" that the claim names beside these words.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

import regex

from newsqa.checks import Check, ClaimContext, Finding
from newsqa.checks.evidence import languages_of
from newsqa.languages import language as language_of
from newsqa.text.dates.clock import DAY, ClockTime
from newsqa.text.dates.partial import DateMention, Offset, PartialDate, Period, shift
from newsqa.text.numbers.durations import join_durations

_BESIDE = regex.compile(r",?\s\(?(?:on\s|in\s|from\s|the\s)*")

_BARE_DAY = regex.compile(r"(?<![月월\d])(\d{1,2})[日일]")
_NO_TIME = "the cited sentences do not name this time"
_NO_DATE = "the cited sentences and the date of publication do not give this date"
_UNKNOWN_DATE = "the evidence gives this date relative to a day of publication that is not known"


class DatesCheck(Check):
    """Finds dates and times that follow neither from the evidence nor from the publication date."""

    name = "dates"

    def applies_to(self, language: str) -> bool:
        """Return whether the names of months are known; dates relative to another day are English."""
        return language_of(language).reads_dates

    def check(self, claim: str, context: ClaimContext) -> Iterator[Finding]:
        """Yield each date or time of ``claim`` that does not follow."""
        evidence = _DateEvidence(claim, context)
        for mention in evidence.claim_dates:
            if not evidence.supports(mention):
                reason = evidence.reason(mention)
                yield Finding.at(self.name, claim, mention.start, mention.end, reason)
        for time in context.analyze(claim).times(evidence.languages):
            is_duration = claim.count(":", time.start, time.end) > 1
            if not time.is_ambiguous and not is_duration and not evidence.names_time(time):
                yield Finding.at(self.name, claim, time.start, time.end, _NO_TIME)


@dataclass(frozen=True)
class _DateEvidence:
    """The dates of a claim beside those of the cited sentences, the title and the question."""

    claim: str
    context: ClaimContext

    @cached_property
    def languages(self) -> frozenset[str]:
        """The languages in which the dates may be written."""
        return languages_of(self.claim, self.context.article)

    @property
    def published(self) -> date | None:
        """The day of publication."""
        return self.context.published

    @property
    def claim_dates(self) -> list[DateMention]:
        """The dates that the claim names."""
        return self.context.analyze(self.claim).dates(self.languages)

    @cached_property
    def mentions(self) -> list[tuple[str, DateMention]]:
        """The dates that the evidence names, each with its words."""
        return [
            (part.text[mention.start : mention.end].casefold(), mention)
            for part in self.context.parts
            for mention in part.dates(self.languages)
        ]

    def names_time(self, time: ClockTime) -> bool:
        """Return whether the evidence names the time, or one and how long before or after it."""
        if not time.minutes.isdisjoint(self.minutes):
            return True
        amounts = (
            a
            for part in self.context.parts
            for q in join_durations(part.text, part.quantities(self.languages))
            for a in q.amounts
        )
        spans = {int(a.value / 60) for a in amounts if a.dimension == "time" and a.value % 60 == 0}
        moved = {(m + n * s) % DAY for m in self.minutes for s in spans for n in (1, -1)}
        return not moved.isdisjoint(time.minutes)

    @cached_property
    def minutes(self) -> frozenset[int]:
        """The times of day that the evidence names."""
        times = (time for part in self.context.parts for time in part.times(self.languages))
        return frozenset(minute for time in times for minute in time.minutes)

    @cached_property
    def dates(self) -> frozenset[PartialDate]:
        """All days that the dates of the evidence may mean."""
        named = [date for _, mention in self.mentions for date in mention.resolve(self.published)]
        offsets = [m.offset for _, m in self.mentions if m.offset and not m.offset.is_from_today]
        later = (_shifted(anchor, o) for o in offsets for anchor in self._anchors(named))
        return frozenset(
            [
                *named,
                *(day for days in later for day in days),
                *self._months_meant(),
                *self._bare_days(),
            ]
        )

    def _bare_days(self) -> Iterator[PartialDate]:
        """Yield the days that are written without their month, of that of the publication: 8日."""
        for match in _BARE_DAY.finditer(self.context.evidence) if self.published else ():
            if self.published and int(match[1]) <= 31:
                yield _with_fields(self.published, int(match[1]))

    def _months_meant(self) -> Iterator[PartialDate]:
        """Yield the months that are a span of the evidence before or after a day of it or the publication."""
        if not self.published:
            return
        named = (d for _, m in self.mentions for d in m.resolve(self.published))
        anchors = {self.published, *(day for d in named if (day := _full_date(d)))}
        for part in self.context.parts:
            for quantity in part.quantities(self.languages):
                for amount in quantity.amounts:
                    days = {"time": amount.value / 86_400, "months": amount.value * 30}
                    if 7 <= (count := int(days.get(amount.dimension, 0))) <= 800:
                        moved = (a + timedelta(n * count) for a in anchors for n in (1, -1))
                        yield from (PartialDate(day.year, day.month) for day in moved)

    def _anchors(self, named: list[PartialDate]) -> list[PartialDate]:
        """Return the days that "two days later" may count from, of these sentences or those before."""
        before = map(self.context.analyze_sentence, self.context.before(1))
        earlier = (mention for sentence in before for mention in sentence.dates(self.languages))
        return [*named, *(date for mention in earlier for date in mention.resolve(self.published))]

    def supports(self, mention: DateMention) -> bool:
        """Return whether the date, or what its words mean on the day of publication, follows."""
        words = self.claim[mention.start : mention.end].casefold()
        if any(words.rstrip("s.") == known.rstrip("s.") for known, _ in self.mentions):
            return True
        if mention.offset and not mention.dates:
            return self._supports_offset(mention, mention.offset)
        needed = all if mention.is_range else any
        dates = mention.resolve(self.published) if mention.offset else mention.dates
        return needed(self._includes(date) or self._is_today(date) for date in dates) or (
            any(
                needed(map(period.contains, mention.dates))
                for period in self._periods_beside(mention)
            )
        )

    def _supports_offset(self, mention: DateMention, offset: Offset) -> bool:
        if offset.step == "year" or (not offset.count and not self.mentions):
            return True  # nearly anything in the news is of this year or the next
        if any(offset == known.offset for _, known in self.mentions):
            return True
        if any(map(self._includes, self._days_meant(mention, offset))):
            return True
        return self._names_week_of(offset)

    def _days_meant(self, mention: DateMention, offset: Offset) -> list[PartialDate]:
        """Return the days that an offset may mean; "a week before" may count from publication."""
        if not self.published or offset.is_from_today:
            return mention.resolve(self.published)
        return _shifted(PartialDate.of(self.published), offset)

    def _is_today(self, date: PartialDate) -> bool:
        """Return whether ``date`` is the day of publication, with its month at least."""
        has_day = date.day is not None and date.month is not None
        return bool(self.published and has_day and PartialDate.of(self.published).implies(date))

    def _periods_beside(self, mention: DateMention) -> Iterator[Period]:
        """Yield the "last week" of the evidence that the claim names right beside ``mention``."""
        if _is_weekday(mention):
            return  # any weekday is in "next week", and only one is meant
        offsets = {m.offset for _, m in self.mentions if m.offset and m.offset.is_from_today}
        for other in self.claim_dates:
            first, last = sorted([(other.start, other.end), (mention.start, mention.end)])
            is_beside = _BESIDE.fullmatch(self.claim, first[1], last[0])
            if self.published and other.offset in offsets and other.offset and is_beside:
                yield Period.of(self.published, other.offset)

    def _includes(self, date: PartialDate) -> bool:
        return any(known.implies(date) for known in self.dates)

    def _names_week_of(self, offset: Offset) -> bool:
        """Return whether the evidence names a day of "this week", "next week" and their like."""
        if not self.published or offset.step != "week" or not offset.is_from_today:
            return False
        week = _week_of(self.published) + offset.count
        return any(_week_of(day) == week for day in map(_full_date, self.dates) if day)

    def reason(self, mention: DateMention) -> str:
        """Return why ``mention`` does not follow."""
        is_relative = any(m.offset or _is_weekday(m) for _, m in self.mentions)
        return _UNKNOWN_DATE if is_relative and not self.published else _NO_DATE


def _with_fields(published: date, day: int) -> PartialDate:
    """Return ``day`` in the month of ``published``, with its weekday if there is such a day."""
    try:
        return PartialDate.of(published.replace(day=day))
    except ValueError:
        return PartialDate(published.year, published.month, day)


def _shifted(start: PartialDate, offset: Offset) -> list[PartialDate]:
    moved = shift(start, offset)
    return [moved] if moved else []


def _is_weekday(mention: DateMention) -> bool:
    return any(date.weekday is not None and date.day is None for date in mention.dates)


def _full_date(partial: PartialDate) -> date | None:
    if not (partial.year and partial.month and partial.day):
        return None
    try:
        return date(partial.year, partial.month, partial.day)
    except ValueError:
        return None


def _week_of(day: date) -> int:
    """Return the number of the week of ``day``; weeks begin on Monday."""
    return (day.toordinal() - 1) // 7
