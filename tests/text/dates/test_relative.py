"""Dates relative to today or to another day."""

from __future__ import annotations

import pytest

from newsqa.text.dates import Offset, PartialDate, find_dates


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("yesterday", Offset(-1, "day")),
        ("the day before yesterday", Offset(-2, "day")),
        ("the day after tomorrow", Offset(2, "day")),
        ("last night", Offset(-1, "day")),
        ("this evening", Offset(0, "day")),
        ("a week ago", Offset(-1, "week")),
        ("twenty-five years ago", Offset(-25, "year")),
        ("3 days before the report", Offset(-3, "day")),
        ("two months after the publication", Offset(2, "month")),
        ("last week", Offset(-1, "week", is_period=True)),
        ("this month", Offset(0, "month", is_period=True)),
        ("coming year", Offset(1, "year", is_period=True)),
        ("two days later", Offset(2, "day", is_from_today=False)),
        ("ten weeks earlier", Offset(-10, "week", is_from_today=False)),
        ("a year afterwards", Offset(1, "year", is_from_today=False)),
        ("previous month", Offset(-1, "month", is_from_today=False)),
        ("the day before", Offset(-1, "day", is_from_today=False)),
        ("the following day", Offset(1, "day", is_from_today=False)),
    ],
)
def test_an_offset_is_read_from_the_phrases_of_the_language(text: str, expected: Offset) -> None:
    """From today, or from a day that is named elsewhere."""
    (mention,) = find_dates(f"It was {text}.", frozenset({"en"}))
    assert f"It was {text}."[mention.start : mention.end] == text
    assert mention.offset == expected


@pytest.mark.parametrize("text", ["last Monday", "this Monday", "next Monday", "coming Monday"])
def test_a_word_before_a_weekday_belongs_to_the_date(text: str) -> None:
    """It does not change which weekday is meant."""
    (mention,) = find_dates(text, frozenset({"en"}))
    assert (mention.start, mention.end) == (0, len(text))
    assert mention.dates == (PartialDate(weekday=0),)


@pytest.mark.parametrize("text", ["daybreak", "the day", "three days", "weekly", "two later days"])
def test_a_time_without_a_direction_is_not_a_date(text: str) -> None:
    """It is a quantity."""
    assert find_dates(text, frozenset({"en"})) == []
