"""Excerpts: the cited sentences of an article, with the cited spans marked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from newsqa.answers.answer import Citation
from newsqa.article import Article
from newsqa.output import sentences_in_words


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of an excerpt that is cited, or not."""

    text: str
    is_cited: bool


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Consecutive sentences from ``first`` to ``last``, and the numbers of their citations."""

    numbers: tuple[int, ...]
    first: int
    last: int
    pieces: tuple[Piece, ...]
    article: int = 0
    """The index of the article."""

    @property
    def place(self) -> str:
        """The sentence numbers in words, such as "sentences 3–4"."""
        return sentences_in_words(self.first, self.last)


def excerpts(
    citations: Sequence[Citation], article: Article | Sequence[Article]
) -> Iterator[Excerpt]:
    """Yield the excerpts for citations.

    Citations that touch the same sentence share an excerpt.

    Args:
        citations: The citations in reading order; they are numbered from 1.
        article: The article that they cite, or the articles.
    """
    articles = [article] if isinstance(article, Article) else article
    number = 1
    for group in _sharing_sentences(citations):
        first, last = group[0].sentences[0], max(c.sentences[-1] for c in group)
        numbers = tuple(range(number, number + len(group)))
        number += len(group)
        cited = articles[group[0].article]
        pieces = tuple(_pieces(first, last, group, cited))
        yield Excerpt(numbers, first, last, pieces, group[0].article)


def _sharing_sentences(citations: Sequence[Citation]) -> list[list[Citation]]:
    """Group the citations that touch the same sentence, or the same gap between sentences."""
    groups: list[list[Citation]] = []
    for citation in citations:
        if (
            groups
            and citation.article == groups[-1][0].article
            and (
                citation.sentences[0] <= max(c.sentences[-1] for c in groups[-1])
                or citation.start < max(c.end for c in groups[-1])
            )
        ):
            groups[-1].append(citation)
        else:
            groups.append([citation])
    return groups


def _pieces(first: int, last: int, cited: Sequence[Citation], article: Article) -> Iterator[Piece]:
    start, end = article.sentences[first - 1].start, article.sentences[last - 1].end
    for left, right in _merged(cited):
        if start < left:
            yield Piece(article.text[start:left], is_cited=False)
        yield Piece(article.text[left:right], is_cited=True)
        start = right
    if start < end:
        yield Piece(article.text[start:end], is_cited=False)


def _merged(citations: Sequence[Citation]) -> list[tuple[int, int]]:
    """Return the spans of the citations, overlapping ones merged."""
    stretches: list[tuple[int, int]] = []
    for citation in citations:
        if stretches and citation.start <= stretches[-1][1]:
            start, end = stretches.pop()
            stretches.append((start, max(end, citation.end)))
        else:
            stretches.append((citation.start, citation.end))
    return stretches
