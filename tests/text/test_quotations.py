"""Quotations: the text between quotation marks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsqa.text.quotations import find_quotations


def quoted(text: str) -> list[str]:
    """Return the shortest reading of each quotation."""
    return [text[slice(*spans[0])] for spans in find_quotations(text)]


@pytest.mark.parametrize(
    "text",
    [
        'He said "go now".',
        "He said “go now”.",
        "He said 'go now'.",
        "He said ‘go now’.",
        "Er sagt „go now“.",
        "Er sagt »go now«.",
        "Il dit «go now».",
        "他说「go now」。",
        "Han sa ”go now”.",
    ],
)
def test_any_pair_of_marks_quotes(text: str) -> None:
    """The marks of any language do."""
    assert quoted(text) == ["go now"]


def test_a_quotation_inside_another_is_one_too() -> None:
    """Both are returned."""
    assert quoted("“He said ‘go’ to me.”") == ["He said ‘go’ to me.", "go"]


def test_a_quotation_that_is_not_closed_runs_to_the_end() -> None:
    """It is still presented as a quotation."""
    assert quoted('He said "go now.') == ["go now."]


def test_an_apostrophe_may_close_or_not() -> None:
    """All possible spans are returned."""
    text = "He wants 'the workers' rights' kept."
    assert [text[slice(*span)] for span in find_quotations(text)[0]] == [
        "the workers",
        "the workers' rights",
    ]


@pytest.mark.parametrize(
    "text", ["The workers' ferry isn't Ada's.", "In the '90s 'em", "“”", "It's ours'."]
)
def test_apostrophes_quote_nothing(text: str) -> None:
    """Empty marks quote nothing either."""
    assert quoted(text) == []


@given(st.text(alphabet="a '\"“”‘’«»„", max_size=30))
def test_spans_lie_in_the_text(text: str) -> None:
    """This holds for any marks."""
    for spans in find_quotations(text):
        assert all(0 <= start < end <= len(text) for start, end in spans)
