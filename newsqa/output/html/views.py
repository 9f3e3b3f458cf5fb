"""An answer and its articles as a page shows them: numbered citations, claims, and cut-up text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from newsqa.answers.answer import Answer, Citation, Claim, Match
from newsqa.article import Article
from newsqa.output import sentences_in_words

MATCH_WORDS: Mapping[Match, str] = {
    "exact": "quoted to the letter",
    "whitespace": "quoted, with other spaces",
    "typography": "quoted, with other quotation marks, dashes or accents",
    "case": "quoted, with other capitals",
    "elided": "quoted with an omission",
    "sentence": "cited as a whole sentence",
}
"""How a citation was found, for a reader."""

_PARAGRAPH_END = re.compile(r"\s*\n[^\S\n]*\n\s*")


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of an article between two ends of cited spans, with the citations that cover it."""

    text: str
    numbers: tuple[int, ...]
    begins: tuple[int, ...] = ()
    """The citations whose first segment this is."""
    ends: tuple[int, ...] = ()
    """The citations whose last segment this is."""


@dataclass(frozen=True, slots=True)
class NumberedCitation:
    """A citation with its number on the page and the numbers of the claims that it supports."""

    number: int
    citation: Citation
    claims: tuple[int, ...]

    @property
    def found(self) -> str:
        """How it was found and where, in words."""
        sentences = self.citation.sentences
        place = sentences_in_words(sentences[0], sentences[-1])
        page = f", page {self.citation.page}" if self.citation.page else ""
        return f"{place}{page}, {MATCH_WORDS[self.citation.match]}"


@dataclass(frozen=True, slots=True)
class NumberedClaim:
    """A claim with its number on the page and the numbers of its citations."""

    number: int
    claim: Claim
    citations: tuple[int, ...]


@dataclass(frozen=True)
class AnswerView:
    """An answer, numbered for a page. Citations count from 1 in reading order, as ``str`` does."""

    answer: Answer
    articles: tuple[Article, ...] = ()

    @cached_property
    def _numbers(self) -> dict[tuple[int, int, int], int]:
        return {citation.place: n for n, citation in enumerate(self.answer.citations, 1)}

    @cached_property
    def claims(self) -> tuple[NumberedClaim, ...]:
        """The claims in order."""
        return tuple(
            NumberedClaim(n, claim, self.numbers_of(claim.citations))
            for n, claim in enumerate(self.answer.claims, 1)
        )

    @cached_property
    def citations(self) -> tuple[NumberedCitation, ...]:
        """The citations in reading order."""
        return tuple(
            NumberedCitation(n, c, tuple(k.number for k in self.claims if n in k.citations))
            for n, c in enumerate(self.answer.citations, 1)
        )

    def numbers_of(self, citations: Iterable[Citation]) -> tuple[int, ...]:
        """Return the numbers of citations, in order."""
        return tuple(sorted({self._numbers[citation.place] for citation in citations}))

    def paragraphs(self, index: int) -> Iterator[list[Segment]]:
        """Yield the paragraphs of the article at ``index``, each cut at the ends of cited spans."""
        spans = {
            c.number: (c.citation.start, c.citation.end)
            for c in self.citations
            if c.citation.article == index
        }
        return cut(self.articles[index].text, spans)


def cut(text: str, spans: Mapping[int, tuple[int, int]]) -> Iterator[list[Segment]]:
    r"""Yield the paragraphs of ``text``, each cut at the ends of the numbered spans.

    Spans may overlap, and may run over the end of a paragraph.

    >>> [[(s.text, s.numbers) for s in p] for p in cut("One two.\n\nThree.", {1: (4, 7), 2: (4, 15)})]
    [[('One ', ()), ('two', (1, 2)), ('.', (2,))], [('Three', (2,)), ('.', ())]]
    """
    begun: set[int] = set()
    for start, end in _paragraphs(text):
        inside = {n: span for n, span in spans.items() if span[0] < end and span[1] > start}
        borders = {start, end, *(min(max(b, start), end) for span in inside.values() for b in span)}
        yield list(_segments(text, sorted(borders), inside, begun))


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    start = len(text) - len(text.lstrip())
    for gap in _PARAGRAPH_END.finditer(text, start):
        if gap.start() > start:
            yield start, gap.start()
        start = gap.end()
    end = len(text.rstrip())
    if end > start:
        yield start, end


def _segments(
    text: str, borders: Sequence[int], spans: Mapping[int, tuple[int, int]], begun: set[int]
) -> Iterator[Segment]:
    for start, end in pairwise(borders):
        covering = tuple(n for n, (left, right) in spans.items() if left < end and right > start)
        begins = tuple(n for n in covering if n not in begun)
        begun.update(begins)
        ends = tuple(n for n in covering if not text[end : spans[n][1]].strip())
        yield Segment(text[start:end], covering, begins, ends)
