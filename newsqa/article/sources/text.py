"""TextSource: plain text, in UTF-8 or with a byte order mark."""

from __future__ import annotations

import codecs

from newsqa.article.sources import ArticleFields
from newsqa.errors import ArticleError

_ENCODINGS = {
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF32_LE: "utf-32-le",  # before UTF-16, whose mark it begins with
    codecs.BOM_UTF32_BE: "utf-32-be",
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}
"""The encoding that each byte order mark stands for."""


class TextSource:
    """Reads the whole file as the article's text."""

    def matches(self, data: bytes) -> bool:
        """Return False: plain text is what data is taken for when nothing else matches."""
        return False

    def read(self, data: bytes, *, name: str) -> ArticleFields:
        """Return the text of the article.

        Raises:
            ArticleError: The data is not text.
        """
        return {"text": decode_text(data, name)}


def decode_text(data: bytes, name: str) -> str:
    """Decode UTF-8, or UTF-16 or UTF-32 with a byte order mark. Line ends are kept.

    >>> decode_text(codecs.BOM_UTF16_LE + "Köln".encode("utf-16-le"), "story.txt")
    'Köln'

    Args:
        data: The content of a file.
        name: What an error message calls the file.

    Raises:
        ArticleError: The data is not text.
    """
    mark = next((mark for mark in _ENCODINGS if data.startswith(mark)), b"")
    encoding = _ENCODINGS.get(mark, "utf-8")
    if encoding == "utf-8" and b"\0" in data:
        raise ArticleError(f"{name!r} is not text: it holds NUL bytes.")
    try:
        return data[len(mark) :].decode(encoding)
    except UnicodeDecodeError as error:
        raise ArticleError(
            f"{name!r} is not {encoding.upper()} text: byte {len(mark) + error.start} "
            f"({error.reason}). Convert it to UTF-8."
        ) from None
