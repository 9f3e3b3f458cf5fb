"""Negatives made by rule."""

from __future__ import annotations

import random

from tests.training.rows import PASSAGE, row
from training.negatives import negated, opposed, other_passage, removed, swapped


def test_sentence_of_the_answer_is_removed() -> None:
    """The rest of the passage stays."""
    made = removed(row("Who opened the bridge?", "Ada Brook"))
    assert made is not None
    assert not made.answerable
    assert "Ada Brook" not in made.passage
    assert "Tom Reed" in made.passage


def test_answer_that_stands_elsewhere_too_is_not_removed() -> None:
    """The rest of the passage might still answer."""
    assert removed(row("Where did the council meet?", "town")) is None


def test_number_is_swapped_for_another_of_the_passage() -> None:
    """The number taken is not one of the answer's sentence."""
    asked = row("Who opened the bridge in 1928?", "Ada Brook")
    made = swapped(asked, [PASSAGE], random.Random(1))
    assert made is not None
    assert made.question in {f"Who opened the bridge in {n}?" for n in ("40", "1931")}


def test_word_is_turned_into_its_opposite() -> None:
    """One word of the question changes."""
    made = opposed(row("Who opened the bridge?", "Ada Brook"), random.Random(1))
    assert made is not None
    assert made.question == "Who closed the bridge?"


def test_question_is_negated_once() -> None:
    """A question with a negation already is left alone."""
    made = negated(row("Who was the mayor?", "Ada Brook"), random.Random(1))
    assert made is not None
    assert made.question == "Who wasn't the mayor?"
    assert negated(row("Who was never mayor?", "Tom Reed"), random.Random(1)) is None


def test_hardest_other_passage_shares_most_words() -> None:
    """A passage that holds the answer is not taken."""
    others = ["Rain fell.", "A bridge was opened.", "Ada Brook opened the bridge."]
    made = other_passage(
        row("Who opened the bridge?", "Ada Brook"), [PASSAGE, *others], random.Random(1)
    )
    assert made is not None
    assert made.passage == others[1]
