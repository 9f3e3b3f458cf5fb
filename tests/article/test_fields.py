"""What counts as text that can be read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsqa.article.fields import (
    MAX_QUESTION_CHARACTERS,
    check_question,
    half_character_in,
    problem_with,
)
from newsqa.errors import QuestionError


@pytest.mark.parametrize(
    "text", ["a", "?", "\N{FIRE}\N{ZERO WIDTH JOINER}\N{FIRE}", "字", "  a\0  "]
)
def test_text_with_one_visible_character_is_read(text: str) -> None:
    """A letter, a sign or an emoji is enough, whatever surrounds it."""
    assert problem_with(text, limit=10) is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \t\r\n\u00a0\u3000\u2028",
        "\u200b\u200c\u200d\u2060\ufeff",
        "\u202a\u202b\u202e\u2066\u2069\u200e\u200f\u061c",
        "\0\0\x1b\x7f\x85",
        "\u00ad\u034f\u115f\u180e\u3164\ufe0f\uffa0",
        "\U000e0001\U000e0041\U000e007f",
    ],
)
def test_text_without_anything_visible_is_empty(text: str) -> None:
    """White space, controls, and zero-width, bidi, filler and tag characters are nothing to read."""
    assert problem_with(text, limit=100) == "is empty"


@pytest.mark.parametrize(("value", "kind"), [(None, "NoneType"), (b"text", "bytes"), (5, "int")])
def test_a_value_of_another_type_is_named(value: object, kind: str) -> None:
    """The type is said, since str(value) would be read without a word."""
    problem = problem_with(value, limit=10)
    assert problem == f"must be a str, not {kind}; decode or convert it first"


def test_the_limit_is_the_most_that_is_read() -> None:
    """Exactly ``limit`` characters pass and one more does not, with both figures said."""
    assert problem_with("a" * 1_000, limit=1_000) is None
    problem = problem_with("a" * 1_001, limit=1_000)
    assert problem == "has 1,001 characters; at most 1,000 can be read"


@given(st.text(max_size=5), st.characters(categories=["Cs"]), st.text(max_size=5))
def test_a_lone_surrogate_is_named_with_its_offset(before: str, half: str, after: str) -> None:
    """It cannot be encoded, so that it would fail far from where it came in."""
    problem = problem_with(f"{before}a{half}{after}", limit=100)
    assert problem is not None
    assert f"(a lone surrogate) at offset {len(before) + 1};" in problem


def test_half_a_character_is_distinguished_from_a_whole_one() -> None:
    """Empty text is allowed here: a title may be empty, but it must be possible to send it."""
    assert half_character_in("") is half_character_in("🔥") is None
    assert str(half_character_in("a\udc80")).endswith("with errors='replace' if need be")


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_without_surrogates_is_read_or_empty(text: str) -> None:
    """Nothing else is refused."""
    assert problem_with(text, limit=len(text)) in (None, "is empty")


def test_a_question_of_the_greatest_length_passes() -> None:
    """10,000 characters are still a question."""
    check_question("?" * MAX_QUESTION_CHARACTERS)


@pytest.mark.parametrize(
    ("question", "message"),
    [
        ("\u200b ", "The question is empty."),
        (None, "The question must be a str, not NoneType; decode or convert it first."),
        ("?" * 10_001, "The question has 10,001 characters; at most 10,000 can be read."),
    ],
)
def test_a_question_that_cannot_be_read_is_refused(question: object, message: str) -> None:
    """One clear sentence says what is wrong with it."""
    with pytest.raises(QuestionError) as raised:
        check_question(question)
    assert str(raised.value) == message
