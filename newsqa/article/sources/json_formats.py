"""JSON formats: the fields of articles as extractors, agencies and publishers name them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import regex

from newsqa.article.fields import Origin
from newsqa.article.sources import ArticleFields
from newsqa.article.sources.markup import text_of_body, text_of_markup
from newsqa.article.sources.values import make_fields

Value = Mapping[str, Any]

_MARKUP_KEY = regex.compile(r"(?i)html|xml|rendered")
"""Keys whose values are markup, even where they have no tag that shows it."""


@dataclass(frozen=True, slots=True)
class JSONFormat:
    """How one format names the fields of an article.

    Attributes:
        name: The name of the format.
        marks: Keys that an object in this format has, all of them.
        text: Where the text is: keys, dotted for nested ones, and the first that has text counts.
        fields: Where each other field is, in the same way.
    """

    name: str
    marks: tuple[str, ...]
    text: tuple[str | Callable[[Value], str], ...]
    fields: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def read(self, value: Value) -> ArticleFields | None:
        """Return the fields of an article in this format, or None where ``value`` is not one."""
        if any(_at(value, mark) is None for mark in self.marks):
            return None
        text = next(filter(None, (_text_at(value, place) for place in self.text)), "")
        known = {name: _first(value, places) for name, places in self.fields.items()}
        return make_fields(text, origin=Origin(format=self.name), **known) if text else None


def _at(value: object, place: str) -> object:
    for key in place.split("."):
        value = value.get(key) if isinstance(value, Mapping) else None
    return value


def _first(value: Value, places: tuple[str, ...]) -> object:
    return next((found for found in (_at(value, place) for place in places) if found), None)


def _text_at(value: Value, place: str | Callable[[Value], str]) -> str:
    body = _at(value, place) if isinstance(place, str) else place(value)
    if isinstance(place, str) and _MARKUP_KEY.search(place) and isinstance(body, str):
        return text_of_markup(body)
    if isinstance(body, list) and all(isinstance(part, str) for part in body):
        body = "\n\n".join(body)
    return text_of_body(body) if isinstance(body, str) and body.strip() else ""


def _role(value: Value, key: str) -> list[Value]:
    items = value.get(key)
    return [item for item in items if isinstance(item, dict)] if isinstance(items, list) else []


def _ninjs_body(value: Value) -> str:
    """Return the body of ninjs 2 or 3: one in plain text, or else the first."""
    bodies = _role(value, "bodies")
    plain = [body for body in bodies if "plain" in _content_type(body)]
    texts = (_ninjs_text(body) for body in (*plain, *bodies))
    return next((text for text in texts if text.strip()), "")


def _ninjs_text(body: Value) -> str:
    text = body.get("value")
    is_markup = any(word in _content_type(body) for word in ("html", "xml"))
    return (text_of_markup(text) if is_markup else text) if isinstance(text, str) else ""


def _content_type(body: Value) -> str:
    return str(body.get("contentType") or body.get("contenttype") or body.get("role") or "")


def _ninjs_description(value: Value) -> str:
    """Return the description of a text, where the agency sends nothing longer."""
    if value.get("type") not in ("text", "composite", None):
        return ""
    text = value.get("description_text")
    descriptions = [item for item in _role(value, "descriptions") if item.get("role") == "text"]
    return str(text or next((item.get("value") for item in descriptions), None) or "")


def _fundus_body(value: Value) -> str:
    """Return the summary, the headlines and the paragraphs of fundus's ``body``."""
    body = value.get("body")
    return "\n\n".join(_strings_in(body)) if isinstance(body, dict) else ""


def _strings_in(value: object) -> Iterator[str]:
    if isinstance(value, str) and value.strip():
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from _strings_in(item)
    elif isinstance(value, dict):
        for key in ("summary", "sections", "headline", "paragraphs"):
            yield from _strings_in(value.get(key))


def _guardian_blocks(value: Value) -> str:
    """Return the text of the Guardian's ``blocks.body``, as live blogs have it."""
    blocks = _at(value, "blocks.body")
    if not isinstance(blocks, list):
        return ""
    parts = (_first(block, ("bodyHtml", "bodyTextSummary")) for block in blocks)
    return "\n\n".join(text_of_body(part) for part in parts if isinstance(part, str))


def _main_headline(value: Value) -> Value:
    """Return ``value`` with the headline of ninjs 2 or 3 in one place."""
    headlines = _role(value, "headlines")
    main = [headline for headline in headlines if headline.get("role") in ("main", None)]
    best = (main or headlines or [{}])[0]
    return {**value, "headline": value.get("headline") or best.get("value")}


