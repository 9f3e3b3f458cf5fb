"""Evidence: what a claim may take its words from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from itertools import pairwise

from newsqa.article import Article
from newsqa.article.sentences import Sentence
from newsqa.text.quotes import MAX_GAP


@dataclass(frozen=True)
class ClaimContext:
    """What a claim is compared with: the spans of the article that it cites, and the question."""

    article: Article
    cited: tuple[tuple[int, int], ...]
    question: str = ""

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """The cited sentences, whole and in order.

        Two spans as close as the fragments of an elided quote include the sentences between them:
        a "..." must not hide a "not".
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
        """The text of the cited sentences, one per line."""
        return "\n".join(sentence.text for sentence in self.sentences)

    def before(self, count: int) -> tuple[Sentence, ...]:
        """Return up to ``count`` sentences before each cited one, where its pronouns are resolved."""
        numbers = {n for s in self.sentences for n in range(s.number - count, s.number)}
        return tuple(self.article.sentences[n - 1] for n in sorted(numbers) if n > 0)
