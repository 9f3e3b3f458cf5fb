"""Expectations of a case, and the places they name."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from newsqa.article import Article
from newsqa.evals.cases import Expected, GoldSpan, spans_of
from newsqa.text.spans import Span

ARTICLE = Article("The bridge closed on 3 May. It opened on 3 June. Nobody was hurt on 3 May.")


def test_single_value_is_a_list_of_one() -> None:
    """Files may leave the brackets out."""
    expected = Expected.model_validate({"short": "3 May", "status": "answered", "must_cite": 2})
    assert (expected.short, expected.status, expected.must_cite) == (
        ("3 May",),
        ("answered",),
        (2,),
    )


def test_answer_is_expected_by_default() -> None:
    """It may be whole or partial."""
    expected = Expected(short=("3 May",))
    assert expected.statuses == ("answered", "partial")
    assert expected.answerable
    assert not expected.may_abstain


def test_not_in_article_alone_means_no_answer() -> None:
    """Next to another status, either is right."""
    alone = Expected.model_validate({"status": "not_in_article"})
    beside = Expected.model_validate({"status": ["not_in_article", "partial"]})
    assert (alone.answerable, alone.may_abstain, alone.has_answer) == (False, True, False)
    assert (beside.answerable, beside.may_abstain, beside.has_answer) == (True, True, None)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({}, "nothing is expected"),
        ({"status": "not_in_article", "short": "3 May"}, "there is no answer, and one is given"),
        ({"must_not_say": {"pattern": "("}}, "is not a regular expression"),
        ({"short": [[3]]}, "string"),
        ({"short": True}, "write the answer in quotation marks"),
        ({"short": ""}, "at least 1 character"),
        ({"must_cite": 0}, "greater than or equal to 1"),
        ({"must_cite": {"start": 1, "end": 2, "text": "x"}}, "Extra inputs"),
        ({"gold": "3 May"}, "Extra inputs"),
        ({"status": "unknown"}, "Input should be 'answered'"),
    ],
)
def test_impossible_expectation_is_rejected(fields: dict[str, Any], message: str) -> None:
    """The error says what is wrong."""
    with pytest.raises(ValidationError, match=message):
        Expected.model_validate(fields)


def test_words_are_all_their_occurrences() -> None:
    """Each occurrence in the article is a span."""
    assert spans_of("3 May", ARTICLE) == (Span(start=21, end=26), Span(start=68, end=73))


def test_number_is_a_sentence() -> None:
    """Sentences are counted from 1."""
    (span,) = spans_of(2, ARTICLE)
    assert span.slice(ARTICLE.text) == "It opened on 3 June."


def test_span_is_given_in_code_points() -> None:
    """It is taken as it is."""
    assert spans_of(GoldSpan(start=4, end=10), ARTICLE)[0].slice(ARTICLE.text) == "bridge"


@pytest.mark.parametrize(
    ("place", "message"),
    [
        ("3 July", "does not say '3 July'; copy"),
        ("the BRIDGE", "it says 'The bridge'"),
        (4, "no sentence 4; the last is 3"),
        (GoldSpan(start=4, end=999), "beyond the article"),
    ],
)
def test_missing_place_is_rejected(place: str | int | GoldSpan, message: str) -> None:
    """The error shows similar words of the article, if there are any."""
    with pytest.raises(ValueError, match=message):
        spans_of(place, ARTICLE)
