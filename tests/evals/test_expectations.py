"""What a case may expect, and what contradicts itself."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from newsqa.article import Article
from newsqa.evals.expectations import Expected, GoldSpan, spans_of
from newsqa.text.spans import Span

ARTICLE = Article("The bridge closed on 3 May. It opened on 3 June. Nobody was hurt on 3 May.")


def test_one_value_stands_for_a_list_of_one() -> None:
    """As one writes it in a file."""
    expected = Expected.model_validate({"short": "3 May", "status": "answered", "must_cite": 2})
    assert (expected.short, expected.status, expected.must_cite) == (
        ("3 May",),
        ("answered",),
        (2,),
    )


def test_without_a_status_an_answer_is_expected() -> None:
    """Whole or partial."""
    expected = Expected(short=("3 May",))
    assert expected.statuses == ("answered", "partial")
    assert expected.answerable
    assert not expected.may_abstain


def test_not_in_article_alone_has_no_answer() -> None:
    """Beside another status it leaves that open."""
    alone = Expected.model_validate({"status": "not_in_article"})
    beside = Expected.model_validate({"status": ["not_in_article", "partial"]})
    assert (alone.answerable, alone.may_abstain) == (False, True)
    assert (beside.answerable, beside.may_abstain) == (True, True)


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({}, "nothing is expected"),
        ({"status": "not_in_article", "short": "3 May"}, "there is no answer, and one is given"),
        ({"must_not_say": {"pattern": "("}}, "is not a regular expression"),
        ({"short": 3}, "string"),
        ({"short": ""}, "at least 1 character"),
        ({"must_cite": 0}, "greater than or equal to 1"),
        ({"must_cite": {"start": 1, "end": 2, "text": "x"}}, "Extra inputs"),
        ({"gold": "3 May"}, "Extra inputs"),
        ({"status": "unknown"}, "Input should be 'answered'"),
    ],
)
def test_what_cannot_be_expected_is_refused(fields: dict[str, Any], told: str) -> None:
    """With what is wrong."""
    with pytest.raises(ValidationError, match=told):
        Expected.model_validate(fields)


def test_words_stand_wherever_the_article_says_them() -> None:
    """Any of the places will do."""
    assert spans_of("3 May", ARTICLE) == (Span(start=21, end=26), Span(start=68, end=73))


def test_a_number_is_a_sentence() -> None:
    """Counted from 1."""
    (span,) = spans_of(2, ARTICLE)
    assert span.slice(ARTICLE.text) == "It opened on 3 June."


def test_a_span_is_itself() -> None:
    """In code points."""
    assert spans_of(GoldSpan(start=4, end=10), ARTICLE)[0].slice(ARTICLE.text) == "bridge"


@pytest.mark.parametrize(
    ("place", "told"),
    [
        ("3 July", "does not say '3 July'; copy"),
        ("the BRIDGE", "it says 'The bridge'"),
        (4, "no sentence 4; the last is 3"),
        (GoldSpan(start=4, end=999), "beyond the article"),
    ],
)
def test_a_place_that_is_not_there_is_refused(place: str | int | GoldSpan, told: str) -> None:
    """With what the article says instead, where something comes near."""
    with pytest.raises(ValueError, match=told):
        spans_of(place, ARTICLE)
