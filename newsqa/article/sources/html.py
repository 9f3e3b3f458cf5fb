"""HTMLSource: saved pages, their metadata from JSON-LD and meta elements, their text by trafilatura."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from typing import Any

import regex

from newsqa.article.fields import Origin
from newsqa.article.sources import ArticleFields
from newsqa.article.sources.jsonld import (
    Node,
    body_of,
    fields_of_node,
    is_article,
    objects_in,
    parse_script,
)
from newsqa.article.sources.markup import text_of_markup
from newsqa.article.sources.sniffing import sniff
from newsqa.article.sources.text import decode_text
from newsqa.article.sources.values import make_fields, names_of, read_date
from newsqa.errors import ArticleError
from newsqa.optional import load_extra

Document = Any
"""A document that trafilatura extracted; the library has no types."""

Element = Any
"""An element of lxml, which has no types."""

_META = {
    "title": ("og:title", "twitter:title", "dc.title", "headline"),
    "published_at": (
        *("article:published_time", "og:published_time", "date", "dc.date", "dc.date.issued"),
        *("datepublished", "pubdate", "publishdate", "parsely-pub-date", "sailthru.date"),
    ),
    "modified_at": ("article:modified_time", "og:updated_time", "lastmod", "datemodified"),
    "source": ("og:site_name", "publisher", "dc.publisher", "application-name"),
    "url": ("og:url",),
    "author": (
        "author",
        "article:author",
        "byl",
        "dc.creator",
        "parsely-author",
        "sailthru.author",
    ),
    "language": ("og:locale", "content-language"),
}
"""The names of the meta elements that hold each field, in lower case."""

_CHARSET = regex.compile(rb"(?i)<meta[^>]+charset\s*=\s*[\"']?\s*([\w-]+)")
_PAGE = regex.compile(r"(?i)<(?:html|head|body)\b")
_URL_AUTHOR = regex.compile(r"https?://")
_CONSENT = (
    "//*[self::div or self::section or self::aside or self::dialog]"
    "[contains(translate(concat(@id, ' ', @class), 'COKIENST', 'cokienst'), 'cookie')"
    " or contains(translate(concat(@id, ' ', @class), 'COKIENST', 'cokienst'), 'consent')]"
    "[not(.//article) and not(.//main)]"
)
"""Banners that ask for consent, which are not part of an article."""

MIN_TEXT_SHARE = 0.5
"""The text of the page is taken if it has this share of the characters of the JSON-LD's body."""


class HTMLSource:
    """Reads the article of a page, or the text of a fragment of HTML."""

    def __init__(self, url: str | None = None) -> None:
        """Create a source for a page that was saved from ``url``."""
        self._url = url

    def matches(self, data: bytes) -> bool:
        """Return False: HTML is sniffed."""
        return False

    def read(self, data: bytes, *, name: str) -> ArticleFields:
        """Return the fields of the article on the page.

        Raises:
            ArticleError: The page holds no article, or its encoding cannot be read.
        """
        text = decode_html(data, name)
        fields = _read_page(text, self._url) if _PAGE.search(text) else _read_fragment(text)
        if not fields["text"]:
            raise ArticleError(
                f"{name!r} is HTML without the text of an article: save the page after it has loaded, "
                "or pass its text."
            )
        return {"url": self._url, **fields} if self._url else fields


def decode_html(data: bytes, name: str) -> str:
    """Decode HTML: by its byte order mark, as UTF-8, in the encoding that it names, or by a guess.

    >>> decode_html('<meta charset="windows-1252"><p>Café'.encode("cp1252"), "page.html")[-4:]
    'Café'

    Raises:
        ArticleError: The page names an encoding that does not exist.
    """
    if data.startswith((b"<\0", b"\0<")):
        mark = codecs.BOM_UTF16_LE if data[1] == 0 else codecs.BOM_UTF16_BE
        return decode_text(mark + data, name)
    try:
        return decode_text(data, name)
    except ArticleError:
        declared = _CHARSET.search(data[:4096])
    return _decode_as(data, declared[1].decode(), name) if declared else _decode_by_guess(data)


def _decode_as(data: bytes, charset: str, name: str) -> str:
    try:
        encoding = codecs.lookup(charset).name
    except LookupError:
        raise ArticleError(
            f"{name!r} is HTML in the unknown encoding {charset!r}. Convert it to UTF-8."
        ) from None
    # Browsers read what calls itself ISO 8859-1 or ASCII as Windows-1252.
    return data.decode("cp1252" if encoding in ("iso8859-1", "ascii") else encoding, "replace")


def _decode_by_guess(data: bytes) -> str:
    utils = load_extra("trafilatura.utils", wanted_for="Articles in HTML", extra="html")
    text: str = utils.decode_file(data)
    return text


