"""FeedSource and NewsMLSource: news in XML, which is RSS, Atom, NewsML-G2 and NITF."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from newsqa.article.fields import Origin
from newsqa.article.sources import ArticleFields
from newsqa.article.sources.markup import (
    Element,
    find_attribute,
    find_text,
    line_of_markup,
    local_name,
    parse_xml,
    reader_name,
    serialize,
    text_of_body,
    text_of_markup,
)
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


_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


class NewsMLSource:
    """Reads the news items of a NewsML-G2 message, and NITF documents."""

    def matches(self, data: bytes) -> bool:
        """Return False: the root element decides, which is sniffed."""
        return False

    def read(self, data: bytes, *, name: str) -> ArticleFields | list[ArticleFields]:
        """Return the fields of the news item in ``data``, or of each where it holds several.

        Raises:
            ArticleError: The data is not XML, or holds no news item with a text.
        """
        root = parse_xml(data, name)
        articles = [fields for fields in _articles_in(root) if fields["text"]]
        if not articles:
            raise ArticleError(
                f"{name!r} is {local_name(root)} in XML without a text: name a news item with "
                "inlineXML or inlineData, or a NITF document."
            )
        return articles[0] if len(articles) == 1 else articles


def _articles_in(root: Element) -> Iterator[ArticleFields]:
    items = list(root.iter("{*}newsItem"))
    if items:
        yield from map(_fields_of_item, items)
    else:
        yield from map(_fields_of_nitf, root.iter("{*}nitf"))


def _fields_of_item(item: Element) -> ArticleFields:
    """Return the fields of a ``newsItem`` of NewsML-G2."""
    meta = "{*}itemMeta/{*}"
    content = "{*}contentMeta/{*}"
    inner = next(item.iterfind("{*}contentSet/{*}inlineXML//{*}nitf"), None)
    nitf = _fields_of_nitf(inner) if inner is not None else {}
    first = find_text(item, meta + "firstCreated", content + "contentCreated")
    version = find_text(item, meta + "versionCreated")
    return make_fields(
        str(nitf.get("text") or _text_of_item(item)),
        origin=Origin(format="NewsML-G2", reader=reader_name()),
        title=find_text(item, content + "headline") or nitf.get("title") or _inner_title(item),
        published_at=first or version,
        modified_at=find_text(item, content + "contentModified") or (version if first else None),
        dateline=find_text(item, content + "dateline") or nitf.get("dateline"),
        source=_provider(item) or nitf.get("source"),
        author=find_text(item, content + "by", content + "creator/{*}name") or nitf.get("author"),
        language=item.get(_LANGUAGE) or find_attribute(item, (content + "language", "tag")),
        corrections=_corrections(item) or nitf.get("corrections"),
    )


def _text_of_item(item: Element) -> str:
    markup = next(item.iterfind("{*}contentSet/{*}inlineXML"), None)
    if markup is not None:
        return text_of_markup(serialize(markup))
    data = next(item.iterfind("{*}contentSet/{*}inlineData"), None)
    text = "".join(data.itertext()).strip() if data is not None else ""
    is_markup = data is not None and "html" in (data.get("contenttype") or "")
    return text_of_markup(text) if is_markup else text


def _inner_title(item: Element) -> str:
    return find_text(item, "{*}contentSet/{*}inlineXML//{*}title")


def _provider(item: Element) -> str:
    provider = "{*}itemMeta/{*}provider"
    source = "{*}contentMeta/{*}infoSource"
    named = find_text(
        item, provider + "/{*}name", source + "/{*}name", "{*}contentMeta/{*}creditline"
    )
    code = find_attribute(item, (provider, "literal"), (provider, "qcode"))
    return named or code.rpartition(":")[2]


def _corrections(item: Element) -> list[str]:
    """Return the editor's notes of an item that is marked as a correction."""
    signals = [node.get("qcode", "") for node in item.iterfind("{*}itemMeta/{*}signal")]
    if not any("correct" in signal for signal in signals):
        return []
    return [
        " ".join("".join(note.itertext()).split())
        for note in item.iterfind("{*}itemMeta/{*}edNote")
    ]


def _fields_of_nitf(nitf: Element) -> ArticleFields:
    head = "{*}body/{*}body.head/{*}"
    data = "{*}head/{*}docdata/{*}"
    body = next(nitf.iterfind("{*}body/{*}body.content"), None)
    return make_fields(
        text_of_markup(serialize(body)) if body is not None else "",
        origin=Origin(format="NITF", reader=reader_name()),
        title=find_text(nitf, head + "hedline/{*}hl1", "{*}head/{*}title"),
        published_at=find_attribute(
            nitf,
            (data + "date.issue", "norm"),
            (data + "date.release", "norm"),
            (head + "dateline/{*}story.date", "norm"),
            ("{*}head/{*}pubdata", "date.publication"),
        ),
        dateline=find_text(nitf, head + "dateline/{*}location", head + "dateline"),
        source=find_text(nitf, head + "distributor/{*}org", head + "distributor")
        or find_attribute(nitf, ("{*}head/{*}pubdata", "name"), (data + "doc.copyright", "holder")),
        author=_byline(nitf, head),
        language=nitf.get(_LANGUAGE),
        corrections=[note.get("info") for note in nitf.iterfind(data + "correction")],
    )


def _byline(nitf: Element, head: str) -> str:
    """Return the people of the byline, or all of it, without the title after a name."""
    people = [
        " ".join("".join(node.itertext()).split())
        for node in nitf.iterfind(head + "byline/{*}person")
    ]
    return ", ".join(people) or find_text(nitf, head + "byline")
