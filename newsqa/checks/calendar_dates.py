"""Calendar dates: the days, months and weekdays a text names, and where.

A bare year is no date here but a figure, and a bare month is one only where it cannot be another
word ("may", "march").
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

import regex

from newsqa.checks.calendar_words import (
    LANGUAGES,
    Step,
    days_from_today,
    months,
    part_of_day,
    periods,
    weekdays,
)


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


def find_dates(text: str, languages: frozenset[str]) -> list[DateMention]:
    """The dates in ``text``, in reading order; ``languages`` are those it may be written in."""
    known = sorted(languages & LANGUAGES)
    found = [*_numeric(text)]
    for language in known:
        found += _named(text, language)
    if "en" in known:
        found += _english_offsets(text)
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
    r"|(?:星期|礼拜|周|週)(?P<weekday>[一二三四五六日天])"
)
_HAN_WEEK = {character: number for number, character in enumerate("一二三四五六日")} | {"天": 6}


def _numeric(text: str) -> Iterator[DateMention]:
    for match in _NUMERIC.finditer(text):
        dates = tuple(date for date in _readings(match) if _is_possible(date))
        if dates:
            yield DateMention(match.start(), match.end(), dates)


def _readings(match: regex.Match[str]) -> tuple[PartialDate, ...]:
    if match["weekday"]:
        return (PartialDate(weekday=_HAN_WEEK[match["weekday"]]),)
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

_BESIDE_MONTH = (
    r"(?<=\b(?:in|since|last|next|of|by|until|till|early|late|mid|this|from|through|during|before|after|"
    r"between|to|and|every|end|im|seit|ab|bis|en|depuis|dès|desde|hasta|de)[\s\-])"
)


@cache
def _names_pattern(language: str) -> regex.Pattern[str]:
    month = "|".join(sorted(months(language), key=len, reverse=True))
    week = "|".join(sorted(weekdays(language), key=len, reverse=True))
    day = r"(?P<day>\d{1,2})(?:st|nd|rd|th|er|\.)?"
    last = r"(?P<last>\d{1,2})(?:st|nd|rd|th)?"
    # Names are capitalised in English and German, which tells May from may.
    case = "" if language in ("fr", "es") else r"(?=(?-i:\p{Lu}))"
    alone = "|".join(name for name in weekdays(language) if len(name) > 4)
    weekday = rf"(?:{case}(?P<weekday>{week})\b\.?)"
    named = rf"{case}(?P<month>{month})\b\.?"
    year = rf"(?:,?\s(?:del?\s)?{_YEAR}\b(?!,\d))?"
    return regex.compile(
        rf"(?:{weekday},?\s(?:the\s|den\s)?)?"
        rf"(?:{day}\s?(?:(?:-|–|to|and|bis|und)\s?{last}\s?)?(?:of\s|de\s)?\s?{named}{year}"
        rf"|{named}\s(?:the\s)?{day}(?!\d|[,.]\d)(?:\s?(?:-|–|to|and)\s?{last}(?!\d))?{year})"
        rf"|{named}{year[:-1]}"
        rf"|{_BESIDE_MONTH}{named}"
        rf"|{case}(?P<weekday>{alone}){part_of_day(language)}?\b",
        regex.IGNORECASE,
    )


def _named(text: str, language: str) -> Iterator[DateMention]:
    for match in _names_pattern(language).finditer(text):
        if _stands_alone(text, match):
            # The full stop may be the sentence's.
            end = match.start() + len(match[0].rstrip("."))
            dates = tuple(_named_dates(match, language))
            yield DateMention(match.start(), end, dates, is_range=len(dates) > 1)
    for word, count in days_from_today(language).items():
        for match in regex.finditer(rf"\b{word}\b", text, regex.IGNORECASE):
            yield DateMention(match.start(), match.end(), offset=Offset(count, "day"))
    for step, pattern in periods(language).items():
        for match in regex.finditer(pattern, text, regex.IGNORECASE):
            offset = Offset(-1 if match["last"] else 1, step, is_period=True)
            yield DateMention(match.start(), match.end(), offset=offset)


def _stands_alone(text: str, match: regex.Match[str]) -> bool:
    before, behind = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
    return not before.isalnum() and not (behind.isalnum() and match[0][-1].isalnum())


def _named_dates(match: regex.Match[str], language: str) -> Iterator[PartialDate]:
    year = int(match["year"]) if match["year"] else None
    month = months(language).get((match["month"] or "").casefold())
    weekday = weekdays(language).get((match["weekday"] or "").casefold())
    for day in _days(match) or [None]:
        yield PartialDate(year, month, day, weekday)


def _days(match: regex.Match[str]) -> list[int | None]:
    return [int(day) for day in (match["day"], match["last"]) if day]


# from another day ---------------------------------------------------------------------------------

_COUNTS = "one two three four five six seven eight nine ten eleven twelve".split()
_COUNT = rf"(?P<count>a|an|{'|'.join(_COUNTS)}|\d{{1,3}})"
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
_WAYS = {"ago": -1, "earlier": -1, "before": -1, "last": -1, "previous": -1, "past": -1, "this": 0}


def _english_offsets(text: str) -> Iterator[DateMention]:
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
        weekday = weekdays("en")[match["weekday"].casefold()]
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
    return int(written) if written.isdecimal() else _COUNTS.index(written.casefold()) + 1


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
