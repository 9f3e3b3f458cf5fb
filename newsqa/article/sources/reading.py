"""Reading: from data to the fields of the one article that is meant, of those that it holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from newsqa.article.fields import Origin
from newsqa.article.sources import ArticleFields, ArticleSource, find_source
from newsqa.errors import ArticleError

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
    return f"{count}; name one with item=, by its number or title: {listed}{more}."
