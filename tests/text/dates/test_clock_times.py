"""Clock times: hours and minutes in their many forms."""

from __future__ import annotations

import pytest

from newsqa.text.dates.clock_times import find_times


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("at 6 a.m.", {360}),
        ("at 6am", {360}),
        ("at 06:00", {360}),
        ("at 0600", {360}),
        ("at 1800 GMT", {1080}),
        ("at 6:30", {390, 1110}),
        ("at 18.30 Uhr", {1110}),
        ("at noon", {720}),
        ("at midnight", {0}),
        ("at six p.m.", {1080}),
        ("at 10 o'clock", {600, 1320}),
        ("half past six", {390, 1110}),
    ],
)
def test_a_time_is_read(text: str, minutes: set[int]) -> None:
    """In minutes since midnight; both halves of the day, where it does not say which."""
    (time,) = find_times(text, frozenset({"en"}))
    assert time.minutes == minutes


def test_the_first_of_a_range_shares_the_half_of_the_day() -> None:
    """From 9 to 11 in the morning."""
    assert [time.minutes for time in find_times("9-11am", frozenset({"en"}))] == [{540}, {660}]


@pytest.mark.parametrize("text", ["1.2 million", "a 3-2 win", "2010", "room 12", "13 a.m."])
def test_other_numbers_are_no_times(text: str) -> None:
    """Nor hours that do not exist."""
    assert find_times(text, frozenset({"en"})) == []
