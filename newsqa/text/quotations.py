"""Quotation marks: what stands between them in a text, in any language, nested ones included."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

import regex

_PAIRS = {
    "“": "”",
    "„": "“”",
    "«": "»",
    "»": "«",
    "「": "」",
    "『": "』",
    "〝": "〞〟",
    "‹": "›",
    "＂": "＂",
    "”": "”",
}
"""Each opening mark and what closes it. »...« is German, and ”...” Swedish."""

_SINGLE = regex.compile(
    r"(?<![\p{L}\p{N}])(?P<open>['‘‚])(?=\S)(?P<text>[^\n]{1,1000}?)(?P<close>['’‘])(?![\p{L}\p{N}])"
)
_ELISIONS = regex.compile(
    r"['‘’](?:\d0s|em\b|til\b|n\b|tis\b|twas\b|cause\b|s\b)", regex.IGNORECASE
)

Place = tuple[int, int]

MAX_DEPTH = 4
"""How deep a quotation may lie in others."""

MAX_ENDS = 4
"""How many marks are looked at that may close a quotation, after the first."""


def find_quoted(text: str) -> list[tuple[Place, ...]]:
    """Each quotation in ``text``: the places it may take up, without its marks.

    A place is half-open, in code points. More than one place is where a single mark may close the
    quotation or be an apostrophe. A quotation that is never closed runs to the end.
    """
    found: list[tuple[Place, ...]] = [(place,) for place in (*_paired(text), *_straight(text))]
    found += _single(text)
    return sorted((places for places in found if _says_something(text, places)), key=lambda p: p[0])


def _says_something(text: str, places: tuple[Place, ...]) -> bool:
    return any(map(str.isalnum, text[slice(*places[-1])]))


def _paired(text: str) -> Iterator[Place]:
    open_marks: list[tuple[str, int]] = []
    for at, character in enumerate(text):
        if open_marks and character in _PAIRS[open_marks[-1][0]]:
            yield open_marks.pop()[1] + 1, at
        elif character in _PAIRS and not _opens_nothing(text, at) and len(open_marks) < MAX_DEPTH:
            open_marks.append((character, at))
    for _, at in open_marks:
        yield at + 1, len(text)


def _opens_nothing(text: str, at: int) -> bool:
    """Whether the mark at ``at`` cannot open: a stray one behind a letter, or inches."""
    return text[at] in "”»" and (at == len(text) - 1 or not text[at + 1].isalnum())


def _straight(text: str) -> Iterator[Place]:
    """Straight double marks, which open and close in turn."""
    marks = [at for at, character in enumerate(text) if character == '"']
    for first, last in zip(marks[::2], [*marks[1::2], len(text)], strict=False):
        yield first + 1, last


def _single(text: str) -> Iterator[tuple[Place, ...]]:
    """Single marks: the shortest reading that ends at a mark, and the longer ones."""
    at = 0
    while match := _SINGLE.search(text, at):
        at = match.end()
        if _ELISIONS.match(text, match.start()):
            at = match.start() + 1
            continue
        start = match.start("text")
        ends = [match.start("close"), *_later_ends(text, match)]
        if match["open"] in "‘‚" or _is_quoted(text, match):
            yield tuple((start, end) for end in ends)


def _later_ends(text: str, match: regex.Match[str]) -> list[int]:
    """Other marks that may close: the first may be the apostrophe of "the workers' rights"."""
    later = regex.compile(r"(?<=\S)['’](?![\p{L}\p{N}])").finditer(text, match.end())
    return [mark.start() for mark in islice(later, MAX_ENDS)]


def _is_quoted(text: str, match: regex.Match[str]) -> bool:
    """Whether a straight mark opens a quotation: it follows white space, a bracket or a mark."""
    before = text[match.start() - 1 : match.start()]
    return not before or before.isspace() or before in '([{"“«—–-:,'
