"""Dates in a text: calendar days, dates relative to another day, and times of the clock.

A bare year is not a date here but a figure, and a bare month is one only where it cannot be another
word ("may", "march").
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from itertools import product

import regex

from newsqa.languages import language
from newsqa.languages.sections import Forms
from newsqa.languages.spelling import any_of, any_of_values, by_small_form, small
from newsqa.text.dates.clock import ClockTime, find_times, has_unread_hours
from newsqa.text.dates.partial import DateMention, Offset, PartialDate, Period, Step
from newsqa.text.numbers.vocabulary import number_words
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
    dates = _join_years(visible.text, without_overlaps(mentions))
    return dates if visible.text == text else [_in_original(date, visible) for date in dates]


_MONTH_AFTER = regex.compile(r"\s?(?:的)?\s?(?P<month>1[0-2]|0?[1-9])(?:月|월)(?!\s?\d)")


def _join_years(text: str, mentions: list[DateMention]) -> list[DateMention]:
    """Return ``mentions`` with one for "May next year" and 明年3月."""
    joined: list[DateMention] = []
    for mention in mentions:
        if _is_year(mention) and (month := _MONTH_AFTER.match(text, mention.end)):
            date = PartialDate(month=int(month["month"]))
            joined.append(replace(mention, end=month.end(), dates=(date,)))
        elif joined and _BESIDE.fullmatch(text, joined[-1].end, mention.start):
            last = joined[-1]
            pair = (last, mention) if _is_year(mention) else (mention, last)
            if (
                _is_year(pair[1])
                and pair[0].dates
                and all(d.month and not d.year for d in pair[0].dates)
            ):
                start = min(last.start, mention.start)
                joined[-1] = replace(pair[0], start=start, end=mention.end, offset=pair[1].offset)
            else:
                joined.append(mention)
        else:
            joined.append(mention)
    return joined


_BESIDE = regex.compile(r",?\s(?:of\s|de\s|del\s|des\s|the\s)?")


def _is_year(mention: DateMention) -> bool:
    """Return whether it is "next year" and the like."""
    offset = mention.offset
    return bool(offset and offset.step == "year" and offset.is_from_today and not mention.dates)


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


_STEPS: tuple[Step, ...] = ("day", "week", "month", "year")
_DIRECTIONS = {"before": -1, "after": 1}


def find_relative_dates(text: str, code: str) -> Iterator[DateMention]:
    """Yield the dates in ``text`` that the language with this code gives relative to another day.

    >>> def offsets(text, code):
    ...     mentions = find_relative_dates(text, code)
    ...     return [(m.offset.count, m.offset.step, m.offset.is_from_today) for m in mentions]
    >>> offsets("He left three days ago and came back a week later", "en")
    [(-3, 'day', True), (1, 'week', False)]
    >>> offsets("Gestern und vorige Woche", "de")
    [(-1, 'day', True), (-1, 'week', True)]
    """
    phrases = _offsets(code)
    for match in _phrase_pattern(code).finditer(text):
        if not _runs_into_weekday(text, match.end(), code):
            yield DateMention(match.start(), match.end(), offset=phrases[small(match[0])])
    if _step_pattern(code).search(text):
        yield from _find_counted(text, code)
    yield from _find_weekdays(text, code)


# Phrases ------------------------------------------------------------------------------------------


@cache
def _offsets(code: str) -> Mapping[str, Offset]:
    """Return what the fixed phrases of a language mean."""
    calendar = language(code).calendar
    days = {word: Offset(n, "day") for word, n in by_small_form(calendar.days).items()}
    return {
        **days,
        **_periods(calendar.last, -1),
        **_periods(calendar.this, 0),
        **_periods(calendar.next, 1),
        **{small(p): Offset(-1, "day", is_from_today=False) for p in calendar.previous_day},
        **{small(p): Offset(1, "day", is_from_today=False) for p in calendar.next_day},
    }


def _periods(phrases: Forms, count: int) -> dict[str, Offset]:
    return {
        small(phrase): Offset(count, step, is_period=True)
        for step in _STEPS
        for phrase in phrases.get(step, ())
    }


@cache
def _phrase_pattern(code: str) -> regex.Pattern[str]:
    phrases = any_of(_offsets(code))
    if language(code).has_spaces:
        return regex.compile(rf"\b(?:{phrases})\b", regex.IGNORECASE)
    # Korean writes words apart, and 昨年度 is a fiscal year.
    return regex.compile(rf"(?<!\p{{Hangul}})(?:{phrases})(?!度)")


def _runs_into_weekday(text: str, end: int, code: str) -> bool:
    """Return whether a word without spaces goes on: 上周 is last week, and 上周五 last Friday."""
    if language(code).has_spaces:
        return False
    calendar = language(code).calendar
    names = [*by_small_form(calendar.weekdays), *by_small_form(calendar.weekdays_short)]
    return any(text.startswith(name, at) for name in names for at in range(max(end - 2, 0), end))


def _find_weekdays(text: str, code: str) -> Iterator[DateMention]:
    """Yield the weekdays with a word before them: last Monday. It may be any of the two nearest."""
    if language(code).calendar.before_weekday:
        for match in _weekday_pattern(code).finditer(text):
            weekday = PartialDate(weekday=_long_weekdays(code)[small(match["weekday"])])
            yield DateMention(match.start(), match.end(), (weekday,))


@cache
def _long_weekdays(code: str) -> Mapping[str, int]:
    return by_small_form(language(code).calendar.weekdays)


@cache
def _weekday_pattern(code: str) -> regex.Pattern[str]:
    calendar = language(code).calendar
    before, weekday = any_of(calendar.before_weekday), any_of_values(calendar.weekdays)
    return regex.compile(rf"\b(?:{before})\s(?P<weekday>{weekday})\b", regex.IGNORECASE)


# Counted days, weeks, months and years ------------------------------------------------------------


def _find_counted(text: str, code: str) -> Iterator[DateMention]:
    for direction, is_from_today, pattern in _counted_patterns(code):
        for match in pattern.finditer(text):
            offset = _counted_offset(match, code, direction, is_from_today=is_from_today)
            yield DateMention(match.start(), match.end(), offset=offset)


@cache
def _step_pattern(code: str) -> regex.Pattern[str]:
    """Return a pattern for the names of steps, without which no counted phrase needs looking for."""
    units = language(code).units
    names = any_of(name for step in _STEPS for name in units.get(step, ()))
    return regex.compile(rf"\b(?:{names})\b", regex.IGNORECASE)


@cache
def _counted_patterns(code: str) -> tuple[tuple[int, bool, regex.Pattern[str]], ...]:
    """Return the direction, whether it counts from today, and the pattern of each list of phrases."""
    calendar = language(code).calendar
    return tuple(
        (_DIRECTIONS[key], is_from_today, _counted_pattern(code, phrases))
        for counted, is_from_today in ((calendar.from_today, True), (calendar.from_other, False))
        for key, phrases in counted.items()
    )


def _counted_pattern(code: str, phrases: tuple[str, ...]) -> regex.Pattern[str]:
    count = rf"(?P<count>{any_of(_counts(code))}|\d{{1,3}})".replace(r"\s+", r"[\s\-‐‑]")
    units = language(code).units
    step = "|".join(rf"(?P<{step}>{any_of(units.get(step, ()))})" for step in _STEPS)
    filled = any_of(phrases).replace(r"\{n\}", count).replace(r"\{step\}", f"(?:{step})")
    return regex.compile(rf"\b(?:{filled})\b", regex.IGNORECASE)


@cache
def _counts(code: str) -> dict[str, int]:
    """Return the numbers from 1 to 99 in words; an article counts as one."""
    vocabulary = number_words(code)
    small_numbers = {word: n for word, n in vocabulary.small.items() if 0 < n < 100}
    two_words = {
        f"{ten} {unit}": a + b
        for (ten, a), (unit, b) in product(small_numbers.items(), repeat=2)
        if a >= 20 and b < 10
    }
    return dict.fromkeys(vocabulary.articles, 1) | small_numbers | two_words


def _counted_offset(
    match: regex.Match[str], code: str, direction: int, *, is_from_today: bool
) -> Offset:
    written = regex.sub(r"[\s\-‐‑]", " ", (match["count"] or "1").casefold())
    count = int(written) if written.isdecimal() else _counts(code)[written]
    step = next(step for step in _STEPS if match[step])
    return Offset(direction * count, step, is_from_today)
