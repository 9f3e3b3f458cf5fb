"""Calendar dates: the days, months and weekdays a text names, and where.

A bare year is no date here but a figure, and a bare month is one only where it cannot be another
word ("may", "march").
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import regex

from newsqa.languages import language
from newsqa.languages.patterns import any_of, any_of_values, by_small_form, small
from newsqa.text.dates.partial import DateMention, PartialDate
from newsqa.text.dates.relative import find_offsets


def find_dates(text: str, languages: frozenset[str]) -> list[DateMention]:
    """The dates in ``text``, in reading order; ``languages`` are those it may be written in."""
    found = [*_numeric(text)]
    for code in sorted(languages):
        if language(code).reads_dates:
            found += [*_named(text, code), *find_offsets(text, code)]
    return _outermost(found)


def _outermost(found: list[DateMention]) -> list[DateMention]:
    kept: list[DateMention] = []
    for mention in sorted(found, key=lambda m: (m.start, -m.end)):
        if not kept or mention.start >= kept[-1].end:
            kept.append(mention)
    return kept


# in figures ---------------------------------------------------------------------------------------

_YEAR = r"(?P<year>(?:1[5-9]|20)\d\d)"
_NUMERIC = regex.compile(
    rf"(?<![\d.,/\-]){_YEAR}-(?P<month>\d\d)-(?P<day>\d\d)(?!\d)"
    rf"|(?<![\d.,/])(?P<a>\d{{1,2}})(?P<sep>[/.])\s?(?P<b>\d{{1,2}})(?P=sep)\s?{_YEAR}(?!\d)"
    rf"|{_YEAR}年\s?(?:(?P<month>\d{{1,2}})月(?:\s?(?P<day>\d{{1,2}})[日号號])?)"
    r"|(?P<month>\d{1,2})月\s?(?P<day>\d{1,2})[日号號]"
    rf"|{_YEAR}년\s?(?P<month>\d{{1,2}})월(?:\s?(?P<day>\d{{1,2}})일)?"
    r"|(?P<month>\d{1,2})월\s?(?P<day>\d{1,2})일"
)


def _numeric(text: str) -> Iterator[DateMention]:
    for match in _NUMERIC.finditer(text):
        dates = tuple(date for date in _readings(match) if _is_possible(date))
        if dates:
            yield DateMention(match.start(), match.end(), dates)


def _readings(match: regex.Match[str]) -> tuple[PartialDate, ...]:
    year = int(match["year"]) if match["year"] else None
    if match["a"]:
        a, b = int(match["a"]), int(match["b"])
        both = (PartialDate(year, b, a), PartialDate(year, a, b))
        return both if match["sep"] == "/" else both[:1]
    return (PartialDate(year, int(match["month"]), int(match["day"]) if match["day"] else None),)


def _is_possible(date: PartialDate) -> bool:
    return (date.month is None or 1 <= date.month <= 12) and (
        date.day is None or 1 <= date.day <= 31
    )


# with names ---------------------------------------------------------------------------------------


@cache
def _names_pattern(code: str) -> regex.Pattern[str]:
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


def _named(text: str, code: str) -> Iterator[DateMention]:
    for match in _names_pattern(code).finditer(text):
        if not language(code).has_spaces or _stands_alone(text, match):
            # The full stop may be the sentence's.
            end = match.start() + len(match[0].rstrip("."))
            dates = tuple(_named_dates(match, code))
            yield DateMention(match.start(), end, dates, is_range=len(dates) > 1)


def _stands_alone(text: str, match: regex.Match[str]) -> bool:
    before, behind = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
    return not before.isalnum() and not (behind.isalnum() and match[0][-1].isalnum())


def _named_dates(match: regex.Match[str], code: str) -> Iterator[PartialDate]:
    year = int(match["year"]) if match["year"] else None
    month = _months(code).get(small(match["month"] or ""))
    weekday = _weekdays(code).get(small(match["weekday"] or ""))
    for day in _days(match) or [None]:
        yield PartialDate(year, month, day, weekday)


def _days(match: regex.Match[str]) -> list[int | None]:
    return [int(day) for day in (match["day"], match["last"]) if day]
