"""Article sources: the seam for the formats that an article can be read from.

A source is chosen by the ending of a file's name, or by the content where the ending says nothing.
Packages add sources under the entry-point group ``newsqa.sources``; the name of the entry point is
the ending, without its dot. ``docs/guides/article-sources.md`` shows one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pkgutil import resolve_name
from typing import Any, Protocol, TypeAlias

from newsqa.plugins import find_plugins, load_plugin

ArticleFields: TypeAlias = Mapping[str, Any]
"""The arguments of an ``Article``: ``text``, and whatever else the format holds."""

BUILT_IN = {
    "txt": "newsqa.article.sources.text:TextSource",
    "json": "newsqa.article.sources.jsonld:JSONSource",
    "jsonld": "newsqa.article.sources.jsonld:JSONSource",
}
"""The built-in source for each file ending; imported when first used."""


class ArticleSource(Protocol):
    """Reads articles in one format."""

    def matches(self, data: bytes) -> bool:
        """Return whether ``data`` is in this format, where no file ending says so."""

    def read(self, data: bytes, *, name: str) -> ArticleFields:
        """Return the fields of the article in ``data``.

        Args:
            data: The content of the file.
            name: What an error message calls the file.

        Raises:
            ArticleError: The data is not in this format, or holds no article.
        """


def find_source(data: bytes, suffix: str = "") -> ArticleSource:
    """Return the source for a file ending, or else the one that the data matches.

    Data that matches no other source is plain text.

    >>> type(find_source(b"{}", ".json")).__name__
    'JSONSource'
    >>> type(find_source(b'{"text": "The bridge closed."}')).__name__
    'JSONSource'
    >>> type(find_source(b"The bridge closed.", ".rst")).__name__
    'TextSource'
    """
    ending = suffix.removeprefix(".").lower()
    if ending in find_plugins("newsqa.sources") or ending in BUILT_IN:
        return _source(ending)
    matching = (source for source in _all_sources() if source.matches(data))
    return next(matching, _source("txt"))


def _all_sources() -> Iterator[ArticleSource]:
    return map(_source, dict.fromkeys((*find_plugins("newsqa.sources"), *BUILT_IN)))


@cache
def _source(ending: str) -> ArticleSource:
    """Return the source for a file ending; an installed package goes before the built-in one."""
    if ending in find_plugins("newsqa.sources"):
        source: type[ArticleSource] = load_plugin("newsqa.sources", ending)
    else:
        source = resolve_name(BUILT_IN[ending])
    return source()
