"""Spelling: one form for the spellings of a word."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsqa.languages.spelling import plain, words_in


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Tres", "TRES"),
        ("дев’ять", "дев'ять"),
        ("трёх", "трех"),
        ("ألف", "الف"),
        ("خمسةٌ", "خمسة"),
        ("हज़ार", "हजार"),
        ("पाँच", "पांच"),
        ("Δέκα", "δεκα"),
        ("ש״ח", 'ש"ח'),
        ("שָׁלוֹשׁ", "שלוש"),
    ],
)
def test_spellings_of_a_word_are_alike(one: str, other: str) -> None:
    """Capitals, accents, points and marks that are left out at will."""
    assert plain(one) == plain(other)


@pytest.mark.parametrize(("one", "other"), [("दो", "दस"), ("schon", "schön"), ("שש", "שבע")])
def test_different_words_are_not(one: str, other: str) -> None:
    """A sign that makes another word stays."""
    assert plain(one) != plain(other)


@pytest.mark.parametrize("word", ["बत्तीस", "дев'ять", "ש״ח", "خمسةٌ", "สิบสอง"])
def test_a_word_is_one_word(word: str) -> None:
    """With its combining signs and marks."""
    assert [(w.start, w.end) for w in words_in(word)] == [(0, len(word))]


@given(st.text(max_size=60))
def test_words_lie_in_the_text_in_order(text: str) -> None:
    """And never overlap."""
    places = [place for word in words_in(text) for place in (word.start, word.end)]
    assert places == sorted(places)
    assert all(0 <= place <= len(text) for place in places)
