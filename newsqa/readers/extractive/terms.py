"""Terms: the words of a text in the form in which a question and an article are compared."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

from newsqa.languages import language as language_of
from newsqa.languages.scripts import COMBINING_RANGES, UNSPACED_RANGES

PREFIX = 5
"""Letters that are the key of a word in a language without a stemmer, and that two stems share if they
count as relatives (explosion, exploded)."""

MAX_SUFFIX = 4
"""Letters by which relatives may differ in length."""

_STEMMERS = {
    "ar": "arabic",
    "ca": "catalan",
    "cs": "czech",
    "da": "danish",
    "de": "german",
    "el": "greek",
    "en": "english",
    "es": "spanish",
    "et": "estonian",
    "eu": "basque",
    "fi": "finnish",
    "fr": "french",
    "ga": "irish",
    "hi": "hindi",
    "hu": "hungarian",
    "hy": "armenian",
    "id": "indonesian",
    "it": "italian",
    "lt": "lithuanian",
    "ne": "nepali",
    "nl": "dutch",
    "no": "norwegian",
    "pl": "polish",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sr": "serbian",
    "sv": "swedish",
    "ta": "tamil",
    "tr": "turkish",
}

_TOKEN = re.compile(
    rf"(?P<run>[{UNSPACED_RANGES}]+)"
    r"|(?:[^\W\d_]\.){2,}"
    r"|\d+(?:[.,٫٬]\d+)*"
    rf"|[^\W\d_{UNSPACED_RANGES}]+(?:(?:[{COMBINING_RANGES}]+|\d+|(?<=[A-Z])&(?=[A-Z]))[^\W\d_{UNSPACED_RANGES}]*)*"
)
_MARKS = re.compile("[\u0300-\u036f\u0640\u064b-\u0652]+")


@dataclass(frozen=True, slots=True)
class Term:
    """A word's key, equal for words that count as the same, and the word's offsets."""

    key: str
    start: int
    end: int


def find_terms(text: str, language: str) -> Iterator[Term]:
    """Yield the terms of ``text`` in order: stems of words, or bigrams where words have no spaces.

    >>> [term.key for term in find_terms("Boats sank", "en")]
    ['boat', 'sink']
    >>> [term.key for term in find_terms("大桥关闭", "zh")]
    ['大桥', '桥关', '关闭']
    """
    for token in _TOKEN.finditer(text):
        if token["run"]:
            yield from _bigrams(token["run"], token.start())
        else:
            yield Term(key_of(token[0], language), *token.span())


def content_terms(text: str, language: str, *others: str) -> list[Term]:
    """Return the terms of ``text`` without stop words and single letters.

    Args:
        text: A question or a sentence.
        language: The language of its stems and stop words.
        others: More languages whose stop words to leave out.
    """
    empty = stop_words(language).union(*map(stop_words, others))
    return [
        term
        for term in find_terms(text, language)
        if not _is_empty(text[term.start : term.end], empty)
    ]


def are_relatives(key: str, other: str) -> bool:
    """Return whether two keys share so long a beginning that they are likely forms of one word."""
    return (
        key[:PREFIX] == other[:PREFIX]
        and len(key) >= PREFIX
        and key[0].isalpha()
        and abs(len(key) - len(other)) <= MAX_SUFFIX
    )


@lru_cache(maxsize=100_000)
def key_of(word: str, language: str) -> str:
    """Return a word's stem, or its first letters, without case, accents and full stops."""
    folded = word.casefold().replace(".", "") if word[0].isalpha() else word
    if language == "en":
        folded = _irregular().get(folded, folded)
    stemmer = _STEMMERS.get(language)
    if stemmer and folded[0].isalpha():
        import snowballstemmer  # here, since it loads the stemmers of all languages

        # A stemmer keeps state while it works, so that threads must not share one.
        folded = snowballstemmer.stemmer(stemmer).stemWord(folded)
    elif folded[0].isalpha():
        folded = folded[:PREFIX]
    plain = folded if folded.isascii() else _MARKS.sub("", unicodedata.normalize("NFKD", folded))
    return plain or word


@cache
def _irregular() -> dict[str, str]:
    """Return English words whose forms no stemmer brings together."""
    irregular = language_of("en").irregular
    forms = (irregular.verbs, irregular.others)
    return {form: base for table in forms for base, listed in table.items() for form in listed}


@cache
def _joining_characters() -> frozenset[str]:
    """Return Chinese characters and kana that join words; no bigram includes one."""
    return frozenset(
        character
        for code in ("zh", "ja")
        for character in language_of(code).words.joining_characters
    )


@lru_cache(maxsize=16)
def stop_words(language: str) -> frozenset[str]:
    """Return the words of ``language`` that only ask or join; empty if there is no list."""
    return frozenset(language_of(language).words.stop)


def _is_empty(word: str, empty: frozenset[str]) -> bool:
    if word[0].isnumeric():
        return False
    is_acronym = len(word) > 1 and word.isupper() and word.isascii()
    is_letter = len(word) == 1 and ord(word) < 0x2E80
    return is_letter or (word.casefold() in empty and not is_acronym)


def _bigrams(run: str, start: int) -> Iterator[Term]:
    cut = [-1, *(at for at, char in enumerate(run) if char in _joining_characters()), len(run)]
    for left, right in pairwise(cut):
        part = run[left + 1 : right]
        for at in range(max(len(part) - 1, min(len(part), 1))):
            begin = start + left + 1 + at
            yield Term(part[at : at + 2], begin, begin + len(part[at : at + 2]))
