"""Times of day in their many forms."""

from __future__ import annotations

import pytest

from newsqa.text.dates import find_times


def minutes(text: str, language: str = "en") -> list[set[int]]:
    """Return the minutes since midnight that each time in ``text`` may mean."""
    return [set(time.minutes) for time in find_times(text, frozenset({language}))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("at 6 a.m.", {360}),
        ("at 6am", {360}),
        ("at 06:00", {360}),
        ("at 0600", {360}),
        ("at 1800 GMT", {1080}),
        ("at 1310 hours", {790}),
        ("at 6:30", {390, 1110}),
        ("at 18.30 Uhr", {1110}),
        ("at noon", {720}),
        ("at midnight", {0}),
        ("at six p.m.", {1080}),
        ("at 10 o'clock", {600, 1320}),
        ("half past six", {390, 1110}),
        ("half-past six p.m.", {1110}),
        ("a quarter past three", {195, 915}),
        ("at a quarter to three", {165, 885}),
        ("at half past six in the evening", {1110}),
    ],
)
def test_a_time_is_read(text: str, expected: set[int]) -> None:
    """It may be in both halves of the day unless the text says which."""
    assert minutes(text) == [expected]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "um Viertel nach drei"),
        ("en", "at a quarter past three"),
        ("es", "a las tres y cuarto"),
        ("fr", "à trois heures et quart"),
        ("hi", "सवा तीन बजे"),
        ("it", "alle tre e un quarto"),
        ("nl", "om kwart over drie"),
        ("zh", "三点一刻"),
    ],
)
def test_a_quarter_past_three_is_read_in_many_languages(language: str, text: str) -> None:
    """All by the patterns of their data files."""
    assert minutes(text, language) == [{195, 915}]


@pytest.mark.parametrize("language", ["de", "fr"])
def test_any_white_space_may_be_in_a_time(language: str) -> None:
    """Such as the no-break space that newspapers set."""
    text = {"de": "um 18.30\u00a0Uhr", "fr": "à 18\u202fheures\u00a030"}[language]
    assert minutes(text, language) == [{1110}]


def test_the_first_of_a_range_shares_the_half_of_the_day() -> None:
    """From 9 to 11 in the morning."""
    assert minutes("9-11am") == [{540}, {660}]


@pytest.mark.parametrize(
    "text",
    [
        "1.2 million",
        "a 3-2 win",
        "2010",
        "room 12",
        "13 a.m.",
        "for 1310 hours",
        "left a quarter to three charities",
    ],
)
def test_other_numbers_are_not_times(text: str) -> None:
    """Nor is an hour that does not exist."""
    assert minutes(text) == []


def test_a_number_with_two_decimals_is_an_ambiguous_time() -> None:
    """18.15 is either."""
    (time,) = find_times("18.15", frozenset({"en"}))
    assert time.is_ambiguous
    assert time.minutes == {1095}


def test_a_time_with_a_zero_width_space_has_the_offsets_of_its_text() -> None:
    """The span includes what is invisible."""
    text = "at half\u200b past six"
    (time,) = find_times(text, frozenset({"en"}))
    assert text[time.start : time.end] == "half\u200b past six"
