"""The language of a claim, as far as the checks need to know it."""

from __future__ import annotations

from functools import lru_cache

import regex

from newsqa.article import Article
from newsqa.languages import language
from newsqa.languages.detection import common_share, guess_language
from newsqa.text.tokens import tokenize

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
