"""A live language model's second opinion, recorded; see cassettes/README.md.

What is expected was written before the recording, but for the half-supported claims, of which one was
expected to be refused and one to be supported: of a sentence that says only "he" or "they" the model is
right to say less.
"""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from newsqa.answers.finding import SecondOpinion
from newsqa.article import Article
from newsqa.verifiers import Statement
from newsqa.verifiers.model import ModelVerifier
from tests.recording import recorded_answer, recorded_model

THEFT = "museum-theft.txt"


def sentence_with(article: Article, words: str) -> str:
    """The sentence of ``article`` that says ``words``."""
    [sentence] = [sentence.text for sentence in article.sentences if words in sentence.text]
    return sentence


TRUE_STATEMENTS = {
    "The alarm went off at 3.12 a.m. and the first patrol car came seven minutes later.": [
        "The alarm went off"
    ],
    "Dr. Sarkany says the Wend Crown left the building last month and is in another city.": [
        "best-known piece",
        "left the building last month",
    ],
    "Nobody had been arrested, according to Chief Inspector Brell.": ["No one has been arrested"],
}
HALF_STATEMENT = {
    "Police think there were three intruders, and perhaps a fourth in a van.": [
        "they now think there were three"
    ],
    "Chief Inspector Brell said the metal might bring $100,000.": ["As metal you might get"],
}
"""The sentences say "they" and "he", and not who that is; the sentences before are not shown here."""

FALSE_STATEMENTS = {
    "The guard tied a 58-year-old man to a radiator.": ["found tied to a radiator"],
    "Divers found the grey van in the canal near the No. 4 lock.": ["divers searched the canal"],
    "The city paid for all of the sensors.": ["about a third of the work"],
    "Lena Brell-Haas is the chief inspector's sister.": ["She is a cousin"],
}


@pytest.fixture
def opinions(examples: Path) -> dict[str, SecondOpinion]:
    """The model's opinion on all of them, in one call."""
    article = Article.from_file(examples / THEFT)
    statements = [
        Statement(claim, tuple(sentence_with(article, words) for words in cited))
        for claim, cited in (TRUE_STATEMENTS | HALF_STATEMENT | FALSE_STATEMENTS).items()
    ]
    verification = asyncio.run(ModelVerifier(recorded_model()).verify(statements))
    said = (statement.claim for statement in statements)
    return dict(zip(said, verification.opinions, strict=True))


@pytest.mark.newsqa_vcr
def test_a_second_opinion_supports_what_is_true(opinions: dict[str, SecondOpinion]) -> None:
    """In other words than the article's."""
    assert {opinions[claim].verdict for claim in TRUE_STATEMENTS} == {"supported"}


@pytest.mark.newsqa_vcr
def test_a_second_opinion_refuses_what_no_check_sees(opinions: dict[str, SecondOpinion]) -> None:
    """Who did what to whom, a scale, a relation; and a speaker that the sentence does not name."""
    assert {opinions[claim].verdict for claim in FALSE_STATEMENTS} == {"no"}
    assert {opinions[claim].verdict for claim in HALF_STATEMENT} == {"partly"}
    assert all(opinions[claim].reason for claim in FALSE_STATEMENTS | HALF_STATEMENT)


@pytest.mark.newsqa_vcr
def test_an_answer_carries_its_second_opinions(examples: Path) -> None:
    """One call more, for all claims."""
    article = Article.from_file(examples / THEFT)
    answer = recorded_answer(article, "Who was arrested for the theft?", verify="model")
    assert answer.usage.calls == 2
    assert {claim.opinion.verdict for claim in answer.claims if claim.opinion} == {"supported"}
    assert all(claim.opinion for claim in answer.claims)
