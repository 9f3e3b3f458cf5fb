"""Bylines, and the lead of an article that has one."""

from __future__ import annotations

import pytest

from newsqa.article import Article
from newsqa.article.bylines import is_byline


@pytest.mark.parametrize(
    "line",
    [
        "By Nils Carver",
        "BY NILS CARVER",
        "By Nils Carver and Edda Voss in Harrow Bay",
        "By NILS CARVER, Town Reporter",
        "By J. R. O’Neill",
        "Von Jonte Harms",
        "Por Marta Quiroga",
        "Par Anne-Marie Duval",
        "By Dr. Ana de la Cruz",
    ],
)
def test_a_line_that_names_the_writer_is_a_byline(line: str) -> None:
    """In the usual forms of several languages."""
    assert is_byline(line)


@pytest.mark.parametrize(
    "line",
    [
        "By Friday the ferry had stopped.",
        "By law, a master has to sleep",
        "Von Friedberg nach Rosbach fährt kein Zug.",
        "The ferry stops.",
        "Nils Carver",
        "By",
        "",
        "By Monday.",
    ],
)
def test_other_lines_are_not(line: str) -> None:
    """They belong to the story."""
    assert not is_byline(line)


def test_the_lead_begins_after_the_byline() -> None:
    """With or without a "By"."""
    text = "Ferry stops\n\n{}\n\nThe ferry stops on Friday. Fees rise."
    for byline in ("By Nils Carver", "Nils Carver"):
        article = Article(text.format(byline), author="Nils Carver")
        assert [s.text for s in article.lead(2)] == ["Ferry stops", "The ferry stops on Friday."]


def test_an_article_may_be_shorter_than_the_lead() -> None:
    """Then all of it is."""
    assert [sentence.number for sentence in Article("One.").lead(2)] == [1]
