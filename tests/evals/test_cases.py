"""Cases: a question about an article, and what is expected."""

from __future__ import annotations

from typing import Any

import pytest

from newsqa.article import Article
from newsqa.errors import CaseError
from newsqa.evals.cases import Case, digest_of, make_case

TEXT = "The bridge closed on 3 May. It opened again on 3 June."


def case(**fields: Any) -> Case:
    """A case about the bridge."""
    return make_case(
        {
            "id": "bridge",
            "article": TEXT,
            "question": "When did it close?",
            "expected": {"short": "3 May"},
            **fields,
        }
    )


@pytest.mark.parametrize("article", [TEXT, {"text": TEXT}, Article(TEXT)])
def test_an_article_is_a_text_or_fields_or_itself(article: object) -> None:
    """As everywhere else in newsqa."""
    assert case(article=article).article == Article(TEXT)


def test_the_language_is_the_article_s_unless_given() -> None:
    """It decides by which rules answers are compared."""
    assert case().language_code == "en"
    assert case(language="de").language_code == "de"


def test_gold_spans_and_sentences_are_found_in_the_article() -> None:
    """From words, numbers and offsets alike."""
    made = case(expected={"spans": "3 May", "evidence": [2, {"start": 4, "end": 10}]})
    assert [span.slice(TEXT) for span in made.gold_spans] == ["3 May"]
    assert made.gold_sentences == {1, 2}


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"expected": {"must_cite": "3 July"}}, "^the article does not say '3 July'"),
        ({"expected": {"evidence": 3}}, "^there is no sentence 3"),
        ({"expected": {}}, "^expected: nothing is expected"),
        ({"question": " "}, "^The question is empty"),
        ({"article": ""}, "^article: The article's text is empty"),
        ({"article": {"text": TEXT, "published_at": "Friday"}}, "'published_at' is not usable"),
        ({"id": 7}, "^id: Input should be a valid string"),
        ({"answer": "3 May"}, "^answer: Extra inputs are not permitted"),
    ],
)
def test_what_is_wrong_is_said_in_one_sentence(fields: dict[str, Any], told: str) -> None:
    """Without pydantic's frame around it."""
    with pytest.raises(CaseError, match=told):
        case(**fields)


def test_a_case_comes_back_from_json() -> None:
    """All of it."""
    made = case(expected={"spans": ["3 May", 2, {"start": 0, "end": 3}]}, tags=["x"])
    assert Case.model_validate_json(made.model_dump_json()) == made


def test_the_digest_is_of_all_that_cases_hold() -> None:
    """A figure over other cases is another figure."""
    one, two = case(), case(id="other")
    digests = {
        digest_of([one]),
        digest_of([two]),
        digest_of([one, two]),
        digest_of([case(tags=["x"])]),
        digest_of([case(article=TEXT + " ")]),
        digest_of([case(expected={"short": "3 June"})]),
    }
    assert len(digests) == 6


def test_the_order_of_cases_does_not_count() -> None:
    """They are asked all at once."""
    one, two = case(), case(id="other")
    assert digest_of([one, two]) == digest_of([two, one])
