"""Proper names: runs of capitalised words, and forms of one name."""

from __future__ import annotations

import pytest

from newsqa.text.names import are_forms, find_names
from newsqa.text.tokens import key_of


def test_a_run_of_capitalised_words_is_one_name() -> None:
    """It may have an "of" inside; a comma parts two."""
    names = find_names("We saw Ada Okafor, of the Bank of England, met Brandt.")
    assert [" ".join(word.text for word in name) for name in names][1:] == [
        "Ada Okafor",
        "Bank England",
        "Brandt",
    ]


def test_the_first_word_of_a_sentence_is_known_as_such() -> None:
    """Its capital letter does not show a name."""
    firsts = [name[0].is_sentence_initial for name in find_names("Crews left. “They met Ada.”")]
    assert firsts == [True, True, False]


@pytest.mark.parametrize(
    ("word", "expected"),
    [("Okafor’s", "okafor"), ("U.S.", "us"), ("Workers'", "workers"), ("O’Neill", "oneill")],
)
def test_a_key_has_only_what_all_spellings_share(word: str, expected: str) -> None:
    """It has no case, full stop or possessive."""
    assert key_of(word) == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("iran", "iranian"),
        ("china", "chinese"),
        ("france", "french"),
        ("usa", "american"),
        ("germany", "german"),
    ],
)
def test_a_country_and_its_adjective_are_forms_of_one_name(one: str, other: str) -> None:
    """They share a stem, or are in a list."""
    assert are_forms(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("austria", "australia"), ("johnson", "johnston"), ("iran", "iraq"), ("niger", "nigeria")],
)
def test_names_that_look_alike_are_not(one: str, other: str) -> None:
    """One letter makes another name."""
    assert not are_forms(one, other)
