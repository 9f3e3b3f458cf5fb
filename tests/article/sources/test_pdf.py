"""PDF: lines joined to paragraphs, what is left out, and where pages begin."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsqa.article import Article
from newsqa.article.sources.pdf import join_pages
from newsqa.errors import ArticleError
from tests.article.sources.builders import make_pdf


def test_lines_of_a_paragraph_are_one_sentence() -> None:
    """A line's end is not a sentence's end."""
    text, _ = join_pages(
        [["The court in Harrow Bay said on Monday that the fee of", "4% is to be paid back."]]
    )
    assert text == "The court in Harrow Bay said on Monday that the fee of 4% is to be paid back."


def test_a_short_line_ends_a_paragraph() -> None:
    """As the last line of one does."""
    lines = [
        "The court in Harrow Bay said on Monday that",
        "the fee is void.",
        "It had been raised twice in one year, in May",
    ]
    assert join_pages([lines])[0].split("\n\n") == [
        "The court in Harrow Bay said on Monday that the fee is void.",
        "It had been raised twice in one year, in May",
    ]


def test_a_word_is_joined_over_the_end_of_a_line() -> None:
    """Its hyphen was the line's."""
    assert join_pages([["The judges called it a con-", "tract of sale."]])[0] == (
        "The judges called it a contract of sale."
    )


def test_a_hyphen_that_the_document_writes_elsewhere_stays() -> None:
    """It is the word's own."""
    pages = [["A non-binding vote was held, and a non-", "binding one it will stay."]]
    assert join_pages(pages)[0].endswith("a non-binding one it will stay.")


def test_a_figure_or_name_keeps_its_hyphen() -> None:
    """Only small letters go on with a word."""
    assert join_pages(
        [["In the years 2021-", "2024 the firm Sousa-", "Mills paid nothing to anyone."]]
    )[0] == ("In the years 2021-2024 the firm Sousa-Mills paid nothing to anyone.")


def test_running_heads_and_page_numbers_are_left_out() -> None:
    """They repeat on the pages, but for their figures."""
    pages = [
        [f"Case No. 12 – page {n}", f"The witness number {word} spoke.", str(n)]
        for n, word in enumerate(("one", "two", "three"), 1)
    ]
    text, _ = join_pages(pages)
    assert "Case" not in text
    assert text.count("spoke") == 3
    assert not any(digit in text for digit in "123")


def test_a_paragraph_goes_on_over_the_end_of_a_page() -> None:
    """And the page begins inside of it."""
    text, pages = join_pages(
        [["The court said on Monday that the fee of"], ["4% is to be paid back."]]
    )
    assert text == "The court said on Monday that the fee of 4% is to be paid back."
    assert text[pages[1] :] == "4% is to be paid back."


def test_a_citation_knows_its_page() -> None:
    """By the offset at which each page begins."""
    article = Article.from_pdf(make_pdf([["Fees rise by 4%."], [], ["They are paid in May."]]))
    assert article.text == "Fees rise by 4%.\n\nThey are paid in May."
    place = article.text.index("They")
    assert [article.page_at(offset) for offset in (0, place - 3, place, len(article.text))] == [
        1,
        1,
        3,
        3,
    ]


@given(st.lists(st.lists(st.text(st.sampled_from("ab 4%.-"), max_size=12), max_size=6), max_size=5))
def test_pages_begin_in_their_order_inside_the_text(pages: list[list[str]]) -> None:
    """One offset for each page, whatever is on it."""
    text, starts = join_pages(pages)
    assert len(starts) == len(pages)
    assert starts == sorted(starts)
    assert all(0 <= start <= len(text) for start in starts)


@given(
    st.lists(
        st.lists(st.text(st.sampled_from("abc"), min_size=1, max_size=8), min_size=5, max_size=9),
        min_size=1,
        max_size=1,
    )
)
def test_no_line_inside_of_a_page_is_lost(pages: list[list[str]]) -> None:
    """Joining changes white space only."""
    text, _ = join_pages(pages)
    assert "".join(text.split()) == "".join(line for lines in pages for line in lines)


@pytest.mark.parametrize("title", ["Microsoft Word - fees.docx", "fees_final.indd", "Untitled", ""])
def test_the_name_of_a_file_is_not_a_title(title: str) -> None:
    """Programs write it there."""
    assert Article.from_pdf(make_pdf([["Fees rise."]], title=title)).title is None


def test_a_pdf_without_a_text_is_a_scan() -> None:
    """The way out is to recognize its text."""
    with pytest.raises(ArticleError, match=r"is a PDF without text, perhaps a scan: .* ocrmypdf"):
        Article.from_pdf(make_pdf([[]]))


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.4\n",
        make_pdf([["Fees rise."]])[:200],
        make_pdf([["Fees rise."]])
        .replace(b"/Type /Pages", b"/Type /Pagez")
        .replace(b"/Kids", b"/Kidz"),
    ],
)
def test_a_damaged_pdf_is_an_article_error(data: bytes) -> None:
    """Never text, and no error of the library's own."""
    with pytest.raises(ArticleError, match="PDF"):
        Article.from_bytes(data, name="story.txt")


def test_a_very_long_pdf_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is no article, and reading it takes minutes."""
    monkeypatch.setattr("newsqa.article.sources.pdf.MAX_PAGES", 2)
    with pytest.raises(
        ArticleError, match="a PDF of 3 pages, more than 2: pass the pages of one article"
    ):
        Article.from_pdf(make_pdf([["A."], ["B."], ["C."]]))
