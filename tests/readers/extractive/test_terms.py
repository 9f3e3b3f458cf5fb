"""Terms: the words of a text in the form in which they are compared."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsqa.readers.extractive.terms import (
    are_relatives,
    content_terms,
    find_terms,
    key_of,
    stop_words,
)


def keys(text: str, language: str) -> list[str]:
    """Return the keys of the content terms."""
    return [term.key for term in content_terms(text, language)]


@given(st.text(), st.sampled_from(("en", "zh", "hi", "xx")))
def test_terms_have_their_offsets(text: str, language: str) -> None:
    """Offsets are in order, and no term is empty."""
    terms = list(find_terms(text, language))
    assert all(0 <= term.start < term.end <= len(text) for term in terms)
    assert [term.start for term in terms] == sorted(term.start for term in terms)
    assert all(term.key for term in terms)


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("en", "dredging", "dredged"),
        ("en", "Said", "says"),
        ("de", "Häuser", "Hauses"),
        ("fr", "pêcheurs", "pêcheur"),
        ("ru", "паромы", "паромов"),
        ("ar", "المعرض", "معرض"),
        ("sw", "wavuvi", "wavuvini"),
    ],
)
def test_forms_of_a_word_have_one_key(language: str, one: str, other: str) -> None:
    """The key is the stem, or the first letters if there is no stemmer."""
    assert key_of(one, language) == key_of(other, language)


def test_stop_words_and_single_letters_are_left_out() -> None:
    """The remaining terms are those that an answer will have."""
    assert keys("Who was at the harbour's gate?", "en") == ["harbour", "gate"]


def test_stop_words_of_the_questions_own_language_go_too() -> None:
    """A German article may be asked in English."""
    terms = content_terms("Where is the Stadtbad?", "de", "en")
    assert [term.key for term in terms] == [key_of("Stadtbad", "de")]


def test_an_acronym_is_not_a_stop_word() -> None:
    """The name "US" is "U.S." and not "us"."""
    assert keys("Did the US agree with us?", "en") == [key_of("U.S.", "en"), "agre"]


def test_initials_around_an_ampersand_are_a_word() -> None:
    """Single letters alone would be dropped."""
    assert keys("What does B&Q sell?", "en") == ["b&q", "sell"]


def test_a_figure_is_one_term() -> None:
    """It keeps its separators, so that 1,043 is not 43."""
    assert keys("1,043 votes", "en") == ["1,043", "vote"]


def test_words_without_spaces_are_bigrams_up_to_a_function_character() -> None:
    """No word includes 的."""
    assert keys("澜江的大桥", "zh") == ["澜江", "大桥"]


def test_vowel_signs_stay_in_their_word() -> None:
    """They are marks, which no letter class of the standard library knows."""
    (term,) = find_terms("दिल्ली", "hi")
    assert (term.start, term.end) == (0, 6)


def test_an_unknown_language_has_no_stop_words() -> None:
    """Only frequencies in the article count there."""
    assert stop_words("xx") == frozenset()


def test_relatives_begin_alike() -> None:
    """The stems of "explosion" and "exploded" differ."""
    assert are_relatives(key_of("explosion", "en"), key_of("exploded", "en"))
    assert not are_relatives(key_of("exports", "en"), key_of("exploded", "en"))


def test_figures_are_not_relatives() -> None:
    """The figure 10000 is not close to 100000."""
    assert not are_relatives("10000", "100000")
