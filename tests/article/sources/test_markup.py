"""The text of markup."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsqa.article.sources.markup import line_of_markup, text_of_body, text_of_markup


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>One.</p><p>Two.</p>", "One.\n\nTwo."),
        ("<p>One\n  line.</p>", "One line."),
        ("One.<br>Two.<br/>Three.", "One.\nTwo.\nThree."),
        ("<p>One <b>bold</b>, <i>two</i>.", "One bold, two."),
        ("<h2>Head</h2>Text<ul><li>A<li>B</ul>", "Head\n\nText\n\nA\n\nB"),
        ("<script>x<y</script><style>p{}</style><p>One.</p>", "One."),
        ("<head><title>T</title></head><body>One.</body>", "One."),
        ("<table><tr><td>A</td><td>1</td></tr></table>", "A 1"),
        ("<!-- no --><p>A &amp; B &lt; C</p>", "A & B < C"),
        ("<pre>  a\n    b</pre>", "a\nb"),
        ("", ""),
    ],
)
def test_paragraphs_and_line_ends_are_those_that_a_reader_sees(markup: str, text: str) -> None:
    """Blocks are paragraphs, white space is one space, and what is not shown is left out."""
    assert text_of_markup(markup) == text


@pytest.mark.parametrize(
    "text",
    [
        "One.\n\n  Two.",
        "x < y > z",
        "AT&T and R&D",
        "<3",
        "a<b and c>d",
        "5 &  6",
        "Q&A;",
        "»«\u00ad\u200b",
    ],
)
def test_plain_text_is_kept_to_the_letter(text: str) -> None:
    """Signs that markup uses make no markup."""
    assert text_of_body(text) == text


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("Fees rise by 4&nbsp;%.", "Fees rise by 4\xa0%."),
        ("&#8220;Yes&#8221;, &#x201C;no&#x201D;", "“Yes”, “no”"),
        ("A&amp;B <sup >2</sup>", "A&B 2"),
        ("One.<br />Two.", "One.\nTwo."),
    ],
)
def test_entities_and_tags_in_a_body_are_read(body: str, text: str) -> None:
    """As systems leave them in fields of plain text."""
    assert text_of_body(body) == text


def test_a_line_is_one_line() -> None:
    """A headline with a line break in it."""
    assert line_of_markup("Fees<br>rise\n again") == "Fees rise again"


@given(st.text(st.sampled_from("<>/!-p br&;a\"'=\n"), max_size=60))
def test_broken_markup_does_not_fail(markup: str) -> None:
    """Whatever is not closed."""
    text_of_markup(markup)


@given(st.lists(st.text(st.characters(categories=["L", "N"]), min_size=1), min_size=1))
def test_each_paragraph_is_kept(paragraphs: list[str]) -> None:
    """Their words stay as they are."""
    markup = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    assert text_of_markup(markup).split("\n\n") == paragraphs
