"""Rates: the time by which a quantity is counted."""

from __future__ import annotations

import pytest

from newsqa.text.numbers import find_quantities


@pytest.mark.parametrize(
    ("language", "text", "rate"),
    [
        ("en", "£45 an hour", "hour"),
        ("en", "300 passengers a day", "day"),
        ("en", "$94 per year", "year"),
        ("de", "4 Euro pro Woche", "week"),
        ("fr", "15 euros par mois", "month"),
        ("es", "2400 toneladas anuales", "year"),
        ("ru", "1250 пассажиров в день", "day"),
        ("ja", "年1億円", "year"),
        ("ko", "하루 3만 명", "day"),
        ("zh", "每月支出60万元", "month"),
        ("th", "4,000 บาทต่อเดือน", "month"),
    ],
)
def test_a_rate_is_read(language: str, text: str, rate: str) -> None:
    """After the unit or the noun, or before the number."""
    (quantity,) = find_quantities(text, frozenset({language}))
    assert quantity.rate == rate


@pytest.mark.parametrize("text", ["45 pounds", "2024年1億円", "45 men came a day later than that"])
def test_other_times_are_not_a_rate(text: str) -> None:
    """Such as a year before an amount."""
    assert {q.rate for q in find_quantities(text, frozenset({"en", "ja"}))} == {""}


def test_a_length_an_hour_is_a_speed() -> None:
    """70 kilometres an hour are 70 km/h."""
    in_words, with_sign = (
        find_quantities(text, frozenset({"de"}))[0].amounts
        for text in ("70 Kilometer in der Stunde", "70 km/h")
    )
    assert in_words == with_sign
