"""WordPiece: BERT's uncased tokens and their offsets in the text.

It gives the ids and offsets that the package ``tokenizers`` gives, with which the model was trained.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache

from newsqa.text import Offsets

LONGEST_WORD = 100
"""Characters; a longer word is unknown."""

_ASCII_WORD = re.compile(r"[A-Za-z0-9]+|[!-/:-@\[-`{-~]")
_CJK = (
    (0x4E00, 0x9FFF), (0x3400, 0x4DBF), (0x20000, 0x2A6DF), (0x2A700, 0x2B73F),
    (0x2B740, 0x2B81F), (0x2B820, 0x2CEAF), (0xF900, 0xFAFF), (0x2F800, 0x2FA1F),
)  # fmt: skip


class WordPiece:
    """Tokens of a vocabulary, the longest first.

    >>> words = WordPiece(["[UNK]", "the", "ferry", "sail", "##ed"])
    >>> words.encode("The ferry sailed")
    ([1, 2, 3, 4], [(0, 3), (4, 9), (10, 14), (14, 16)])

    Args:
        words: The vocabulary; a token's id is its position.
    """

    def __init__(self, words: Sequence[str]) -> None:
        self._ids = {word: n for n, word in enumerate(words)}
        self._unknown = self._ids["[UNK]"]
        self._pieces = lru_cache(1 << 16)(self._split)

    def encode(self, text: str) -> tuple[list[int], list[Offsets]]:
        """Return the ids of the tokens of ``text`` and their offsets."""
        ids: list[int] = []
        offsets: list[Offsets] = []
        for word, at in _ascii_words(text) if text.isascii() else _words(text):
            for token, start, end in self._pieces(word):
                ids.append(token)
                offsets.append((at[start], at[end - 1] + 1))
        return ids, offsets

    def _split(self, word: str) -> list[tuple[int, int, int]]:
        """Return the pieces of a word as (id, start, end); a word that cannot be split is unknown."""
        if len(word) > LONGEST_WORD:
            return [(self._unknown, 0, len(word))]
        pieces, at = [], 0
        while at < len(word):
            end = next((e for e in range(len(word), at, -1) if self._id(word, at, e) >= 0), 0)
            if not end:
                return [(self._unknown, 0, len(word))]
            pieces.append((self._id(word, at, end), at, end))
            at = end
        return pieces

    def _id(self, word: str, start: int, end: int) -> int:
        piece = word[start:end] if not start else "##" + word[start:end]
        return self._ids.get(piece, -1)


def _ascii_words(text: str) -> Iterator[tuple[str, Sequence[int]]]:
    """Yield words and punctuation marks, each with the offsets of its letters."""
    for hit in _ASCII_WORD.finditer(text):
        yield hit.group().lower(), range(hit.start(), hit.end())


def _words(text: str) -> Iterator[tuple[str, Sequence[int]]]:
    """Yield the same of any text, without accents; every Chinese character is a word."""
    letters: list[str] = []
    offsets: list[int] = []
    for letter, at in _letters(text):
        alone = _is_token(letter)
        if letters and (alone or letter == " "):
            yield "".join(letters), offsets
            letters, offsets = [], []
        if alone:
            yield letter, (at,)
        elif letter != " ":
            letters.append(letter)
            offsets.append(at)
    if letters:
        yield "".join(letters), offsets


def _letters(text: str) -> Iterator[tuple[str, int]]:
    """Yield letters in lower case without accents, and their offsets; white space as spaces."""
    for at, letter in enumerate(text):
        for one in _plain(letter):
            yield one, at


@lru_cache(1 << 14)
def _plain(letter: str) -> str:
    """Return a letter in lower case without accents; a space for white space."""
    if letter in "\t\n\r" or unicodedata.category(letter) == "Zs" or letter.isspace():
        return " "
    if letter in "\0\ufffd" or unicodedata.category(letter) in ("Cc", "Cf", "Co", "Cn"):
        return ""
    bare = unicodedata.normalize("NFD", letter)
    return "".join(c for c in bare if unicodedata.category(c) != "Mn").lower()


@lru_cache(1 << 14)
def _is_token(letter: str) -> bool:
    """Return whether a letter is a token by itself: punctuation or a Chinese character."""
    code = ord(letter)
    if code < 0x80:
        return letter != " " and not letter.isalnum()
    return unicodedata.category(letter)[0] == "P" or any(a <= code <= b for a, b in _CJK)
