"""Partial dates, and what they may mean seen from the day of publication."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

Step = Literal["day", "week", "month", "year"]


@dataclass(frozen=True, slots=True)
class PartialDate:
    """The known fields of a date; ``month`` counts from 1, and ``weekday`` from Monday, 0."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None

    @classmethod
    def of(cls, day: date) -> PartialDate:
        """Return the whole date of a day."""
        return cls(day.year, day.month, day.day, day.weekday())

    def resolve(self, published: date | None) -> tuple[PartialDate, ...]:
        """Return the date itself and those that it may mean, seen from the day of publication.

        A weekday may be the last or the next one; a month is less than a year away.

        >>> for each in PartialDate(weekday=4).resolve(date(2025, 6, 17)):
        ...     print(each.year, each.month, each.day)
        None None None
        2025 6 13
        2025 6 20
        >>> [each.year for each in PartialDate(month=11, day=3).resolve(date(2025, 6, 17))]
        [None, 2024, 2025]
        """
        if not published:
            return (_with_weekday(self),)
        if self.weekday is not None and self.day is None:
            days_ahead = (self.weekday - published.weekday()) % 7
            nearest = (days_ahead - 7, days_ahead, *((7,) if days_ahead == 0 else ()))
            return (self, *(PartialDate.of(published + timedelta(days)) for days in nearest))
        if self.month is not None and self.year is None:
            ahead = self.month - published.month
            years = [published.year + n for n in (-1, 0, 1) if -12 < 12 * n + ahead < 12]
            dated = (PartialDate(year, self.month, self.day, self.weekday) for year in years)
            return (self, *map(_with_weekday, dated))
        return (_with_weekday(self),)

    def implies(self, other: PartialDate) -> bool:
        """Return whether this date has every field that ``other`` has, with the same value.

        >>> PartialDate(2025, 6, 20).implies(PartialDate(month=6))
        True
        >>> PartialDate(month=6).implies(PartialDate(2025, 6, 20))
        False
        """
        pairs = (
            (other.year, self.year),
            (other.month, self.month),
            (other.day, self.day),
            (other.weekday, self.weekday),
        )
        return all(theirs is None or theirs == ours for theirs, ours in pairs)


def _with_weekday(partial: PartialDate) -> PartialDate:
    """Return the date with its weekday if it is a day that exists; a weekday it has stays."""
    if partial.year is None or partial.weekday is not None:
        return partial
    day = _existing_day(partial.year, partial.month, partial.day)
    return PartialDate.of(day) if day else partial


def _existing_day(year: int | None, month: int | None, day: int | None) -> date | None:
    """Return the day, in the leap year 2000 if the year is not known; None if there is none."""
    if month is None or day is None:
        return None
    try:
        return date(year or 2000, month, day)
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class Offset:
    """A date relative to another: ``count`` steps from today, or from a day named before."""

    count: int
    step: Step
    is_from_today: bool = True
    is_period: bool = False
    """True for any day of the week, month or year: "last week", unlike "a week ago"."""


@dataclass(frozen=True, slots=True)
class Period:
    """The days from ``first`` to ``last``, both included."""

    first: date
    last: date

    @classmethod
    def of(cls, today: date, offset: Offset) -> Period:
        """Return the day, week, month or year at ``offset`` from ``today``; weeks begin on Monday.

        >>> print(Period.of(date(2025, 6, 17), Offset(-1, "week", is_period=True)).first)
        2025-06-09
        """
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

    def contains(self, partial: PartialDate) -> bool:
        """Return whether a day of the period implies ``partial``."""
        days = min((self.last - self.first).days + 1, 366)
        return any(PartialDate.of(self.first + timedelta(n)).implies(partial) for n in range(days))


def _first_of(months: int) -> date:
    return date(months // 12, months % 12 + 1, 1)


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date in a text: its span and what it says.

    With an offset of years beside a month or a day, both are meant: "May next year". All of several
    dates are meant in a range ("May 8-15"); otherwise one of them is: "03/04/2025" has
    two readings.
    """

    start: int
    end: int
    dates: tuple[PartialDate, ...] = ()
    offset: Offset | None = None
    is_range: bool = False

    def resolve(self, published: date | None) -> list[PartialDate]:
        """Return the dates that it may mean, seen from the day of publication."""
        if self.offset and self.dates:
            year = published.year + self.offset.count if published else None
            return [_with_weekday(replace(date, year=year)) for date in self.dates]
        if self.offset and self.offset.is_from_today:
            is_week = self.offset.is_period and self.offset.step == "week"
            moved = published and not is_week and shift(PartialDate.of(published), self.offset)
            return [moved] if moved else []
        return [date for partial in self.dates for date in partial.resolve(published)]


def shift(start: PartialDate, offset: Offset) -> PartialDate | None:
    """Return the date at ``offset`` from ``start``, or None if ``start`` says too little for it.

    >>> shift(PartialDate(month=5, day=31), Offset(2, "day", is_from_today=False))
    PartialDate(year=None, month=6, day=2, weekday=None)
    >>> shift(PartialDate(2025, 12), Offset(1, "month"))
    PartialDate(year=2026, month=1, day=None, weekday=None)
    >>> shift(PartialDate(2025, 12), Offset(1, "day")) is None
    True
    """
    if offset.step == "year":
        return PartialDate(start.year + offset.count) if start.year else None
    if start.month is None:
        return None
    if offset.step == "month":
        months = (start.year or 2000) * 12 + start.month - 1 + offset.count
        return PartialDate(months // 12 if start.year else None, months % 12 + 1)
    is_this_week = offset.step == "week" and offset.is_from_today and not offset.count
    day = _existing_day(start.year, start.month, start.day)
    if day is None or is_this_week:
        return None
    moved = PartialDate.of(day + timedelta(offset.count * (7 if offset.step == "week" else 1)))
    return moved if start.year else PartialDate(month=moved.month, day=moved.day)
