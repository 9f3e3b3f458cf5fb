"""assert_grounded: passes what newsqa makes, and names what is wrong with anything else."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from newsqa import Answer, Article, Citation, Claim, Span, ask
from newsqa.testing import ScriptedModel, assert_grounded
from tests.doubles import claim, draft

TEXT = "The old bridge closed on Friday. Repairs cost $4.5 million."
REPLY = draft(
    claim("It closed on Friday.", (1, "closed on Friday")),
    claim("Repairs cost $4.5 million.", (2, "")),
    short="Friday",
)


@pytest.fixture
def answer() -> Answer:
    """Return an answer of two claims."""
    return ask(TEXT, "When did it close, and at what cost?", model=ScriptedModel(REPLY))


def changed(answer: Answer, **fields: Any) -> Answer:
    """Return the answer with its second claim changed, without validation."""
    first, second = answer.claims
    claims = (first, Claim.model_construct(**{**dict(second), **fields}))
    return answer.model_copy(update={"claims": claims})


def problems(answer: Answer, article: Article | str = TEXT) -> str:
    """Return the message of a failing check."""
    with pytest.raises(AssertionError) as raised:
        assert_grounded(answer, article)
    return str(raised.value)


def cited(start: int, end: int, text: str, *sentences: int) -> tuple[Citation]:
    """Return one citation."""
    return (Citation(start=start, end=end, text=text, sentences=sentences, match="exact"),)


def test_answer_of_newsqa_passes(answer: Answer) -> None:
    """The article may be given as an Article or as text."""
    assert_grounded(answer, TEXT)
    assert_grounded(answer, Article(TEXT))


def test_stored_answer_passes(answer: Answer) -> None:
    """An answer survives JSON."""
    assert_grounded(Answer.model_validate_json(answer.model_dump_json()), TEXT)


@pytest.mark.parametrize("question", ["When did the ferry go?", "Who won the cup?"])
def test_answer_of_the_embedded_reader_passes(examples: Path, question: str) -> None:
    """Answers and abstentions pass."""
    article = Article.from_file(examples / "ferry-timetable.json")
    assert_grounded(ask(article, question, model="newsqa-extractive"), article)


def test_different_article_fails(answer: Answer) -> None:
    """The SHA-256 differs, even if the cited spans are the same."""
    assert "SHA-256" in problems(answer, TEXT + " More follows.")


def test_claim_without_citations_fails(answer: Answer) -> None:
    """The message names the claim."""
    assert "claim 2, 'Repairs cost $4.5 million.', cites nothing" in problems(
        changed(answer, citations=())
    )


def test_citation_with_other_text_fails(answer: Answer) -> None:
    """The message shows the article at its offsets."""
    wrong = changed(answer, citations=cited(33, 40, "Repair", 2))
    assert "cites 'Repair', but the article has 'Repairs' at 33:40" in problems(wrong)


def test_citation_past_the_end_fails(answer: Answer) -> None:
    """The message says so."""
    wrong = changed(answer, citations=cited(900, 906, "Repair", 2))
    assert "cites 'Repair', but 900:906 is past its end" in problems(wrong)


def test_citation_with_a_wrong_sentence_number_fails(answer: Answer) -> None:
    """Readers look citations up by it."""
    wrong = changed(answer, citations=cited(33, 40, "Repairs", 1))
    assert "as sentences [1], but it is in [2]" in problems(wrong)


@pytest.mark.parametrize(
    ("update", "words"),
    [
        ({"text": "It closed on Friday. Repairs cost $4.5 million. So be it."}, "no claim says"),
        ({"text": "It closed on Sunday. Repairs cost $4.5 million."}, "does not come next"),
    ],
)
def test_text_beyond_the_claims_fails(answer: Answer, update: Any, words: str) -> None:
    """An answer is its claims and nothing else."""
    assert words in problems(answer.model_copy(update=update))


def test_claim_outside_the_text_fails(answer: Answer) -> None:
    """The claim's span must cover its text."""
    assert "does not come next" in problems(changed(answer, span=Span(start=1, end=9)))


def test_message_lists_all_problems(answer: Answer) -> None:
    """One run shows everything that is wrong."""
    wrong = changed(answer, citations=(*cited(0, 3, "Old", 1), *cited(4, 7, "new", 1)))
    assert problems(wrong).count("\n- ") == 2


def test_a_citation_of_an_article_that_is_not_given_is_named(answer: Answer) -> None:
    """An answer from two articles, checked with one, is a failure with its reasons."""
    second = answer.claims[1].citations[0].model_copy(update={"article": 1})
    assert "cites article 2, which is not given" in problems(changed(answer, citations=(second,)))
