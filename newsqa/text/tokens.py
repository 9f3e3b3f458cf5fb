"""The tokens of a text: words, numbers and punctuation marks, with their offsets.

Everything that compares words reads them from here. Four readers have rules of their own, because they
need something else: number words (``languages/spelling``), language detection, search terms of the
embedded reader, which are stems and pairs of characters, and the words of a quote's nearest sentence.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import regex

TokenKind = Literal["word", "number", "mark"]

_INSIDE_WORD = r"[&'’]|(?<!\p{Ll})\.|\.(?!\p{Lu})"
"""Characters that join two parts of one word: AT&T, don't, U.S, example.com; but said.The has lost a space."""

_UNSEEN = r"\p{Default_Ignorable_Code_Point}+(?=[\p{L}\p{N}])"
"""Soft hyphens and zero-width spaces in a word."""

_TOKEN = regex.compile(
    r"(?P<word>(?:\p{Lu}\.){2,}(?!\p{L})"
    rf"|\p{{L}}(?:[\p{{L}}\p{{M}}\p{{N}}]|{_UNSEEN})*(?:(?:{_INSIDE_WORD})[\p{{L}}\p{{N}}](?:[\p{{L}}\p{{M}}\p{{N}}]|{_UNSEEN})*)*)"
    r"|(?P<number>\p{N}[\p{L}\p{M}\p{N}]*(?:(?:[&'’]|[.,](?=\p{N}))[\p{L}\p{N}][\p{L}\p{M}\p{N}]*)*)"
    r"|(?P<mark>--|[,;.!?()—–]|[\"”](?=[\s,;:.!?]|$))"
)


_INVISIBLE = regex.compile(r"\p{Default_Ignorable_Code_Point}+")


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a number or a mark.

    ``start`` and ``end`` are half-open and count code points; ``key`` is what the spellings of one
    word have in common.
    """

    text: str
    start: int
    end: int
    kind: TokenKind
    key: str


def tokenize(text: str) -> tuple[Token, ...]:
    """Return the tokens of ``text`` in reading order.

    A hyphen parts two words; an apostrophe, an ampersand or a full stop inside a word does not.

    >>> [token.text for token in tokenize("Ada Okafor's U.S. plan: 1,200 jobs.")]
    ['Ada', "Okafor's", 'U.S.', 'plan', '1,200', 'jobs', '.']
    >>> [token.kind for token in tokenize("In 2024, too")]
    ['word', 'number', 'mark', 'word']
    """
    return tuple(
        Token(
            match[0],
            match.start(),
            match.end(),
            match.lastgroup,
            match[0] if match.lastgroup == "mark" else key_of(match[0]),
        )
        for match in _TOKEN.finditer(text)
    )


@lru_cache(maxsize=50_000)
def key_of(word: str) -> str:
    """Return ``word`` in small letters, without full stops and a possessive ending.

    >>> key_of("U.S."), key_of("Okafor’s"), key_of("workers'"), key_of("O'Neill")
    ('us', 'okafor', 'workers', 'oneill')
    """
    folded = unicodedata.normalize("NFKC", _INVISIBLE.sub("", word)).casefold().replace("’", "'")
    for ending in ("'s", "s'", "'"):
        if folded.endswith(ending):
            folded = folded.removesuffix(ending) + ("s" if ending == "s'" else "")
            break
    return folded.replace(".", "").replace("'", "")
