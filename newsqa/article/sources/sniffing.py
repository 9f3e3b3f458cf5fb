"""Sniffing: the format of data, by its content alone."""

from __future__ import annotations

import codecs
import io
import zipfile

import regex

_OCR = "recognize its text (OCR) and pass that"
_EXPORT = "save it as DOCX or plain text"
_UNPACK = "unpack it and pass the file inside"
_TRANSCRIBE = "transcribe it and pass the text"
_ROWS = "pass the text of one row with Article(text=...)"

WAYS_OUT = {
    "a PNG image": _OCR,
    "a JPEG image": _OCR,
    "a GIF image": _OCR,
    "a WebP image": _OCR,
    "a TIFF image": _OCR,
    "a HEIC or AVIF image": _OCR,
    "an SVG image": _OCR,
    "an audio or video file": _TRANSCRIBE,
    "an RTF document": _EXPORT,
    "a PostScript document": "export it as PDF",
    "an old Office document (.doc, .xls, .ppt or .msg)": _EXPORT,
    "an Excel workbook": _ROWS,
    "a PowerPoint presentation": "export it as PDF",
    "an EPUB book": "convert it to HTML or plain text",
    "a ZIP archive": _UNPACK,
    "a gzip archive": _UNPACK,
    "a bzip2 archive": _UNPACK,
    "an xz archive": _UNPACK,
    "a 7-Zip archive": _UNPACK,
    "a RAR archive": _UNPACK,
    "a Zstandard archive": _UNPACK,
    "a Safari web archive": "save the page as HTML",
    "a WARC archive": "extract the page with warcio and pass its HTML",
    "a Parquet file": _ROWS,
    "an SQLite database": _ROWS,
    "XML": "name a file in RSS, Atom, NewsML-G2, NITF or HTML, or pass the text",
    "a program": "name the file that holds the article",
}
"""What to do instead, for each format that is recognized and not read."""

_SIGNATURES = {
    b"\x89PNG\r\n": "a PNG image",
    b"\xff\xd8\xff": "a JPEG image",
    b"GIF87a": "a GIF image",
    b"GIF89a": "a GIF image",
    b"II*\0": "a TIFF image",
    b"MM\0*": "a TIFF image",
    b"ID3": "an audio or video file",
    b"OggS": "an audio or video file",
    b"fLaC": "an audio or video file",
    b"\x1aE\xdf\xa3": "an audio or video file",
    b"{\\rtf": "an RTF document",
    b"%!PS-Adobe": "a PostScript document",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": "an old Office document (.doc, .xls, .ppt or .msg)",
    b"\x1f\x8b": "a gzip archive",
    b"BZh": "a bzip2 archive",
    b"\xfd7zXZ\0": "an xz archive",
    b"7z\xbc\xaf\x27\x1c": "a 7-Zip archive",
    b"Rar!\x1a\x07": "a RAR archive",
    b"\x28\xb5\x2f\xfd": "a Zstandard archive",
    b"bplist00": "a Safari web archive",
    b"WARC/": "a WARC archive",
    b"PAR1": "a Parquet file",
    b"SQLite format 3\0": "an SQLite database",
    b"\x7fELF": "a program",
}
"""The first bytes of formats that are not read, by their names in ``WAYS_OUT``."""

_TEXT_SIGNATURES = (b"ID3", b"BZh", b"PAR1", b"WARC/")
"""Signatures that a text may begin with: they count only where text does not follow."""

_XML_FORMATS = {
    "html": "html",
    "rss": "feed",
    "feed": "feed",
    "entry": "feed",
    "RDF": "feed",
    "newsItem": "newsml",
    "newsMessage": "newsml",
    "packageItem": "newsml",
    "NewsML": "newsml",
    "nitf": "newsml",
    "svg": "an SVG image",
}
"""The format of an XML document, by the name of its root element."""

_ZIP_MEMBERS = {
    "word/document.xml": "docx",
    "xl/workbook.xml": "an Excel workbook",
    "ppt/presentation.xml": "a PowerPoint presentation",
    "META-INF/container.xml": "an EPUB book",
    "content.xml": "odt",
}
"""The format of a ZIP archive, by a file in it."""

_NOTES = r"(?:(?>\s|<\?.*?\?>|<!--.*?-->)*+)"
_DOCTYPE = r"(?><!DOCTYPE\b[^\[>]*+(?:\[.*?\]\s*+)?>)?+"
_ROOT = regex.compile(
    rf"{_NOTES}{_DOCTYPE}{_NOTES}<(?:[\w.-]+:)?([A-Za-z][\w.-]*)(?=[\s/>])", regex.S | regex.I
)
_XML_DECLARATION = regex.compile(r"\s*+<\?xml\b", regex.I)
_HTML_DOCTYPE = regex.compile(rf"{_NOTES}<!DOCTYPE\s+html\b", regex.S | regex.I)
_HTML_TAGS = regex.compile(
    r"(?i)(?:html|head|body|title|meta|link|script|style|base|main|article|section|header|footer|nav"
    r"|aside|div|p|h[1-6]|ul|ol|li|dl|table|tr|td|span|a|b|i|em|strong|br|hr|img|figure|blockquote"
    r"|pre|center|font|form|iframe|noscript|template|amp-[\w-]+)"
)
_BLOCK_END = regex.compile(r"(?i)</?(?:p|div|h[1-6]|li|article|section|body|html)\s*>")
MIN_BLOCK_TAGS = 3
"""A text with as many block tags is markup, wherever its first tag is."""

