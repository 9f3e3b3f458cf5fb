"""Lines: hand-wrapped paragraphs, bylines, and the lead of an article that has one."""

from __future__ import annotations

import textwrap
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsqa.article import Article
from newsqa.article.lines import find_paragraphs, is_byline, strip_by


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


MILL = (
    "The lock at Wendle Reach stays shut until divers have looked at both gates, the canal trust told "
    "boaters on Monday. Hire boats may turn at the old winding hole below the mill. Its engineer, Ruth "
    "Amadi, expects the work to take eleven days."
)
MOORINGS = (
    "Moorings above the lock are free of charge for the time being. Owners who need water can ask at "
    "the keeper's cottage, which is open from eight to six."
)
PARAGRAPHS = (MILL, MOORINGS)


def _paragraphs_of(text: str) -> list[str]:
    return [" ".join(text[start:end].split()) for start, end in find_paragraphs(text)]


@pytest.mark.parametrize("width", [26, 33, 48, 62, 78, 100])
def test_lines_that_were_wrapped_to_a_width_are_one_paragraph(width: int) -> None:
    """From the columns of a newspaper to those of a terminal."""
    text = "\n\n".join(textwrap.fill(paragraph, width) for paragraph in PARAGRAPHS)
    assert _paragraphs_of(text) == list(PARAGRAPHS)


@pytest.mark.parametrize("width", [30, 47, 60, 75])
def test_the_lines_above_a_wrapped_story_are_paragraphs_of_their_own(width: int) -> None:
    """Headline, byline and dateline, also where no blank line is anywhere.

    Where the last line of a paragraph is full, the next one cannot be told from it.
    """
    story = "\n".join(textwrap.fill(paragraph, width) for paragraph in PARAGRAPHS)
    head = ["Lock shut for 11 days", "By Ruth Amadi", "WENDLE REACH"]
    found = _paragraphs_of("\n".join([*head, story]))
    assert found[:3] == head
    assert " ".join(found[3:]) == " ".join(PARAGRAPHS)
    assert all(paragraph.endswith(".") for paragraph in found[3:])


@pytest.mark.parametrize("mark", ["- ", "• ", "1. ", "(a) "])
def test_wrapped_items_of_a_list_are_paragraphs(mark: str) -> None:
    """Their further lines are indented to the text of the first."""
    indent = " " * len(mark)
    items = [
        textwrap.fill(paragraph, 58, initial_indent=mark, subsequent_indent=indent)
        for paragraph in PARAGRAPHS
    ]
    text = "\n".join(["What boaters should know:", *items])
    marked = [mark + paragraph for paragraph in PARAGRAPHS]
    assert _paragraphs_of(text) == ["What boaters should know:", *marked]


def test_a_figure_at_the_start_of_a_wrapped_line_is_not_an_item() -> None:
    """The "May" above it is not the end of a sentence."""
    text = (
        "The trust will open the lower gate of the lock at Wendle on May\n"
        "7. Boats that are longer than eighteen metres have to wait for\n"
        "the upper one."
    )
    assert len(_paragraphs_of(text)) == 1


def test_an_address_on_a_wrapped_page_may_be_longer_than_its_lines() -> None:
    """It cannot be broken."""
    text = (
        "The trust has put the engineer's report, with her drawings, at\n"
        "https://canal.example/reach/wendle/lock/reports/2026/gates-and-sills-survey.pdf\n"
        "and will send it to anyone who asks the keeper at the cottage\n"
        "for a copy."
    )
    assert len(_paragraphs_of(text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "The tide was low, the moon was high,\nThe heron stood alone,\nAnd barges passed without a cry,\nAs heavy as a stone.",
        "Wendle to Marlow, one boat, day rate   £14.20\nWendle to Kingsey, one boat, day rate  £16.90\nWendle to Thorne, one boat, day rate   £21.00",
        "Lock at Wendle Reach shut for eleven days\nThe lock at Wendle Reach stays shut until divers have looked at it.",
        "Ruth Amadi\nJonas Feld\nPriya Raman\nOla Nordmo",
        "Trust shuts the lock at Wendle Reach until spring\nBoats wait in Marlow for news of the lower gates\nKeeper asks for a survey of all of the town's sills",
    ],
    ids=["verse", "table", "headline and lead", "names", "headlines"],
)
def test_other_lines_stay_apart(text: str) -> None:
    """Verse, tables, lists, and a headline and its lead."""
    assert _paragraphs_of(text) == [" ".join(line.split()) for line in text.splitlines()]


@given(st.lists(st.text("ab .-\u00ad1", max_size=60), max_size=8), st.sampled_from(["\n", "\r\n"]))
def test_every_character_but_white_space_is_in_one_paragraph(lines: list[str], end: str) -> None:
    """In reading order, and none twice."""
    text = end.join(lines)
    spans = list(find_paragraphs(text))
    assert "".join("".join(text[a:b].split()) for a, b in spans) == "".join(text.split())
    assert all(left[1] <= right[0] for left, right in pairwise(spans))


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("By Ruth Amadi", "Ruth Amadi"),
        ("Af Ola Nordmo", "Ola Nordmo"),
        ("Oleh Sari Wijaya", "Sari Wijaya"),
        ("Von Trapp", "Von Trapp"),
        ("Byron Feld", "Byron Feld"),
    ],
)
def test_the_word_before_an_author_goes(written: str, names: str) -> None:
    """Unless it is a part of the name."""
    assert strip_by(written) == names
