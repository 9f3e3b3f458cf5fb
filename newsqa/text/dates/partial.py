"""Partial dates: what is known of a day, and what it may mean seen from the day of publication."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

Step = Literal["day", "week", "month", "year"]


@dataclass(frozen=True, slots=True)
class PartialDate:
    """What is known of a date; ``month`` counts from 1, and ``weekday`` from Monday, 0."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None

    @classmethod
    def of(cls, day: date) -> PartialDate:
        """All of a day."""
        return cls(day.year, day.month, day.day, day.weekday())

    def on_or_near(self, published: date | None) -> tuple[PartialDate, ...]:
        """Itself and, seen from the day of publication, the days or months that it may mean.

        A weekday is the last or the next one, and a month less than a year away on either side.
        """
        if not published:
            return (_completed(self),)
        if self.weekday is not None and self.day is None:
            ahead = (self.weekday - published.weekday()) % 7
            near = (ahead - 7, ahead, *((7,) if ahead == 0 else ()))
            return (self, *(PartialDate.of(published + timedelta(days)) for days in near))
        if self.month is not None and self.year is None:
            away = self.month - published.month
            years = [published.year + n for n in (-1, 0, 1) if -12 < 12 * n + away < 12]
            dated = (PartialDate(year, self.month, self.day, self.weekday) for year in years)
            return (self, *map(_completed, dated))
        return (_completed(self),)

    def says(self, other: PartialDate) -> bool:
        """Whether all that ``other`` says is known here, and the same."""
        return all(
            theirs is None or theirs == ours
            for theirs, ours in (
                (other.year, self.year),
                (other.month, self.month),
                (other.day, self.day),
                (other.weekday, self.weekday),
            )
        )


def _completed(partial: PartialDate) -> PartialDate:
    """With its weekday, where it is a day that exists; what the text says of it goes first."""
    if partial.year is None or partial.month is None or partial.day is None:
        return partial
    try:
        whole = PartialDate.of(date(partial.year, partial.month, partial.day))
    except ValueError:
        return partial
    return partial if partial.weekday is not None else whole


@dataclass(frozen=True, slots=True)
class Offset:
    """A date told from another one: ``count`` steps from today, or from a day named before."""

    count: int
    step: Step
    is_from_today: bool = True
    is_period: bool = False
    """Whether any day of the week, month or year is meant: last week, and not a week ago."""


@dataclass(frozen=True, slots=True)
class Period:
    """The days, week, month or year that an offset from today means, both ends included."""

    first: date
    last: date

    @classmethod
    def of(cls, today: date, offset: Offset) -> Period:
        """All that ``offset`` may mean, seen from ``today``; weeks begin on Monday."""
        if offset.step == "day":
            day = today + timedelta(offset.count)
            return cls(day, day)
        if offset.step == "week":
            monday = today + timedelta(7 * offset.count - today.weekday())
            return cls(monday, monday + timedelta(6))
        months = today.year * 12 + today.month - 1 if offset.step == "month" else today.year * 12
        size = 1 if offset.step == "month" else 12
        begin, end = months + offset.count * size, months + (offset.count + 1) * size
        return cls(_first_of(begin), _first_of(end) - timedelta(1))

    def holds(self, partial: PartialDate) -> bool:
        """Whether a day or a month lies in it, of whichever year where it names none."""
        days = (self.last - self.first).days + 1
        return any(
            PartialDate.of(self.first + timedelta(n)).says(partial) for n in range(min(days, 366))
        )


def _first_of(months: int) -> date:
    return date(months // 12, months % 12 + 1, 1)


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date in a text: where it stands and what it says.

    Of several dates all are meant in a range ("May 8-15"), and else one: "03/04/2025" has two readings.
    """

    start: int
    end: int
    dates: tuple[PartialDate, ...] = ()
    offset: Offset | None = None
    is_range: bool = False

    def meant(self, published: date | None) -> list[PartialDate]:
        """The dates that it may name, seen from the day of publication."""
        if self.offset and self.offset.is_from_today:
            is_week = self.offset.is_period and self.offset.step == "week"
            moved = published and not is_week and shifted(PartialDate.of(published), self.offset)
            return [moved] if moved else []
        return [near for partial in self.dates for near in partial.on_or_near(published)]


def shifted(start: PartialDate, offset: Offset) -> PartialDate | None:
    """The date that is ``offset`` away from ``start``, as far as the two tell; else ``None``."""
    if offset.step == "year":
        return PartialDate(start.year + offset.count) if start.year else None
    if start.month is None:
        return None
    if offset.step == "month":
        months_in = (start.year or 2000) * 12 + start.month - 1 + offset.count
        return PartialDate(months_in // 12 if start.year else None, months_in % 12 + 1)
    if start.day is None or (offset.step == "week" and offset.is_from_today and not offset.count):
        return None
    try:
        day = date(start.year or 2000, start.month, start.day)
    except ValueError:
        return None
    moved = day + timedelta(offset.count * (7 if offset.step == "week" else 1))
    full = PartialDate.of(moved)
    return full if start.year else PartialDate(month=full.month, day=full.day)
