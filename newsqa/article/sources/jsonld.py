"""JSONSource: JSON with the fields of an Article, or a schema.org NewsArticle in JSON-LD."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from newsqa.article.sources import ArticleFields
from newsqa.article.sources.text import decode_text
from newsqa.errors import ArticleError

_SCHEMA_ORG = {
    "title": "headline",
    "published_at": "datePublished",
    "source": "publisher",
    "url": "url",
    "author": "author",
    "language": "inLanguage",
}
"""The schema.org property for each field of an Article but its text."""


class JSONSource:
    """Reads an object with the field names of ``Article``, or a schema.org ``NewsArticle``."""

    def matches(self, data: bytes) -> bool:
        """Return whether ``data`` is one JSON object."""
        try:
            return isinstance(json.loads(data), dict)
        except (ValueError, RecursionError):
            return False

    def read(self, data: bytes, *, name: str) -> ArticleFields:
        """Return the fields of the article in ``data``.

        Raises:
            ArticleError: The data is not JSON, or holds no article.
        """
        value = _parse(decode_text(data, name), name)
        for node in _objects_in(value):
            if node.get("articleBody"):
                return _fields_of_schema_org(node)
        if isinstance(value, dict) and "text" in value:
            return value
        raise ArticleError(
            f"{name!r} holds no article: wanted is a JSON object with a 'text', or a schema.org "
            "NewsArticle with an 'articleBody'."
        )


def _parse(text: str, name: str) -> object:
    try:
        value: object = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ArticleError(f"{name!r} is not JSON: {error}.") from None
    return value


def _objects_in(value: object) -> Iterator[dict[str, Any]]:
    """Yield the objects of a JSON-LD document: itself, a list of them, or those in its ``@graph``."""
    waiting = [value]  # no recursion: a document may be nested as deep as Python's own limit
    while waiting:
        node = waiting.pop()
        if isinstance(node, dict):
            yield node
            waiting.append(node.get("@graph"))
        elif isinstance(node, list):
            waiting += reversed(node)


def _fields_of_schema_org(node: Mapping[str, Any]) -> ArticleFields:
    named = {field: _name_of(node.get(key)) for field, key in _SCHEMA_ORG.items()}
    known = {field: value for field, value in named.items() if value not in (None, "")}
    return {"text": node["articleBody"], **known}


def _name_of(value: object) -> object:
    """Return the name of a Person or Organization, or of several, joined; a plain value as it is."""
    if not isinstance(value, list):
        return _name_of_one(value)
    names = [_name_of_one(item) for item in value]
    return ", ".join(str(name) for name in names if name)


def _name_of_one(value: object) -> object:
    return value.get("name") or value.get("@id") if isinstance(value, dict) else value
