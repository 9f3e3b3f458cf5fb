"""Quotations: the text between quotation marks, in any language, nested ones included."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

import regex

from newsqa.text import Offsets

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
_CLOSING = regex.compile(r"(?<=\S)['’](?![\p{L}\p{N}])")
_ELISIONS = regex.compile(
    r"['‘’](?:\d0s|em\b|til\b|n\b|tis\b|twas\b|cause\b|s\b)", regex.IGNORECASE
)


MAX_DEPTH = 4
"""How deep a quotation may be nested in others."""

MAX_ENDS = 4
"""Marks after the first that may close a quotation and are looked at."""


def find_quotations(text: str) -> list[tuple[Offsets, ...]]:
    """Return the quotations in ``text``, each as its possible spans, without the marks.

    There is more than one span if a single mark may close the quotation or be an apostrophe. A
    quotation that is never closed runs to the end.

    >>> def show(text):
    ...     return [[text[start:end] for start, end in spans] for spans in find_quotations(text)]
    >>> show("He called it “a «small» port”.")
    [['a «small» port'], ['small']]
    >>> show("She said 'the workers' rights'.")
    [['the workers', "the workers' rights"]]
    """
    quotations: list[tuple[Offsets, ...]] = [(span,) for span in (*_paired(text), *_straight(text))]
    quotations += _single(text)
    return sorted((spans for spans in quotations if _has_text(text, spans)), key=lambda s: s[0])


def _has_text(text: str, spans: tuple[Offsets, ...]) -> bool:
    return any(map(str.isalnum, text[slice(*spans[-1])]))


def _paired(text: str) -> Iterator[Offsets]:
    open_marks: list[tuple[str, int]] = []
    for at, character in enumerate(text):
        if open_marks and character in _PAIRS[open_marks[-1][0]]:
            yield open_marks.pop()[1] + 1, at
        elif character in _PAIRS and not _opens_nothing(text, at) and len(open_marks) < MAX_DEPTH:
            open_marks.append((character, at))
    for _, at in open_marks:
        yield at + 1, len(text)


def _opens_nothing(text: str, at: int) -> bool:
    """Return whether the mark at ``at`` cannot open: a stray one after a letter, or inches."""
    return text[at] in "”»" and (at == len(text) - 1 or not text[at + 1].isalnum())


def _straight(text: str) -> Iterator[Offsets]:
    """Yield what is between straight double marks, which open and close in turn."""
    marks = [at for at, character in enumerate(text) if character == '"']
    for first, last in zip(marks[::2], [*marks[1::2], len(text)], strict=False):
        yield first + 1, last


def _single(text: str) -> Iterator[tuple[Offsets, ...]]:
    """Yield what is between single marks: the shortest reading first, then longer ones."""
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
    """Return later marks that may close: the first may be an apostrophe, as in "the workers' rights"."""
    later = _CLOSING.finditer(text, match.end())
    return [mark.start() for mark in islice(later, MAX_ENDS)]


def _is_quoted(text: str, match: regex.Match[str]) -> bool:
    """Return whether a straight mark opens a quotation: after white space, a bracket or a mark."""
    before = text[match.start() - 1 : match.start()]
    return not before or before.isspace() or before in '([{"“«—–-:,'
