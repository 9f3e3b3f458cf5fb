"""Span: a stretch of a text."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from newsqa.text.spans import Span, VisibleText, outermost, without_overlaps


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


_SPANS = st.lists(
    st.tuples(st.integers(0, 20), st.integers(1, 9)).map(
        lambda pair: Span(start=pair[0], end=sum(pair))
    )
)


@given(_SPANS)
def test_the_outermost_spans_cover_all_others(spans: list[Span]) -> None:
    """Each span lies inside one that is kept, and none that is kept inside another."""
    kept = outermost(spans)
    assert all(any(k.start <= s.start and s.end <= k.end for k in kept) for s in spans)
    assert [(k.start, k.end) for k in kept] == sorted((k.start, k.end) for k in kept)
    assert sorted({k.end for k in kept}) == [k.end for k in kept]


@given(_SPANS)
def test_spans_without_overlaps_keep_the_first_and_longest(spans: list[Span]) -> None:
    """Each span overlaps one that is kept, which does not begin after it."""
    kept = without_overlaps(spans)
    assert all(a.end <= b.start for a, b in pairwise(kept))
    assert all(any(k.start <= s.start < k.end for k in kept) for s in spans)


@given(st.text(st.sampled_from("ab\u00ad\u200b\u200dé"), max_size=12), st.data())
def test_visible_text_gives_the_offsets_of_its_original(text: str, data: st.DataObject) -> None:
    """A span of the visible text is the same characters, with what is invisible between them."""
    visible = VisibleText(text)
    assert visible.text == "".join(character for character in text if character.isalpha())
    if visible.text:
        start = data.draw(st.integers(0, len(visible.text) - 1))
        end = data.draw(st.integers(start + 1, len(visible.text)))
        first, last = visible.original(start, end)
        assert VisibleText(text[first:last]).text == visible.text[start:end]
        assert (text[first], text[last - 1]) == (visible.text[start], visible.text[end - 1])
