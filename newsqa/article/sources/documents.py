"""DocxSource, OdtSource and MailSource: documents that people send, as they read now.

Insertions that are tracked are read, deletions are not; comments, headers and footers are left out.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import getaddresses

from newsqa.article.fields import MAX_BYTES, Origin
from newsqa.article.sources import ArticleFields
from newsqa.article.sources.html import HTMLSource
from newsqa.article.sources.markup import (
    Element,
    local_name,
    parse_xml,
    reader_name,
    text_of_markup,
)
from newsqa.article.sources.values import make_fields
from newsqa.errors import ArticleError

_DOCX_UNSEEN = frozenset("del moveFrom pPr rPr instrText delText txbxContent Fallback".split())
_ODT_UNSEEN = frozenset("tracked-changes annotation note-citation forms sequence-decls".split())
_ODT_BLOCKS = frozenset(("p", "h"))


class DocxSource:
    """Reads documents of Word and of what else writes DOCX."""

    def matches(self, data: bytes) -> bool:
        """Return False: a DOCX is sniffed."""
        return False

    def read(self, data: bytes, *, name: str) -> ArticleFields:
        """Return the text of a document and its title: a paragraph in the style Title, or the property.

        Raises:
            ArticleError: The document is damaged, empty, or unpacks to more than an article has.
        """
        body = parse_xml(read_member(data, "word/document.xml", name), name)
        paragraphs = [(_docx_text(node), node) for node in _docx_paragraphs(body)]
        titles = [text for text, node in paragraphs if text and _is_title(node)]
        text = _checked("\n\n".join(text for text, _ in paragraphs if text), name)
        origin = Origin(format="DOCX", reader=reader_name())
        return make_fields(
            text, origin=origin, title=titles[:1] or _title_in(data, "docProps/core.xml")
        )


class OdtSource:
    """Reads documents in OpenDocument Text."""

    def matches(self, data: bytes) -> bool:
        """Return False: an ODT is sniffed."""
        return False

    def read(self, data: bytes, *, name: str) -> ArticleFields:
        """Return the text of a document, and the title among its properties.

        Raises:
            ArticleError: The document is damaged, empty, or unpacks to more than an article has.
        """
        body = parse_xml(read_member(data, "content.xml", name), name)
        paragraphs = (_odt_text(node).strip() for node in _odt_paragraphs(body))
        text = _checked("\n\n".join(filter(None, paragraphs)), name)
        origin = Origin(format="ODT", reader=reader_name())
        return make_fields(text, origin=origin, title=_title_in(data, "meta.xml"))


def read_member(data: bytes, member: str, name: str) -> bytes:
    """Return one file of a ZIP archive, unpacked no further than the limit for a whole article.

    Raises:
        ArticleError: The archive is damaged or encrypted, or the file in it is too large.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive, archive.open(member) as file:
            content = file.read(MAX_BYTES + 1)  # not what the archive says of itself
    except (
        zipfile.BadZipFile,
        KeyError,
        RuntimeError,
        NotImplementedError,  # a way of compressing that zipfile does not know
        EOFError,
        ValueError,
        zlib.error,
    ) as error:
        raise ArticleError(f"{name!r} is a damaged or encrypted document: {error}.") from error
    except OSError as error:
        raise ArticleError(f"{name!r} is a damaged document: {error}.") from error
    if len(content) > MAX_BYTES:
        raise ArticleError(
            f"{name!r} unpacks to more than {MAX_BYTES / 1e6:.0f} MB; no article does."
        )
    return content


def _checked(text: str, name: str) -> str:
    if not text:
        raise ArticleError(f"{name!r} is a document without text: pass the text itself.")
    return text


def _title_in(data: bytes, member: str) -> str | None:
    """Return the title among a document's properties, where there are any."""
    try:
        properties = parse_xml(read_member(data, member, member), member)
    except ArticleError:
        return None  # they are optional, and nothing else is taken from them
    return next((node.text for node in properties.iter("{*}title")), None)


def _docx_paragraphs(node: Element) -> Iterator[Element]:
    for child in node:
        tag = local_name(child)
        if tag == "p":
            yield child
        elif tag not in _DOCX_UNSEEN:
            yield from _docx_paragraphs(child)


def _docx_text(paragraph: Element) -> str:
    return "".join(_docx_pieces(paragraph)).strip()


def _docx_pieces(node: Element) -> Iterator[str]:
    marks = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\N{NON-BREAKING HYPHEN}"}
    for child in node:
        tag = local_name(child)
        if tag == "t":
            yield child.text or ""
        elif tag in marks:
            yield marks[tag]
        elif tag == "softHyphen":
            yield "\N{SOFT HYPHEN}"
        elif tag not in _DOCX_UNSEEN:
            yield from _docx_pieces(child)


def _is_title(paragraph: Element) -> bool:
    styles = paragraph.iterfind("{*}pPr/{*}pStyle")
    values = (value for style in styles for key, value in style.items() if key.endswith("}val"))
    return any(value.lower() == "title" for value in values)


def _odt_paragraphs(node: Element) -> Iterator[Element]:
    for child in node:
        tag = local_name(child)
        if tag in _ODT_BLOCKS:
            yield child
        elif tag not in _ODT_UNSEEN:
            yield from _odt_paragraphs(child)


def _odt_text(node: Element) -> str:
    parts = [node.text or ""]
    for child in node:
        parts += [_odt_piece(child), child.tail or ""]
    return "".join(parts)


def _odt_piece(child: Element) -> str:
    tag = local_name(child)
    if tag == "s":
        count = next((value for key, value in child.items() if key.endswith("}c")), "1")
        return " " * min(int(count), 100) if count.isdecimal() else " "
    if tag in ("tab", "line-break"):
        return "\t" if tag == "tab" else "\n"
    return "" if tag in _ODT_UNSEEN else _odt_text(child)


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
