"""Times of day: 6 a.m., 18.30 Uhr, a quarter past three, 午後6時.

The patterns are in the data files: ``und.toml`` has those of every language. In a pattern ``{h}`` is
an hour in digits or in words, ``{m}`` and ``{mm}`` are minutes of one or two digits, ``{ordinals}``
the hours as ordinals, ``{meridiem}`` is a.m. or p.m., and a space is any white space. The
groups ``half``, ``quarter``, ``to_half`` and ``to_quarter`` add to the hour or take from it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache

import regex

from newsqa.languages import SIGNS, language
from newsqa.languages.sections import Values, Words
from newsqa.text.numbers.cjk import native_korean
from newsqa.text.spans import VisibleText, without_overlaps

HALF_DAY = 12 * 60
DAY = 2 * HALF_DAY

_ADDED_MINUTES = {"half": 30, "quarter": 15, "to_half": -30, "to_quarter": -15}

_DOTTED = regex.compile(
    r"(?<![\d.,:$£€])(?P<h>[01]?\d|2[0-4])[.．](?P<m>[0-5]\d)(?![\d.,:]\d|\d|\s?[%％])"
)
"""A time, or a number with two decimals."""


@dataclass(frozen=True, slots=True)
class ClockTime:
    """A time of day in a text: its span, and the minutes since midnight that it may mean."""

    start: int
    end: int
    minutes: frozenset[int]
    is_ambiguous: bool = False
    """True for a time that may as well be a number: 18.15."""


def find_times(text: str, languages: frozenset[str]) -> list[ClockTime]:
    """Return the times of day in ``text`` in reading order.

    A time up to 12:59 may be in either half of the day, unless a word says which.

    >>> def read(text, code):
    ...     return [sorted(time.minutes) for time in find_times(text, frozenset({code}))]
    >>> read("at a quarter past three", "en")
    [[195, 915]]
    >>> read("um Viertel nach drei nachmittags", "de")
    [[915]]
    >>> read("from 9 to 11am", "en")
    [[540], [660]]
    """
    visible = VisibleText(text)
    times = _times(visible.text, languages)
    return times if visible.text == text else [_in_original(time, visible) for time in times]


def _in_original(time: ClockTime, visible: VisibleText) -> ClockTime:
    start, end = visible.original(time.start, time.end)
    return replace(time, start=start, end=end)


def _times(text: str, languages: frozenset[str]) -> list[ClockTime]:
    written = [time for code in (SIGNS, *sorted(languages - {SIGNS})) for time in _find(text, code)]
    times = without_overlaps(written)
    dotted = [
        time
        for time in _find_dotted(text)
        if not any(other.start < time.end and time.start < other.end for other in times)
    ]
    return [_in_named_half(text, time, languages) for time in without_overlaps([*times, *dotted])]


def _find(text: str, code: str) -> Iterator[ClockTime]:
    """Yield the times that match a pattern of one language; they may overlap."""
    patterns = _patterns(code)
    for minute, pattern in ((HALF_DAY, patterns.noon), (0, patterns.midnight)):
        for match in pattern.finditer(text) if pattern else ():
            yield ClockTime(match.start(), match.end(), frozenset({minute}))
    for pattern in patterns.times:
        for match in pattern.finditer(text):
            minutes = _minutes(match, patterns.hours)
            if minutes:
                yield ClockTime(match.start(), match.end(), minutes)


def _find_dotted(text: str) -> Iterator[ClockTime]:
    for match in _DOTTED.finditer(text):
        minutes = _either_half(int(match["h"]), int(match["m"]), match["h"])
        yield ClockTime(match.start(), match.end(), minutes, is_ambiguous=True)


# Minutes ------------------------------------------------------------------------------------------


def _minutes(match: regex.Match[str], hours: Mapping[str, int]) -> frozenset[int]:
    """Return the minutes since midnight that ``match`` may mean; none if there is no such hour."""
    groups = match.groupdict()
    written = groups.get("h") or groups["ordinal"]
    hour = int(written) if written.isdecimal() else hours.get(written.casefold(), DAY)
    minute = int(groups.get("m") or 0)
    minute += sum(added for group, added in _ADDED_MINUTES.items() if groups.get(group))
    meridiem = (groups.get("meridiem") or "").lower()
    if hour > (12 if meridiem else 24):
        return frozenset()
    if meridiem:
        start = hour % 12 * 60 + (HALF_DAY if meridiem == "p" else 0)
        return frozenset({(start + minute) % DAY})
    return _either_half(hour, minute, written)


def _either_half(hour: int, minute: int, written: str) -> frozenset[int]:
    """Return the time in both halves of the day, or in one for hours such as 0, 06 and 18."""
    if hour > 12 or hour == 0 or written.startswith("0"):
        return frozenset({(hour % 24 * 60 + minute) % DAY})
    start = (hour % 12 * 60 + minute) % DAY
    return frozenset({start, (start + HALF_DAY) % DAY})


def _in_named_half(text: str, time: ClockTime, languages: frozenset[str]) -> ClockTime:
    """Return the time in the half of the day that the words beside it name, if they name one."""
    if len(time.minutes) == 1:
        return time
    for code in sorted(languages):
        clock = language(code).clock
        for words, first in ((clock.am, 0), (clock.pm, HALF_DAY)):
            if words and _is_beside(text, time, words, has_spaces=language(code).has_spaces):
                half = range(first, first + HALF_DAY)
                return replace(time, minutes=time.minutes.intersection(half))
    return time


_MAX_WORDS_BEFORE_CHARS = 14


def _is_beside(text: str, time: ClockTime, words: Words, *, has_spaces: bool) -> bool:
    """Return whether one of ``words`` is right before or after the time."""
    before, after = _beside(words, has_spaces=has_spaces)
    first = max(time.start - _MAX_WORDS_BEFORE_CHARS, 0)
    return bool(after.match(text, time.end) or before.search(text, first, time.start))


@cache
def _beside(words: Words, *, has_spaces: bool) -> tuple[regex.Pattern[str], regex.Pattern[str]]:
    forms = "|".join(regex.escape(word).replace(r"\ ", r"[\s'’]") for word in words)
    before = rf"(?<!\p{{L}})(?:{forms})(?:\s\p{{L}}{{1,3}})?[\s,]*$"
    if not has_spaces:
        before = rf"(?:{forms})\s?$"
    after = rf"[\s,]*(?:\p{{L}}{{1,2}}\s)?(?:{forms})(?!\p{{L}})"
    return regex.compile(before), regex.compile(after)


# The patterns of a language -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Patterns:
    hours: Mapping[str, int]
    times: tuple[regex.Pattern[str], ...]
    noon: regex.Pattern[str] | None
    midnight: regex.Pattern[str] | None


@cache
def _patterns(code: str) -> _Patterns:
    clock = language(code).clock
    ordinals = _by_form(clock.hour_ordinals)
    hours = _hour_words(code)
    placeholders = {
        "{h}": rf"(?P<h>\d{{1,2}}|{_any(hours)})" if hours else r"(?P<h>\d{1,2})",
        "{m}": r"(?P<m>[0-5]?\d)",
        "{mm}": r"(?P<m>[0-5]\d)",
        "{ordinals}": _any(ordinals),
        "{meridiem}": r"(?P<meridiem>[ap])\.?\s?m\b\.?",
        " ": r"\s",
    }
    return _Patterns(
        {word.casefold(): hour for word, hour in (hours | ordinals).items()},
        tuple(_compiled(rf"(?<![\d.,:])(?:{time})", placeholders) for time in clock.times),
        _compiled("|".join(clock.noon), placeholders) if clock.noon else None,
        _compiled("|".join(clock.midnight), placeholders) if clock.midnight else None,
    )


def _compiled(pattern: str, placeholders: Mapping[str, str]) -> regex.Pattern[str]:
    for placeholder, meaning in placeholders.items():
        pattern = pattern.replace(placeholder, meaning)
    return regex.compile(pattern, regex.IGNORECASE)


def _any(words: Mapping[str, int]) -> str:
    ordered = sorted(words, key=len, reverse=True)
    return "|".join(regex.escape(word, literal_spaces=True) for word in ordered)


def _hour_words(code: str) -> dict[str, int]:
    """Return the words for 1 to 12 as they are written, ordinals included."""
    numbers = language(code).numbers
    words = native_korean() if numbers.native_units else _by_form(numbers.units)
    if code in ("zh", "ja"):
        digits = _by_form(language("zh").places.digits)
        words = digits | {"十": 10} | {f"十{digit}": 10 + n for digit, n in digits.items() if n}
    words = words | _by_form(language(code).clock.hour_ordinals)
    return {word: hour for word, hour in words.items() if 1 <= hour <= 12}


def _by_form(values: Values) -> dict[str, int]:
    return {form: int(value) for value, forms in values.items() for form in forms}


def has_unread_hours(text: str, languages: frozenset[str]) -> bool:
    """Return whether ``text`` may name an hour in a way that is not read, such as Thai watches."""
    return any(word in text for code in languages for word in language(code).clock.unread)