_MAIL_HEADERS = regex.compile(
    r"(?i)(from|to|date|subject|message-id|mime-version|received|return-path|delivered-to|reply-to"
    r"|content-type|sender|snapshot-content-location|x-[\w-]+|list-[\w-]+|dkim-signature): \S"
)
_HEADER_LINE = regex.compile(r"[!-9;-~]+:|[ \t]")
MIN_MAIL_HEADERS = 3


def sniff(data: bytes) -> str:
    """Return the format that ``data`` is in: ``"text"`` where it is in no other that is recognized.

    The formats that are read are ``"html"``, ``"feed"``, ``"newsml"``, ``"pdf"``, ``"docx"``,
    ``"odt"`` and ``"mail"``. Formats that are not read come under
    their names in ``WAYS_OUT``. JSON is text.

    >>> sniff(b"<!doctype html><title>Mayor resigns</title>")
    'html'
    >>> sniff(b"GIF89a...")
    'a GIF image'
    >>> sniff(b"<rss version='2.0'>...")
    'feed'
    >>> sniff(b"The bridge closed. <1,000 people came.")
    'text'
    """
    return _sniff_binary(data) or _sniff_text(data)


def _sniff_binary(data: bytes) -> str | None:
    if b"%PDF-" in data[:1024] and _starts_pdf(data):
        return "pdf"
    if data.startswith(b"PK\x03\x04"):
        return _sniff_zip(data)
    for signature, kind in _SIGNATURES.items():
        if data.startswith(signature) and (signature not in _TEXT_SIGNATURES or _is_binary(data)):
            return kind
    return _sniff_container(data)


def _starts_pdf(data: bytes) -> bool:
    """Return whether the mark of a PDF is the first thing on a line, and no text comes before it."""
    before = data[: data.index(b"%PDF-")]
    return not before.strip(b"\0\r\n\t \xef\xbb\xbf") or _is_binary(before)


def _is_binary(data: bytes) -> bool:
    """Return whether the first kilobyte holds control characters that no text has."""
    return bool(regex.search(rb"[\0-\x08\x0e-\x1a\x1c-\x1f]", data[:1024]))


def _sniff_container(data: bytes) -> str | None:
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "a WebP image"
    if data[:4] == b"RIFF" and data[8:12] in (b"WAVE", b"AVI "):
        return "an audio or video file"
    if data[4:8] != b"ftyp":
        return None
    images = (b"heic", b"heix", b"mif1", b"msf1", b"avif", b"avis")
    return "a HEIC or AVIF image" if data[8:12] in images else "an audio or video file"


def _sniff_zip(data: bytes) -> str:
    try:
        names = set(zipfile.ZipFile(io.BytesIO(data)).namelist())
    # NotImplementedError: a version of ZIP that zipfile does not know.
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError):
        return "a ZIP archive"
    return next((kind for member, kind in _ZIP_MEMBERS.items() if member in names), "a ZIP archive")


def _sniff_text(data: bytes) -> str:
    text = _beginning(data)
    if _is_mail(text):  # first, since its body may be markup
        return "mail"
    return _sniff_markup(text) or "text"


def _beginning(data: bytes, size: int = 200_000) -> str:
    """Return the beginning of a text in any encoding, good enough to recognize what is ASCII."""
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF32_LE, "utf-32"),
        (codecs.BOM_UTF32_BE, "utf-32"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if data.startswith(mark):
            return data[:size].decode(encoding, "replace").lstrip("\ufeff")
    if data.startswith((b"<\0", b"\0<")):  # UTF-16 without its mark
        return data[:size].replace(b"\0", b"").decode("latin-1")
    return data[:size].decode("latin-1")


def _sniff_markup(text: str) -> str | None:
    if _HTML_DOCTYPE.match(text):
        return "html"
    root = _ROOT.match(text)
    if root and root[1] in _XML_FORMATS:
        return _XML_FORMATS[root[1]]
    if _XML_DECLARATION.match(text):
        return "html" if root and root[1].lower() == "html" else "XML"
    if root and _HTML_TAGS.fullmatch(root[1]):
        return "html"
    if root and f"</{root[1]}>" in text:
        return "XML"
    json = text.lstrip()[:1] in ("{", "[")
    return "html" if not json and _has_block_tags(text) else None


def _has_block_tags(text: str) -> bool:
    tags = _BLOCK_END.finditer(text)
    return sum(1 for _ in zip(range(MIN_BLOCK_TAGS), tags, strict=False)) == MIN_BLOCK_TAGS


def _is_mail(text: str) -> bool:
    """Return whether a text begins with headers, a sender among them and at least three of a mail."""
    headers: set[str] = set()
    for line in text.splitlines():
        if not line or not _HEADER_LINE.match(line):
            break
        name = _MAIL_HEADERS.match(line)
        if name:
            headers.add(name[1].lower())
    return "from" in headers and len(headers) >= MIN_MAIL_HEADERS
