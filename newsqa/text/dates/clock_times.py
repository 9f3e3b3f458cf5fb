"""Clock times: the times of day a text names, and where."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

import regex

from newsqa.languages import language as language_of
from newsqa.languages.sections import Values, Words

HALF_DAY = 12 * 60
DAY = 2 * HALF_DAY

_MARK = r"(?P<half>[ap])\.?\s?m\b\.?"
_TIMES = regex.compile(
    # "9-11am": the first takes over what is written with the second
    rf"(?<![\d.,:$£€])(?P<h>\d{{1,2}})(?:[:.](?P<m>[0-5]\d))?(?=\s?(?:[\-–—]|to|and|until)\s?\d{{1,2}}(?:[:.]\d\d)?\s?{_MARK})"
    rf"|(?<![\d.,:$£€])(?P<h>\d{{1,2}})(?:[:.](?P<m>[0-5]\d))?\s?{_MARK}"
    r"|(?<![\d.,:])(?P<h>[01]?\d|2[0-4]):(?P<m>[0-5]\d)(?::[0-5]\d)?(?![\d:])"
    r"|(?<![\d.,:])(?P<h>[01]?\d|2[0-4])\.(?P<m>[0-5]\d)\s(?:Uhr|h|hrs?)\b"
    r"|(?<![\d.,:])(?P<h>[01]\d|2[0-3])(?P<m>[0-5]\d)(?=\s(?:GMT|UTC|BST|CET|EST|EDT|ET|local)\b)"
    # "for 1310 hours" is how long it took
    r"|(?<=\b(?:at|by|until|till|from|since|before|after|around|about|to|and)\s|[\-–])(?P<h>[01]\d|2[0-3])(?P<m>[0-5]\d)(?=\s(?:hours|hrs)\b)"
    r"|(?<![\d.,:\-])(?P<h>0\d)(?P<m>[0-5]\d)(?![\d:\-]|[.,]\d)"
    r"|(?<![\d.,:])(?P<h>[01]?\d|2[0-4])\s?(?:Uhr|h|heures?)(?:\s?(?P<m>[0-5]\d))?\b"
    r"|(?<!\d)(?P<h>\d{1,2})(?:点|時|时)(?![間间])(?:(?P<m>\d{1,2})分)?"
    r"|\b(?P<hour>one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d{1,2})\s(?:o['’]clock)"
    rf"|\b(?P<hour>one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\s{_MARK}"
    r"|\bhalf[\s\-]past\s(?P<after>one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d{1,2})\b"
    r"|\b(?:12\s)?(?P<noon>noon|midday)\b|\b(?:12\s)?(?P<midnight>midnight)\b",
    regex.IGNORECASE,
)
_HOURS = "one two three four five six seven eight nine ten eleven twelve".split()

_DOTTED = regex.compile(
    r"(?<![\d.,:$£€])(?P<h>[01]?\d|2[0-4])[.．](?P<m>[0-5]\d)(?![\d.,:]\d|\d|\s?[%％])"
)
"""A time, or a number with two decimals."""

_MINUTES = {"half": 30, "quarter": 15, "to_half": -30, "to_quarter": -15}
"""What the words around an hour add to it."""


@dataclass(frozen=True, slots=True)
class ClockTime:
    """A time of day: where it stands, and the minutes since midnight that it may mean."""

    start: int
    end: int
    minutes: frozenset[int]
    is_ambiguous: bool = False
    """Whether it is as likely a number: 18.15."""


def find_times(text: str, languages: frozenset[str]) -> list[ClockTime]:
    """The times of day in ``text``, in reading order; of "6:30" both halves of the day are meant.

    ``languages`` are those it may be written in; what is the same in many is read in all.
    """
    found = [*_times(text), *_named_times(text, languages)]
    kept: list[ClockTime] = []
    for time in sorted(found, key=lambda t: (t.start, -t.end)):
        if not kept or time.start >= kept[-1].end:
            kept.append(_in_half(text, time, languages))
    return kept + _dotted(text, kept, languages)


def _dotted(text: str, kept: list[ClockTime], languages: frozenset[str]) -> list[ClockTime]:
    found = [
        ClockTime(
            match.start(),
            match.end(),
            _minutes_of(int(match["h"]), int(match["m"]), match["h"]),
            True,
        )
        for match in _DOTTED.finditer(text)
    ]
    return [
        _in_half(text, time, languages)
        for time in found
        if not any(k.start < time.end and time.start < k.end for k in kept)
    ]


def _times(text: str) -> Iterator[ClockTime]:
    for match in _TIMES.finditer(text):
        minutes = _minutes(match)
        if minutes:
            yield ClockTime(match.start(), match.end(), minutes)


def _minutes(match: regex.Match[str]) -> frozenset[int]:
    if match["noon"]:
        return frozenset({HALF_DAY})
    if match["midnight"]:
        return frozenset({0})
    hour = _hour(match["h"] or match["hour"] or match["after"])
    minute = 30 if match["after"] else int(match["m"] or 0)
    if match["half"]:
        start = (hour % 12) * 60 + (HALF_DAY if match["half"].lower() == "p" else 0)
        return frozenset({start + minute}) if hour <= 12 else frozenset()
    return _minutes_of(hour, minute, match["h"] or "")


def _minutes_of(hour: int, minute: int, written: str) -> frozenset[int]:
    """Of an hour up to twelve both halves of the day, unless it is written with a nought."""
    if hour > 12 or hour == 0 or written.startswith("0"):
        return frozenset({(hour % 24 * 60 + minute) % DAY})
    start = (hour % 12 * 60 + minute) % DAY
    return frozenset({start, (start + HALF_DAY) % DAY})


def _hour(written: str) -> int:
    return int(written) if written.isdecimal() else _HOURS.index(written.casefold()) + 1


# by the words of a language -----------------------------------------------------------------------


def _named_times(text: str, languages: frozenset[str]) -> Iterator[ClockTime]:
    for language in sorted(languages):
        for minute, pattern in _turns(language):
            for match in pattern.finditer(text):
                yield ClockTime(match.start(), match.end(), frozenset({minute}))
        hours = _hours(language)
        for pattern in _patterns(language):
            for match in pattern.finditer(text):
                groups = match.groupdict()
                written = groups.get("h") or groups["ordinal"]
                hour = hours.get(written.casefold())
                hour = int(written) if hour is None and written.isdecimal() else hour
                if hour is None or hour > 24:
                    continue
                more = sum(add for way, add in _MINUTES.items() if groups.get(way))
                minute = int(groups.get("m") or 0) + more
                yield ClockTime(match.start(), match.end(), _minutes_of(hour, minute, written))


@cache
def _turns(language: str) -> list[tuple[int, regex.Pattern[str]]]:
    """Noon and midnight."""
    clock = language_of(language).clock
    return [
        (
            minute,
            regex.compile("|".join(patterns), regex.IGNORECASE),
        )
        for patterns, minute in ((clock.noon, HALF_DAY), (clock.midnight, 0))
        if patterns
    ]


@cache
def _patterns(language: str) -> tuple[regex.Pattern[str], ...]:
    hours = "|".join(sorted(map(regex.escape, _hours(language)), key=len, reverse=True))
    # What is longer than a word would begin inside of one: "Tausend Uhr".
    hour = rf"(?P<h>\d{{1,2}}|{hours})" if hours else r"(?P<h>\d{1,2})"
    ordinals = "|".join(sorted(_hour_ordinals(language), key=len, reverse=True))
    return tuple(
        regex.compile(rf"(?<![\d.,:])(?:{_spaced(pattern, hour, ordinals)})", regex.IGNORECASE)
        for pattern in language_of(language).clock.times
    )


def _spaced(pattern: str, hour: str, ordinals: str) -> str:
    filled = pattern.replace("{h}", hour).replace("{m}", r"(?P<m>[0-5]?\d)")
    return filled.replace("{ordinals}", ordinals)


def _hour_ordinals(language: str) -> dict[str, int]:
    return _by_form(language_of(language).clock.hour_ordinals)


def _by_form(values: Values) -> dict[str, int]:
    return {form: int(value) for value, forms in values.items() for form in forms}


@cache
def _hours(language: str) -> dict[str, int]:
    """The words for 1 to 12, as they are written, and their ordinals where hours have those."""
    numbers = language_of(language).numbers
    units = _by_form(numbers.units or numbers.native_units)
    found = {form: n for form, n in units.items() if 1 <= n <= 12}
    if numbers.native_units:
        found |= {"열": 10, "열한": 11, "열두": 12}
    if language in ("zh", "ja"):
        found = {form: n for form, n in _by_form(language_of("zh").places.digits).items() if n}
        found |= {"十": 10, "十一": 11, "十二": 12}
    found |= _hour_ordinals(language)
    return {word.casefold(): n for word, n in found.items()}


def has_other_hours(text: str, languages: frozenset[str]) -> bool:
    """Whether ``text`` may name an hour in a way that is not read here, such as the Thai watches."""
    return any(word in text for code in languages for word in language_of(code).clock.unread)


def _in_half(text: str, time: ClockTime, languages: frozenset[str]) -> ClockTime:
    """The time in the half of the day that the words beside it name."""
    if len(time.minutes) == 1:
        return time
    for language in sorted(languages):
        clock = language_of(language).clock
        for words, start in ((clock.am, 0), (clock.pm, HALF_DAY)):
            before, behind = _beside(words, has_spaces=language_of(language).has_spaces)
            if (
                before
                and behind
                and (
                    behind.match(text, time.end)
                    or before.search(text, max(time.start - 14, 0), time.start)
                )
            ):
                minutes = frozenset(m for m in time.minutes if start <= m < start + HALF_DAY)
                return replace(time, minutes=minutes)
    return time


@cache
def _beside(
    listed: Words, *, has_spaces: bool
) -> tuple[regex.Pattern[str], regex.Pattern[str]] | tuple[None, None]:
    if not listed:
        return None, None
    words = "|".join(regex.escape(w).replace(r"\ ", r"[\s'’]") for w in listed)
    before = rf"(?<!\p{{L}})(?:{words})(?:\s\p{{L}}{{1,3}})?[\s,]*$"
    if not has_spaces:
        before = rf"(?:{words})\s?$"
    return regex.compile(before), regex.compile(
        rf"[\s,]*(?:\p{{L}}{{1,2}}\s)?(?:{words})(?!\p{{L}})"
    )
