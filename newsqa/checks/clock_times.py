"""Clock times: the times of day a text names, and where."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import regex

HALF_DAY = 12 * 60

_MARK = r"(?P<half>[ap])\.?\s?m\b\.?"
_TIMES = regex.compile(
    # "9-11am": the first takes over what is written with the second
    rf"(?<![\d.,:$£€])(?P<h>\d{{1,2}})(?:[:.](?P<m>[0-5]\d))?(?=\s?(?:[\-–—]|to|and|until)\s?\d{{1,2}}(?:[:.]\d\d)?\s?{_MARK})"
    rf"|(?<![\d.,:$£€])(?P<h>\d{{1,2}})(?:[:.](?P<m>[0-5]\d))?\s?{_MARK}"
    r"|(?<![\d.,:])(?P<h>[01]?\d|2[0-4]):(?P<m>[0-5]\d)(?::[0-5]\d)?(?![\d:])"
    r"|(?<![\d.,:])(?P<h>[01]?\d|2[0-4])\.(?P<m>[0-5]\d)\sUhr\b"
    r"|(?<![\d.,:])(?P<h>[01]\d|2[0-3])(?P<m>[0-5]\d)(?=\s(?:hours|hrs|GMT|UTC|BST|CET|EST|EDT|ET|local)\b)"
    r"|(?<![\d.,:\-])(?P<h>0\d)(?P<m>[0-5]\d)(?![\d:\-]|[.,]\d)"
    r"|(?<![\d.,:])(?P<h>[01]?\d|2[0-4])\s?(?:Uhr|h|heures?)(?:\s?(?P<m>[0-5]\d))?\b"
    r"|(?<!\d)(?P<h>\d{1,2})(?:点|時|时)(?:(?P<m>\d{1,2})分)?"
    r"|\b(?P<hour>one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d{1,2})\s(?:o['’]clock)"
    rf"|\b(?P<hour>one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\s{_MARK}"
    r"|\bhalf[\s\-]past\s(?P<after>one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d{1,2})\b"
    r"|\b(?P<noon>noon|midday)\b|\b(?P<midnight>midnight)\b",
    regex.IGNORECASE,
)
_HOURS = "one two three four five six seven eight nine ten eleven twelve".split()


@dataclass(frozen=True, slots=True)
class ClockTime:
    """A time of day: where it stands, and the minutes since midnight that it may mean."""

    start: int
    end: int
    minutes: frozenset[int]


def find_times(text: str) -> list[ClockTime]:
    """The times of day in ``text``, in reading order; of "6:30" both halves of the day are meant."""
    return list(_times(text))


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
    if hour > 12 or hour == 0 or (match["h"] or "").startswith("0"):
        return frozenset({hour % 24 * 60 + minute})
    return frozenset({hour % 12 * 60 + minute, hour % 12 * 60 + minute + HALF_DAY})


def _hour(written: str) -> int:
    return int(written) if written.isdecimal() else _HOURS.index(written.casefold()) + 1
