"""Listed: how many things a sentence lists, for claims that count them."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

import regex

_NAMES = regex.compile(
    r"\b\p{Lu}[\p{L}.'’\-]*(?:\s\p{Lu}[\p{L}.'’\-]*)*\s(?:and|or|und|et|y)\s(?:the\s)?\p{Lu}"
)
_BULLET = regex.compile(r"(?m)^\s*(?:[-–•*]|\d{1,2}[.)])\s")
_LAST = regex.compile(r"(?:,|;)?\s+(?:and|or|as well as|und|sowie|et|y|o)\s+|[、，]?(?:和|与|及)")
_SEPARATOR = regex.compile(r"[;,、]\s?")
_CLAUSE = regex.compile(r"[.:!?。：]\s?|\s[—–-]+\s")
_ARTICLE = regex.compile(r"(?:an?|eine?n?|une?|una?|um|uma|een)\s", regex.IGNORECASE)
_LONGEST = 12
"""Words that an item of a list may have."""


def counts_of_listed(text: str) -> set[int]:
    """The numbers of items in the lists of ``text``: "A, B and C" lists three, two names are two."""
    counts = {2} if _NAMES.search(text) else set()
    for clause in _CLAUSE.split(text):
        counts |= _counts_in(clause)
    bullets = len(_BULLET.findall(text))
    return counts | ({bullets} if bullets > 1 else set())


def _counts_in(clause: str) -> set[int]:
    """For every "and", the run of short items before it, and the one behind."""
    counts = set()
    for last in _LAST.finditer(clause):
        before = _SEPARATOR.split(clause[: last.start()])
        run = 1
        for item in reversed(before[1:-1] if len(before) > 2 else []):
            if not item or len(item.split()) > _LONGEST:
                break
            run += 1
        if len(before) > 1:
            counts |= {run + 2} if len(before) > run else {run + 1}
    return {count for count in counts if count > 2}


def totals_of_listed(text: str, numbers: Mapping[int, Fraction]) -> set[Fraction]:
    """What the lists of ``text`` add up to: "four rings, two bells and a cup" are seven things.

    ``numbers`` are those of the text, by where they begin.
    """
    totals = set()
    for last in _LAST.finditer(text):
        begin = max((m.end() for m in _CLAUSE.finditer(text, 0, last.start())), default=0)
        starts = [begin, *(m.end() for m in _SEPARATOR.finditer(text, begin, last.start()))]
        ends = [*starts[1:], last.start()]
        # The first item has words of the sentence before it.
        heads = [n for at, n in sorted(numbers.items()) if starts[0] <= at < ends[0]][-1:]
        counts = [_counted_at(text, at, numbers) for at in (*starts[1:], last.end())]
        if heads and len(starts) > 1 and None not in counts:
            totals.add(heads[0] + sum(count for count in counts if count is not None))
    return totals


def _counted_at(text: str, at: int, numbers: Mapping[int, Fraction]) -> Fraction | None:
    """The number that an item begins with; an article is one."""
    return numbers.get(at) or (Fraction(1) if _ARTICLE.match(text, at) else None)
