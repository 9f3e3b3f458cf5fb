"""Span selection: the words of a sentence that answer."""

from __future__ import annotations

import pytest

from newsqa.readers.extractive.question import Question
from newsqa.readers.extractive.span_selection import select_span
from newsqa.readers.extractive.terms import find_terms, stop_words


def selected(question: str, text: str, language: str = "en") -> str | None:
    """Return the text of the best span if all terms have the same weight."""
    asked = Question.of(question, language)
    terms = list(find_terms(text, language))
    span = select_span(asked, text, terms, dict.fromkeys(asked.keys, 1.0), stop_words(language))
    return text[span.start : span.end] if span else None


@pytest.mark.parametrize(
    ("question", "text", "answer"),
    [
        ("When did talks end?", "Talks ended on Friday, and cranes stopped at noon.", "Friday"),
        ("How many ships wait?", "Of 40 men, 12 saw that nine ships wait.", "nine"),
        (
            "How much was the payment?",
            "It offered 4% over 18 months and a payment of £600.",
            "£600",
        ),
        (
            "Who chairs the council?",
            "Torben Maddock, who chairs the council, met Jo Pell.",
            "Torben Maddock",
        ),
        (
            "Who marched?",
            "On Friday, hundreds of dockers marched past Jo Pell.",
            "hundreds of dockers",
        ),
        ("Who lost the crop?", "Jo Pell, who said that he lost the crop, wept.", "Jo Pell"),
        ("Where was Jo Pell born?", "Jo Pell was born in Besh, not with the Okafors.", "Besh"),
    ],
)
def test_the_span_nearest_to_the_questions_words_answers(
    question: str, text: str, answer: str
) -> None:
    """It is of the kind asked for; for the one who did it, the words before the verb."""
    assert selected(question, text) == answer


def test_words_of_the_question_are_not_an_answer() -> None:
    """The answer Jo Pell would only repeat the question."""
    assert selected("Who met Jo Pell?", "Then they met Jo Pell.") is None


def test_an_open_question_has_no_span() -> None:
    """The sentence is the answer."""
    assert selected("What did Jo Pell say?", "Jo Pell said on Friday that 12 ships wait.") is None


def test_a_count_is_not_a_sum_of_money() -> None:
    """An amount of £48 is not a number of people."""
    assert selected("How many people pay?", "People pay £48.") is None
