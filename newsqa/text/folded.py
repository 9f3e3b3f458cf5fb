"""Folded text: a rewritten text with a map back to the offsets of its source."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import regex

if TYPE_CHECKING:
    from collections.abc import Callable


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
