"""Span: a stretch of a text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal, Protocol, Self, TypeVar

import regex
from pydantic import BaseModel, ConfigDict, NonNegativeInt, model_validator

_Encoding = Literal["utf-16-le", "utf-8"]
_BYTES: dict[_Encoding, int] = {"utf-16-le": 2, "utf-8": 1}
_UNITS: dict[_Encoding, str] = {"utf-16-le": "UTF-16 code units", "utf-8": "UTF-8 bytes"}


_INVISIBLE = regex.compile(r"\p{Default_Ignorable_Code_Point}")
"""Characters that are not shown: soft hyphens, zero-width spaces, joiners."""


class HasSpan(Protocol):
    """Anything with a place in a text."""

    @property
    def start(self) -> int:
        """Its first character."""

    @property
    def end(self) -> int:
        """The character after its last one."""


_HasSpan = TypeVar("_HasSpan", bound=HasSpan)


class Span(BaseModel):
    """A stretch of a text, from ``start`` up to but without ``end``, in code points.

    Other programs count in other units: a browser in UTF-16 code units, much else in UTF-8 bytes.
    The methods that convert take the text that the offsets belong to, and raise ``ValueError`` for
    a text that ends before the span, or that cannot be encoded (lone surrogates).
    """

    model_config = ConfigDict(frozen=True)

    start: NonNegativeInt
    end: NonNegativeInt

    @model_validator(mode="after")
    def _holds_something(self) -> Self:
        if self.end <= self.start:
            raise ValueError(f"a span ends after its start, not {self.start}:{self.end}")
        return self

    @staticmethod
    def from_utf16(text: str, start: int, end: int) -> Span:
        """The span of ``text`` between two offsets in UTF-16 code units, as JavaScript counts.

        Raises ``ValueError`` when an offset is inside a character or outside of the text.
        """
        return _decoded(text, start, end, "utf-16-le")

    @staticmethod
    def from_utf8(text: str, start: int, end: int) -> Span:
        """The span of ``text`` between two offsets in bytes of its UTF-8.

        Raises ``ValueError`` when an offset is inside a character or outside of the text.
        """
        return _decoded(text, start, end, "utf-8")

    def slice(self, text: str) -> str:
        """The stretch itself, cut out of ``text``."""
        return text[self.start : self.end]

    def utf16(self, text: str) -> tuple[int, int]:
        """Start and end in UTF-16 code units: ``text.slice(start, end)`` in JavaScript."""
        return self._encoded(text, "utf-16-le")

    def utf8(self, text: str) -> tuple[int, int]:
        """Start and end in bytes of ``text`` in UTF-8."""
        return self._encoded(text, "utf-8")

    def _encoded(self, text: str, encoding: _Encoding) -> tuple[int, int]:
        if self.end > len(text):
            raise ValueError(
                f"{self.start}:{self.end} is not a span of a text of {len(text)} characters; "
                "pass the text that the span was made for"
            )
        before = len(text[: self.start].encode(encoding))
        inside = len(self.slice(text).encode(encoding))
        return before // _BYTES[encoding], (before + inside) // _BYTES[encoding]


def _decoded(text: str, start: int, end: int, encoding: _Encoding) -> Span:
    data, size = text.encode(encoding), _BYTES[encoding]
    if not 0 <= start < end <= len(data) // size:
        raise ValueError(
            f"{start}:{end} is not a span of a text of {len(data) // size} {_UNITS[encoding]}"
        )
    left, right = (_characters_before(data, offset, encoding) for offset in (start, end))
    return Span(start=left, end=right)


def _characters_before(data: bytes, offset: int, encoding: _Encoding) -> int:
    try:
        return len(data[: offset * _BYTES[encoding]].decode(encoding))
    except UnicodeDecodeError:
        raise ValueError(
            f"offset {offset} is inside a character; it does not count {_UNITS[encoding]}, or not "
            "of this text"
        ) from None


def outermost(items: Iterable[_HasSpan]) -> list[_HasSpan]:
    """Return ``items`` in reading order, without those that lie inside another one.

    >>> a, b, c = Span(start=0, end=5), Span(start=2, end=5), Span(start=4, end=9)
    >>> outermost([c, b, a]) == [a, c]
    True
    """
    kept: list[_HasSpan] = []
    for item in _in_reading_order(items):
        if not kept or item.end > kept[-1].end:
            kept.append(item)
    return kept


def without_overlaps(items: Iterable[_HasSpan]) -> list[_HasSpan]:
    """Return ``items`` in reading order; of two that overlap, the first, or the longer one.

    >>> a, b, c = Span(start=0, end=5), Span(start=0, end=3), Span(start=4, end=9)
    >>> without_overlaps([b, c, a]) == [a]
    True
    """
    kept: list[_HasSpan] = []
    for item in _in_reading_order(items):
        if not kept or item.start >= kept[-1].end:
            kept.append(item)
    return kept


def _in_reading_order(items: Iterable[_HasSpan]) -> list[_HasSpan]:
    return sorted(items, key=lambda item: (item.start, -item.end))


class VisibleText:
    r"""A text without the characters that are not shown, and the way back to its own offsets.

    Soft hyphens and zero-width spaces divide words for the layout only: ``ein\xadund\xadzwanzig``
    is one word.

    >>> visible = VisibleText("ein\xadund\xadzwanzig")
    >>> visible.text
    'einundzwanzig'
    >>> visible.original(3, 6)
    (4, 7)
    """

    def __init__(self, text: str) -> None:
        self.text = text if text.isascii() else _INVISIBLE.sub("", text)
        self._offsets: Sequence[int] = range(len(text))
        if len(self.text) < len(text):
            self._offsets = [at for at, c in enumerate(text) if not _INVISIBLE.match(c)]

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Return the span of the original text for a span of ``text`` that is not empty."""
        return self._offsets[start], self._offsets[end - 1] + 1
