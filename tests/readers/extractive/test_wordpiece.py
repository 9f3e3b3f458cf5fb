"""WordPiece: tokens with their places."""

from __future__ import annotations

from newsqa.readers.extractive.wordpiece import LONGEST_WORD, WordPiece

WORDS = ["[UNK]", "bridge", "##s", "cafe", "the", ".", "市"]
PIECES = WordPiece(WORDS)


def test_word_is_split_into_the_longest_pieces_with_their_places() -> None:
    """Places are those of the text as it was written, whatever its case."""
    assert PIECES.encode("The Bridges.") == ([4, 1, 2, 5], [(0, 3), (4, 10), (10, 11), (11, 12)])


def test_accents_go_and_places_stay() -> None:
    """An accent that is a character of its own belongs to its letter's token."""
    assert PIECES.encode("Café the")[0] == [3, 4]
    assert PIECES.encode("the cafe\u0301s") == ([4, 3, 2], [(0, 3), (4, 8), (9, 10)])


def test_every_chinese_sign_is_a_word() -> None:
    """Signs that stand together are not one word."""
    assert PIECES.encode("市市") == ([6, 6], [(0, 1), (1, 2)])


def test_word_that_cannot_be_split_or_is_too_long_is_unknown() -> None:
    """It is one unknown token that covers the whole word."""
    assert PIECES.encode("bridgex") == ([0], [(0, 7)])
    assert PIECES.encode("s" * (LONGEST_WORD + 1)) == ([0], [(0, LONGEST_WORD + 1)])
