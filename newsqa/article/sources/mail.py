"""MailSource: messages (EML), such as press releases and newsletters, and pages saved as MHTML."""

from __future__ import annotations

from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import getaddresses

from newsqa.article.fields import Origin
from newsqa.article.sources import ArticleFields
from newsqa.article.sources.html import HTMLSource
from newsqa.article.sources.markup import text_of_markup
from newsqa.article.sources.values import make_fields
from newsqa.errors import ArticleError


class MailSource:
    """Reads the plain text of a message, or its HTML where there is no plain text."""

    def matches(self, data: bytes) -> bool:
        """Return False: the headers of a message are sniffed."""
        return False

    def read(self, data: bytes, *, name: str) -> ArticleFields:
        """Return the text of a message, with its subject as the title and its date.

        Raises:
            ArticleError: The message has no text.
        """
        message = BytesParser(policy=policy.default).parsebytes(data)
        page_url = message.get("Snapshot-Content-Location")
        if page_url:
            return _read_saved_page(message, str(page_url), name)
        text = _text_of(message, name)
        if not text.strip():
            raise ArticleError(f"{name!r} is a message without text: pass the file attached to it.")
        senders = [
            title or address for title, address in getaddresses([str(message.get("From", ""))])
        ]
        return make_fields(
            text,
            origin=Origin(format="mail"),
            title=str(message.get("Subject", "")),
            published_at=str(message.get("Date", "")),
            author=senders,
            language=str(message.get("Content-Language", "")),
        )


def _read_saved_page(message: EmailMessage, url: str, name: str) -> ArticleFields:
    """Read the page that a browser saved as MHTML: its first part in HTML."""
    for part in message.walk():
        if part.get_content_type() == "text/html":
            payload = part.get_payload(decode=True)
            return HTMLSource(url).read(payload if isinstance(payload, bytes) else b"", name=name)
    raise ArticleError(f"{name!r} is a saved page without HTML: save it as HTML.")


def _text_of(message: EmailMessage, name: str) -> str:
    body = message.get_body(preferencelist=("plain", "html"))
    if body is None:
        return ""
    try:
        content = str(body.get_content())
    except (LookupError, ValueError) as error:
        raise ArticleError(f"{name!r} is a message that cannot be decoded: {error}.") from error
    is_html = body.get_content_type() == "text/html"
    return text_of_markup(content) if is_html else content.replace("\r\n", "\n")
