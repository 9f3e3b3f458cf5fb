"""Values as files have them."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from newsqa.article.fields import Origin
from newsqa.article.sources.values import (
    byline_of,
    corrections_of,
    make_fields,
    names_of,
    read_date,
)


@pytest.mark.parametrize(
    ("value", "iso"),
    [
        ("2026-03-06", "2026-03-06"),
        (" 2026-03-06T09:30:00.000Z ", "2026-03-06T09:30:00.000Z"),
        ("2026-03-06 09:30:00", "2026-03-06 09:30:00"),
        ("20260306T093000+0100", "20260306T093000+0100"),
        ("2026-03-06T09:30:00+01:00[Europe/Berlin]", "2026-03-06T09:30:00+01:00"),
        ("Fri, 6 Mar 2026 09:30:00 +0100", "2026-03-06T09:30:00+01:00"),
        ("06 Mar 2026 09:30:00 GMT", "2026-03-06T09:30:00+00:00"),
        (date(2026, 3, 6), "2026-03-06"),
        (datetime(2026, 3, 6, 9, tzinfo=UTC), "2026-03-06T09:00:00+00:00"),
    ],
)
def test_dates_are_read_in_the_forms_of_files(value: object, iso: str) -> None:
    """ISO 8601 in its variants, and RFC 5322."""
    assert read_date(value) == iso


@pytest.mark.parametrize("value", ["", "last Friday", "06/03/2026", "2026", None, 5, [], {}])
def test_a_date_that_can_be_read_in_two_ways_is_left_out(value: object) -> None:
    """A wrong date is worse than none: 'on Friday' would be read against it."""
    assert read_date(value) is None


@pytest.mark.parametrize(
    ("value", "names"),
    [
        ("Lena Hollis", "Lena Hollis"),
        ({"name": "Lena Hollis"}, "Lena Hollis"),
        ({"literal": "dpa"}, "dpa"),
        ([{"name": "A"}, {"name": "A"}, {"name": "B"}], "A, B"),
        ("<a href='x'>Lena Hollis</a>", "Lena Hollis"),
        (["", None, {}, 5], ""),
    ],
)
def test_names_are_joined(value: object, names: str) -> None:
    """Each once."""
    assert names_of(value) == names


@pytest.mark.parametrize(
    ("byline", "author"),
    [
        ("By Lena Hollis", "Lena Hollis"),
        ("Von Jonte Harms", "Jonte Harms"),
        ("Por Marta Quiroga", "Marta Quiroga"),
        ("Byron Tate", "Byron Tate"),
        ("von Bülow", "von Bülow"),
    ],
)
def test_a_byline_is_a_name_without_its_preposition(byline: str, author: str) -> None:
    """Unless it is part of the name."""
    assert byline_of(byline) == author


def test_corrections_are_texts_or_objects() -> None:
    """A CorrectionComment of schema.org, a text, or several."""
    assert corrections_of({"@type": "CorrectionComment", "text": "It is 4%."}) == ("It is 4%.",)
    assert corrections_of(["It is 4%.", {"text": "It is May."}]) == ("It is 4%.", "It is May.")
    assert corrections_of(None) == ()


def test_fields_that_hold_nothing_are_left_out() -> None:
    """So that an Article has its own defaults for them."""
    origin = Origin(format="x")
    fields = make_fields("One.", origin=origin, title=" ", published_at="soon", corrections=[])
    assert fields == {"text": "One.", "origin": origin}
