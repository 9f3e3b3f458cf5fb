"""Date offsets: English dates told from another day, such as "last month" and "two days later"."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from newsqa.checks.calendar_words import weekdays
from newsqa.checks.number_words import number_words
from newsqa.checks.partial_dates import DateMention, Offset, PartialDate, Step

_COUNTS = {words: n for words, n in number_words("en").small.items() if 0 < n < 100}
_WORDS = "|".join(sorted(_COUNTS, key=len, reverse=True)).replace(" ", r"[\s\-‐‑]")
_COUNT = rf"(?P<count>a|an|{_WORDS}|\d{{1,3}})"
_STEP = r"(?P<step>day|week|month|year)s?"
_OFFSETS = regex.compile(
    rf"\b{_COUNT}\s{_STEP}\s(?P<way>ago|later|earlier|before|after|afterwards)\b"
    r"|\bthe\s(?:(?P<way>next|following|previous)\sday\b|day\s(?P<way>before|after)\b(?!\s(?:yesterday|tomorrow)))"
    r"|\bthe\sday\s(?P<twice>before\syesterday|after\stomorrow)\b"
    rf"|\b(?P<way>last|next|this|previous|past|coming)\s{_STEP}\b"
    r"|\b(?P<way>last|next|this|past|coming)\s(?P<weekday>monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b"
    r"|\b(?P<now>this\s(?:morning|afternoon|evening))\b|\b(?P<night>last\snight)\b",
    regex.IGNORECASE,
)
_GAP = regex.compile(r"[\s\-‐‑]")
_WAYS = {"ago": -1, "earlier": -1, "before": -1, "last": -1, "previous": -1, "past": -1, "this": 0}


def find_offsets(text: str) -> Iterator[DateMention]:
    """The dates in ``text`` that are told from another one."""
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
    is_from_today = bool(match["step"]) and way in ("ago", "last", "next", "this", "past", "coming")
    step: Step = match["step"].casefold() if match["step"] else "day"
    return (), Offset(direction * _count(match["count"]), step, is_from_today)


def _count(written: str | None) -> int:
    if not written or written.casefold() in ("a", "an"):
        return 1
    words = _GAP.sub(" ", written.casefold())
    return int(words) if words.isdecimal() else _COUNTS[words]
