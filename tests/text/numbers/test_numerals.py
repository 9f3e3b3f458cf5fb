"""Numbers in digits and words, in several languages, without units."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsqa.text.numbers import find_numerals


def values(text: str, language: str = "en") -> list[tuple[str, list[Fraction | int], str]]:
    """Return the words, the sorted values and the kind of each numeral."""
    numerals = find_numerals(text, frozenset({language}))
    return [(text[n.start : n.end], [*sorted(n.values)], n.kind) for n in numerals]


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("1,200 men", "1,200", 1200),
        ("10 000 men", "10 000", 10_000),
        ("1.2 million men", "1.2 million", 1_200_000),
        ("$1.5bn", "1.5bn", 1_500_000_000),
        ("1,00,000 men", "1,00,000", 100_000),
        ("3 lakh men", "3 lakh", 300_000),
        ("twelve hundred men", "twelve hundred", 1200),
        ("one hundred and twenty men", "one hundred and twenty", 120),
        ("thirty-two men", "thirty-two", 32),
        ("two thousand and twelve", "two thousand and twelve", 2012),
        ("two and a half million men", "two and a half million", 2_500_000),
        ("half a million men", "half a million", 500_000),
        ("a dozen men", "a dozen", 12),
        ("half a dozen men", "half a dozen", 6),
        ("two-thirds of men", "two-thirds", Fraction(2, 3)),
        ("a quarter of men", "a quarter", Fraction(1, 4)),
        ("2½ miles", "2½", Fraction(5, 2)),
        ("2\n½ miles", "2\n½", Fraction(5, 2)),
        ("٣٢٠ men", "٣٢٠", 320),
        ("三百二十人", "三百二十", 320),
        ("二〇二五", "二〇二五", 2025),
        ("3.5万人", "3.5万", 35_000),
    ],
)
def test_a_number_is_read(text: str, words: str, value: Fraction | int) -> None:
    """The span includes the words of its scale."""
    assert values(text) == [(words, [value], "cardinal")]


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [
        ("de", "zweiunddreißig", 32),
        ("de", "dreihundertzwanzig", 320),
        ("de", "4,5 Millionen", 4_500_000),
        ("de", "1.200", 1200),
        ("fr", "quatre-vingt-dix-sept", 97),
        ("fr", "soixante et onze", 71),
        ("es", "treinta y dos mil", 32_000),
        ("es", "veintidós", 22),
    ],
)
def test_number_words_of_other_languages_are_read(language: str, text: str, value: int) -> None:
    """Their marks for groups and decimals are read too."""
    assert values(text, language) == [(text, [value], "cardinal")]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("3rd", "ordinal"),
        ("twenty-first", "ordinal"),
        ("dozens", "plural"),
        ("tens of thousands", "plural"),
        ("F-15", "label"),
        ("G20", "label"),
    ],
)
def test_a_number_has_a_kind(text: str, kind: str) -> None:
    """Ordinals, plurals without a count, and parts of names."""
    assert [numeral[2] for numeral in values(text)] == [kind]


def test_a_mark_has_the_meanings_of_all_languages_given() -> None:
    """1.200 is 1.2 in English and 1200 in German."""
    (numeral,) = find_numerals("1.200", frozenset({"de", "en"}))
    assert sorted(numeral.values) == [Fraction(6, 5), 1200]


def test_a_short_m_may_be_millions_or_metres() -> None:
    """Only the unit decides."""
    assert values("100 m") == [("100 m", [100, 100_000_000], "cardinal")]


def test_neighbouring_numbers_stay_apart() -> None:
    """In a list, a score or a range."""
    assert [v for _, v, _ in values("one, two and 236-189")] == [[1], [2], [236], [189]]


@given(st.integers(min_value=0, max_value=10**12))
def test_any_whole_number_is_read_in_digits(number: int) -> None:
    """With and without commas."""
    assert (
        values(f"{number:,}")
        == values(f"{number:,} men")
        == [(f"{number:,}", [number], "cardinal")]
    )
    assert values(f"{number}")[0][1] == [number]


@given(st.text(max_size=40))
def test_numerals_are_in_order_and_do_not_overlap(text: str) -> None:
    """In any text."""
    numerals = find_numerals(text, frozenset({"en", "de"}))
    offsets = [offset for numeral in numerals for offset in (numeral.start, numeral.end)]
    assert offsets == sorted(offsets)
