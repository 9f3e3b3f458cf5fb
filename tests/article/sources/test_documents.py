"""Documents of word processors and mail: what of them is the text, and archives that attack."""

from __future__ import annotations

from email.message import EmailMessage

import pytest

from newsqa.article import Article
from newsqa.errors import ArticleError
from tests.article.sources.builders import docx_paragraph, make_docx, make_odt, make_zip


def test_paragraphs_are_in_the_order_of_the_document() -> None:
    """Also those in tables and content controls."""
    first, second = docx_paragraph("One."), docx_paragraph("Two.")
    body = f"{first}<w:tbl><w:tr><w:tc>{second}</w:tc></w:tr></w:tbl>{docx_paragraph('Three.')}"
    assert Article.from_bytes(make_docx(body)).text == "One.\n\nTwo.\n\nThree."


def test_tracked_insertions_are_read_and_deletions_are_not() -> None:
    """The text is that after the changes."""
    body = (
        "<w:p><w:r><w:t>Fees </w:t></w:r><w:del><w:r><w:delText>fall</w:delText></w:r></w:del>"
        "<w:moveFrom><w:r><w:t>stay</w:t></w:r></w:moveFrom>"
        "<w:ins><w:r><w:t>rise</w:t></w:r></w:ins><w:r><w:t>.</w:t></w:r></w:p>"
    )
    assert Article.from_bytes(make_docx(body)).text == "Fees rise."


def test_breaks_tabs_and_hyphens_are_characters() -> None:
    """As they look."""
    body = (
        "<w:p><w:r><w:t>A</w:t><w:tab/><w:t>B</w:t><w:br/><w:t>C</w:t><w:noBreakHyphen/>"
        "<w:t>D</w:t><w:softHyphen/></w:r></w:p>"
    )
    assert (
        Article.from_bytes(make_docx(body)).text == "A\tB\nC\N{NON-BREAKING HYPHEN}D\N{SOFT HYPHEN}"
    )


def test_what_a_field_is_made_of_is_not_text() -> None:
    """The address of a link, for example."""
    body = "<w:p><w:r><w:instrText>HYPERLINK x</w:instrText></w:r><w:hyperlink><w:r><w:t>here</w:t></w:r></w:hyperlink></w:p>"
    assert Article.from_bytes(make_docx(body)).text == "here"


def test_a_paragraph_in_the_style_title_is_the_title() -> None:
    """Before the title among the properties, which templates leave behind."""
    body = docx_paragraph("Fees rise", style="Title") + docx_paragraph("By 4%.")
    assert Article.from_bytes(make_docx(body, title="Template")).title == "Fees rise"


def test_spaces_and_notes_of_an_odt() -> None:
    """A row of spaces is an element; comments are no text."""
    body = (
        '<text:p>A<text:s text:c="3"/>B<text:tab/>C<text:line-break/>D'
        "<office:annotation><text:p>Check!</text:p></office:annotation>.</text:p>"
    )
    assert Article.from_bytes(make_odt(body)).text == "A   B\tC\nD."


@pytest.mark.parametrize("data", [make_docx(""), make_odt("<text:p/>")])
def test_a_document_without_a_text_is_refused(data: bytes) -> None:
    """A picture of a text is not one."""
    with pytest.raises(ArticleError, match="is a document without text"):
        Article.from_bytes(data)


def test_a_zip_bomb_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is read up to the limit of an article, whatever size the archive says it has."""
    monkeypatch.setattr("newsqa.article.sources.documents.MAX_BYTES", 1_000_000)
    data = make_zip({"word/document.xml": b"<w>" + b" " * 50_000_000})
    assert len(data) < 100_000
    with pytest.raises(ArticleError, match="unpacks to more than 1 MB"):
        Article.from_bytes(data)


def test_a_damaged_document_is_refused() -> None:
    """With the reason."""
    data = bytearray(make_docx(docx_paragraph("One. " * 100)))
    start = data.index(b"word/document.xml") + len("word/document.xml")
    data[start : start + 20] = b"\xff" * 20
    with pytest.raises(ArticleError, match="is a damaged"):
        Article.from_bytes(bytes(data))


def test_entities_in_a_document_are_refused() -> None:
    """The same bomb, inside of an archive."""
    bomb = "<!DOCTYPE x [<!ENTITY a 'ha'>]><w:document xmlns:w='x'>&a;</w:document>"
    with pytest.raises(ArticleError, match="declares XML entities"):
        Article.from_bytes(make_zip({"word/document.xml": bomb}))


def _message(**headers: str) -> EmailMessage:
    message = EmailMessage()
    for name, value in {
        "From": "Desk <desk@bay.example>",
        "To": "all@bay.example",
        **headers,
    }.items():
        message[name.replace("_", "-")] = value
    message["Message-ID"] = "<1@bay.example>"
    return message


def test_plain_text_goes_before_html() -> None:
    """It is what the sender wrote."""
    message = _message(Subject="Fees")
    message.set_content("Fees rise.\n")
    message.add_alternative("<p>Fees rise!</p>", subtype="html")
    assert Article.from_bytes(bytes(message)).text == "Fees rise.\n"


def test_a_message_in_html_alone_is_read() -> None:
    """Its markup is no text."""
    message = _message(Subject="Fees")
    message.set_content("<html><body><p>Fees rise.</p><p>In May.</p></body></html>", subtype="html")
    assert Article.from_bytes(bytes(message)).text == "Fees rise.\n\nIn May."


def test_a_message_without_a_text_is_refused() -> None:
    """The text may be in what is attached."""
    message = _message(Subject="Fees")
    message.add_attachment(b"%PDF-1.4", maintype="application", subtype="pdf")
    with pytest.raises(ArticleError, match="is a message without text: pass the file attached"):
        Article.from_bytes(bytes(message))


def test_a_page_saved_by_a_browser_is_read_as_a_page() -> None:
    """MHTML is a message with a page in it."""
    message = _message(Subject="Fees", Snapshot_Content_Location="https://bay.example/fees")
    message.set_content(
        "<html><body><article><p>Fees rise by 4%.</p></article></body></html>", subtype="html"
    )
    article = Article.from_bytes(bytes(message))
    assert (article.text, article.url) == ("Fees rise by 4%.", "https://bay.example/fees")


def test_an_unknown_charset_is_an_article_error() -> None:
    """Not one of Python's."""
    data = b"From: a\nTo: b\nSubject: c\nContent-Type: text/plain; charset=klingon\n\nFees rise.\n"
    with pytest.raises(ArticleError, match="cannot be decoded"):
        Article.from_bytes(data)
