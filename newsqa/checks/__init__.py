"""Checks: what a claim may not say beyond the sentences it cites, seen without any model.

A check finds words of a claim that do not follow from its evidence. It proves nothing true: a claim
without findings may still be wrong in ways that no list of words shows.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from itertools import pairwise
from typing import Protocol

from newsqa.answers.finding import CheckName, Finding
from newsqa.article import Article
from newsqa.article.sentences import Sentence
from newsqa.text.quotes import MAX_GAP


@dataclass(frozen=True, slots=True)
class Doubt:
    """Words of a claim that a check cannot judge: they are no finding, and not checked either."""

    check: CheckName
    words: str


@dataclass(frozen=True)
class ClaimContext:
    """What a claim is held against: the article, the spans of it that are cited, and the question."""

    article: Article
    cited: tuple[tuple[int, int], ...]
    question: str = ""

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """The cited sentences, whole and in order.

        Those between two spans as close as the fragments of an elided quote are among them: a "..."
        must not hide a "not".
        """
        spans = sorted(self.cited)
        gaps = [(a[1], b[0]) for a, b in pairwise(spans) if 0 < b[0] - a[1] <= MAX_GAP]
        touched = {
            s.number: s for span in (*spans, *gaps) for s in self.article.sentences_in(*span)
        }
        return tuple(touched[number] for number in sorted(touched))

    @property
    def published(self) -> date | None:
        """The day of publication, if it is known."""
        published = self.article.published_at
        return published.date() if isinstance(published, datetime) else published

    @cached_property
    def evidence(self) -> str:
        """The text of the cited sentences, one a line."""
        return "\n".join(sentence.text for sentence in self.sentences)

    def before(self, count: int) -> tuple[Sentence, ...]:
        """Up to ``count`` sentences before each cited one: where its pronouns get their names."""
        numbers = {n for s in self.sentences for n in range(s.number - count, s.number)}
        return tuple(self.article.sentences[n - 1] for n in sorted(numbers) if n > 0)


class Check(Protocol):
    """One kind of thing that a claim may not say on its own."""

    @property
    def name(self) -> CheckName:
        """What the check's findings go by."""

    def applies_to(self, language: str) -> bool:
        """Whether it can judge claims and articles in ``language``, an ISO 639-1 code."""

    def check(self, claim: str, context: ClaimContext) -> Iterable[Finding | Doubt]:
        """What in ``claim`` does not follow from ``context``, or cannot be judged."""
