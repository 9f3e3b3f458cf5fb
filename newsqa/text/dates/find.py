"""Calendar dates: the days, months and weekdays a text names, and where.

A bare year is no date here but a figure, and a bare month is one only where it cannot be another
word ("may", "march").
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import regex

from newsqa.languages.calendar import LANGUAGES, months, part_of_day, weekdays
from newsqa.text.dates.partial import DateMention, PartialDate
from newsqa.text.dates.relative import find_offsets


def find_dates(text: str, languages: frozenset[str]) -> list[DateMention]:
    """The dates in ``text``, in reading order; ``languages`` are those it may be written in."""
    known = sorted(languages & LANGUAGES)
    found = [*_numeric(text)]
    for language in known:
        found += [*_named(text, language), *find_offsets(text, language)]
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
