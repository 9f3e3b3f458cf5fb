"""Dates relative to another day: yesterday, last month, two days later.

The words and phrases are in the section ``calendar`` of the data files.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from itertools import product

import regex

from newsqa.languages import language
from newsqa.languages.patterns import any_of, any_of_values, by_small_form, small
from newsqa.languages.sections import Forms
from newsqa.text.dates.partial import DateMention, Offset, PartialDate, Step
from newsqa.text.numbers.vocabulary import number_words

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
            weekday = PartialDate(weekday=_weekdays(code)[small(match["weekday"])])
            yield DateMention(match.start(), match.end(), (weekday,))


@cache
def _weekdays(code: str) -> Mapping[str, int]:
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