def _read_fragment(markup: str) -> ArticleFields:
    return make_fields(text_of_markup(markup), origin=Origin(format="HTML fragment"))


def _read_page(text: str, url: str | None) -> ArticleFields:
    trafilatura = load_extra("trafilatura", wanted_for="Articles in HTML", extra="html")
    page = trafilatura.load_html(text)
    if page is None:
        return _read_fragment(text)
    described, unsure = _described_in(page), _guessed_from(page)
    # JSON-LD is read before the text, because extraction removes scripts from the tree.
    extracted = trafilatura.bare_extraction(
        page, url=url, include_comments=False, prune_xpath=_CONSENT, with_metadata=True
    )
    body = str(described.get("text") or "")
    found = (extracted.text or "") if extracted else ""
    origin = Origin(format="HTML", reader=f"trafilatura {trafilatura.__version__}")
    if len(found) < MIN_TEXT_SHARE * len(body):
        found, origin = body, Origin(format="HTML", reader="newsqa, from JSON-LD")
    if sniff(found.encode()) == "html":  # some pages escape their own markup
        found = text_of_markup(found)
    return {**unsure, **_guessed(extracted), **described, "text": found, "origin": origin}


def _guessed(extracted: Document) -> ArticleFields:
    """Return what trafilatura finds where the page declares nothing."""
    if not extracted:
        return {}
    return make_fields(
        "",
        origin=Origin(format="HTML"),
        title=extracted.title,
        published_at=extracted.date,
        source=extracted.sitename,
        url=extracted.url,
        author=(extracted.author or "").split("; "),
    )


def _guessed_from(page: Element) -> dict[str, Any]:
    """Return what may be the title and the date, where nothing better is found."""
    times = [element.get("datetime") for element in page.iter("time")]
    fields = {"title": names_of(page.findtext(".//title")), "published_at": _first_date(times[:1])}
    return {field: value for field, value in fields.items() if value}


def _described_in(page: Element) -> dict[str, Any]:
    """Return what the page declares: JSON-LD first, then meta elements, then ``<time>``."""
    metadata = _metadata_in(page)
    scripts = [
        parse_script(script.text or "")
        for script in page.iterfind(".//script")
        if _is_jsonld(script)
    ]
    nodes = [node for node in objects_in(scripts) if is_article(node)]
    node = _main_node(nodes, metadata)
    article = fields_of_node(node, scripts) if node else {}
    return {**metadata, **article}


def _is_jsonld(script: Element) -> bool:
    return "ld+json" in (script.get("type") or "").lower()


def _main_node(nodes: list[Node], metadata: ArticleFields) -> Node | None:
    """Return the article that the page is about: of several, that with the page's URL or title."""
    for field in ("url", "title"):
        for node in nodes:
            if metadata.get(field) and fields_of_node(node).get(field) == metadata[field]:
                return node
    return max(nodes, key=lambda node: (bool(body_of(node)), "datePublished" in node), default=None)


def _metadata_in(page: Element) -> dict[str, Any]:
    declared: dict[str, str] = {}
    for key, content in _meta_elements(page):
        declared.setdefault(key, content)
    fields = {
        field: [declared[key] for key in keys if key in declared][:1]
        for field, keys in _META.items()
    }
    if fields["author"] and _URL_AUTHOR.match(fields["author"][0]):
        fields["author"] = []  # the address of a profile
    return {
        field: value
        for field, value in make_fields(
            "",
            origin=Origin(format="HTML"),
            title=fields["title"],
            published_at=_first_date(fields["published_at"], _time_elements(page, "datePublished")),
            modified_at=_first_date(fields["modified_at"], _time_elements(page, "dateModified")),
            source=fields["source"],
            url=_canonical(page) or fields["url"],
            author=fields["author"],
            language=page.get("lang") or fields["language"],
        ).items()
        if field not in ("text", "origin")
    }


def _meta_elements(page: Element) -> Iterator[tuple[str, str]]:
    for element in page.iter("meta"):
        key = element.get("property") or element.get("name") or element.get("itemprop") or ""
        content = element.get("content") or ""
        if key and content.strip():
            yield key.lower(), content


def _time_elements(page: Element, role: str) -> list[str]:
    """Return the machine-readable times of a page that are marked with a role."""
    times = [element for element in page.iter("time") if element.get("datetime")]
    marked = [time for time in times if role in (time.get("itemprop") or "")]
    if not marked and role == "datePublished":
        marked = [time for time in times if "pubdate" in time.attrib]
    return [time.get("datetime") for time in marked]


def _first_date(*groups: list[Any]) -> str | None:
    return next(filter(None, (read_date(value) for group in groups for value in group)), None)


def _canonical(page: Element) -> str | None:
    links = (
        link.get("href") for link in page.iter("link") if "canonical" in (link.get("rel") or "")
    )
    return next((href for href in links if href and href.startswith("http")), None)
