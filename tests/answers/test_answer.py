"""Answers: values that can be stored, checked again and printed."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from pydantic import ValidationError

from newsqa.answers.answer import Answer, Citation, Claim, PromptReference, Rejection
from newsqa.answers.finding import Finding, SecondOpinion
from newsqa.article import Article
from newsqa.article.reference import ArticleReference
from newsqa.errors import GroundingError
from newsqa.text.spans import Span
from newsqa.usage import Usage

ARTICLE = Article(
    "The old bridge closed on Friday, the mayor said.\nIt is 120 years old.\r\nNobody was\nhurt."
)


def cite(words: str, match: Any = "exact") -> Citation:
    """Cite the first occurrence of ``words``."""
    start = ARTICLE.text.index(words)
    return Citation.at(ARTICLE, Span(start=start, end=start + len(words)), match)


def answer(*said: tuple[str, list[Citation]], **fields: Any) -> Answer:
    """An answer made of these claims."""
    claims, text = [], ""
    for words, citations in said:
        text += " " if text else ""
        span = Span(start=len(text), end=len(text) + len(words))
        claims.append(Claim(text=words, span=span, citations=tuple(citations)))
        text += words
    known = {
        "status": "answered",
        "short": "",
        "model": "m",
        "articles": [ArticleReference.of(ARTICLE)],
    }
    return Answer(**{**known, **fields}, text=text, claims=tuple(claims))


FULL = answer(
    ("It closed on Friday.", [cite("closed on Friday"), cite("bridge")]),
    ("It is old.", [cite("It is 120 years old."), cite("bridge")]),
    short="Friday",
    rejected=(Rejection(claim="It fell.", reason="no_evidence", nearest="It is 120 years old."),),
    prompt=PromptReference(name="answer", fingerprint="0123456789ab"),
    usage=Usage(calls=2, input_tokens=100, output_tokens=7),
)


FILED = FULL.model_copy(
    update={
        "question": "When did the\nbridge close?",
        "articles": (
            ArticleReference.of(
                ARTICLE.model_copy(
                    update={
                        "title": "Bridge *closes*",
                        "source": "Dale Post",
                        "url": "https://example.org/bridge",
                        "published_at": "2025-03-14",
                    }
                )
            ),
        ),
        "asked_at": datetime(2025, 3, 15, 9, 30, tzinfo=UTC),
    }
)


def test_a_filed_answer_prints_its_question_article_and_time() -> None:
    """So that the page alone says what was asked of what."""
    first, *_, article, asked = str(FILED).splitlines()
    assert first == "Question: When did the bridge close?"
    assert article == (
        "Article: “Bridge *closes*”, Dale Post, 2025-03-14, https://example.org/bridge, "
        f"SHA-256 {ARTICLE.sha256[:12]}…"
    )
    assert asked == "Asked: 2025-03-15 09:30 UTC"


def test_a_filed_answer_has_its_record_in_markdown() -> None:
    """Escaped, and not part of a footnote."""
    first, *_, article, asked = FILED.to_markdown().split("\n\n")
    assert first == "Question: When did the bridge close?"
    assert article.startswith("Article: “Bridge \\*closes\\*”, Dale Post, 2025-03-14, https\\://")
    assert asked == "Asked: 2025-03-15 09:30 UTC"


def test_a_filed_answer_has_its_record_in_json() -> None:
    """And is read back with it."""
    stored = FILED.model_dump_json()
    assert Answer.model_validate_json(stored).asked_at == FILED.asked_at
    row = json.loads(stored)
    assert row["question"] == FILED.question
    assert set(row["articles"][0]) == {"title", "url", "source", "published", "sha256"}


def test_answers_are_compared_without_the_time() -> None:
    """The same question has the same answer tomorrow."""
    later = FILED.model_copy(update={"asked_at": None})
    assert later == FILED
    assert hash(later) == hash(FILED)
    assert FULL != FILED


def test_json_out_and_in_loses_nothing() -> None:
    """A stored answer is the same answer."""
    assert Answer.model_validate_json(FULL.model_dump_json()) == FULL


def test_plain_values_out_and_in_lose_nothing() -> None:
    """So is one that went through another program's dictionaries."""
    assert Answer.model_validate(FULL.model_dump(mode="json")) == FULL
    assert Answer.model_validate(FULL.model_dump()) == FULL


