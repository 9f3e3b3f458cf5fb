"""JSONSource: articles in JSON, in the formats of newsqa, schema.org, extractors and publishers."""

from __future__ import annotations

import codecs
from collections.abc import Iterator, Mapping
from typing import Any, TypeGuard

from newsqa.article.fields import Origin
from newsqa.article.sources import ArticleFields
from newsqa.article.sources.json_formats import fields_of_object
from newsqa.article.sources.jsonld import body_of, fields_of_node, objects_in, parse_json
from newsqa.article.sources.text import decode_text
from newsqa.errors import ArticleError

_OWN_FIELDS = frozenset(
    "text title published_at modified_at dateline source url author language corrections pages".split()
)
"""The fields of an Article, as ``Article.model_dump`` writes them."""

_ENVELOPES = (
    "response.content",
    "response.results",
    "articles",
    "items",
    "results",
    "data",
    "article",
)
"""Where the article or articles are, in an object that is not one itself."""


class JSONSource:
    """Reads an object with an article's fields, under the names of any format that is known."""

    def matches(self, data: bytes) -> bool:
        """Return whether ``data`` is one JSON object, or a list of them."""
        if data.removeprefix(codecs.BOM_UTF8).lstrip()[:1] not in (b"{", b"["):
            return False
        try:
            value = _parse(decode_text(data, ""), "")
        except ArticleError:
            return False
        return isinstance(value, dict) or (isinstance(value, list) and _are_objects(value))

    def read(self, data: bytes, *, name: str) -> ArticleFields | list[ArticleFields]:
        """Return the fields of the article in ``data``, or of each where it holds several.

        Raises:
            ArticleError: The data is not JSON, or holds no article.
        """
        value = _parse(decode_text(data, name), name)
        if _is_own(value):
            return {"origin": Origin(format="newsqa JSON"), **_without_nothing(value)}
        described = next(_schema_org_articles(value), None)
        articles = [described] if described else list(_articles_in(value))
        if not articles:
            raise ArticleError(
                f"{name!r} holds no article: wanted is a JSON object with a 'text', a schema.org "
                "NewsArticle with an 'articleBody', or the JSON of an extractor or publisher."
            )
        return articles[0] if len(articles) == 1 else articles


def _is_own(value: object) -> TypeGuard[dict[str, Any]]:
    """Return whether a value has the fields of an Article and no others."""
    return (
        isinstance(value, dict)
        and value.keys() <= _OWN_FIELDS
        and isinstance(value.get("text"), str)
    )


def _parse(text: str, name: str) -> object:
    try:
        return parse_json(text)
    except (ValueError, RecursionError) as error:
        lines = [line for line in text.splitlines() if line.strip()]
        if len(lines) > 1 and "Extra data" in str(error):
            return _parse_lines(lines, name)
        raise ArticleError(f"{name!r} is not JSON: {error}.") from None


def _parse_lines(lines: list[str], name: str) -> list[object]:
    """Return the values of JSON lines."""
    values: list[object] = []
    for number, line in enumerate(lines, 1):
        try:
            values.append(parse_json(line))
        except (ValueError, RecursionError) as error:
            raise ArticleError(f"{name!r} is not JSON lines: {error} (line {number}).") from None
    return values


def _are_objects(value: list[Any]) -> bool:
    return bool(value) and all(isinstance(item, dict) for item in value)


def _without_nothing(value: Mapping[str, Any]) -> Mapping[str, Any]:
    return {field: item for field, item in value.items() if item is not None}


def _schema_org_articles(value: object) -> Iterator[ArticleFields]:
    for node in objects_in(value):
        if body_of(node):
            yield fields_of_node(node, value)


def _articles_in(value: object) -> Iterator[ArticleFields]:
    """Yield the articles that a value is, lists or wraps."""
    if isinstance(value, list):
        for item in value:
            yield from _articles_in(item) if isinstance(item, dict) else ()
    elif isinstance(value, dict):
        fields = fields_of_object(value)
        if fields:
            yield fields
            return
        for place in _ENVELOPES:
            yield from _articles_in(_at(value, place))


def _at(value: object, place: str) -> object:
    for key in place.split("."):
        value = value.get(key) if isinstance(value, dict) else None
    return value
