"""Spans of a text, and rewritten texts with the way back to the spans of their source."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, Protocol, Self, TypeVar

import regex
from pydantic import BaseModel, ConfigDict, NonNegativeInt, model_validator

if TYPE_CHECKING:
    from collections.abc import Callable


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


def _offsets() -> array[int]:
    return array("I")


@dataclass(frozen=True, slots=True)
class Edits:
    """The rewrites that moved an offset: ``[start, end)`` of the fold replaces that of the source."""

    starts: array[int] = field(default_factory=_offsets)
    ends: array[int] = field(default_factory=_offsets)
    source_starts: array[int] = field(default_factory=_offsets)
    source_ends: array[int] = field(default_factory=_offsets)

    def add(self, source_start: int, source_end: int, length: int) -> None:
        """Append a rewrite of ``length`` characters, to the right of all others."""
        moved = self.ends[-1] - self.source_ends[-1] if self.ends else 0
        self.starts.append(source_start + moved)
        self.ends.append(source_start + moved + length)
        self.source_starts.append(source_start)
        self.source_ends.append(source_end)

    def source_start(self, at: int) -> int | None:
        """Return the offset in the source of a start at ``at``; None if that is inside a rewrite."""
        last = bisect_right(self.starts, at) - 1
        if last < 0:
            return at
        if at >= self.ends[last]:
            return self.source_ends[last] + at - self.ends[last]
        return self.source_starts[last] if at == self.starts[last] else None

    def source_end(self, at: int) -> int | None:
        """Return the offset in the source of an end at ``at``; None if that is inside a rewrite."""
        first = bisect_left(self.ends, at)
        if first == len(self.ends):
            return self.source_ends[-1] + at - self.ends[-1] if self.ends else at
        if at <= self.starts[first]:
            return self.source_starts[first] + at - self.starts[first]
        return self.source_ends[first] if at == self.ends[first] else None


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text and its source, which is None for the original."""

    text: str
    source: Folded | None = None
    edits: Edits = field(default_factory=Edits)

    def original(self, start: int, end: int) -> tuple[int, int] | None:
        r"""Return the span of the original, or None if it would begin or end inside a rewrite.

        Characters that a fold dropped at either end are left outside.

        >>> from newsqa.text.normalization import Folds
        >>> folded = Folds("a  ﬁne\xa0day")["typography"]
        >>> folded.text
        'a fine day'
        >>> folded.original(2, 6), folded.original(2, 3)
        ((3, 6), None)
        """
        if self.source is None:
            return start, end
        left, right = self.edits.source_start(start), self.edits.source_end(end)
        if left is None or right is None:
            return None
        return self.source.original(left, right)

    def with_text(self, text: str) -> Folded:
        """Return the same with ``text``, which has another character for each, at the same offset."""
        return Folded(text, self.source, self.edits)


def rewrite(
    folded: Folded,
    pattern: re.Pattern[str] | regex.Pattern[str],
    spell: Callable[[re.Match[str]], str],
) -> Folded:
    """Return ``folded`` with every match of ``pattern`` replaced by what ``spell`` returns for it."""
    edits = Edits()

    def respell(match: re.Match[str]) -> str:
        old, new = match[0], spell(match)
        if new != old and not len(new) == len(old) == 1:
            edits.add(match.start(), match.end(), len(new))
        return new

    text = pattern.sub(respell, folded.text)
    return folded if text == folded.text else Folded(text, folded, edits)


def replace(folded: Folded, characters: str, new: str) -> Folded:
    """Return ``folded`` with ``new``, one character, for each of ``characters``: no offset moves."""
    text = folded.text
    for old in characters:
        text = text.replace(old, new)
    return folded.with_text(text)
