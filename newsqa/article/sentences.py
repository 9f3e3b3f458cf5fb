"""Sentences: splits a text into sentences with exact offsets."""

from __future__ import annotations

from functools import cache
from itertools import takewhile
from typing import TYPE_CHECKING

import regex
import sentencex

from newsqa.article.fields import Sentence
from newsqa.article.lines import LAST_LINE_END, MARKER, find_paragraphs, trim
from newsqa.languages import language as language_of
from newsqa.languages.sections import Words
from newsqa.languages.spelling import any_of, any_of_values
from newsqa.text import Offsets
from newsqa.text.boundaries import is_boundary

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MAX_SENTENCE_CHARACTERS = 1_000
"""A longer run (a table, a text without full stops) is cut: a citation of all of it would not help."""

WINDOW_CHARACTERS = 3_000
"""Passed to sentencex at once: its time grows with the square of a line's opening quotation marks
(15 seconds for 100,000 of them)."""

_LAST_SPACE = regex.compile(r"(?r)\s")
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
    ordinal_before = any_of(word for each in ordinal for word in each.abbreviations.before_ordinal)
    openers = any_of(word for each in ordinal for word in each.words.stop)
    nouns = any_of(word for each in ordinal for word in each.abbreviations.ordinal_nouns)
    titles = any_of(word for each in known for word in each.names.short_titles)
    pairs = (
        (r"\b[ap]\.\s?m\.", rf"{_day_or_date()}|{_ZONE}|\("),  # 3 a.m. Monday
        (rf"{_WHOSE}{_CLOCK}", r"\p{Lu}"),  # the 7 p.m. Bears game
        (r"(?<![\d.,:])\d{1,2}\.", rf"(?:{months})\b|{nouns}"),
        (
            rf"\b(?i:{ordinal_before})\s\d{{1,2}}\.",
            rf"(?!(?i:{openers})\b)\p{{Lu}}",
        ),  # am 1. Advent
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
def _border(language: str) -> regex.Pattern[str]:
    """Return white space between two sentences that sentencex takes for one."""
    known = (language_of("en"), language_of(language))
    words = any_of(word for each in known for word in each.abbreviations.also_words)
    months = any_of(
        month
        for each in known
        for forms in each.calendar.months.values()
        for month in _whole(forms)
    )
    return regex.compile(
        rf"(?<!{_WHOSE})(?<![\d:]){_CLOCK}\K\s+(?=[\p{{Lu}}\"“])(?!{_day_or_date()}|{_ZONE})"
        rf"|\b(?:{words})\.\K\s+(?=[\"“‘«(]?\p{{Lu}})"  # "The answer was no. Nobody came"
        rf"|\b(?:{months})\.\K\s+(?=[\"“‘«(]?[\p{{Lu}}\p{{N}}])"  # "on 8 May. Northspan said"
        r"|\G\([^()]*[.!?…][\"”’]?\)\K\s+(?=[\p{Lu}\"“‘(])"  # "(It was late.) He left"
    )


def _whole(forms: Words) -> Iterator[str]:
    """Yield the forms that are not short for another one: May and March, but not Mar."""
    for form in forms:
        if not any(other.startswith(form) for other in forms if other != form):
            yield form


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
    for paragraph, (start, end) in enumerate(find_paragraphs(text), 1):
        for left, right in _pieces(text, start, end, language):
            sentence = Sentence(len(sentences) + 1, left, right, paragraph, text[left:right])
            sentences.append(sentence)
    return tuple(sentences)


def _pieces(text: str, start: int, end: int, language: str) -> Iterator[Offsets]:
    for piece in _joined(text, _split(text, start, end, language), language):
        for left, right in _parted(text, *piece, language):
            if right - left > MAX_SENTENCE_CHARACTERS:
                yield from _cut(text, left, right)
            else:
                yield left, right


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
    if _is_marker(text, *left):
        return False
    if left[1] == right[0] and not is_boundary(text, right[0]):
        return False  # inside a number or a name, where no quote could end
    # If all sentences begin with lower-case letters, such a letter proves nothing.
    if _SMALL.match(text, right[0]) and not text[left[0]].islower():
        return False
    return not _no_border(language).match(text, right[0])


def _is_marker(text: str, start: int, end: int) -> bool:
    """Return whether a piece is the mark of an item: at the start of a line, or next to another number."""
    marker = MARKER.fullmatch(text, start, end)
    if not marker:
        return False
    first = max(start - MAX_SENTENCE_CHARACTERS, 0)
    line_end = LAST_LINE_END.search(text, first, start)
    before = text[line_end.end() if line_end else first : start]
    number = "".join(filter(str.isdigit, marker[0]))
    return not before.strip() or number == "1" or f" {int(number or 0) - 1}. " in f" {before}"


def _parted(text: str, start: int, end: int, language: str) -> Iterator[Offsets]:
    for gap in _border(language).finditer(text, start, end):
        yield start, gap.start()
        start = gap.end()
    yield start, end


def _cut(text: str, start: int, end: int) -> Iterator[Offsets]:
    """Cut at ``MAX_SENTENCE_CHARACTERS`` at most, at white space or else between characters."""
    while end - start > MAX_SENTENCE_CHARACTERS:
        limit = start + MAX_SENTENCE_CHARACTERS
        space = _LAST_SPACE.search(text, start + 1, limit + 1)
        cut = space.start() if space else _between_characters(text, start, limit)
        piece = trim(text, start, cut)
        if piece:
            yield piece
        start = cut
    last = trim(text, start, end)
    if last:
        yield last


def _between_characters(text: str, start: int, limit: int) -> int:
    """Return the last offset up to ``limit`` that separates no mark or joiner from its letter."""
    # A copy, because \\X looks back over all of a row of flags.
    ends = (start + match.end() for match in _GRAPHEME.finditer(text[start : limit + 1]))
    return max(takewhile(lambda end: end <= limit, ends), default=limit)
