"""Swapped figures: numbers of a claim that have each other's words in the evidence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import regex

from newsqa.checks.arithmetic import CitedNumber
from newsqa.checks.figure_numbers import FigureNumbers
from newsqa.checks.matching import (
    matches,
)
from newsqa.text.numbers import Quantity

MAX_SWAPPED = 12
"""Numbers of a claim that are compared in pairs: more of them are a table."""

_BOUNDARY = regex.compile(
    r"[,;:.!?()\n，。；](?!\d)|\s[–—]\s|\b(?:and|while|but|against|und|et|y|e|en|och|og)\b"
)
_UNSPACED = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}]")
_LETTERS = regex.compile(r"\p{L}{2,}")


def find_swapped(evidence: FigureNumbers) -> Iterator[Quantity]:
    """Yield the claim's numbers that have each other's words in the evidence.

    "Profit rose 5% and revenue 25%" has the words of each number beside the other one.
    """
    return _Places(evidence).find_swapped()


@dataclass(frozen=True)
class _Places:
    """The numbers of a claim and of its cited sentences, with the words beside each."""

    evidence: FigureNumbers

    def find_swapped(self) -> Iterator[Quantity]:
        """Yield both numbers of each pair that is swapped."""
        if not 1 < len(self.evidence.claim_numbers) <= MAX_SWAPPED or len(self.evidence.cited) < 2:
            return
        own = [(f, self._words_by_start[f.start]) for f in self.evidence.claim_numbers]
        for at, (first, first_words) in enumerate(own):
            for second, second_words in own[at + 1 :]:
                places = self._places(first), self._places(second)
                if not all(places) or matches(first, places[1][0].quantity):
                    continue
                kept = self._overlap(first_words, places[0]) + self._overlap(
                    second_words, places[1]
                )
                crossed = (
                    self._overlap(first_words, places[1]),
                    self._overlap(second_words, places[0]),
                )
                if min(crossed) > 0 and sum(crossed) > kept:
                    yield first
                    yield second

    def _overlap(self, words: frozenset[str], places: list[CitedNumber]) -> int:
        return max(len(words & self._cited_words[place.start]) for place in places)

    @cached_property
    def _cited_words(self) -> dict[int, frozenset[str]]:
        """The words beside each cited number, by its offset in the article."""
        found: dict[int, frozenset[str]] = {}
        for sentence in self.evidence.context.sentences:
            numbers = [
                n.quantity for n in self.evidence.cited if n.sentence_start == sentence.start
            ]
            beside = words_beside(sentence.text, numbers, frozenset())
            found |= {sentence.start + start: words for start, words in beside.items()}
        return found

    def _places(self, figure: Quantity) -> list[CitedNumber]:
        return [n for n in self.evidence.cited if matches(figure, n.quantity)]

    @cached_property
    def _words_by_start(self) -> dict[int, frozenset[str]]:
        """The words beside each number of the claim, by its offset."""
        return words_beside(
            self.evidence.claim, self.evidence.claim_numbers, self.evidence.empty_words
        )


def words_beside(
    text: str, figures: Sequence[Quantity], empty: frozenset[str]
) -> dict[int, frozenset[str]]:
    """Return the beginnings of the words beside each number, by its offset, without ``empty`` ones.

    They come after the number before, and go on to the end of the clause.

    >>> from newsqa.text.numbers import find_quantities
    >>> text = "Profit rose 5% and revenue 25%."
    >>> for start, words in words_beside(text, find_quantities(text, frozenset({"en"})), frozenset()).items():
    ...     print(start, sorted(words))
    12 ['profit', 'rose']
    27 ['and', 'revenu']
    """
    found, before = {}, 0
    for at, figure in enumerate(figures):
        stop = figures[at + 1].start if at + 1 < len(figures) else len(text)
        end = _BOUNDARY.search(text, figure.end, max(stop, figure.end))
        after = end.start() if end else stop
        segment = text[before : figure.start] + " " + text[figure.end : after]
        found[figure.start] = frozenset(w[:6] for w in _pieces(segment) if w not in empty)
        before = max(after, figure.end)
    return found


def _pieces(text: str) -> Iterator[str]:
    """Yield the words of ``text`` in small letters, or pairs of characters where none are apart."""
    for word in _LETTERS.findall(text.casefold()):
        if _UNSPACED.match(word):
            yield from map("".join, pairwise(word))
        else:
            yield word
