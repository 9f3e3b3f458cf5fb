"""Evidence: what a claim may take its words from, and the language that the two are in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

import regex

from newsqa.article import Article
from newsqa.text.tokens import tokenize

if TYPE_CHECKING:
    from newsqa.article.fields import Sentence
    from newsqa.text.analysis import AnalyzedText


@dataclass(frozen=True)
class ClaimContext:
    """The evidence of a claim: the spans of the article that it cites, its title and its date.

    The question is not evidence: a claim must not take from it what the article does not say.

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
    def evidence_text(self) -> AnalyzedText:
        """The analysis of the cited sentences."""
        return self.analyze(self.evidence)

    @cached_property
    def basis(self) -> str:
        """The evidence and the title: all that a claim may take names from."""
        return "\n".join((self.evidence, self.title))

    @cached_property
    def title_text(self) -> AnalyzedText:
        """The analysis of the title."""
        return self.analyze(self.title)

    @cached_property
    def parts(self) -> tuple[AnalyzedText, ...]:
        """Each cited sentence, then the title."""
        return (*map(self.analyze_sentence, self.sentences), self.title_text)

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


# the language of a claim ------------------------------------------------------------------------

MIN_WORDS_FOR_GUESS = 5
"""Words; a guess by common words needs as many."""

MIN_SHARED_WORD_SHARE = 0.4
"""Share of a claim's words that the article has too, from which on the two share a language."""

MIN_ENGLISH_WORD_SHARE = 0.1
"""Share of the commonest English words in the words of any English text; a third is usual."""

MIN_WORDS_FOR_SHARE = 20
"""Words; a shorter text may have none of the commonest ones."""

SAMPLE_CHARS = 1_000
"""Characters of an article that show its language."""

_LATIN = regex.compile(r"\p{Latin}")


@lru_cache(maxsize=64)
def languages_of(claim: str, article: Article) -> frozenset[str]:
    """Return the languages in which the claim's figures and dates may be written."""
    from newsqa.languages.detection import guess_language

    if not is_in_language_of(article, claim):
        return frozenset({article.language_code, guess_language(claim)})
    # Nothing shows that "It costs 1,200 euros" is English if the article is German.
    is_short = len(_words(claim)) < MIN_WORDS_FOR_GUESS
    return frozenset({article.language_code, "en"} if is_short else {article.language_code})


@lru_cache(maxsize=64)
def is_in_language_of(article: Article, claim: str) -> bool:
    """Return whether ``claim`` is in the article's language, by its letters and common words.

    >>> article = Article("Die Brücke ist nicht auf, und der Hafen bleibt zu.")
    >>> is_in_language_of(article, "Der Hafen ist nach wie vor zu.")
    True
    >>> is_in_language_of(article, "The port is closed for the time being.")
    False
    """
    from newsqa.languages.detection import guess_language

    if _is_latin(claim) != _is_latin(article.text[:SAMPLE_CHARS]):
        return False
    words = _words(claim)
    if len(words) < MIN_WORDS_FOR_GUESS or guess_language(claim) == article.language_code:
        return True
    shared = sum(word in _words_of(article) for word in words)
    return shared >= MIN_SHARED_WORD_SHARE * len(words)


@lru_cache(maxsize=8)
def are_number_words_read(article: Article) -> bool:
    """Return whether the numbers that ``article`` writes out in words can be read.

    A text whose language nothing shows is taken for English, so it also has to look like English.
    """
    from newsqa.languages import language
    from newsqa.languages.detection import common_share

    sample = article.text[:SAMPLE_CHARS]
    is_short = len(_words(sample)) < MIN_WORDS_FOR_SHARE
    if article.language or article.language_code != "en":
        is_readable = language(article.language_code).reads_numbers
        return is_readable or (is_short and not article.language)
    is_english = common_share(sample, "en") >= MIN_ENGLISH_WORD_SHARE
    return _is_latin(sample) and (is_short or is_english)


@lru_cache(maxsize=8)
def _words_of(article: Article) -> frozenset[str]:
    return frozenset[str]().union(*(s.keys for s in article.analyzed_sentences))


def _words(text: str) -> list[str]:
    return [token.key for token in tokenize(text) if token.kind == "word"]


def _is_latin(text: str) -> bool:
    letters = "".join(filter(str.isalpha, text))
    return 2 * len(_LATIN.findall(letters)) >= len(letters)
