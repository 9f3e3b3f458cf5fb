"""Questions: what a question asks for, in what shape."""

from __future__ import annotations

import pytest

from newsqa.readers.extractive.question import Question


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ("Who is Maeve Dolan?", "definition"),
        ("What are Gurkhas?", "definition"),
        ("Who invited Maeve Dolan?", "agent"),
        ("Who did Maeve Dolan invite?", "open"),
        ("Who is the branch secretary?", "open"),
        ("What did Maeve Dolan say?", "open"),
    ],
)
def test_a_question_has_a_shape(text: str, shape: str) -> None:
    """Who did it, who is it, or anything else."""
    assert Question.of(text, "en").shape == shape


def test_the_definition_of_a_person_is_no_name() -> None:
    """It is a sentence about the name."""
    assert Question.of("Who is Maeve Dolan?", "en").kind == "other"


def test_names_have_capitals() -> None:
    """But for the word that begins the question."""
    question = Question.of("Dockers of Tarrowmouth want what?", "en")
    assert question.names == {"tarrowmouth"}


def test_capitals_tell_nothing_in_german() -> None:
    """All nouns have them."""
    assert Question.of("Wann schließt das Bad in Ellernbrück?", "de").names == frozenset()


def test_what_is_counted_stands_behind_how_many() -> None:
    """Not before it."""
    assert Question.of("In Besh, how many people died?", "en").counted == {"person", "die"}


def test_a_question_of_stop_words_has_no_terms() -> None:
    """What happened? is one, too."""
    assert Question.of("What happened?", "en").keys == ()