def test_the_citations_are_in_the_json_for_other_programs() -> None:
    """Whoever reads the JSON need not collect them from the claims."""
    places = [(row["start"], row["end"]) for row in json.loads(FULL.model_dump_json())["citations"]]
    assert places == [(c.start, c.end) for c in FULL.citations]


def test_the_json_schema_describes_what_is_written() -> None:
    """As the response model of a web service, citations included."""
    written = Answer.model_json_schema(mode="serialization")
    assert set(json.loads(FULL.model_dump_json())) == set(written["properties"])
    assert "citations" in written["required"]


def test_the_citations_are_in_reading_order_each_once() -> None:
    """Two claims may rest on the same words."""
    assert [c.text for c in FULL.citations] == [
        "bridge",
        "closed on Friday",
        "It is 120 years old.",
    ]


def test_a_citation_knows_the_sentences_that_it_touches() -> None:
    """Numbers count from 1, and a span may reach over a border."""
    assert cite("said.\nIt is").sentences == (1, 2)


@pytest.mark.parametrize(
    ("change", "value"),
    [("text", "Else."), ("status", "partial"), ("claims", ())],
)
def test_an_answer_does_not_change(change: str, value: object) -> None:
    """What was verified stays as it was."""
    with pytest.raises(ValidationError, match="frozen"):
        setattr(FULL, change, value)


def test_a_claim_without_a_citation_cannot_be_made() -> None:
    """That is the promise of the whole library."""
    with pytest.raises(ValidationError, match="at least 1 item"):
        Claim(text="It fell.", span=Span(start=0, end=8), citations=())


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("It closed.", [(0, 9)]),
        ("It closed. It fell.", [(0, 10)]),
        ("Indeed: It closed.", [(8, 18)]),
        ("It closed. And so It closed.", [(0, 10), (18, 28)]),
        ("It closed. It closed.", [(11, 21), (0, 10)]),
        ("It closed.", [(0, 10), (0, 10)]),
    ],
    ids=["wrong span", "more after", "more before", "more between", "out of order", "twice"],
)
def test_the_text_is_made_of_the_claims_and_nothing_else(
    text: str, spans: list[tuple[int, int]]
) -> None:
    """A sentence without citations cannot hide between the others of a stored answer."""
    claims = tuple(
        Claim(text="It closed.", span=Span(start=start, end=end), citations=(cite("closed"),))
        for start, end in spans
    )
    with pytest.raises(ValidationError, match=r"does not come next in the text|no claim says"):
        FULL.model_validate({**FULL.model_dump(), "text": text, "claims": claims})


def test_verify_passes_over_what_is_true() -> None:
    """Against the same text, however it was loaded."""
    FULL.verify(Article(ARTICLE.text, title="Another title"))


def test_verify_refuses_a_changed_article() -> None:
    """Even if what changed is not cited."""
    with pytest.raises(GroundingError, match="or it has changed since"):
        FULL.verify(Article(ARTICLE.text.replace("hurt", "harmed")))


@pytest.mark.parametrize("claim", [0, 1])
@pytest.mark.parametrize("citation", [0, 1])
@pytest.mark.parametrize(
    "tampered",
    [{"text": "closed on Monday"}, {"start": 0}, {"end": 999}],
    ids=["text", "start", "end"],
)
def test_verify_refuses_each_tampered_citation(
    claim: int, citation: int, tampered: dict[str, object]
) -> None:
    """It is found in any claim, even if another citation of the same span is intact."""
    stored = FULL.model_dump(mode="json")
    stored["claims"][claim]["citations"][citation].update(tampered)
    with pytest.raises(GroundingError, match="does not say"):
        Answer.model_validate(stored).verify(ARTICLE)


