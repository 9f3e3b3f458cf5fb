"""Wording: which language a claim is in, as far as the checks need to know."""

from __future__ import annotations

import regex

from newsqa.article import Article
from newsqa.checks import ClaimContext
from newsqa.languages import language
from newsqa.languages.detection import common_share, guess_language
from newsqa.text.names import words_of

FEW = 5
"""Words; with fewer of them a guess by common words tells nothing."""

SHARED = 0.4
"""The part of a claim's words that are the article's own, from which on it is in its language."""

ENGLISH = 0.1
"""The part of the words of an English text that the commonest are, at the least: a third is usual."""

SHORT = 20
"""Words; in a text with fewer of them the commonest may be missing."""

_WORD = regex.compile(r"\p{L}+")
_LATIN = regex.compile(r"\p{Latin}")


def languages_of(claim: str, context: ClaimContext) -> frozenset[str]:
    """The languages in which the claim's figures and dates may be written."""
    language = context.article.language_code
    if not is_in_language_of(context.article, claim):
        return frozenset({language, guess_language(claim)})
    # Of "It costs 1,200 euros" over a German article nothing tells that it is English.
    return frozenset({language, "en"} if len(_WORD.findall(claim)) < FEW else {language})


def is_in_language_of(article: Article, claim: str) -> bool:
    """Whether ``claim`` is in the article's language, as far as letters and common words tell."""
    if _is_latin(claim) != _is_latin(article.text[:1_000]):
        return False
    words = [word.casefold() for word in _WORD.findall(claim)]
    if len(words) < FEW or guess_language(claim) == article.language_code:
        return True
    known = words_of(article.text)
    return sum(word in known for word in words) >= SHARED * len(words)


def are_numbers_read(article: Article) -> bool:
    """Whether the numbers that ``article`` writes out in words can be read.

    English is also what a text is taken for of which nothing tells the language: then it has to
    look like English.
    """
    sample = article.text[:1_000]
    is_short = len(_WORD.findall(sample)) < SHORT
    if article.language or article.language_code != "en":
        return language(article.language_code).reads_numbers or (is_short and not article.language)
    return _is_latin(sample) and (is_short or common_share(sample, "en") >= ENGLISH)


def _is_latin(text: str) -> bool:
    letters = "".join(_WORD.findall(text))
    return 2 * len(_LATIN.findall(letters)) >= len(letters)
