"""Values as files have them, made into the fields of an Article."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from typing import Any

import regex

from newsqa.article.fields import Origin
from newsqa.article.lines import strip_by
from newsqa.article.sources import ArticleFields
from newsqa.article.sources.markup import line_of_markup

_ZONE_NAME = regex.compile(r"\[[\w/+-]+\]$")


def make_fields(text: str, *, origin: Origin, **values: object) -> ArticleFields:
    """Return the fields of an Article, without those that hold nothing.

    Args:
        text: The text, to the letter.
        origin: The format, and what read it.
        **values: The other fields, as the file has them: markup and white space in one-line fields
            go, names are joined, and a date that cannot be read is left out.
    """
    fields: dict[str, Any] = {"text": text}
    for field, value in values.items():
        clean = _CLEANERS.get(field, names_of)(value)
        if clean:
            fields[field] = clean
    return {**fields, "origin": origin}


def read_date(value: object) -> str | None:
    """Return a date or time in ISO 8601, or None where ``value`` is neither that nor RFC 5322.

    >>> read_date("Fri, 06 Mar 2026 09:30:00 GMT")
    '2026-03-06T09:30:00+00:00'
    >>> read_date("2026-03-06T09:30:00Z")
    '2026-03-06T09:30:00Z'
    >>> read_date("last Friday")
    """
    if isinstance(value, date):
        return value.isoformat()
    if not isinstance(value, str):
        return None
    text: str = _ZONE_NAME.sub("", value.strip())
    with suppress(ValueError):
        datetime.fromisoformat(text)
        return text
    with suppress(ValueError, IndexError, OverflowError):
        return parsedate_to_datetime(text).isoformat()
    return None


def names_of(value: object) -> str:
    """Return the name in a value, or the names in a list of them, joined.

    >>> names_of([{"@type": "Person", "name": "A. Roe"}, "B. Doe", None])
    'A. Roe, B. Doe'
    """
    if isinstance(value, list | tuple):
        return ", ".join(dict.fromkeys(filter(None, map(names_of, value))))
    if isinstance(value, Mapping):
        keys = ("name", "literal", "text", "value", "@id", "id")
        return next(filter(None, (names_of(value.get(key)) for key in keys)), "")
    return line_of_markup(value) if isinstance(value, str) else ""


def byline_of(value: object) -> str:
    """Return the names of a byline, without its "By".

    >>> byline_of("By Lena Hollis")
    'Lena Hollis'
    """
    return strip_by(names_of(value))


def corrections_of(value: object) -> tuple[str, ...]:
    """Return the corrections in a value: a text, an object with a text, or a list of them."""
    values: Iterable[object] = value if isinstance(value, list | tuple) else [value]
    return tuple(filter(None, map(_correction, values)))


def _correction(value: object) -> str:
    if isinstance(value, Mapping):
        return names_of(value.get("text") or value.get("description") or value.get("name"))
    return names_of(value)


_CLEANERS: dict[str, Any] = {
    "published_at": read_date,
    "modified_at": read_date,
    "author": byline_of,
    "corrections": corrections_of,
    "pages": tuple,
}
"""What cleans a field's value; ``names_of`` where nothing else is named."""
