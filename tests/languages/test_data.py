"""The data files: each can be read, and what it lists has a meaning."""

from __future__ import annotations

import subprocess
import sys
from fractions import Fraction

import pytest
import regex
from pydantic import TypeAdapter

from newsqa.languages import SIGNS, Language, language, language_codes, read_section
from newsqa.languages.sections import Numbers
from newsqa.languages.spelling import by_form, plain_phrase
from newsqa.text.dates import find_times
from newsqa.text.numbers.units import Unit, unit_of

LANGUAGES = sorted(language_codes())
CURRENCIES = {"krone", "peso", "rand", "naira", "dinar", "dirham", "riyal", "franc"}
"""Names that several countries have for their own money."""


@pytest.mark.parametrize("code", [*LANGUAGES, SIGNS])
def test_every_unit_has_a_meaning(code: str) -> None:
    """A name that no table has would pass for a currency."""
    money = {
        name
        for name in language(code).units
        if any(unit.is_money for unit in unit_of(name)) and len(unit_of(name)) == 1
    }
    hundredths = {"penny", "kopeck", "agora", "paisa"}
    assert {
        n for n in money - CURRENCIES - hundredths if not regex.fullmatch("[A-Z]{3}", n)
    } == set()


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_word_is_a_unit_of_one_kind(code: str) -> None:
    """Of two entries for it only the last would count."""
    listed = [word for words in language(code).units.values() for word in words]
    assert len(listed) == len(set(listed))


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_way_to_write_a_time_can_be_compiled(code: str) -> None:
    """Patterns are data here, and are not looked at before they are used."""
    assert find_times("x", frozenset({code})) == []


@pytest.mark.parametrize("code", LANGUAGES)
def test_rates_are_counted_by_a_time(code: str) -> None:
    """The same names as those of the units."""
    both = (*language(code).rates, *language(code).rates_before)
    assert {unit.dimension for name in both for unit in unit_of(name)} <= {"time", "months"}


def test_a_language_without_a_file_is_empty() -> None:
    """Callers need not ask whether there is a file; they find nothing."""
    assert not language("fi").reads_numbers
    assert language("fi").units == {}


def test_forms_of_an_entry_share_its_value() -> None:
    """They are spelled as the words of a text are."""
    assert by_form({Fraction(3, 4): ("Drei Viertel", "TRES")}) == {
        "drei viertel": Fraction(3, 4),
        "tres": Fraction(3, 4),
    }


def test_a_hundredth_of_a_currency_is_its_own_unit() -> None:
    """50 pence are half a pound."""
    assert unit_of("penny") == (Unit("money:GBP", Fraction(1, 100)),)


def test_phrases_are_spelled_like_the_words_of_a_text() -> None:
    """Small letters, and single spaces between the words."""
    assert plain_phrase("Grad  Celsius") == "grad celsius"


def test_a_key_that_no_section_has_is_an_error() -> None:
    """A misspelled key would otherwise be ignored."""
    with pytest.raises(TypeError, match="hunderd"):
        read_section(Numbers, {"hunderd": ["honderd"]})


def test_numbers_for_keys_are_values() -> None:
    """Other keys are names."""
    numbers = read_section(Numbers, {"fixed": {"3/2": ["anderthalb"], "1_000": ["tausend"]}})
    assert numbers.fixed == {Fraction(3, 2): ("anderthalb",), Fraction(1000): ("tausend",)}


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_file_has_the_types_that_its_sections_declare(code: str) -> None:
    """Files are read without a check of their types, which would make reading slow."""
    TypeAdapter(Language).validate_python(language(code), strict=True)


def test_importing_the_api_reads_no_file() -> None:
    """Files are read, and patterns made of them, when a text is first looked at."""
    script = (
        "from newsqa import ask; from newsqa.languages import language; from newsqa.text import boundaries;"
        "print(language.cache_info().currsize, boundaries._inside.cache_info().currsize)"
    )
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)  # noqa: S603
    assert ran.stdout.split() == ["0", "0"], ran.stderr
