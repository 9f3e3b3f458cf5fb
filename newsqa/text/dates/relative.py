"""Date offsets: dates told from another day, such as "gestern", "last month" and "two days later"."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import regex

from newsqa.languages.calendar import Step, days_from_today, periods, weekdays
from newsqa.text.dates.partial import DateMention, Offset, PartialDate
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
    for word, count in days_from_today(language).items():
        for match in regex.finditer(rf"\b{word}\b", text, regex.IGNORECASE):
            yield DateMention(match.start(), match.end(), offset=Offset(count, "day"))
    for step, pattern in periods(language).items():
        for match in regex.finditer(pattern, text, regex.IGNORECASE):
            offset = Offset(-1 if match["last"] else 1, step, is_period=True)
            yield DateMention(match.start(), match.end(), offset=offset)
    if language == "en":
        yield from _english(text)


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
    words = _GAP.sub(" ", written.casefold())
    return int(words) if words.isdecimal() else _COUNTS[words]
