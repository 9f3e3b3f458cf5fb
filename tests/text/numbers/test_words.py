"""Numerals in the words of many languages."""

from __future__ import annotations

from fractions import Fraction

import pytest

from newsqa.text.numbers.words import find_number_words


def values(text: str, language: str, *, is_ambiguous: bool = False) -> list[Fraction]:
    """Return the numbers in ``text`` that are, or are not, ambiguous."""
    numerals = find_number_words(text, frozenset({language}))
    return [max(n.values) for n in numerals if n.is_ambiguous == is_ambiguous]


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [
        ("ru", "триста сорок пять", 345),
        ("ru", "двух миллионов трёхсот тысяч", 2_300_000),
        ("ru", "два с половиной миллиона", 2_500_000),
        ("ru", "полтора миллиона", 1_500_000),
        ("ru", "треть", Fraction(1, 3)),
        ("uk", "п’ятдесят шість", 56),
        ("ar", "ثلاثمئة وخمسة وأربعون ألفاً", 345_000),
        ("ar", "ألفين وخمسمئة", 2500),
        ("ar", "خمسة عشر", 15),
        ("he", "מאה ארבעים וחמש", 145),
        ("he", "אלפיים", 2000),
        ("hi", "साढ़े तीन लाख", 350_000),
        ("hi", "सवा करोड़", 12_500_000),
        ("hi", "एक सौ पच्चीस", 125),
        ("el", "διακόσιες τριάντα πέντε", 235),
        ("el", "δύο τρίτα", Fraction(2, 3)),
        ("it", "trecentoquarantacinque", 345),
        ("it", "ventotto", 28),
        ("it", "centottanta", 180),
        ("it", "due milioni e mezzo", 2_500_000),
        ("pt", "trezentos e quarenta e cinco mil", 345_000),
        ("nl", "tweehonderdvijfenveertigduizend", 245_000),
        ("nl", "anderhalf", Fraction(3, 2)),
        ("de", "zwölftausenddreihundertfünf", 12_305),
        ("fr", "trois cent quatre-vingt-dix-sept", 397),
        ("es", "dos millones trescientos mil", 2_300_000),
        ("es", "nueve mil ochocientos millones", 9_800_000_000),
        ("hi", "दस हज़ार दो सौ करोड़", 102_000_000_000),
        ("he", "שישים מיליון אלפיים תשע מאות", 60_002_900),
        ("en", "one million, two hundred thousand, three hundred and four", 1_200_304),
        ("es", "una cuarta parte", Fraction(1, 4)),
    ],
)
def test_a_number_is_read(language: str, text: str, value: Fraction | int) -> None:
    """In its inflected forms, with scales and the words that join them."""
    assert values(text, language) == [value]


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [
        ("de", "eine Frau", 1),
        ("fr", "un homme", 1),
        ("ru", "один из них", 1),
        ("ar", "القرن العشرين", 20),
        ("ar", "يومين", 2),
        ("de", "beide", 2),
        ("es", "segunda vez", 2),
    ],
)
def test_a_word_that_is_only_sometimes_a_number_is_ambiguous(
    language: str, text: str, value: int
) -> None:
    """It may support a claim and never contradicts one."""
    assert values(text, language) == []
    assert values(text, language, is_ambiguous=True) == [value]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("one thousand, two thousand", [1000, 2000]),
        ("five hundred, three hundred", [500, 300]),
        ("two thousand, twelve", [2000, 12]),
        ("two thousand and one, three hundred", [2001, 300]),
    ],
)
def test_the_numbers_of_a_list_stay_apart(text: str, expected: list[int]) -> None:
    """A comma joins only a scale and a smaller rest of three digits or more."""
    assert values(text, "en") == expected


def test_a_hyphenated_noun_is_not_the_denominator_of_a_fraction() -> None:
    """Eleven sixth-formers are not eleven sixths."""
    assert values("eleven sixth-formers", "en")[0] == 11


def test_neighbouring_numbers_stay_apart() -> None:
    """If the second cannot be the smaller part of the first."""
    assert values("двадцать тридцать", "ru") == [20, 30]
