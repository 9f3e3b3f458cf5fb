"""Lines of a text: those that are a hand-wrapped paragraph, and bylines."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import dropwhile, pairwise
from typing import NamedTuple

import regex

from newsqa.languages import languages
from newsqa.languages.spelling import any_of
from newsqa.text import Offsets

# Paragraphs ----------------------------------------------------------------------------------------

MAX_WRAP_COLUMNS = 120
"""Wider lines were not wrapped by hand or by a wire service."""

MIN_COLUMNS, MIN_SURE_COLUMNS = 16, 40
"""Lines that are narrower than the second are a list or verse, unless most of them go on with a
lower-case letter; those narrower than the first always are."""

MIN_OPEN_SHARE = 0.5
"""The share of full lines that end inside a sentence in a wrapped text: in a list, none does."""

_LINE_ENDS = r"\r\n\v\f\x1c-\x1e\x85\u2028\u2029"
_LINE = regex.compile(rf"[^{_LINE_ENDS}]+")
_LINE_END = regex.compile(rf"\r\n|[{_LINE_ENDS}]")
LAST_LINE_END = regex.compile(rf"(?r)[{_LINE_ENDS}]")
_SPACE = regex.compile(r"\s")
_FIRST_WORD = regex.compile(r"https?://\S+|[\p{Han}\p{Hiragana}\p{Katakana}]{1,2}|\S{1,20}")
"""What is wrapped to the next line as a whole. A longer run is written without spaces."""

MAX_HEAD_LINES = 4
"""Lines before the text of a block: headline, byline, dateline."""

MARKER = regex.compile(r"\(?(?:\d{1,3}|\p{L}|[ivxIVX]{2,5})[.)]|[-*•▪‣·–]")
"""The mark before an item of a list, which is not a sentence: "1.", "(a)", a bullet."""

_MARKED = regex.compile(rf"(?:{MARKER.pattern})\s+(?=\S)")
_STOP = regex.compile(r"[.!?…:;。！？؟۔।][\"”’»」)\]]*$")
_CELLS = regex.compile(r"\S {2,}\S.* {2,}\S|\S {3,}\S")
_MIDDLE = regex.compile(r"[\p{Ll}\p{Lo}]")


def find_paragraphs(text: str) -> Iterator[Offsets]:
    """Yield the lines with text, the lines of a hand-wrapped paragraph joined."""
    blocks = list(_blocks(text))
    wrapped = [_wrapped(text, block, _width(text, block)) for block in blocks]
    page = max(
        (_width(text, block) for block, runs in zip(blocks, wrapped, strict=True) if runs),
        default=0,
    )
    for block, runs in zip(blocks, wrapped, strict=True):
        # Two lines alone prove nothing, but on a page that is wrapped they may be too.
        for run in runs or _wrapped(text, block, page, is_page=True) or _lines(text, block):
            yield run[0].start, run[-1].end


class _Line(NamedTuple):
    """A line with text: where it begins, and where its text starts and ends."""

    left: int
    start: int
    end: int


def _blocks(text: str) -> Iterator[list[_Line]]:
    """Yield runs of lines without a blank line, a deeper indentation or a list's item between them."""
    block: list[_Line] = []
    indent = 0
    for match in _LINE.finditer(text):
        span = trim(text, *match.span())
        if span is None:
            continue
        line = _Line(match.start(), *span)
        if block and _begins_block(text, block, line, indent):
            yield block
            block = []
        marker = None if block else _MARKED.match(text, *span)
        indent = (marker.end() if marker else line.start) - line.left
        block.append(line)
    if block:
        yield block


def _begins_block(text: str, block: list[_Line], line: _Line, indent: int) -> bool:
    """Return whether ``line`` begins a block after ``block``, whose last line is indented by ``indent``."""
    last = block[-1]
    if len(_LINE_END.findall(text, last.end, line.start)) > 1 or line.start - line.left > indent:
        return True
    is_after_item = bool(_MARKED.match(text, *block[0][1:])) or _ends_sentence(text, last)
    return is_after_item and bool(_MARKED.match(text, *line[1:]))


def _lines(text: str, block: list[_Line]) -> Iterator[list[_Line]]:
    """Yield each line, and with it the one before if that is only the mark of an item."""
    run: list[_Line] = []
    for line in block:
        run.append(line)
        if not MARKER.fullmatch(text, *line[1:]):
            yield run
            run = []
    if run:
        yield run


def _width(text: str, block: list[_Line]) -> int:
    """Return the columns of the longest line, but for those of one word, such as an address."""
    several = [line for line in block if _SPACE.search(text, *line[1:])] or block
    return max(line.end - line.left for line in several)


