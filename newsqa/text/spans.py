"""Span: a stretch of a text."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, NonNegativeInt, model_validator

_Encoding = Literal["utf-16-le", "utf-8"]
_BYTES: dict[_Encoding, int] = {"utf-16-le": 2, "utf-8": 1}
_UNITS: dict[_Encoding, str] = {"utf-16-le": "UTF-16 code units", "utf-8": "UTF-8 bytes"}


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
                f"{self.start}:{self.end} is no span of a text of {len(text)} characters; "
                "pass the text that the span was made for"
            )
        before = len(text[: self.start].encode(encoding))
        inside = len(self.slice(text).encode(encoding))
        return before // _BYTES[encoding], (before + inside) // _BYTES[encoding]


def _decoded(text: str, start: int, end: int, encoding: _Encoding) -> Span:
    data, size = text.encode(encoding), _BYTES[encoding]
    if not 0 <= start < end <= len(data) // size:
        raise ValueError(
            f"{start}:{end} is no span of a text of {len(data) // size} {_UNITS[encoding]}"
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
