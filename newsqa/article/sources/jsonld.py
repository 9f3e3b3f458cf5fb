"""JSON-LD: articles in the vocabulary of schema.org, in a file or in a page."""

from __future__ import annotations

import html
import json
from collections.abc import Iterator, Mapping
from typing import Any

import regex

from newsqa.article.fields import Origin
from newsqa.article.sources import ArticleFields
from newsqa.article.sources.markup import text_of_body
from newsqa.article.sources.values import make_fields, names_of

Node = Mapping[str, Any]
"""An object of a JSON-LD document."""

_NESTED = ("@graph", "mainEntity", "mainEntityOfPage", "hasPart", "itemListElement", "item")
"""The properties in which an article may be, besides the document itself."""

_ARTICLE_TYPE = regex.compile(r"(?:Article|Posting|Report)$")
_WRAPPING = regex.compile(
    r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[)|(?:-->|(?://\s*)?\]\]>|;)\s*$"
)


def parse_json(text: str) -> object:
    """Return the value of JSON, also with raw control characters in its strings.

    Raises:
        ValueError: The text is not JSON.
        RecursionError: It is nested too deep.
    """
    value: object = json.loads(text, strict=False)
    return value


def parse_script(text: str) -> object:
    """Return the value of a page's JSON-LD script, or None where it is not JSON.

    Comment marks around it, a semicolon at its end and escaped quotation marks are seen through.
    """
    bare = _WRAPPING.sub("", _WRAPPING.sub("", text))
    for candidate in (bare, html.unescape(bare)):
        try:
            return parse_json(candidate)
        except (ValueError, RecursionError):
            continue
    return None


def objects_in(value: object) -> Iterator[Node]:
    """Yield the objects of a document that may be an article, in their order."""
    waiting = [value]  # no recursion: a document may be nested as deep as Python's own limit
    while waiting:
        node = waiting.pop()
        if isinstance(node, dict):
            yield node
            waiting += [node[key] for key in reversed(_NESTED) if key in node]
        elif isinstance(node, list):
            waiting += reversed(node)


def is_article(node: Node) -> bool:
    """Return whether the type of an object is an article's.

    >>> is_article({"@type": ["Thing", "https://schema.org/LiveBlogPosting"]})
    True
    """
    types = node.get("@type")
    return any(
        isinstance(kind, str) and _ARTICLE_TYPE.search(kind)
        for kind in (types if isinstance(types, list) else [types])
    )


def body_of(node: Node) -> str:
    """Return the text of an article, with the updates of a live blog, newest first as they are given."""
    parts = [_body(node.get("articleBody"))]
    updates = node.get("liveBlogUpdate") or []
    for update in updates if isinstance(updates, list) else [updates]:
        if isinstance(update, dict):
            parts += [names_of(update.get("headline")), _body(update.get("articleBody"))]
    return "\n\n".join(part for part in parts if part.strip())


def _body(value: object) -> str:
    if isinstance(value, list):
        return "\n\n".join(filter(None, map(_body, value)))
    return text_of_body(value) if isinstance(value, str) else ""


def fields_of_node(node: Node, document: object = None) -> ArticleFields:
    """Return the fields of an article in JSON-LD.

    Args:
        node: The article.
        document: What it is part of, where the names of people and publishers may be.
    """
    names = {other.get("@id"): other.get("name") for other in objects_in(document)}
    return make_fields(
        body_of(node),
        origin=Origin(format="JSON-LD"),
        title=node.get("headline") or node.get("name"),
        published_at=node.get("datePublished") or node.get("dateCreated"),
        modified_at=node.get("dateModified"),
        dateline=node.get("dateline"),
        source=_resolved(node.get("publisher") or node.get("sourceOrganization"), names),
        url=_url_of(node),
        author=_resolved(node.get("author") or node.get("creator"), names),
        language=node.get("inLanguage"),
        corrections=node.get("correction"),
    )


def _resolved(value: object, names: Mapping[Any, Any]) -> object:
    """Return a value with each reference to an object of the document replaced by its name."""
    if isinstance(value, list):
        return [_resolved(item, names) for item in value]
    if isinstance(value, dict) and not value.get("name") and isinstance(value.get("@id"), str):
        return names.get(value["@id"]) or value
    return value


def _url_of(node: Node) -> object:
    page = node.get("mainEntityOfPage")
    return node.get("url") or (
        page.get("@id") or page.get("url") if isinstance(page, dict) else page
    )