def test_an_answer_prints_with_numbered_citations() -> None:
    """The numbers count in reading order of the article."""
    assert str(FULL) == (
        "It closed on Friday. [1][2] It is old. [1][3]\n"
        "\n"
        "[1] “bridge”\n"
        "[2] “closed on Friday”\n"
        "[3] “It is 120 years old.”"
    )


def test_an_answer_prints_its_doubts() -> None:
    """What the checks found, and what a second opinion misses; not that one agrees."""
    place = Span(start=7, end=10)
    finding = Finding(check="hedges", words="old", span=place, reason="it is only said to be")
    partly = SecondOpinion(verdict="partly", reason="not how old")
    agreed = SecondOpinion(verdict="supported")
    [claim] = answer(("It is old.", [cite("120 years old")])).claims
    doubted = claim.model_copy(update={"findings": (finding,), "opinion": partly})
    assert doubted.doubts == (
        "“old”: it is only said to be",
        "“It is old.”: what it cites supports it in part: not how old",
    )
    assert claim.model_copy(update={"opinion": agreed}).doubts == ()
    printed = str(
        answer(("It is old.", [cite("120 years old")])).model_copy(update={"claims": (doubted,)})
    )
    assert printed.endswith(f"\n\ncheck {doubted.doubts[0]}\ncheck {doubted.doubts[1]}")


@pytest.mark.parametrize(
    ("status", "lead"),
    [
        ("answered", ""),
        ("partial", "The article answers this in part.\n\n"),
        ("not_in_article", "The article does not say. What it does say:\n\n"),
    ],
)
def test_an_answer_with_claims_begins_with_its_status(status: str, lead: str) -> None:
    """A reader is not to take half an answer for a whole one."""
    printed = str(answer(("It is old.", [cite("120 years old")]), status=status))
    assert printed == f"{lead}It is old. [1]\n\n[1] “120 years old”"


def test_an_answer_without_claims_says_that_the_article_does_not_say() -> None:
    """That is an answer, not an empty page."""
    assert str(answer(status="not_in_article")) == "The article does not say."


def test_each_citation_is_printed_on_one_line() -> None:
    """However long it is, and however its lines were wrapped."""
    long = answer(("All of it.", [cite(ARTICLE.text, "sentence")]))
    assert str(long).splitlines()[2:] == [f"[1] “{' '.join(ARTICLE.text.split())}”"]


@pytest.mark.parametrize(
    ("reason", "why"),
    [
        ("no_evidence", "it cites nothing"),
        ("sentence_not_shown", "there is no sentence [9]"),
        ("quote_not_found", "the article nowhere says “it fell”"),
        ("quote_ambiguous", "the article says “it fell” more than once, and not in sentence [9]"),
    ],
)
def test_a_rejection_reads_as_a_sentence(reason: Any, why: str) -> None:
    """Models and people are both shown it."""
    rejection = Rejection(claim="It fell.", reason=reason, sentence=9, quote="it fell")
    assert str(rejection) == f"“It fell.” was refused: {why}"


def test_a_rejection_shows_what_came_nearest() -> None:
    """A model can correct its quote with it."""
    rejection = Rejection(claim="It fell.", reason="no_evidence", nearest="It is old.")
    assert str(rejection).endswith("; nearest is: “It is old.”")


def test_a_citation_knows_its_page() -> None:
    """Where the article has pages; otherwise its JSON is that of 0.1."""
    paged = Article("One.\n\nTwo.", pages=(0, 6))
    citation = Citation.at(paged, Span(start=6, end=10), "exact")
    assert citation.page == 2
    assert Citation.model_validate_json(citation.model_dump_json()) == citation
    assert "page" not in Citation.at(Article("One."), Span(start=0, end=4), "exact").model_dump()