_NINJS = {
    "title": ("headline", "title"),
    "published_at": ("firstCreated", "firstcreated", "versionCreated", "versioncreated"),
    "modified_at": ("contentModified", "versionCreated", "versioncreated"),
    "author": ("by", "byline"),
    "dateline": ("dateline", "located"),
    "source": ("copyrightHolder", "copyrightholder", "infoSources", "infosources"),
    "url": ("url", "altIds.url"),
    "language": ("language",),
}

FORMATS = (
    JSONFormat("ninjs 2 or 3", ("uri", "headlines"), (_ninjs_body, _ninjs_description), _NINJS),
    JSONFormat(
        "ninjs 1",
        ("uri",),
        ("body_text", "body_xhtml", "body_html", _ninjs_body, _ninjs_description),
        _NINJS,
    ),
    JSONFormat(
        "Guardian",
        ("webTitle",),
        ("fields.bodyText", "fields.body", _guardian_blocks),
        {
            "title": ("fields.headline", "webTitle"),
            "published_at": ("fields.firstPublicationDate", "webPublicationDate"),
            "modified_at": ("fields.lastModified",),
            "author": ("fields.byline",),
            "source": ("fields.publication",),
            "url": ("webUrl",),
            "language": ("fields.lang",),
        },
    ),
    JSONFormat(
        "FT",
        ("bodyXML",),
        ("bodyXML",),
        {
            "title": ("title",),
            "published_at": ("firstPublishedDate", "firstpublishedDate", "publishedDate"),
            "modified_at": ("publishedDate",),
            "author": ("byline",),
            "source": ("publication", "brand"),
            "url": ("webUrl", "requestUrl", "id"),
        },
    ),
    JSONFormat(
        "news-please",
        ("maintext",),
        ("maintext",),
        {
            "title": ("title", "title_page", "title_rss"),
            "published_at": ("date_publish",),
            "modified_at": ("date_modify",),
            "author": ("authors",),
            "source": ("source_domain",),
            "url": ("url",),
            "language": ("language",),
        },
    ),
    JSONFormat(
        "fundus",
        ("publishing_date",),
        ("plaintext", _fundus_body),
        {
            "title": ("title",),
            "published_at": ("publishing_date",),
            "author": ("authors",),
            "source": ("publisher",),
            "url": ("html.responded_url", "html.requested_url", "url"),
            "language": ("lang",),
        },
    ),
    JSONFormat(
        "trafilatura",
        ("fingerprint", "hostname"),
        ("text",),
        {
            "title": ("title",),
            "published_at": ("date",),
            "author": ("author",),
            "source": ("source-hostname", "sitename", "hostname"),
            "url": ("source", "url"),
            "language": ("language",),
        },
    ),
    JSONFormat(
        "newspaper4k",
        ("publish_date",),
        ("text",),
        {
            "title": ("title",),
            "published_at": ("publish_date",),
            "author": ("authors",),
            "source": ("meta_site_name", "source_url"),
            "url": ("url", "canonical_link"),
            "language": ("language", "meta_lang"),
        },
    ),
    JSONFormat(
        "WordPress",
        ("content.rendered", "title.rendered"),
        ("content.rendered",),
        {
            "title": ("title.rendered",),
            "published_at": ("date", "date_gmt"),
            "modified_at": ("modified", "modified_gmt"),
            "url": ("link",),
        },
    ),
    JSONFormat(
        "JSON",
        (),
        (
            *("text", "body_text", "maintext", "plaintext", "bodyText", "body", "content"),
            *("content_text", "content_html", "article_text", "full_text", "fulltext", "story"),
            _fundus_body,
        ),
        {
            "title": ("title", "headline", "name"),
            "published_at": (
                *("published_at", "published", "date_published", "publishedAt", "datePublished"),
                *("publish_date", "pubDate", "pub_date", "publication_date", "date", "created_at"),
            ),
            "modified_at": (
                "modified_at",
                "date_modified",
                "updated_at",
                "updated",
                "dateModified",
            ),
            "author": ("author", "authors", "byline", "creator"),
            "dateline": ("dateline",),
            "source": ("source", "publisher", "site_name", "sitename", "hostname", "publication"),
            "url": ("url", "link", "canonical_url", "web_url"),
            "language": ("language", "lang"),
            "corrections": ("corrections", "correction"),
        },
    ),
)
"""The formats, the most particular first; the last takes any object that has a text."""


def fields_of_object(value: Value) -> ArticleFields | None:
    """Return the fields of the article that a JSON object is, or None where it is not one.

    >>> fields_of_object({"maintext": "The ferry stops.", "authors": ["Lena Hollis"]})["author"]
    'Lena Hollis'
    """
    present = _main_headline(value)
    read = (json_format.read(present) for json_format in FORMATS)
    return next(filter(None, read), None)
