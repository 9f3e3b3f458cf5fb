"""Evidence: what a claim may take its words from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

from newsqa.article import Article

if TYPE_CHECKING:
    from newsqa.article.fields import Sentence
    from newsqa.text.analysis import AnalyzedText


@dataclass(frozen=True)
class ClaimContext:
    """The evidence of a claim: the spans of the article that it cites, and the question.

    Every text of it is analyzed once, however many checks ask; the sentences are analyzed once per
    article.
    """

    article: Article
    cited: tuple[tuple[int, int], ...]
    question: str = ""

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """The cited sentences, whole and in order.

        Two spans as close as the fragments of an elided quote include the sentences between them:
        a "..." must not hide a "not".
        """
        from newsqa.text.quotes import MAX_GAP

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

    @property
    def title(self) -> str:
        """The article's title, or nothing."""
        return self.article.title or ""

    @cached_property
    def evidence(self) -> str:
        """The text of the cited sentences, one per line."""
        return "\n".join(sentence.text for sentence in self.sentences)

    @cached_property
    def basis(self) -> str:
        """The evidence, the title and the question: all that a claim may take names from."""
        return "\n".join((self.evidence, self.title, self.question))

    @cached_property
    def parts(self) -> tuple[AnalyzedText, ...]:
        """Each cited sentence, then the title and the question."""
        return (
            *map(self.analyze_sentence, self.sentences),
            self.analyze(self.title),
            self.analyze(self.question),
        )

    def before(self, count: int) -> tuple[Sentence, ...]:
        """Return up to ``count`` sentences before each cited one, where its pronouns are resolved."""
        numbers = {n for s in self.sentences for n in range(s.number - count, s.number)}
        return tuple(self.article.sentences[n - 1] for n in sorted(numbers) if n > 0)

    def analyze_sentence(self, sentence: Sentence) -> AnalyzedText:
        """Return the analysis of a sentence of the article."""
        return self.article.analyzed_sentences[sentence.number - 1]

    def analyze(self, text: str) -> AnalyzedText:
        """Return the analysis of ``text``, the same one each time."""
        if text not in self._analyzed:
            from newsqa.text.analysis import AnalyzedText

            self._analyzed[text] = AnalyzedText(text)
        return self._analyzed[text]

    @cached_property
    def _analyzed(self) -> dict[str, AnalyzedText]:
        if len(self.sentences) == 1:
            return {self.evidence: self.analyze_sentence(self.sentences[0])}
        return {}
