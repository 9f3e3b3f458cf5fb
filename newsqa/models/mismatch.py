"""Mismatch: the recorded request that is nearest to a new one, and how the two differ.

Both kinds of recording report a mismatch with this: ``newsqa.models.recorded`` and the cassettes of
``newsqa.testing``.
"""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher, unified_diff
from itertools import zip_longest
from typing import NamedTuple

_MAX_LINE_CHARS = 160
_MAX_DIFF_LINES = 80


class RequestText(NamedTuple):
    """A request as people read it: all of it in lines, and its last line as a title."""

    title: str
    lines: Sequence[str]


def nearest(request: RequestText, recorded: Sequence[RequestText]) -> int:
    """Return the index of the recorded request that is most like ``request``.

    That is the one with most lines in common. Questions about the same article all have as many; of
    these, it is the one with the most similar title.
    """

    def likeness(index: int) -> tuple[float, float]:
        other = recorded[index]
        return _ratio(other.lines, request.lines), _ratio(other.title, request.title)

    return max(range(len(recorded)), key=likeness)


def first_difference(recorded: RequestText, request: RequestText) -> str:
    """Return the first line in which two requests differ, as a phrase.

    >>> was, now = (RequestText("", ["user:", line]) for line in ("Who paid?", "Who left?"))
    >>> first_difference(was, now)
    "recorded 'Who paid?', sent now 'Who left?'"
    """
    for was, now in zip_longest(recorded.lines, request.lines):
        if was != now:
            return f"recorded {_shown(was)}, sent now {_shown(now)}"
    return "they do not differ"


def diff(recorded: RequestText, request: RequestText) -> str:
    """Return a unified diff of two requests, of at most 80 lines."""
    lines = list(
        unified_diff(recorded.lines, request.lines, "recorded", "sent now", n=2, lineterm="")
    )
    if len(lines) > _MAX_DIFF_LINES:
        left_out = len(lines) - _MAX_DIFF_LINES
        lines = [*lines[:_MAX_DIFF_LINES], f"… {left_out} more lines"]
    return "\n".join(lines)


def _ratio(one: Sequence[str], other: Sequence[str]) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def _shown(line: str | None) -> str:
    return "nothing" if line is None else repr(line[:_MAX_LINE_CHARS])
