"""Sentences: splits a text into sentences with exact offsets."""

from __future__ import annotations

from functools import cache
from itertools import pairwise, takewhile
from typing import TYPE_CHECKING

import regex
import sentencex

from newsqa.article.fields import Sentence
from newsqa.languages import language as language_of
from newsqa.languages.spelling import any_of, any_of_values
from newsqa.text import Offsets
from newsqa.text.boundaries import is_boundary

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MAX_SENTENCE_CHARACTERS = 1_000
"""A longer run (a table, a text without full stops) is cut: a citation of all of it would not help."""

MIN_WRAP_COLUMNS, MAX_WRAP_COLUMNS = 40, 120
"""Narrower lines are a list or verse; wider ones were not wrapped by hand or by a wire service."""

WINDOW_CHARACTERS = 3_000
"""Passed to sentencex at once: its time grows with the square of a line's opening quotation marks
(15 seconds for 100,000 of them)."""

_LINE_ENDS = r"\r\n\v\f\x1c-\x1e\x85\u2028\u2029"
_LINE = regex.compile(rf"[^{_LINE_ENDS}]+")
_LINE_END = regex.compile(rf"\r\n|[{_LINE_ENDS}]")
_LAST_SPACE = regex.compile(r"(?r)\s")
_FIRST_WORD = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}]{1,2}|\S{1,20}")
"""What is wrapped to the next line as a whole. A longer run is written without spaces."""

_GRAPHEME = regex.compile(r"\X")

_CLOCK = r"\d{1,2}(?::\d\d)?\s?[ap]\.\s?m\."
_WHOSE = r"\b(?:the|a|an|its|his|her|their)\s"
_ZONE = (
    r"(?:[A-Z]{1,3}T\b|UTC\b|(?:Eastern|Central|Mountain|Pacific|Atlantic)\b|"
    r"\p{Lu}\w+(?:\s\p{Lu}\w+)?\stime\b)"
)


@cache
def _day_or_date() -> str:
    """Return the pattern of a day or date after a time of day in English: Monday, Mon., May 5, Jan. 5."""
    calendar = language_of("en").calendar
    days, short_days = any_of_values(calendar.weekdays), any_of_values(calendar.weekdays_short)
    months, short = any_of_values(calendar.months), any_of_values(calendar.months_short)
    return rf"(?:{days})\b|(?:{short_days})\.|(?:(?:{months})|(?:{short})\.)\s\d"


@cache
def _no_border(language: str) -> regex.Pattern[str]:
    """Return the borders of sentencex where no sentence begins, by the text before and after."""
    known = (language_of("en"), language_of(language))
    # am 3. März, im 19. Jahrhundert
    ordinal = [each for each in known if "." in each.calendar.day_endings]
    months = any_of_values(*(each.calendar.months for each in ordinal))
    short = [each.abbreviations for each in known]
    any_before = any_of(word for each in short for word in each.before_any)
    number_before = any_of(word for each in short for word in each.before_number)
    nouns = any_of(word for each in ordinal for word in each.abbreviations.ordinal_nouns)
    titles = any_of(word for each in known for word in each.names.short_titles)
    pairs = (
        (r"\b[ap]\.\s?m\.", rf"{_day_or_date()}|{_ZONE}|\("),  # 3 a.m. Monday
        (rf"{_WHOSE}{_CLOCK}", r"\p{Lu}"),  # the 7 p.m. Bears game
        (r"(?<![\d.,:])\d{1,2}\.", rf"(?:{months})\b|{nouns}"),
        (rf"\b(?:{any_before})\.", r"\S"),
        (rf"\b(?:{number_before})\.", r"\d"),
        (rf"\b(?:{titles})\.", r"[\p{Lu}\p{Lo}]"),
        (r"\b\p{Lu}\.", r"-\p{Lu}\."),  # J.-P. Roux
        (r"\b\p{Lu}\.-\p{Lu}\.", r"\p{Lu}"),
    )
    return regex.compile("|".join(rf"(?={right})(?<=(?:{left})\s*)" for left, right in pairs))


_SMALL = regex.compile(r"(?=\p{Lowercase}(?!\p{Lu}))(?<=\.[\"”’)\]]*\s*)")
"""A lower-case letter after a full stop, but not a name such as iPhone."""


@cache
def _border() -> regex.Pattern[str]:
    """Return white space between two sentences that sentencex takes for one."""
    return regex.compile(
        rf"(?<!{_WHOSE})(?<![\d:]){_CLOCK}\K\s+(?=[\p{{Lu}}\"“])(?!{_day_or_date()}|{_ZONE})"
        r"|\bno\.\K\s+(?=\p{Lu})"  # "The answer was no. Nobody came"
        r"|\G\([^()]*[.!?…][\"”’]?\)\K\s+(?=[\p{Lu}\"“‘(])"  # "(It was late.) He left"
    )


