"""Calendar dates, and what they mean seen from the day of publication."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsqa.text.dates import find_dates, find_times
from newsqa.text.dates.partial import Offset, PartialDate, shift

TUESDAY = date(2025, 6, 17)


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("on 20 June 2025", "20 June 2025", PartialDate(2025, 6, 20)),
        ("on June 20, 2025,", "June 20, 2025", PartialDate(2025, 6, 20)),
        ("on the 3rd of May", "3rd of May", PartialDate(month=5, day=3)),
        ("on Friday, 20 June.", "Friday, 20 June", PartialDate(month=6, day=20, weekday=4)),
        ("in May 2025", "May 2025", PartialDate(2025, 5)),
        ("since May", "May", PartialDate(month=5)),
        ("Fridays", "Fridays", PartialDate(weekday=4)),
        ("2025-06-20", "2025-06-20", PartialDate(2025, 6, 20)),
        ("20.06.2025", "20.06.2025", PartialDate(2025, 6, 20)),
        ("2025年6月20日", "2025年6月20日", PartialDate(2025, 6, 20)),
        ("6月20日", "6月20日", PartialDate(month=6, day=20)),
    ],
)
def test_a_date_is_read(text: str, words: str, expected: PartialDate) -> None:
    """Its fields and its span."""
    (mention,) = find_dates(text, frozenset({"en"}))
    assert (text[mention.start : mention.end], mention.dates) == (words, (expected,))


def test_a_date_with_strokes_has_two_readings() -> None:
    """The British and the American."""
    (mention,) = find_dates("03/04/2025", frozenset({"en"}))
    assert set(mention.dates) == {PartialDate(2025, 4, 3), PartialDate(2025, 3, 4)}


@pytest.mark.parametrize(
    "text", ["you may go", "a march", "the sun", "1,200 men in 2010", "he sat", "13/14/2025"]
)
def test_other_words_are_not_dates(text: str) -> None:
    """A bare year is a figure."""
    assert find_dates(text, frozenset({"en"})) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("yesterday", PartialDate.of(date(2025, 6, 16))),
        ("tomorrow", PartialDate.of(date(2025, 6, 18))),
        ("this morning", PartialDate.of(TUESDAY)),
        ("three days ago", PartialDate.of(date(2025, 6, 14))),
        ("last month", PartialDate(2025, 5)),
        ("next year", PartialDate(2026)),
        ("a week ago", PartialDate.of(date(2025, 6, 10))),
    ],
)
def test_a_date_relative_to_today_is_worked_out(text: str, expected: PartialDate) -> None:
    """From the day of publication."""
    (mention,) = find_dates(text, frozenset({"en"}))
    assert mention.resolve(TUESDAY) == [expected]


def test_a_weekday_is_the_last_or_the_next() -> None:
    """The bare weekday stays among the readings."""
    days = PartialDate(weekday=4).resolve(TUESDAY)
    assert days == (
        PartialDate(weekday=4),
        PartialDate.of(date(2025, 6, 13)),
        PartialDate.of(date(2025, 6, 20)),
    )


def test_a_date_without_a_year_is_shifted_without_a_year() -> None:
    """None is made up."""
    later = shift(PartialDate(month=5, day=31), Offset(2, "day", is_from_today=False))
    assert later == PartialDate(month=6, day=2)


@given(st.dates(date(1950, 1, 1), date(2099, 12, 31)))
def test_any_day_is_read_back(day: date) -> None:
    """In ISO 8601 and in English."""
    for text in (day.isoformat(), f"{day.day} {day:%B} {day.year}"):
        (mention,) = find_dates(text, frozenset({"en"}))
        assert mention.resolve(None) == [PartialDate.of(day)]


@given(st.text(st.sampled_from("0123456789.:/- apmMay\u00ad\u200b日月年"), max_size=30))
def test_dates_and_times_are_in_order_and_inside_of_any_text(text: str) -> None:
    """They never overlap."""
    languages = frozenset({"en", "ja"})
    for items in (find_dates(text, languages), find_times(text, languages)):
        offsets = [offset for item in items for offset in (item.start, item.end)]
        assert offsets == sorted(offsets)
        assert all(item.start < item.end for item in items)
        assert offsets[-1:] <= [len(text)]
