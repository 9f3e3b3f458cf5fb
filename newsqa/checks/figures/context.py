"""The words beside a number: what it counts, what it replaces, and what a sentence lists."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

import regex

from newsqa.languages import language
from newsqa.languages.spelling import plain_phrase, words_in
from newsqa.text.numbers import Quantity

_NEXT_WORD = regex.compile(r"\s+(\p{L}{3,})")


def noun_after(text: str, figure: Quantity) -> str:
    """Return the beginning of the word after a number, which is mostly what it counts."""
    word = _NEXT_WORD.match(text, figure.end)
    return word[1].casefold()[:5] if word else ""


def words_around(text: str, figure: Quantity, count_after: int) -> list[str]:
    """Return two words around a number, ``count_after`` of them after it; none at an edge."""
    before = [w.text for w in words_in(text, max(figure.start - 40, 0), figure.start)]
    after = [w.text for w in words_in(text, figure.numeral.end, figure.numeral.end + 40)]
    wanted = 2 - count_after
    if len(before) < wanted or len(after) < count_after:
        return []
    return before[-wanted:] + after[:count_after]


def is_bare(text: str, figure: Quantity, languages: frozenset[str]) -> bool:
    """Return whether neither a unit nor a noun follows a number."""
    following = next(words_in(text, figure.end, figure.end + 30), None)
    if (
        figure.kind != "cardinal"
        or following is None
        or not text[figure.end : following.start].isspace()
    ):
        return figure.kind == "cardinal"
    links = (link for code in languages for link in language(code).numbers.links)
    return any(following.text == plain_phrase(link) for link in links)


def is_pair(text: str, figure: Quantity, languages: frozenset[str]) -> bool:
    """Return whether a number means two that are known, and counts nobody: "los dos"."""
    pairs = {plain_phrase(pair) for code in languages for pair in language(code).numbers.pairs}
    before = [w.text for w in words_in(text, max(figure.start - 12, 0), figure.end)]
    return bool(pairs) and " ".join(before[-2:]) in pairs


# lists ---------------------------------------------------------------------------------------------

_NAMES = regex.compile(
    r"\b\p{Lu}[\p{L}.'’\-]*(?:\s\p{Lu}[\p{L}.'’\-]*)*\s(?:and|or|und|et|y)\s(?:the\s)?\p{Lu}"
)
_BULLET = regex.compile(r"(?m)^\s*(?:[-–•*]|\d{1,2}[.)])\s")
_LAST = regex.compile(r"(?:,|;)?\s+(?:and|or|as well as|und|sowie|et|y|o)\s+|[、，]?(?:和|与|及)")
_SEPARATOR = regex.compile(r"[;,、]\s?")
_CLAUSE = regex.compile(r"[.:!?。：]\s?|\s[—–-]+\s")
_ARTICLE = regex.compile(r"(?:an?|eine?n?|une?|una?|um|uma|een)\s", regex.IGNORECASE)
_MAX_ITEM_WORDS = 12
"""Words that an item of a list has at most."""


def counts_of_listed(text: str) -> set[int]:
    """Return how many items the lists of ``text`` have; two names are a list of two.

    >>> counts_of_listed("It sells tea, coffee, bread and jam.")
    {4}
    >>> counts_of_listed("Lima and Quito")
    {2}
    """
    counts = {2} if _NAMES.search(text) else set()
    for clause in _CLAUSE.split(text):
        counts |= _counts_in(clause)
    bullets = len(_BULLET.findall(text))
    return counts | ({bullets} if bullets > 1 else set())


def _counts_in(clause: str) -> set[int]:
    """Return, for every "and", how many short items it joins."""
    counts = set()
    for last in _LAST.finditer(clause):
        before = _SEPARATOR.split(clause[: last.start()])
        run = 1
        for item in reversed(before[1:-1] if len(before) > 2 else []):
            if not item or len(item.split()) > _MAX_ITEM_WORDS:
                break
            run += 1
        if len(before) > 1:
            counts |= {run + 2} if len(before) > run else {run + 1}
    return {count for count in counts if count > 2}


def totals_of_listed(text: str, numbers: Mapping[int, Fraction]) -> set[Fraction]:
    """Return what the lists of ``text`` add up to.

    >>> text = "four rings, two bells and a cup"
    >>> totals_of_listed(text, {0: Fraction(4), 12: Fraction(2)})
    {Fraction(7, 1)}

    Args:
        text: A sentence.
        numbers: Its numbers, by the offsets at which they begin.
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
    """Return the number that an item begins with; an article counts as one."""
    return numbers.get(at) or (Fraction(1) if _ARTICLE.match(text, at) else None)