def split_sentences(text: str, language: str) -> tuple[Sentence, ...]:
    r"""Split a text into sentences. Every character but white space is in exactly one of them.

    Lines are split first, since a headline and the lead after it are not one sentence, unless the lines
    were wrapped to a width. No sentence is longer than 1,000 characters.

    >>> [s.text for s in split_sentences("Bridge closed\nIt closed at 3 p.m. Monday. Why?", "en")]
    ['Bridge closed', 'It closed at 3 p.m. Monday.', 'Why?']

    Args:
        text: The text.
        language: Its ISO 639-1 code.
    """
    sentences: list[Sentence] = []
    for paragraph, (start, end) in enumerate(_paragraphs(text), 1):
        for left, right in _pieces(text, start, end, language):
            sentence = Sentence(len(sentences) + 1, left, right, paragraph, text[left:right])
            sentences.append(sentence)
    return tuple(sentences)


def _paragraphs(text: str) -> Iterator[Offsets]:
    """Yield the lines with text, the lines of a hand-wrapped block joined."""
    blocks = list(_blocks(text))
    wrapped = [block for block in blocks if len(block) > 2 and _fills(text, block, _width(block))]
    page = max(map(_width, wrapped), default=0)
    for block in blocks:
        # Two lines alone prove nothing, but on a page that is wrapped they may be too.
        if block in wrapped or (len(block) == 2 and _fills(text, block, page)):
            yield block[0][0], block[-1][1]
        else:
            yield from block


def _blocks(text: str) -> Iterator[list[Offsets]]:
    """Yield runs of lines without a blank line or a deeper indentation between them."""
    block: list[Offsets] = []
    indent = 0
    for line in _LINE.finditer(text):
        span = _trim(text, *line.span())
        if span is None:
            continue
        before, indent = indent, span[0] - line.start()
        line_ends = _LINE_END.findall(text, block[-1][1], span[0]) if block else []
        if len(line_ends) > 1 or (block and indent > before):
            yield block
            block = []
        block.append(span)
    if block:
        yield block


def _width(block: list[Offsets]) -> int:
    return max(end - start for start, end in block)


def _fills(text: str, block: list[Offsets], width: int) -> bool:
    """Return whether every line is so full that the next one's first word would not have fitted."""
    return MIN_WRAP_COLUMNS <= width <= MAX_WRAP_COLUMNS and all(
        width - (end - start) <= len(_FIRST_WORD.match(text, after)[0])
        for (start, end), (after, _) in pairwise(block)
    )


def _pieces(text: str, start: int, end: int, language: str) -> Iterator[Offsets]:
    for piece in _joined(text, _split(text, start, end, language), language):
        for left, right in _parted(text, *piece):
            yield from _cut(text, left, right)


def _split(text: str, start: int, end: int, language: str) -> Iterator[Offsets]:
    """Yield the pieces that sentencex finds, window by window: the last piece of one begins the next."""
    while start < end:
        stop = min(start + WINDOW_CHARACTERS, end)
        pieces = [
            piece
            for border in sentencex.get_sentence_boundaries(language, text[start:stop])
            for piece in _cut(text, start + border["start_index"], start + border["end_index"])
        ]
        if stop < end and pieces and pieces[-1][0] > start:
            stop = pieces.pop()[0]
        yield from pieces
        start = stop


def _joined(text: str, pieces: Iterable[Offsets], language: str) -> Iterator[Offsets]:
    """Join the pieces between which no sentence ends."""
    current: Offsets | None = None
    for piece in pieces:
        if current and not _is_border(text, current, piece, language):
            current = current[0], piece[1]
            continue
        if current:
            yield current
        current = piece
    if current:
        yield current


def _is_border(text: str, left: Offsets, right: Offsets, language: str) -> bool:
    if left[1] == right[0] and not is_boundary(text, right[0]):
        return False  # inside a number or a name, where no quote could end
    # If all sentences begin with lower-case letters, such a letter proves nothing.
    if _SMALL.match(text, right[0]) and not text[left[0]].islower():
        return False
    return not _no_border(language).match(text, right[0])


def _parted(text: str, start: int, end: int) -> Iterator[Offsets]:
    for gap in _border().finditer(text, start, end):
        yield start, gap.start()
        start = gap.end()
    yield start, end


def _cut(text: str, start: int, end: int) -> Iterator[Offsets]:
    """Cut at ``MAX_SENTENCE_CHARACTERS`` at most, at white space or else between characters."""
    while end - start > MAX_SENTENCE_CHARACTERS:
        limit = start + MAX_SENTENCE_CHARACTERS
        space = _LAST_SPACE.search(text, start + 1, limit + 1)
        cut = space.start() if space else _between_characters(text, start, limit)
        piece = _trim(text, start, cut)
        if piece:
            yield piece
        start = cut
    last = _trim(text, start, end)
    if last:
        yield last


def _between_characters(text: str, start: int, limit: int) -> int:
    """Return the last offset up to ``limit`` that separates no mark or joiner from its letter."""
    # A copy, because \\X looks back over all of a row of flags.
    ends = (start + match.end() for match in _GRAPHEME.finditer(text[start : limit + 1]))
    return max(takewhile(lambda end: end <= limit, ends), default=limit)


def _trim(text: str, start: int, end: int) -> Offsets | None:
    piece = text[start:end]
    start += len(piece) - len(piece.lstrip())
    end = start + len(piece.strip())
    return (start, end) if end > start else None
