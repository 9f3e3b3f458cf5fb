"""Boilerplate: the lines of a news page that are not part of the article's text."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsqa.article import Article
from newsqa.readers.extractive.boilerplate import ends_sentence, find_boilerplate


def kept(text: str) -> list[str]:
    """Return the sentences that are not boilerplate."""
    article = Article(text)
    skipped = find_boilerplate(article.sentences)
    return [sentence.text for sentence in article.sentences if sentence.number not in skipped]


BODY = "The bridge was closed at noon."


@pytest.mark.parametrize(
    "line",
    [
        "Recommended Stories",
        "READ MORE: How the bridge got its name",
        "Sign up for our newsletter",
        "About the Author",
        "- Location :",
        "First Published:",
        "Photo: The bridge in March. (Jo Marsh)",
        "The bridge in March. Picture: Jo Marsh/Courier",
        "(With inputs from agencies)",
        "Lesen Sie auch: Die Brücke in Bildern",
        "Te puede interesar: Diez puentes",
        "اقرأ أيضاً: عشرة جسور",
        "责任编辑：",
        "【推荐阅读】",
    ],
)
def test_a_line_of_the_page_is_boilerplate(line: str) -> None:
    """Promotion, labels with nothing after them, captions with a credit and agency notes do."""
    assert kept(f"{BODY}\n\n{line}\n\n{BODY}") == [BODY, BODY]


@pytest.mark.parametrize(
    "line",
    [
        "Correction: An earlier version gave another time.",
        "The union has put five demands to the company:",
        "Read more slowly, the teacher said. Nobody did.",
        "By Jo Marsh",
        "Another closure",
    ],
)
def test_a_line_of_the_text_stays(line: str) -> None:
    """Corrections, list introductions, bylines, subheadings and prose do."""
    assert kept(f"{BODY}\n\n{line}\n\n{BODY}") != [BODY, BODY]


def test_links_below_a_label_go_with_it() -> None:
    """The list ends at the first line that ends like a sentence."""
    text = f"Recommended Stories\n\nTen fine bridges\nThe toll, explained\n\n{BODY}\n\nA crosshead"
    assert kept(text) == [BODY, "A crosshead"]


def test_a_single_link_takes_nothing_along() -> None:
    """The label is followed by its own link."""
    assert kept(f"Read more: Ten fine bridges\nUPDATE 2, Saturday\n{BODY}") == [
        "UPDATE 2, Saturday",
        BODY,
    ]


@pytest.mark.parametrize(
    "text", ["It rained.", "“It rained.”", "„Es regnete.“", "下雨了。", "هل هطل المطر؟"]
)
def test_sentences_end_with_punctuation(text: str) -> None:
    """Quotation marks may follow it."""
    assert ends_sentence(text)


def test_the_examples_lose_only_their_boilerplate(examples: Path) -> None:
    """A real page: a caption, promotion in the middle and at the end, and not the correction."""
    article = Article.from_file(examples / "harbour-strike.txt")
    skipped = find_boilerplate(article.sentences)
    texts = [sentence.text for sentence in article.sentences if sentence.number in skipped]
    assert [text.split()[0] for text in texts] == [
        "Pickets",
        "Picture:",
        "Recommended",
        "Crab",
        "Read",
        "Sign",
        "About",
        "Read",
    ]
