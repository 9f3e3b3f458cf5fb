"""Direction: who did what to whom, and which way a figure moved.

A figure that rose in the claim did not fall in the evidence. Of two names beside one verb, the one that
acts in the claim acts in the evidence.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import regex

from newsqa.checks import Check, ClaimContext, Finding
from newsqa.checks.evidence import languages_of
from newsqa.checks.matching import MAX_FIGURES, matches
from newsqa.languages import language
from newsqa.text.numbers import Quantity
from newsqa.text.scopes import stem
from newsqa.text.tokens import tokenize

_TURNED = "the cited sentences say that this figure moved the other way"
_REORDERED = "the cited sentences have this in another order"
_REACH = 45
"""Characters beside a figure in which the way that it moved is looked for."""

_CLAUSE = regex.compile(
    r"[,;:.!?\n](?!\d)|\b(?:and|while|but|whereas|after|against|compared|from)\b"
)


class DirectionCheck(Check):
    """Finds figures that moved the other way than in the evidence."""

    name = "direction"

    def applies_to(self, language: str) -> bool:
        """Return true for English."""
        return language == "en"

    def check(self, claim: str, context: ClaimContext) -> Iterator[Finding]:
        """Yield the words of ``claim`` that turn a figure round."""
        languages = languages_of(claim, context.article)
        for figure in context.analyze(claim).quantities(languages)[:MAX_FIGURES]:
            way = way_beside(claim, figure)
            if not way[0]:
                continue
            ways = {
                way_beside(sentence.text, other)[0]
                for sentence in map(context.analyze_sentence, context.sentences)
                for other in sentence.quantities(languages)
                if matches(figure, other)
            }
            if ways == {-way[0]}:
                yield Finding.at(self.name, claim, *way[1], _TURNED)
        for start, end in _find_reordered(claim, context.evidence):
            yield Finding.at(self.name, claim, start, end, _REORDERED, rule="order")


_ORDER = regex.compile(
    r"\b(?P<way>before|after|until|since)\s(?:(?:the|a|an|his|her|its|their)\s)?(?P<what>[\p{L}\p{N}]+)",
    regex.IGNORECASE,
)
_EARLIER = frozenset(("before", "until"))


def _find_reordered(claim: str, evidence: str) -> Iterator[tuple[int, int]]:
    """Yield each "before" where the evidence has "after" the same, or the other way round."""
    known = {(_is_earlier(m), m["what"].casefold()) for m in _ORDER.finditer(evidence)}
    for match in _ORDER.finditer(claim) if known else ():
        what, is_earlier = match["what"].casefold(), _is_earlier(match)
        if (not is_earlier, what) in known and (is_earlier, what) not in known:
            yield match.span("way")


def _is_earlier(match: regex.Match[str]) -> bool:
    return match["way"].casefold() in _EARLIER


def way_beside(text: str, figure: Quantity) -> tuple[int, tuple[int, int]]:
    """Return 1 if a figure rose and -1 if it fell, with the word that says so; else 0.

    >>> from newsqa.text.numbers import find_quantities
    >>> text = "The index eased 0.4%"
    >>> way_beside(text, *find_quantities(text, frozenset({"en"})))
    (-1, (10, 15))
    """
    starts = [m.end() for m in _CLAUSE.finditer(text, 0, figure.start)]
    begin = max(starts[-1] if starts else 0, figure.start - _REACH)
    end = next((m.start() for m in _CLAUSE.finditer(text, figure.end)), len(text))
    after = tokenize(text[figure.end : min(end, figure.end + _REACH)])
    found = [(t, begin) for t in reversed(tokenize(text[begin : figure.start]))]
    found += [(t, figure.end) for t in after]
    for token, offset in found:
        if way := ways().get(stem(token.text)):
            return way, (token.start + offset, token.end + offset)
    if figure.sign < 0:
        return -1, (figure.start, figure.end)
    return 0, (0, 0)


@cache
def ways() -> dict[str, int]:
    """Return the stems of words for a direction: 1 for up, -1 for down."""
    known = language("en").directions
    return dict.fromkeys(map(stem, known.up), 1) | dict.fromkeys(map(stem, known.down), -1)
