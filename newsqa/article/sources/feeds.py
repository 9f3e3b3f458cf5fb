"""FeedSource: the items of RSS and Atom feeds."""

from __future__ import annotations

import io
from typing import Any

from newsqa.article.fields import Origin
from newsqa.article.sources import ArticleFields
from newsqa.article.sources.markup import line_of_markup, text_of_body
from newsqa.article.sources.values import make_fields
from newsqa.errors import ArticleError
from newsqa.optional import load_extra


class FeedSource:
    """Reads the items of a feed: their full content, or their summary where there is no more."""

    def matches(self, data: bytes) -> bool:
        """Return False: the root element decides, which is sniffed."""
        return False

    def read(self, data: bytes, *, name: str) -> ArticleFields | list[ArticleFields]:
        """Return the fields of the item in ``data``, or of each where the feed has several.

        Raises:
            ArticleError: The feed has no item.
        """
        feedparser = load_extra("feedparser", wanted_for="Articles in feeds", extra="xml")
        if b"<!ENTITY" in data.replace(b"\0", b""):  # in UTF-16, too
            raise ArticleError(
                f"{name!r} declares XML entities, which are not read: remove its DOCTYPE."
            )
        # A stream, because a string could be taken for a URL to fetch.
        parsed = feedparser.parse(
            io.BytesIO(data), sanitize_html=False, resolve_relative_uris=False
        )
        entries = parsed.entries
        if not entries:
            raise ArticleError(f"{name!r} is a feed without items: name the page of an article.")
        origin = Origin(
            format=_FORMATS.get(parsed.version[:3], "RSS"),
            reader=f"feedparser {feedparser.__version__}",
        )
        items = [_fields_of_entry(entry, parsed.feed, origin) for entry in entries]
        return items[0] if len(items) == 1 else items


_FORMATS = {"ato": "Atom", "rss": "RSS"}


def _fields_of_entry(entry: Any, feed: Any, origin: Origin) -> ArticleFields:  # noqa: ANN401  # feedparser's
    source = entry.get("source") or {}
    # Not entry.get, which takes one of these for the other.
    published, updated = dict.get(entry, "published"), dict.get(entry, "updated")
    return make_fields(
        _text_of(entry),
        origin=origin,
        title=line_of_markup(entry.get("title", "")),
        published_at=published or updated or entry.get("created"),
        modified_at=updated if published else None,
        source=source.get("title") or feed.get("title"),
        url=entry.get("link"),
        author=[author.get("name") for author in entry.get("authors", [])] or entry.get("author"),
        language=_language(entry) or feed.get("language"),
    )


def _text_of(entry: Any) -> str:  # noqa: ANN401  # feedparser's
    bodies = [content.get("value", "") for content in entry.get("content", [])]
    candidates = (*sorted(bodies, key=len, reverse=True), entry.get("summary", ""))
    return text_of_body(next(filter(None, candidates), "")).strip()


def _language(entry: Any) -> str | None:  # noqa: ANN401  # feedparser's
    contents = entry.get("content", [])
    return next(filter(None, (content.get("language") for content in contents)), None)
