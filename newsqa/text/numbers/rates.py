"""Rates: the time that an amount is counted by, as in "a month" and "pro Woche"."""

from __future__ import annotations

from functools import cache

import regex

from newsqa.languages import language
from newsqa.text.numbers.units import names_of

_THING = regex.compile(r"\s\p{L}[\p{L}\p{M}]*")
"""What is counted, where that is no unit: "passengers" in "300 passengers a day"."""


def rate_at(text: str, start: int, end: int, languages: frozenset[str]) -> str:
    """The time by which what stands from ``start`` to ``end`` is counted; empty for none."""
    before = _before(languages)
    match = before.search(text, max(start - 12, 0), start) if before else None
    if match:
        return _named_before(languages)[match["rate"]]
    names = names_of("rates", languages | {"en"})
    thing = _THING.match(text, end)
    for at in (end, thing.end() if thing else end):
        found = names.behind(text, at)
        if found:
            return found[0]
    return ""


@cache
def _named_before(languages: frozenset[str]) -> dict[str, str]:
    """What stands before a number, in languages without spaces: 每月60万元."""
    return {
        form: name
        for code in languages
        for name, forms in language(code).rates_before.items()
        for form in forms
    }


@cache
def _before(languages: frozenset[str]) -> regex.Pattern[str] | None:
    named = _named_before(languages)
    if not named:
        return None
    listed = "|".join(sorted(named, key=len, reverse=True))
    return regex.compile(
        rf"(?<![\d\p{{Hangul}}])(?:(?P<rate>{listed})[\s约約약는은に]{{0,3}}"
        rf"|(?P<rate>{listed})(?<=[每毎].)\p{{Han}}{{1,3}})$"
    )
