"""Dates in a text: calendar days, dates relative to another day, and times of the clock.

A bare year is not a date here but a figure, and a bare month is one only where it cannot be another
word ("may", "march").
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache

import regex

from newsqa.languages import language
from newsqa.languages.patterns import any_of, any_of_values, by_small_form, small
from newsqa.text.dates.clock import ClockTime, find_times, has_unread_hours
from newsqa.text.dates.partial import DateMention, Offset, PartialDate, Period
from newsqa.text.dates.relative import find_relative_dates
from newsqa.text.spans import VisibleText, without_overlaps

__all__ = [
    "ClockTime",
    "DateMention",
    "Offset",
    "PartialDate",
    "Period",
    "find_dates",
    "find_times",
    "has_unread_hours",
]


def find_dates(text: str, languages: frozenset[str]) -> list[DateMention]:
    """Return the dates in ``text`` in reading order.

    Args:
        text: Any text; offsets are code points of it.
        languages: The languages it may be in. Dates in digits are read in all.

    Example:
        >>> friday, later = find_dates("On Friday, 20 June, and two days later", frozenset({"en"}))
        >>> friday.dates
        (PartialDate(year=None, month=6, day=20, weekday=4),)
        >>> later.offset.count, later.offset.step
        (2, 'day')
        >>> (day,) = find_dates("03/04/2025", frozenset({"en"}))
        >>> [(date.day, date.month) for date in day.dates]
        [(3, 4), (4, 3)]
    """
    visible = VisibleText(text)
    mentions = [*_find_numeric(visible.text)]
    for code in sorted(languages):
        if language(code).reads_dates:
            mentions += _find_named(visible.text, code)
            mentions += find_relative_dates(visible.text, code)
    dates = without_overlaps(mentions)
    return dates if visible.text == text else [_in_original(date, visible) for date in dates]


def _in_original(mention: DateMention, visible: VisibleText) -> DateMention:
    start, end = visible.original(mention.start, mention.end)
    return replace(mention, start=start, end=end)


# In digits ----------------------------------------------------------------------------------------

_YEAR = r"(?P<year>(?:1[5-9]|20)\d\d)"
_NUMERIC = regex.compile(
    rf"(?<![\d.,/\-]){_YEAR}-(?P<month>\d\d)-(?P<day>\d\d)(?!\d)"
    rf"|(?<![\d.,/])(?P<a>\d{{1,2}})(?P<mark>[/.])\s?(?P<b>\d{{1,2}})(?P=mark)\s?{_YEAR}(?!\d)"
    rf"|{_YEAR}年\s?(?:(?P<month>\d{{1,2}})月(?:\s?(?P<day>\d{{1,2}})[日号號])?)"
    r"|(?P<month>\d{1,2})月\s?(?P<day>\d{1,2})[日号號]"
    rf"|{_YEAR}년\s?(?P<month>\d{{1,2}})월(?:\s?(?P<day>\d{{1,2}})일)?"
    r"|(?P<month>\d{1,2})월\s?(?P<day>\d{1,2})일"
)


def _find_numeric(text: str) -> Iterator[DateMention]:
    for match in _NUMERIC.finditer(text):
        dates = tuple(date for date in _numeric_dates(match) if _is_possible(date))
        if dates:
            yield DateMention(match.start(), match.end(), dates)


def _numeric_dates(match: regex.Match[str]) -> tuple[PartialDate, ...]:
    """Return the date, or for strokes the British and the American reading."""
    year = int(match["year"]) if match["year"] else None
    if match["a"]:
        a, b = int(match["a"]), int(match["b"])
        both = (PartialDate(year, b, a), PartialDate(year, a, b))
        return both if match["mark"] == "/" else both[:1]
    return (PartialDate(year, int(match["month"]), int(match["day"]) if match["day"] else None),)


def _is_possible(date: PartialDate) -> bool:
    return (date.month is None or 1 <= date.month <= 12) and (
        date.day is None or 1 <= date.day <= 31
    )


# With names ---------------------------------------------------------------------------------------


@cache
def _named_pattern(code: str) -> regex.Pattern[str]:
    known = language(code)
    calendar = known.calendar
    end = r"\b" if known.has_spaces else ""
    # A capital tells May from may, in languages that write months with one.
    case = r"(?=(?-i:\p{Lu}))" if calendar.is_capitalised else ""
    month = any_of_values(calendar.months, calendar.months_short)
    weekday = any_of_values(calendar.weekdays, calendar.weekdays_short)
    endings = rf"(?:{any_of(calendar.day_endings)}|\.)?"
    day, last = (rf"(?P<{name}>\d{{1,2}}){endings}" for name in ("day", "last"))
    before_day = rf"(?:{any_of(calendar.before_day)})"
    to = rf"(?:-|–|{any_of(calendar.range_joints)})"
    named = rf"{case}(?P<month>{month}){end}\.?"
    year = rf",?\s(?:(?:{any_of(calendar.year_joints)})\s)?{_YEAR}\b(?!,\d)"
    return regex.compile(
        rf"(?:{case}(?P<weekday>{weekday}){end}\.?,?\s(?:{before_day}\s)?)?"
        rf"(?:{day}\s?(?:{to}\s?{last}\s?)?(?:(?:{any_of(calendar.day_joints)})\s)?\s?{named}(?:{year})?"
        rf"|{named}\s(?:{before_day}\s)?{day}(?!\d|[,.]\d)(?:\s?{to}\s?{last}(?!\d))?(?:{year})?)"
        rf"|{named}{year}"
        rf"|(?<=\b(?:{any_of(calendar.before_month)})[\s\-]){case}(?P<month>{any_of_values(calendar.months)}){end}\.?"
        rf"|{case}(?P<weekday>{any_of_values(calendar.weekdays)})(?:{any_of(calendar.weekday_endings)})?{end}",
        regex.IGNORECASE,
    )


@cache
def _months(code: str) -> dict[str, int]:
    calendar = language(code).calendar
    return by_small_form(calendar.months_short) | by_small_form(calendar.months)


@cache
def _weekdays(code: str) -> dict[str, int]:
    calendar = language(code).calendar
    return by_small_form(calendar.weekdays_short) | by_small_form(calendar.weekdays)


def _find_named(text: str, code: str) -> Iterator[DateMention]:
    for match in _named_pattern(code).finditer(text):
        if not language(code).has_spaces or _is_whole_word(text, match):
            # A full stop after a short form may be the sentence's.
            end = match.start() + len(match[0].rstrip("."))
            dates = _named_dates(match, code)
            yield DateMention(match.start(), end, dates, is_range=len(dates) > 1)


def _is_whole_word(text: str, match: regex.Match[str]) -> bool:
    before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
    return not before.isalnum() and not (after.isalnum() and match[0][-1].isalnum())


def _named_dates(match: regex.Match[str], code: str) -> tuple[PartialDate, ...]:
    """Return the date, or the first and the last one of a range."""
    year = int(match["year"]) if match["year"] else None
    month = _months(code).get(small(match["month"] or ""))
    weekday = _weekdays(code).get(small(match["weekday"] or ""))
    days: list[int | None] = [int(day) for day in (match["day"], match["last"]) if day]
    return tuple(PartialDate(year, month, day, weekday) for day in days or [None])
