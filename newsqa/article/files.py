"""Reading an article from a file: plain text, JSON with an Article's fields, or schema.org JSON."""

from __future__ import annotations

import codecs
import json
from errno import EFBIG
from pathlib import Path
from typing import TYPE_CHECKING, Any

from newsqa.errors import ArticleError

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_BYTES = 40_000_000
"""Far above any article; a larger file is something else, and is not read."""

JSON_SUFFIXES = frozenset({".json", ".jsonld"})

_SCHEMA_ORG = {
    "text": "articleBody",
    "title": "headline",
    "published_at": "datePublished",
    "source": "publisher",
    "url": "url",
    "author": "author",
    "language": "inLanguage",
}
"""Article's fields and the schema.org properties that hold them."""


def read_fields(path: Path) -> dict[str, Any]:
    """The fields of the article in the file at ``path``; JSON by its suffix, else plain text.

    Raises ``ArticleError`` for a file that is missing, a folder, unreadable, above 40 MB, or not text.
    """
    is_json = path.suffix.lower() in JSON_SUFFIXES
    return parse_fields(_read_bytes(path), name=str(path), is_json=is_json)


def parse_fields(data: bytes, *, name: str, is_json: bool) -> dict[str, Any]:
    """The fields of the article in ``data``, which errors call ``name``."""
    text = _decode(data, name)
    return _fields_of_json(text, name) if is_json else {"text": text}


def _read_bytes(path: Path) -> bytes:
    try:
        return _read_limited(path)
    except (FileNotFoundError, ValueError):  # ValueError: a NUL or half a character in the name
        raise ArticleError(f"There is no file {str(path)!r}.") from None
    except IsADirectoryError:
        raise ArticleError(f"{str(path)!r} is a folder; name a text or JSON file.") from None
    except OSError as error:
        raise ArticleError(f"{str(path)!r} cannot be read: {error.strerror}.") from error


def _read_limited(path: Path) -> bytes:
    if path.is_dir():
        raise IsADirectoryError
    size = path.stat().st_size
    if size <= MAX_BYTES:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)  # a device has no size, and a file may grow
        if len(data) <= MAX_BYTES:
            return data
    raise OSError(EFBIG, f"an article has at most {MAX_BYTES / 1e6:.0f} MB")


_ENCODINGS = {
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF32_LE: "utf-32-le",  # before UTF-16, whose mark it begins with
    codecs.BOM_UTF32_BE: "utf-32-be",
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}
"""Byte order marks, and what they say."""


def _decode(data: bytes, name: str) -> str:
    """UTF-8, or UTF-16 or 32 where a byte order mark says so; line ends stay as they are."""
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


def _fields_of_json(text: str, name: str) -> dict[str, Any]:
    try:
        value: object = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ArticleError(f"{name!r} is not JSON: {error}.") from None
    for node in _nodes(value):
        if node.get("articleBody"):
            return _from_schema_org(node)
    if isinstance(value, dict) and "text" in value:
        return value
    raise ArticleError(
        f"{name!r} holds no article: wanted is a JSON object with a 'text', or a schema.org "
        "NewsArticle with an 'articleBody'."
    )


def _nodes(value: object) -> Iterator[dict[str, Any]]:
    """The objects of a JSON-LD document: itself, a list of them, or those in its ``@graph``."""
    waiting = [value]  # no recursion: a document may be nested as deep as Python's own limit
    while waiting:
        node = waiting.pop()
        if isinstance(node, dict):
            yield node
            waiting.append(node.get("@graph"))
        elif isinstance(node, list):
            waiting += reversed(node)


def _from_schema_org(node: dict[str, Any]) -> dict[str, Any]:
    known = {field: node.get(key) for field, key in _SCHEMA_ORG.items() if field != "text"}
    named = {field: _name_of(value) for field, value in known.items()}
    return {"text": node["articleBody"]} | {k: v for k, v in named.items() if v not in (None, "")}


def _name_of(value: object) -> object:
    """The name of a Person or Organization, several joined; a plain value as it is."""
    if not isinstance(value, list):
        return _name_of_one(value)
    names = [_name_of_one(item) for item in value]
    return ", ".join(str(name) for name in names if name)


def _name_of_one(value: object) -> object:
    return value.get("name") or value.get("@id") if isinstance(value, dict) else value
