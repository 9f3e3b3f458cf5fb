"""Numerals in digits and in Roman letters."""

from __future__ import annotations

from fractions import Fraction

import pytest

from newsqa.text.numbers.digits import digit_values, find_digit_numerals, find_roman_numerals


@pytest.mark.parametrize(
    ("written", "language", "value"),
    [
        ("1.200", "en", Fraction(6, 5)),
        ("1.200", "de", 1200),
        ("1,5", "en", Fraction(3, 2)),
        ("1,200,000", "de", 1_200_000),
        ("1,00,000", "en", 100_000),
        ("0.125", "de", Fraction(1, 8)),
        ("1.200,5", "en", Fraction(2401, 2)),
        ("٣٫٥", "ar", Fraction(7, 2)),
    ],
)
def test_marks_separate_groups_or_decimals(
    written: str, language: str, value: Fraction | int
) -> None:
    """The language decides only where both are possible."""
    assert digit_values(written, frozenset({language})) == {value}


def test_a_number_longer_than_40_digits_is_not_read() -> None:
    """Nobody writes it in a text."""
    assert list(find_digit_numerals("1" * 41, frozenset({"en"}))) == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Henry VIII", 8),
        ("World War II", 2),
        ("le XVIe siècle", 16),
        ("Louis XIV.", 14),
        ("XXI", 21),
    ],
)
def test_a_roman_numeral_is_read(text: str, value: int) -> None:
    """It is ambiguous: it may support a claim and never contradicts one."""
    [numeral] = find_roman_numerals(text)
    assert numeral.values == {value}
    assert numeral.is_ambiguous


@pytest.mark.parametrize("text", ["I came.", "Plan X", "VIP", "XVID9", "MIX", "vi"])
def test_other_letters_are_not_a_roman_numeral(text: str) -> None:
    """A single letter, a word, or lower case."""
    assert list(find_roman_numerals(text)) == []
