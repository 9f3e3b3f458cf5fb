"""What a notebook shows of an answer, an article and a scorecard."""

from __future__ import annotations

import pytest

from newsqa.article import Article
from newsqa.output.html import figures_part
from tests.output.html.hostile import HOSTILE
from tests.output.html.reading import Page
from tests.output.html.test_page import ARTICLE, BRIDGE, answer_of


def test_an_answer_is_shown_with_the_words_it_cites() -> None:
    """The claims carry numbers, and the cited words follow with them."""
    page = Page(BRIDGE._repr_html_())
    assert [mark.text for mark in page.all("mark")] == [
        "The old bridge closed on Friday.",
        "old bridge",
        "It is 120 years old",
    ]


def test_an_article_is_shown_with_its_facts() -> None:
    """Title, source and date come before the text."""
    shown = Page(ARTICLE._repr_html_()).elements[0].text
    assert shown.index("Bridge closed") < shown.index("The Herald") < shown.index("The old bridge")


def test_a_long_article_is_cut() -> None:
    """A notebook shows the beginning of a long text."""
    assert len(Article("word " * 5_000)._repr_html_()) < 2_000


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_does_nothing_in_a_notebook(text: str) -> None:
    """A part of a page brings no style sheet, script or address of its own."""
    article = Article(f"Before {text} after.", title=text, source=text, url=text, author=text)
    answer = answer_of(article, {f"Says {text}": (article.text,)}, short=text, model=text)
    figures = figures_part(text, text, [text], [[text]])
    for html in (answer._repr_html_(), article._repr_html_(), figures):
        page = Page(html)
        page.check_harmless()
        assert not page.all("style")
