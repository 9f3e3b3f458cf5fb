"""Date offsets: dates told from another day, such as "gestern", "last month" and "two days later"."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import product

import regex

from newsqa.languages import language as language_of
from newsqa.languages.patterns import any_of, by_small_form, small
from newsqa.languages.sections import Forms
from newsqa.text.dates.partial import DateMention, Offset, PartialDate, Step
from newsqa.text.numbers.vocabulary import number_words

_SMALL = {word: n for word, n in number_words("en").small.items() if 0 < n < 100}
_COUNTS = _SMALL | {
    f"{ten} {unit}": a + b
    for (ten, a), (unit, b) in product(_SMALL.items(), repeat=2)
    if a >= 20 and b < 10
}
_WORDS = "|".join(sorted(_COUNTS, key=len, reverse=True)).replace(" ", r"[\s\-‐‑]")
_COUNT = rf"(?P<count>a|an|{_WORDS}|\d{{1,3}})"
_STEP = r"(?P<step>day|week|month|year)s?"
_OFFSETS = regex.compile(
    rf"\b{_COUNT}\s{_STEP}\s(?P<way>before|after)\s(?P<published>the\s(?:article|report|publication))\b"
    rf"|\b{_COUNT}\s{_STEP}\s(?P<way>ago|later|earlier|before|after|afterwards)\b"
    r"|\bthe\s(?:(?P<way>next|following|previous)\sday\b|day\s(?P<way>before|after)\b(?!\s(?:yesterday|tomorrow)))"
    r"|\bthe\sday\s(?P<twice>before\syesterday|after\stomorrow)\b"
    rf"|\b(?P<way>last|next|this|previous|past|coming)\s{_STEP}\b"
    r"|\b(?P<way>last|next|this|past|coming)\s(?P<weekday>monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b"
    r"|\b(?P<now>this\s(?:morning|afternoon|evening))\b|\b(?P<night>last\snight)\b",
    regex.IGNORECASE,
)
_GAP = regex.compile(r"[\s\-‐‑]")
_WAYS = {"ago": -1, "earlier": -1, "before": -1, "last": -1, "previous": -1, "past": -1, "this": 0}


def find_offsets(text: str, language: str) -> Iterator[DateMention]:
    """The dates in ``text`` that are told from another one, as ``language`` tells them."""
    offsets = _offsets_of(language)
    for match in _pattern(language).finditer(text):
        if not _runs_into_weekday(text, match.end(), language):
            yield DateMention(match.start(), match.end(), offset=offsets[small(match[0])])
    if language == "en":
        yield from _english(text)


@cache
def _offsets_of(language: str) -> dict[str, Offset]:
    """The words and phrases of a language that count from today."""
    calendar = language_of(language).calendar
    days = {word: Offset(n, "day") for word, n in by_small_form(calendar.days).items()}
    return days | _periods(calendar.last, -1) | _periods(calendar.next, 1)


def _periods(phrases: Forms, count: int) -> dict[str, Offset]:
    steps: tuple[Step, ...] = ("week", "month", "year")
    return {
        small(phrase): Offset(count, step, is_period=True)
        for step in steps
        for phrase in phrases.get(step, ())
    }


@cache
def _pattern(language: str) -> regex.Pattern[str]:
    phrases = any_of(_offsets_of(language))
    if language_of(language).has_spaces:
        return regex.compile(rf"\b(?:{phrases})\b", regex.IGNORECASE)
    # Korean writes words apart, and 昨年度 is a fiscal year.
    return regex.compile(rf"(?<!\p{{Hangul}})(?:{phrases})(?!度)")


def _runs_into_weekday(text: str, end: int, language: str) -> bool:
    """Whether a name without spaces goes on: 上周 is last week, and 上周五 last Friday."""
    if language_of(language).has_spaces:
        return False
    calendar = language_of(language).calendar
    names = [*by_small_form(calendar.weekdays), *by_small_form(calendar.weekdays_short)]
    return any(text.startswith(name, at) for name in names for at in range(max(end - 2, 0), end))


def _english(text: str) -> Iterator[DateMention]:
    for match in _OFFSETS.finditer(text):
        yield DateMention(match.start(), match.end(), *_offset(match))


def _offset(match: regex.Match[str]) -> tuple[tuple[PartialDate, ...], Offset | None]:
    if match["now"] or match["night"]:
        return (), Offset(0 if match["now"] else -1, "day")
    if match["twice"]:
        return (), Offset(-2 if match["twice"].startswith("before") else 2, "day")
    way = match["way"].casefold()
    direction = _WAYS.get(way, 1)
    if match["weekday"]:
        weekday = by_small_form(language_of("en").calendar.weekdays)[small(match["weekday"])]
        return (PartialDate(weekday=weekday),), None
    is_from_today = bool(match["published"]) or (
        bool(match["step"]) and way in ("ago", "last", "next", "this", "past", "coming")
    )
    step: Step = match["step"].casefold() if match["step"] else "day"
    is_period = is_from_today and not match["count"]
    return (), Offset(direction * _count(match["count"]), step, is_from_today, is_period)


def _count(written: str | None) -> int:
    if not written or written.casefold() in ("a", "an"):
        return 1
    words = _GAP.sub(" ", written.casefold())
    return int(words) if words.isdecimal() else _COUNTS[words]
