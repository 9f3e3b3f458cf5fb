"""Numbers with their units, also a unit that is written once for several numbers."""

from __future__ import annotations

from fractions import Fraction

import pytest

from newsqa.text.numbers import find_quantities


def amounts(text: str, language: str = "en") -> list[set[tuple[Fraction | int, str]]]:
    """Return the readings of each quantity: value in the base unit, and dimension."""
    quantities = find_quantities(text, frozenset({language}))
    return [{(a.value, a.dimension) for a in q.amounts} for q in quantities]


@pytest.mark.parametrize(
    ("text", "value", "dimension"),
    [
        ("5 km", 5000, "length"),
        ("12.5%", Fraction(1, 8), "share"),
        ("12.5 percent", Fraction(1, 8), "share"),
        ("£38.4m", 38_400_000, "money:GBP"),
        ("38 million euros", 38_000_000, "money:EUR"),
        ("50 pence", Fraction(1, 2), "money:GBP"),
        ("15元", 15, "money:CNY"),
        ("a 30-second clip", 30, "time"),
        ("two weeks", 1_209_600, "time"),
        ("a 5-year-old", 60, "months"),
        ("5 square miles", 12_949_940, "area"),
        ("-5 °C", -5, "temperature C"),
        ("5 degrees below zero", -5, "angle"),
        ("百分之十", Fraction(1, 10), "share"),
        ("2 percentage points", 2, "points"),
    ],
)
def test_a_number_has_its_unit(text: str, value: Fraction | int, dimension: str) -> None:
    """The value is in the base unit of its dimension, and has its sign."""
    assert amounts(text)[0] == {(value, dimension)}


def test_a_dollar_may_be_of_any_country() -> None:
    """Unless the country is named."""
    (any_dollar,), (us_dollar,) = amounts("$5"), amounts("US$5")
    assert us_dollar == {(5, "money:USD")}
    assert us_dollar < any_dollar


@pytest.mark.parametrize(
    "text", ["5 to 10 million euros", "5-10 million euros", "between 5 and 10 million euros"]
)
def test_the_first_of_a_range_may_share_scale_and_unit(text: str) -> None:
    """They are written once, after the last."""
    assert (5_000_000, "money:EUR") in amounts(text)[0]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "5 bis 10 Kilometer"),
        ("el", "5 έως 10 χιλιόμετρα"),
        ("es", "5 o 10 kilómetros"),
        ("fr", "5 à 10 kilomètres"),
        ("ko", "5 또는 10킬로미터"),
        ("nl", "5 tot 10 kilometer"),
        ("ru", "от 5 до 10 километров"),
        ("zh", "5至10公里"),
    ],
)
def test_a_range_is_read_by_the_words_of_its_language(language: str, text: str) -> None:
    """Its first number may have the unit of the last."""
    first, last = amounts(text, language)
    assert last == {(10_000, "length")}
    assert (5000, "length") in first


def test_the_second_of_a_range_may_share_the_currency() -> None:
    """It is written once, before the first."""
    assert (10, "money:GBP") in amounts("£5 to 10")[1]


def test_a_number_with_a_unit_shares_no_other() -> None:
    """Five kilometres are not days."""
    assert amounts("5 km and 10 days")[0] == {(5000, "length")}


def test_a_soft_hyphen_in_a_number_or_unit_is_part_of_its_span() -> None:
    """Pages set it where a line may break."""
    text = "etwa ein\u00adund\u00adzwanzig Kilo\u00admeter weit"
    (quantity,) = find_quantities(text, frozenset({"de"}))
    assert text[quantity.start : quantity.end] == "ein\u00adund\u00adzwanzig Kilo\u00admeter"
    assert {a.value for a in quantity.amounts} == {21_000}
    numeral = quantity.numeral
    assert text[numeral.start : numeral.end] == "ein\u00adund\u00adzwanzig"
