"""Scopes: the words of an English sentence that a cue such as "not" or "may" governs."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache

import snowballstemmer

from newsqa.languages import language
from newsqa.text.tokens import Token

MAX_SCOPE_WORDS = 5
"""Content words that a cue governs at most; the first of them is its head."""

WINDOW_WORDS = 20
"""Words and marks after a cue that are looked at."""


@cache
def _clause_breaks() -> frozenset[str]:
    return frozenset(language("en").words.clause_breaks)


@cache
def _function_words() -> frozenset[str]:
    return frozenset(language("en").words.function)


@cache
def _irregular_verbs() -> dict[str, str]:
    verbs = language("en").irregular.verbs
    return {form: base for base, forms in verbs.items() for form in forms}


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """Return the stem that the forms of an English word share.

    >>> stem("closed") == stem("closes"), stem("went") == stem("go")
    (True, True)
    """
    folded = _irregular_verbs().get(word.casefold(), word.casefold())
    # A stemmer keeps state while it works, so threads must not share one.
    return str(snowballstemmer.stemmer("english").stemWord(folded))


def is_past(word: str) -> bool:
    """Return whether ``word`` may be the past form of an English verb.

    >>> is_past("closed"), is_past("began"), is_past("begin")
    (True, True, False)
    """
    return word.endswith("ed") or word in _irregular_verbs()


@dataclass(frozen=True, slots=True)
class Word:
    """A word or a mark of a sentence.

    ``stem`` is empty for marks and for words without content, such as "the".
    """

    text: str
    start: int
    end: int
    stem: str

    @property
    def span(self) -> tuple[int, int]:
        """Its offsets, half-open, in code points."""
        return self.start, self.end

    @property
    def is_break(self) -> bool:
        """True if a clause ends here."""
        return not self.text[0].isalpha() or self.text in _clause_breaks()


def find_words(tokens: Iterable[Token]) -> tuple[Word, ...]:
    """Return the words and marks among ``tokens``, in small letters; numbers are left out."""
    return tuple(
        Word(_folded(token.text), token.start, token.end, _stem_of(token.text))
        for token in tokens
        if token.kind != "number"
    )


def _folded(word: str) -> str:
    return word.casefold().replace("’", "'").removesuffix("'s")


@lru_cache(maxsize=50_000)
def _stem_of(word: str) -> str:
    folded = _folded(word)
    is_empty = folded in _function_words() or folded.endswith("n't") or not folded[0].isalpha()
    return "" if is_empty else stem(folded)


@dataclass(frozen=True)
class Governed:
    """A text divided into what its cues govern and what is free of them.

    >>> from newsqa.text.tokens import tokenize
    >>> words = find_words(tokenize("The port did not close, and ships may leave."))
    >>> text = govern(words, [(13, 16), (34, 37)])  # not, may
    >>> [[word.text for word in scope] for scope in text.scopes]
    [['close'], ['leave']]
    """

    words: tuple[Word, ...]
    cues: frozenset[int]
    """Indexes in ``words`` of the last words of cues."""

    @cached_property
    def scopes(self) -> list[list[Word]]:
        """The content words after each cue, in its clause."""
        return [list(self._scope(at)) for at in sorted(self.cues)]

    def _scope(self, cue: int) -> Iterator[Word]:
        count = 0
        for at in range(cue + 1, min(cue + 1 + WINDOW_WORDS, len(self.words))):
            word = self.words[at]
            if word.is_break and count:
                return
            if word.is_break and not word.text[0].isalpha():
                return
            if word.stem and at not in self.cues:
                yield word
                count += 1
            if count == MAX_SCOPE_WORDS:
                return

    @cached_property
    def heads(self) -> list[Word]:
        """The first word that each cue governs."""
        return [scope[0] for scope in self.scopes if scope]


def govern(words: tuple[Word, ...], cues: Iterable[tuple[int, int]]) -> Governed:
    """Return a text's ``words`` with the cues at the given spans."""
    starts = [word.start for word in words]
    last = (bisect_left(starts, end) - 1 for _, end in cues)
    return Governed(words, frozenset(n for n in last if n >= 0))
