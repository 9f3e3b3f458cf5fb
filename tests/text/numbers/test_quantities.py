"""Quantities: numbers with their units, also those written only once for several."""

from __future__ import annotations

from fractions import Fraction

import pytest

from newsqa.text.numbers.quantities import find_quantities


def amounts(text: str) -> list[set[tuple[Fraction | int, str]]]:
    """For each quantity what it may be: the value in the base unit, and the dimension."""
    found = find_quantities(text, frozenset({"en"}))
    return [{(a.value, a.dimension) for a in q.amounts} for q in found]


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
    """In the base unit of its dimension, and with its sign."""
    assert amounts(text)[0] == {(value, dimension)}


def test_a_dollar_may_be_anybodys() -> None:
    """Unless it says whose."""
    (plain,), (of_us,) = amounts("$5"), amounts("US$5")
    assert of_us == {(5, "money:USD")}
    assert of_us < plain


@pytest.mark.parametrize(
    "text", ["5 to 10 million euros", "5-10 million euros", "between 5 and 10 million euros"]
)
def test_the_first_of_a_range_may_share_scale_and_unit(text: str) -> None:
    """They are written once, behind the last."""
    assert (5_000_000, "money:EUR") in amounts(text)[0]


def test_the_second_of_a_range_may_share_the_currency() -> None:
    """It is written once, before the first."""
    assert (10, "money:GBP") in amounts("£5 to 10")[1]


def test_a_unit_is_not_shared_with_another_one() -> None:
    """Five kilometres and ten days have nothing to hand on."""
    assert amounts("5 km and 10 days")[0] == {(5000, "length")}
