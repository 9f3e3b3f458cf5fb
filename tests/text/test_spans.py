"""Span: a stretch of a text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from newsqa.text.spans import Span


@given(st.text(max_size=20), st.text(min_size=1, max_size=20), st.text(max_size=20))
def test_a_span_cuts_its_stretch_out_of_the_text(before: str, middle: str, after: str) -> None:
    """Offsets are half-open and count code points, astral ones as one."""
    span = Span(start=len(before), end=len(before) + len(middle))
    assert span.slice(before + middle + after) == middle


@pytest.mark.parametrize(("start", "end"), [(0, 0), (3, 3), (3, 2), (-1, 2), (-3, -1)])
def test_an_empty_or_negative_span_cannot_be(start: int, end: int) -> None:
    """A citation of nothing would prove nothing, and a negative offset counts from the end."""
    with pytest.raises(ValidationError):
        Span(start=start, end=end)


def test_a_span_does_not_change() -> None:
    """What was verified stays as it was verified."""
    span = Span(start=0, end=1)
    with pytest.raises(ValidationError, match="frozen"):
        span.end = 9  # type: ignore[misc]  # that it is refused is the point


def test_spans_are_values() -> None:
    """Equal offsets are the same span, in a set and after JSON."""
    span = Span(start=1, end=2)
    assert {span, Span(start=1, end=2)} == {Span.model_validate_json(span.model_dump_json())}
