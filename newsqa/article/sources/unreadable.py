"""UnreadableSource: refuses files of a known format that holds no text to read."""

from __future__ import annotations

from dataclasses import dataclass

from newsqa.article.sources import ArticleFields
from newsqa.errors import ArticleError

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


@dataclass(frozen=True, slots=True)
class UnreadableSource:
    """Refuses data in a format that is recognized and not read.

    Attributes:
        kind: The name of the format in ``WAYS_OUT``: ``"a PNG image"``.
    """

    kind: str

    def matches(self, data: bytes) -> bool:
        """Return False: this source is chosen by the sniffed format alone."""
        return False

    def read(self, data: bytes, *, name: str) -> ArticleFields:
        """Refuse the data.

        Raises:
            ArticleError: Always; it names the format and the way out.
        """
        raise ArticleError(f"{name!r} is {self.kind}, which is not read: {WAYS_OUT[self.kind]}.")
