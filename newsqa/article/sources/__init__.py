"""Article sources: the seam for the formats that an article can be read from.

The content decides: markup, PDF and other formats that are recognized are read as what they are, or
refused, whatever the file is called. The ending of a name only tells JSON from text. Packages add
sources under the entry-point group ``newsqa.sources``; the name of the entry point is the ending,
without its dot, and their sources go before the built-in ones.
``docs/guides/article-sources.md`` shows one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pkgutil import resolve_name
from typing import Any, Protocol, TypeAlias

from newsqa.article.fields import Origin
from newsqa.article.sources.sniffing import WAYS_OUT, sniff
from newsqa.errors import ArticleError
from newsqa.plugins import find_plugins, load_plugin

ArticleFields: TypeAlias = Mapping[str, Any]
"""The arguments of an ``Article``: ``text``, and whatever else the format holds."""

BY_FORMAT = {
    "html": "newsqa.article.sources.html:HTMLSource",
    "feed": "newsqa.article.sources.xml_formats:FeedSource",
    "newsml": "newsqa.article.sources.xml_formats:NewsMLSource",
    "pdf": "newsqa.article.sources.pdf:PDFSource",
    "docx": "newsqa.article.sources.documents:DocxSource",
    "odt": "newsqa.article.sources.documents:OdtSource",
    "mail": "newsqa.article.sources.documents:MailSource",
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
        return UnreadableSource(kind) if kind not in BY_FORMAT else _source(BY_FORMAT[kind])
    if ending in BY_ENDING:
        return _source(BY_ENDING[ending])
    json = _source(BY_ENDING["json"])
    return json if json.matches(data) else _source(BY_ENDING["txt"])


@dataclass(frozen=True, slots=True)
class UnreadableSource:
    """Refuses data in a format that is recognized and not read.

    Attributes:
        kind: The name of the format in ``WAYS_OUT``: ``"a PNG image"``.
    """

    kind: str

    def matches(self, data: bytes) -> bool:
        """Return False: this source is chosen by the sniffed format alone."""
        return False

    def read(self, data: bytes, *, name: str) -> ArticleFields:
        """Refuse the data.

        Raises:
            ArticleError: Always; it names the format and the way out.
        """
        raise ArticleError(f"{name!r} is {self.kind}, which is not read: {WAYS_OUT[self.kind]}.")


@cache
def _plugin(ending: str) -> ArticleSource:
    source: type[ArticleSource] = load_plugin("newsqa.sources", ending)
    return source()


@cache
def _source(path: str) -> ArticleSource:
    source: type[ArticleSource] = resolve_name(path)
    return source()


# From data to the fields of the one article that is meant ------------------------------------------

MAX_LISTED = 10
"""The most items that an error message lists."""


def read_fields(
    data: bytes,
    *,
    name: str,
    suffix: str = "",
    item: int | str | None = None,
    source: ArticleSource | None = None,
) -> dict[str, Any]:
    """Return the fields of the article in ``data``, with its origin.

    Args:
        data: The content of a file.
        name: What an error message and the origin call it.
        suffix: The file ending that the content would have.
        item: Which article, where the data holds several: its number or title.
        source: What reads the data; found by the content where it is not given.

    Raises:
        ArticleError: The data holds no article, or several and ``item`` does not say which.
    """
    if not data.strip():
        raise ArticleError(f"{name!r} is empty; name a file that holds an article.")
    source = source or find_source(data, suffix)
    content = source.read(data, name=name)
    articles = [content] if isinstance(content, Mapping) else list(content)
    number, fields = select_item(articles, item, name=name)
    origin = fields.get("origin") or Origin(format=type(source).__name__)
    if isinstance(origin, Origin):  # and not one that was stored with the article
        origin = origin.model_copy(
            update={"name": name, "item": number if len(articles) > 1 else None}
        )
    return {**fields, "origin": origin}


def select_item(
    articles: Sequence[ArticleFields], item: int | str | None, *, name: str
) -> tuple[int, ArticleFields]:
    """Return the number, counted from 1, and the fields of the article that is meant.

    Args:
        articles: The articles that a file holds.
        item: A number counted from 1; a title, or words that only one of the titles has; or None,
            where there is one article.
        name: What an error message calls the file.

    Raises:
        ArticleError: The file holds no such article, or several where none is named.
    """
    numbered = list(enumerate(articles, 1))
    chosen = numbered if item is None else _matching(numbered, item)
    if len(chosen) == 1:
        return chosen[0]
    raise ArticleError(_message(chosen or numbered, item, any_match=bool(chosen), name=name))


def _matching(
    numbered: list[tuple[int, ArticleFields]], item: int | str
) -> list[tuple[int, ArticleFields]]:
    if isinstance(item, int) or item.strip().isdecimal():
        return [pair for pair in numbered if pair[0] == int(item)]
    wanted = _plain(item)
    equal = [pair for pair in numbered if _plain(_title(pair[1])) == wanted]
    return equal or [pair for pair in numbered if wanted in _plain(_title(pair[1]))]


def _title(fields: ArticleFields) -> str:
    return str(fields.get("title") or "")


def _plain(title: str) -> str:
    return " ".join(title.casefold().split())


def _message(
    shown: list[tuple[int, ArticleFields]], item: int | str | None, *, any_match: bool, name: str
) -> str:
    if not shown:
        return f"{name!r} holds no articles."
    listed = ", ".join(f"{number} {_title(fields)!r}" for number, fields in shown[:MAX_LISTED])
    more = f" and {len(shown) - MAX_LISTED} more" if len(shown) > MAX_LISTED else ""
    if item is None:
        count = f"{name!r} holds {len(shown)} articles"
    elif any_match:
        count = f"{name!r} holds {len(shown)} articles with {item!r} in their titles"
    else:
        count = f"{name!r} holds no article {item!r} among its {len(shown)}"
    return f"{count}; name one by its number or title (item=, or --item on the command line): {listed}{more}."
