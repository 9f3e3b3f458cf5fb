"""Quotations: verbatim in the article, or found."""

from __future__ import annotations

import pytest

from newsqa.article import Article
from tests.checks.claims import cite, found

SPEECH = "“We will not wait,” said Ada Okafor. “The ferry stays in port until the council pays.”"


@pytest.mark.parametrize(
    "claim",
    [
        'Okafor said "we will not wait".',
        "Okafor said 'we will not wait'.",
        "Okafor said «we will not wait».",
        "Okafor said the ferry “stays in port”.",
        "Okafor said the ferry “stays ... until the council pays”.",
        "Okafor said “[it] stays in port”.",
        "Okafor said they would not “wait”.",
        "The workers' ferry stays in port, as the union's leader said.",
    ],
)
def test_a_verbatim_quotation_passes(claim: str) -> None:
    """It may be in any marks, shortened with dots, or have an insertion in brackets."""
    assert found("quotations", claim, SPEECH) == []


@pytest.mark.parametrize(
    ("claim", "words"),
    [
        ('Okafor said "we will wait".', "we will wait"),
        ("Okafor said 'we will never wait'.", "we will never wait"),
        ("Okafor said „the ferry leaves port“.", "the ferry leaves port"),
        ("Okafor called it “blackmail”.", "blackmail"),
        (
            "Okafor said “the council pays ... until the ferry stays”.",
            "the council pays ... until the ferry stays",
        ),
        ('Okafor said "we will sail.', "we will sail."),
        ("Okafor said: “He told me ‘we will go’ before.”", "we will go"),
    ],
)
def test_an_altered_quotation_is_found(claim: str, words: str) -> None:
    """It may be misquoted, reordered, never closed, or inside another one."""
    assert words in found("quotations", claim, SPEECH)


def test_a_quotation_may_come_from_anywhere_in_the_article() -> None:
    """Only the wording matters."""
    assert found("quotations", "She said “the council pays”.", cite(SPEECH, 1)) == []


def test_the_title_and_the_question_may_be_quoted() -> None:
    """A claim may repeat their words."""
    article = Article(SPEECH, title="Crews ‘in uproar’")
    evidence = cite(article, 1, question="Who said “no deal”?")
    assert found("quotations", "“No deal” came from crews “in uproar”.", evidence) == []


@pytest.mark.parametrize(
    ("evidence", "claim", "words"),
    [
        ("他说：“我们不会离开。”", "他说：“我们会离开。”", ["我们会离开。"]),
        ("他说：「我们不会离开。」", "他说：「我们不会离开」。", []),
        (
            "Le maire parle d’un « effort sans précédent ».",
            "Le maire parle d’un « effort inutile ».",
            [" effort inutile "],
        ),
        ("Он сказал: «Мы не уйдём».", "Он сказал: «Мы уйдём».", ["Мы уйдём"]),
        ("Er sagte: „Wir bleiben hier.“", "Er sagte: »Wir bleiben hier.«", []),
    ],
)
def test_quotations_are_checked_in_any_language(
    evidence: str, claim: str, words: list[str]
) -> None:
    """Each language has its own quotation marks."""
    assert found("quotations", claim, evidence) == words