def _wrapped(
    text: str, block: list[_Line], width: int, *, is_page: bool = False
) -> list[list[_Line]]:
    """Return the paragraphs of a block that was wrapped to a width; none where it was not.

    A line is full if the first word of the next one would not have fitted. Each line that is not must
    end a sentence, after a headline and its like, and sentences must run over the ends of full lines.

    Args:
        text: The text.
        block: Some of its lines.
        width: The columns that were not to be passed.
        is_page: True if other blocks of the text show that it was wrapped.
    """
    if len(block) == 1 or not MIN_COLUMNS <= width <= MAX_WRAP_COLUMNS:
        return []
    if any(_CELLS.search(text, line.start, line.end) for line in block):
        return []  # a table
    runs = [[block[0]]]
    for before, line in pairwise(block):
        if _is_full(text, before, line, width):
            runs[-1].append(line)
        else:
            runs.append([line])
    story = list(dropwhile(lambda run: len(run) == 1, runs))
    pairs = [pair for run in story for pair in pairwise(run)]
    over = [pair for pair in pairs if not _ends_sentence(text, pair[0])]
    lower = [pair for pair in over if _goes_on(text, *pair)]
    is_wrapped = (
        len(pairs) >= (1 if is_page else 2 if width >= MIN_SURE_COLUMNS else 3)
        and all(_ends_sentence(text, run[-1]) for run in story[:-1])
        and len(over if width >= MIN_SURE_COLUMNS else lower) >= MIN_OPEN_SHARE * len(pairs)
        and (is_page or bool(lower) or (len(runs) == 1 and _ends_sentence(text, block[-1])))
        and len(runs) - len(story) <= MAX_HEAD_LINES
    )
    return runs if is_wrapped else []


def _is_full(text: str, line: _Line, after: _Line, width: int) -> bool:
    """Return whether a line is so full that the first word of the next would not have fitted."""
    return width - (line.end - line.left) <= len(_FIRST_WORD.match(text, after.start)[0])


def _ends_sentence(text: str, line: _Line) -> bool:
    return bool(_STOP.search(text, line.start, line.end))


def _goes_on(text: str, line: _Line, after: _Line) -> bool:
    """Return whether a line begins as the middle of a sentence does, or with a part of a word."""
    return text[line.end - 1] in "-‐\u00ad" or bool(_MIDDLE.match(text, after.start))


def trim(text: str, start: int, end: int) -> Offsets | None:
    """Return a span without the white space at its ends, or None if nothing is left."""
    if start < end and not (text[start].isspace() or text[end - 1].isspace()):
        return start, end  # as most spans are
    piece = text[start:end]
    start += len(piece) - len(piece.lstrip())
    end = start + len(piece.strip())
    return (start, end) if end > start else None


# Bylines -------------------------------------------------------------------------------------------

MAX_BYLINE_WORDS = 14

_NAME = regex.compile(r"\p{Lu}[\p{L}\p{M}'’.-]*|\p{Lo}+")
_ENDS = regex.compile(r"[!?…。]$|\w{3,}\.$")


def is_byline(line: str, author: str | None = None) -> bool:
    """Return whether a line says who wrote an article.

    >>> is_byline("By Rowan Tessler, Harbour Reporter")
    True
    >>> is_byline("By Friday the ferry had stopped.")
    False
    >>> is_byline("Rowan Tessler", author="Rowan Tessler")
    True

    Args:
        line: A sentence that has a line to itself.
        author: The author that the article's metadata names.
    """
    text = " ".join(line.split())
    by = _before_author().match(text)
    names = text[by.end() :] if by else text
    if author and names.casefold() == " ".join(author.split()).casefold():
        return True
    words = names.replace(",", " ").replace("/", " ").split()
    return (
        by is not None
        and 0 < len(words) <= MAX_BYLINE_WORDS
        and not _ENDS.search(text)
        and all(_NAME.fullmatch(word) or word in _in_bylines() for word in words)
    )


def strip_by(names: str) -> str:
    """Return the names of a byline, without its "By".

    >>> strip_by("By Lena Hollis"), strip_by("Von Jonte Harms"), strip_by("Di Matteo")
    ('Lena Hollis', 'Jonte Harms', 'Di Matteo')
    """
    by = _before_author().match(names)
    if not by or not names[by.end() :][:1].isupper():
        return names
    # Von and Di begin family names, too.
    is_particle = by[0].strip().casefold() != "by" and len(names.split()) < 3
    return names if is_particle else names[by.end() :]


@cache
def _before_author() -> regex.Pattern[str]:
    words = any_of(word for each in languages() for word in each.names.before_author)
    return regex.compile(rf"(?:{words})(?:(?<=[:/／])\s*|\s+)")


@cache
def _in_bylines() -> frozenset[str]:
    return frozenset(word for each in languages() for word in each.names.in_bylines)
