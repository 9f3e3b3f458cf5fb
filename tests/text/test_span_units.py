"""Offsets in the units of other programs: UTF-16 for browsers, UTF-8 bytes for much else."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsqa.answers.answer import Citation
from newsqa.text.spans import Span

TEXT = "a é 😀 b"
"""Code points, UTF-16 units and UTF-8 bytes each count differently from é or from the face on."""

FACE = Span(start=4, end=5)

MIXED = st.text(
    st.one_of(st.characters(codec="utf-8"), st.sampled_from("aé日😀\U0001d11e\u0301")), max_size=30
)

FROM_UNITS: list[Callable[[str, int, int], Span]] = [Span.from_utf16, Span.from_utf8]


@st.composite
def spans(draw: st.DrawFn) -> tuple[str, Span]:
    """A text and a span of it."""
    before, inside, after = draw(MIXED), draw(MIXED.filter(bool)), draw(MIXED)
    return before + inside + after, Span(start=len(before), end=len(before) + len(inside))


def test_utf16_counts_a_face_twice() -> None:
    """As JavaScript does: "a é 😀 b".slice(4, 6) is the face."""
    assert FACE.utf16(TEXT) == (4, 6)


def test_utf8_counts_bytes() -> None:
    """The é before the face has two, and the face four."""
    assert FACE.utf8(TEXT) == (5, 9)


@given(spans())
def test_utf16_offsets_cut_the_same_stretch(given: tuple[str, Span]) -> None:
    """Out of the text in the other program's form."""
    text, span = given
    start, end = span.utf16(text)
    assert text.encode("utf-16-le")[2 * start : 2 * end].decode("utf-16-le") == span.slice(text)


@given(spans())
def test_utf8_offsets_cut_the_same_stretch(given: tuple[str, Span]) -> None:
    """Out of the bytes of the text."""
    text, span = given
    start, end = span.utf8(text)
    assert text.encode()[start:end].decode() == span.slice(text)


@given(spans())
def test_there_and_back_is_the_same_span(given: tuple[str, Span]) -> None:
    """In both units."""
    text, span = given
    assert Span.from_utf16(text, *span.utf16(text)) == span
    assert Span.from_utf8(text, *span.utf8(text)) == span


@pytest.mark.parametrize(("start", "end"), [(5, 6), (4, 5)])
def test_half_a_surrogate_pair_is_refused(start: int, end: int) -> None:
    """At either end of the span; the message names the offset and the unit."""
    with pytest.raises(ValueError, match=r"offset 5 is inside a character.*UTF-16 code units"):
        Span.from_utf16(TEXT, start, end)


@pytest.mark.parametrize(("start", "end"), [(6, 9), (5, 6), (6, 7)])
def test_a_part_of_a_bytes_sequence_is_refused(start: int, end: int) -> None:
    """Also a part from the middle, which neither begins nor ends the character."""
    with pytest.raises(ValueError, match=r"offset 6 is inside a character.*UTF-8 bytes"):
        Span.from_utf8(TEXT, start, end)


@given(MIXED, st.integers(-2, 130), st.integers(-2, 130))
def test_an_offset_is_converted_right_or_refused(text: str, start: int, end: int) -> None:
    """No offset is moved to the next character without a word."""
    data = text.encode()
    try:
        span = Span.from_utf8(text, start, end)
    except ValueError:
        edges = {len(text[:n].encode()) for n in range(len(text) + 1)}
        assert not (start in edges and end in edges and start < end)
    else:
        assert span.slice(text).encode() == data[start:end]


@pytest.mark.parametrize("from_units", FROM_UNITS)
@pytest.mark.parametrize(("start", "end"), [(-1, 1), (0, 0), (2, 1), (0, 99), (98, 99)])
def test_offsets_that_hold_nothing_are_refused(
    from_units: Callable[[str, int, int], Span], start: int, end: int
) -> None:
    """Before the text, behind it, empty or the wrong way round: not cut down to what there is."""
    with pytest.raises(ValueError, match=f"{start}:{end} is not a span of a text of"):
        from_units(TEXT, start, end)


@pytest.mark.parametrize("units", [Span.utf16, Span.utf8])
def test_a_text_that_ends_before_the_span_is_refused(
    units: Callable[[Span, str], tuple[int, int]],
) -> None:
    """It is not the one the span was made for."""
    with pytest.raises(ValueError, match="0:9 is not a span of a text of 3 characters"):
        units(Span(start=0, end=9), "abc")


@pytest.mark.parametrize("units", [Span.utf16, Span.utf8])
def test_half_a_character_in_the_text_is_refused(
    units: Callable[[Span, str], tuple[int, int]],
) -> None:
    """Two lone surrogates would come back as one character."""
    with pytest.raises(ValueError, match="surrogates not allowed"):
        units(Span(start=0, end=3), "a\ud83d\ude00")


def test_a_citation_has_the_offsets_of_its_span() -> None:
    """It is what a page highlights."""
    citation = Citation(start=4, end=5, text="😀", sentences=(1,), match="exact")
    assert citation.utf16(TEXT) == (4, 6)
