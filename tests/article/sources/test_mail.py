"""Messages and pages saved as MHTML."""

from __future__ import annotations

from email.message import EmailMessage

import pytest

from newsqa.article import Article
from newsqa.errors import ArticleError


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
