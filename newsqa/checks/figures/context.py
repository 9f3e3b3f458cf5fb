"""Surroundings: the words beside a number, which tell what it counts and what it stands in place of."""

from __future__ import annotations

import regex

from newsqa.languages import language
from newsqa.languages.spelling import plain_phrase, words_in
from newsqa.text.numbers import Quantity


def thing_behind(text: str, figure: Quantity) -> str:
    """The beginning of the word behind a number."""
    word = regex.compile(r"\s+(\p{L}{3,})").match(text, figure.end)
    return word[1].casefold()[:5] if word else ""


def words_around(text: str, figure: Quantity, behind: int) -> list[str]:
    """The two words before a number, or one and as many behind it as asked; none at an edge."""
    before = [w.text for w in words_in(text, max(figure.start - 40, 0), figure.start)]
    after = [w.text for w in words_in(text, figure.numeral.end, figure.numeral.end + 40)]
    wanted = 2 - behind
    if len(before) < wanted or len(after) < behind:
        return []
    return before[-wanted:] + after[:behind]


def is_bare(text: str, figure: Quantity, languages: frozenset[str]) -> bool:
    """Whether neither a unit nor the thing that is counted is written behind a number."""
    behind = next(words_in(text, figure.end, figure.end + 30), None)
    if figure.kind != "cardinal" or behind is None or not text[figure.end : behind.start].isspace():
        return figure.kind == "cardinal"
    links = (link for code in languages for link in language(code).numbers.links)
    return any(behind.text == plain_phrase(link) for link in links)


def is_pair(text: str, figure: Quantity, languages: frozenset[str]) -> bool:
    """Whether a number tells who is meant and counts nobody: "los dos"."""
    pairs = {plain_phrase(pair) for code in languages for pair in language(code).numbers.pairs}
    before = [w.text for w in words_in(text, max(figure.start - 12, 0), figure.end)]
    return bool(pairs) and " ".join(before[-2:]) in pairs
