"""Cases: a question about an article, and what is expected."""

from __future__ import annotations

from typing import Any

import pytest

from newsqa.article import Article
from newsqa.errors import CaseError
from newsqa.evals.cases import Case, digest_of, make_case

TEXT = "The bridge closed on 3 May. It opened again on 3 June."


def case(**fields: Any) -> Case:
    """Return a case about the bridge."""
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
def test_article_may_be_text_fields_or_article(article: object) -> None:
    """All three give the same article."""
    assert case(article=article).article == Article(TEXT)


def test_language_defaults_to_the_articles() -> None:
    """A case may give another one."""
    assert case().language_code == "en"
    assert case(language="de").language_code == "de"


def test_gold_spans_and_sentences_come_from_places() -> None:
    """Places are words, sentence numbers or offsets."""
    made = case(expected={"spans": "3 May", "evidence": [2, {"start": 4, "end": 10}]})
    assert [span.slice(TEXT) for span in made.gold_spans] == ["3 May"]
    assert made.gold_sentences == {1, 2}


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"expected": {"must_cite": "3 July"}}, "^the article does not say '3 July'"),
        ({"expected": {"evidence": 3}}, "^there is no sentence 3"),
        ({"expected": {}}, "^expected: nothing is expected"),
        ({"question": " "}, "^The question is empty"),
        ({"article": ""}, "^article: The article's text is empty"),
        ({"article": {"text": TEXT, "published_at": "Friday"}}, "'published_at' is not usable"),
        ({"id": [7]}, "^id: Input should be a valid string"),
        ({"answer": "3 May"}, "^answer: Extra inputs are not permitted"),
    ],
)
def test_error_is_one_sentence(fields: dict[str, Any], message: str) -> None:
    """Pydantic's frame is removed."""
    with pytest.raises(CaseError, match=message):
        case(**fields)


def test_case_round_trips_through_json() -> None:
    """Reading the JSON gives an equal case."""
    made = case(expected={"spans": ["3 May", 2, {"start": 0, "end": 3}]}, tags=["x"])
    assert Case.model_validate_json(made.model_dump_json()) == made


def test_digest_covers_all_fields() -> None:
    """Different cases have different digests."""
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


def test_digest_ignores_the_order_of_cases() -> None:
    """The same cases in another order have the same digest."""
    one, two = case(), case(id="other")
    assert digest_of([one, two]) == digest_of([two, one])
