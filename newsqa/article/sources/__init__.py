"""Article sources: the seam for the formats that an article can be read from.

The content decides: markup, PDF and other formats that are recognized are read as what they are, or
refused, whatever the file is called. The ending of a name only tells JSON from text. Packages add
sources under the entry-point group ``newsqa.sources``; the name of the entry point is the ending,
without its dot, and their sources go before the built-in ones.
``docs/guides/article-sources.md`` shows one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from pkgutil import resolve_name
from typing import Any, Protocol, TypeAlias

from newsqa.article.sources.sniffing import sniff
from newsqa.plugins import find_plugins, load_plugin

ArticleFields: TypeAlias = Mapping[str, Any]
"""The arguments of an ``Article``: ``text``, and whatever else the format holds."""

BY_FORMAT = {
    "html": "newsqa.article.sources.html:HTMLSource",
    "feed": "newsqa.article.sources.feeds:FeedSource",
    "newsml": "newsqa.article.sources.newsml:NewsMLSource",
    "pdf": "newsqa.article.sources.pdf:PDFSource",
    "docx": "newsqa.article.sources.documents:DocxSource",
    "odt": "newsqa.article.sources.documents:OdtSource",
    "mail": "newsqa.article.sources.mail:MailSource",
}
"""The built-in source for each format that is sniffed; imported when first used."""

BY_ENDING = {
    "txt": "newsqa.article.sources.text:TextSource",
    "json": "newsqa.article.sources.json_source:JSONSource",
    "jsonld": "newsqa.article.sources.json_source:JSONSource",
    "jsonl": "newsqa.article.sources.json_source:JSONSource",
    "ndjson": "newsqa.article.sources.json_source:JSONSource",
}
"""The built-in source for each file ending of text and JSON, which sniffing does not tell apart."""


class ArticleSource(Protocol):
    """Reads articles in one format."""

    def matches(self, data: bytes) -> bool:
        """Return whether ``data`` is in this format, where no file ending says so."""

    def read(self, data: bytes, *, name: str) -> ArticleFields | Sequence[ArticleFields]:
        """Return the fields of the article in ``data``, or those of each where it holds several.

        Args:
            data: The content of the file.
            name: What an error message calls the file.

        Raises:
            ArticleError: The data is not in this format, or holds no article.
        """


def find_source(data: bytes, suffix: str = "") -> ArticleSource:
    """Return the source for data, by the ending of its name where the content is text or JSON.

    >>> type(find_source(b"{}", ".json")).__name__
    'JSONSource'
    >>> type(find_source(b'{"text": "The bridge closed."}')).__name__
    'JSONSource'
    >>> type(find_source(b"The bridge closed.", ".rst")).__name__
    'TextSource'
    >>> type(find_source(b"<!doctype html><p>The bridge closed.", ".txt")).__name__
    'HTMLSource'
    """
    ending = suffix.removeprefix(".").lower()
    if ending in find_plugins("newsqa.sources"):
        return _plugin(ending)
    plugins = (_plugin(name) for name in find_plugins("newsqa.sources"))
    matching = next((source for source in plugins if source.matches(data)), None)
    return matching or _built_in(data, ending)


def _built_in(data: bytes, ending: str) -> ArticleSource:
    kind = sniff(data)
    if kind != "text":
        return _unreadable(kind) if kind not in BY_FORMAT else _source(BY_FORMAT[kind])
    if ending in BY_ENDING:
        return _source(BY_ENDING[ending])
    json = _source(BY_ENDING["json"])
    return json if json.matches(data) else _source(BY_ENDING["txt"])


def _unreadable(kind: str) -> ArticleSource:
    from newsqa.article.sources.documents import UnreadableSource

    return UnreadableSource(kind)


@cache
def _plugin(ending: str) -> ArticleSource:
    source: type[ArticleSource] = load_plugin("newsqa.sources", ending)
    return source()


@cache
def _source(path: str) -> ArticleSource:
    source: type[ArticleSource] = resolve_name(path)
    return source()
