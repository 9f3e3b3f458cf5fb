"""Numerals: the numbers a text names, in digits or in words, and where."""

from __future__ import annotations

from newsqa.text.numbers.in_cjk_and_thai import placed_numbers, with_half
from newsqa.text.numbers.in_digits import numerals_in_digits
from newsqa.text.numbers.in_roman import numerals_in_roman
from newsqa.text.numbers.in_words import spoken_numbers
from newsqa.text.numbers.numeral import Numeral
from newsqa.text.spans import without_overlaps


def find_numerals(text: str, languages: frozenset[str]) -> list[Numeral]:
    """The numbers in ``text``, in reading order; ``languages`` are those it may be written in."""
    found = list(numerals_in_digits(text, languages))
    found += spoken_numbers(text, languages)
    found += placed_numbers(text)
    found += numerals_in_roman(text)
    return [with_half(text, numeral) for numeral in without_overlaps(found)]
