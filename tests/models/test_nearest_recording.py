"""The nearest recorded request, and how two requests differ."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsqa.models.recorded import RequestText, diff, first_difference, nearest

_lines = st.lists(st.sampled_from(["system:", "user:", "Read.", "Who paid?", "Who left?"]))


def text(question: str, *lines: str) -> RequestText:
    """Return a request that ends with a question."""
    return RequestText(question, [*lines, question])


def test_nearest_has_most_lines_in_common() -> None:
    """A shared article weighs more than a similar question."""
    recorded = [text("When was it?", "Other article."), text("Who paid?", "Article.", "More.")]
    assert nearest(text("When is it?", "Article.", "More."), recorded) == 1


def test_nearest_of_equal_articles_has_the_most_similar_question() -> None:
    """All have as many lines in common."""
    recorded = [
        text("Who paid?", "Article."),
        text("When is it?", "Article."),
        text("Why?", "Article."),
    ]
    assert nearest(text("When was it?", "Article."), recorded) == 1


@given(st.lists(_lines, min_size=1, max_size=4))
def test_nearest_to_a_recorded_request_is_itself(recorded: list[list[str]]) -> None:
    """Or an equal one."""
    requests = [RequestText("", lines) for lines in recorded]
    assert requests[nearest(requests[-1], requests)] == requests[-1]


@given(_lines, _lines)
def test_first_difference_shows_differing_lines(one: list[str], other: list[str]) -> None:
    """Requests of different lengths differ at the end of the shorter one."""
    phrase = first_difference(RequestText("", one), RequestText("", other))
    assert (phrase == "they do not differ") == (one == other)


def test_first_difference_truncates_long_lines() -> None:
    """An article may be one long line."""
    phrase = first_difference(text("a" * 1_000), text("b" * 1_000))
    assert len(phrase) < 400


@pytest.mark.parametrize(("count", "truncated"), [(10, False), (200, True)])
def test_diff_is_truncated(count: int, truncated: bool) -> None:
    """A long diff ends with the number of lines that were left out."""
    one, other = (RequestText("", [f"{word} {n}" for n in range(count)]) for word in ("a", "b"))
    shown = diff(one, other)
    assert shown.startswith("--- recorded\n+++ sent now")
    assert shown.endswith("more lines") == truncated
