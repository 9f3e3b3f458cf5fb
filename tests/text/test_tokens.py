"""Tokens: the words, numbers and marks of a text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsqa.text.tokens import key_of, tokenize


def texts(text: str) -> list[str]:
    """Return the tokens as they are written."""
    return [token.text for token in tokenize(text)]


@given(st.text(max_size=80))
def test_tokens_have_their_text_at_their_offsets(text: str) -> None:
    """They are in reading order and do not overlap."""
    end = 0
    for token in tokenize(text):
        assert text[token.start : token.end] == token.text
        assert token.start >= end
        end = token.end


@given(st.text(max_size=80))
def test_every_letter_and_digit_is_in_a_token(text: str) -> None:
    """Nothing that can be compared is lost."""
    covered = {at for token in tokenize(text) for at in range(token.start, token.end)}
    assert all(
        at in covered
        for at, character in enumerate(text)
        if character.isalpha() or character.isdecimal()
    )


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("AT&T and O'Brien don’t agree", ["AT&T", "and", "O'Brien", "don’t", "agree"]),
        ("the U.S. Army", ["the", "U.S.", "Army"]),
        ("the U.S Army", ["the", "U.S", "Army"]),
        ("1,200.50 and 1, 2", ["1,200.50", "and", "1", ",", "2"]),
        ("20-year-old", ["20", "year", "old"]),
        ("he said.The crew left.", ["he", "said", ".", "The", "crew", "left", "."]),
        ("3 a.m.", ["3", "a.m", "."]),
        ("“Go,” he said", ["Go", ",", "”", "he", "said"]),
    ],
)
def test_punctuation_inside_a_word_does_not_part_it(text: str, tokens: list[str]) -> None:
    """A hyphen does, and so does a full stop before a lost space."""
    assert texts(text) == tokens


@pytest.mark.parametrize("text", ["Okafor’s", "OKAFOR", "okafor'"])
def test_spellings_of_a_word_share_a_key(text: str) -> None:
    """Case and a possessive ending do not matter."""
    assert key_of(text) == "okafor"


def test_a_combining_mark_is_part_of_its_word() -> None:
    """Hindi and Thai words are not cut at their vowels."""
    assert texts("हिन्दी में") == ["हिन्दी", "में"]


@pytest.mark.parametrize("hidden", ["\u00ad", "\u200b", "\u2060", "\ufeff"])
def test_a_character_that_is_not_shown_parts_no_word(hidden: str) -> None:
    """Its key is that of the word without it."""
    (token,) = tokenize(f"Skager{hidden}rak")
    assert token.key == "skagerrak"
    assert token.text == f"Skager{hidden}rak"
