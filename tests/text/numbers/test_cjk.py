"""Numerals of Chinese, Japanese, Korean and Thai."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsqa.text.numbers import find_numerals


def read(text: str, *, is_ambiguous: bool = False) -> list[Fraction]:
    """Return the numbers in ``text`` that are, or are not, ambiguous."""
    numerals = find_numerals(text, frozenset({"zh", "ko", "th"}))
    return [max(n.values) for n in numerals if n.is_ambiguous == is_ambiguous]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("一亿二千万", 120_000_000),
        ("三百二十", 320),
        ("1億4千万円", 140_000_000),
        ("８万６千人", 86_000),
        ("1万2345台", 12_345),
        ("3万亿", 3 * 10**12),
        ("3.5万人", 35_000),
        ("四分之三", Fraction(3, 4)),
        ("三分の一", Fraction(1, 3)),
        ("两个半小时", Fraction(5, 2)),
        ("一半", Fraction(1, 2)),
        ("1천2백억원", 120_000_000_000),
        ("3만4천 명", 34_000),
        ("3만 5000명", 35_000),
        ("1만 2,345명", 12_345),
        ("이만 오천 명", 25_000),
        ("만 이십 살", 20),
        ("3만이 넘는", 30_000),
        ("스물세 명", 23),
        ("삼십 명", 30),
        ("3분의 1", Fraction(1, 3)),
        ("절반", Fraction(1, 2)),
        ("สิบหกลำ", 16),
        ("4.2 ล้านบาท", 4_200_000),
        ("12 พันล้าน", 12_000_000_000),
        ("หนึ่งในสาม", Fraction(1, 3)),
    ],
)
def test_a_number_is_read(text: str, value: Fraction | int) -> None:
    """In signs, in digits with signs after them, and as a fraction."""
    assert read(text) == [value]


@pytest.mark.parametrize("text", ["三" * 5000, "삼" * 5000, "สาม" * 5000, f"{'三' * 5000}分之一"])
def test_a_numeral_longer_than_40_signs_is_not_read(text: str) -> None:
    """Nobody writes it in a text."""
    assert [value for value in read(text) if value > 3] == []


def test_korean_numbers_that_do_not_descend_stay_apart() -> None:
    """삼만 사만 is "thirty or forty thousand"."""
    assert read("삼만 사만 명", is_ambiguous=True) == [30_000]
    assert read("삼만 사만 명") == [40_000]


@pytest.mark.parametrize("text", ["十分重要", "万一", "이 사람", "พันธุ์", "5千克是"])
def test_other_words_with_these_signs_are_not_numbers(text: str) -> None:
    """They mean very, in case, this, breed and kilogram."""
    assert [value for value in read(text) if value != 5] == []


@pytest.mark.parametrize(("text", "value"), [("一名男子", 1), ("第三名", 3), ("한 명", 1)])
def test_an_article_or_ordinal_is_ambiguous(text: str, value: int) -> None:
    """It may support a claim and never contradicts one."""
    assert read(text, is_ambiguous=True) == [value]


@given(st.integers(min_value=1, max_value=9999), st.integers(min_value=1, max_value=9999))
def test_digits_with_two_scales_add_up(high: int, low: int) -> None:
    """1億4000万 is 140 million."""
    assert read(f"{high}億{low}万円") == [high * 10**8 + low * 10**4]
