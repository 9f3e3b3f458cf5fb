"""Lexicons: what is kept of each language can be read, and says what it means."""

from __future__ import annotations

from fractions import Fraction

import pytest
import regex

from newsqa.languages.lexicon import SIGNS, is_known, known_languages, lexicon, valued
from newsqa.languages.spelling import plain_phrase
from newsqa.text.dates.clock_times import find_times
from newsqa.text.numbers.units import Unit, unit_of

LANGUAGES = sorted(known_languages())
CURRENCIES = {"krone", "peso", "rand", "naira", "dinar", "dirham", "riyal", "franc"}
"""Names that several countries have for their own money."""


@pytest.mark.parametrize("language", [*LANGUAGES, SIGNS])
def test_every_unit_has_a_meaning(language: str) -> None:
    """A name that no table has would pass for a currency."""
    money = {
        name
        for name in lexicon(language).units
        if any(unit.is_money for unit in unit_of(name)) and len(unit_of(name)) == 1
    }
    hundredths = {"penny", "kopeck", "agora", "paisa"}
    assert {
        n for n in money - CURRENCIES - hundredths if not regex.fullmatch("[A-Z]{3}", n)
    } == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_word_is_a_unit_of_one_kind(language: str) -> None:
    """Of two entries for it only the last would count."""
    listed = [word for words in lexicon(language).units.values() for word in words.split()]
    assert len(listed) == len(set(listed))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_way_to_write_a_time_can_be_compiled(language: str) -> None:
    """Patterns are data here, and are not looked at before they are used."""
    assert find_times("x", frozenset({language})) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_rates_are_counted_by_a_time(language: str) -> None:
    """The same names as those of the units."""
    both = (*lexicon(language).rates, *lexicon(language).rates_before)
    assert {unit.dimension for name in both for unit in unit_of(name)} <= {"time", "months"}


def test_a_language_without_a_file_has_an_empty_lexicon() -> None:
    """And is not known."""
    assert not is_known("fi")
    assert lexicon("fi").units == {}


def test_forms_of_an_entry_share_its_value() -> None:
    """Spelled as the words of a text are."""
    assert valued("Drei_Viertel|TRES=3/4") == {
        "drei viertel": Fraction(3, 4),
        "tres": Fraction(3, 4),
    }


def test_a_hundredth_of_a_currency_is_its_own_unit() -> None:
    """50 pence are half a pound."""
    assert unit_of("penny") == (Unit("money:GBP", Fraction(1, 100)),)


def test_phrases_are_spelled_like_the_words_of_a_text() -> None:
    """An underscore stands for a space."""
    assert plain_phrase("Grad_Celsius") == "grad celsius"
