"""Roman numerals: which letters are a number, and which."""

from __future__ import annotations

import pytest

from newsqa.text.numbers.in_roman import numerals_in_roman


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
    """As the number it stands for, which is not held against a claim."""
    [numeral] = numerals_in_roman(text)
    assert numeral.values == {value}
    assert numeral.is_loose


@pytest.mark.parametrize("text", ["I came.", "Plan X", "VIP", "XVID9", "MIX", "vi"])
def test_other_letters_are_no_number(text: str) -> None:
    """A lone letter, a word, or small ones."""
    assert list(numerals_in_roman(text)) == []
