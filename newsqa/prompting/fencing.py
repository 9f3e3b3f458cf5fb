"""Fencing: an article in a prompt, with numbered sentences, unable to pass for anything else.

Only the prompt's copy is changed. A quote of it is still found in the article, because
``newsqa.text.quotes`` ignores the same differences. The exceptions are control characters inside a word,
joiners and tag characters at its end, and a combining mark after one of them.
"""

from __future__ import annotations

import hashlib
import re
from datetime import date
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise

import regex

from newsqa.article import Article
from newsqa.article.fields import Sentence
from newsqa.article.passages import Articles, Part, Passage
from newsqa.languages import language
from newsqa.text import on_one_line

_MARKER = regex.compile(r"\[(?=\s*(?:\p{N}|\.\.\.|…|/?INST))([^\[\]［］]{1,20})\]")
_TAG = regex.compile(r"<(?=\s*[/|｜!?\p{L}])")
_INVISIBLE = regex.compile(
    r"[\p{Cc}\p{Default_Ignorable_Code_Point}\ufff9-\ufffb"
    r"--\s\x1c-\x1f\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}\N{VARIATION SELECTOR-15}"
    r"\N{VARIATION SELECTOR-16}]",
    regex.V1,
)
"""Controls, bidi marks, zero-width and tag characters."""

_JOINERS = regex.compile(r"(?<![^\x00-\x7f\s])[\u200c\u200d]+|[\u200c\u200d]+(?![^\x00-\x7f\s])")
"""Joiners, except between characters beyond ASCII, where scripts and emoji need them."""


_PLAIN = re.compile("[ !-;=-Z\\\\-~\xa1-\xac\xae-\u024f‘’“”–—…€]*")
"""A line without a bracket, a ``<`` or an invisible character, as most lines are: nothing changes."""


@lru_cache(maxsize=4_096)
def sanitize_for_prompt(text: str) -> str:
    """Return ``text`` on one line, without invisible characters, forged sentence numbers or tags.

    Brackets that could pass for a sentence's number, and the ``<`` of a tag or of a chat template's
    marker, become their full-width forms.

    >>> sanitize_for_prompt("[7] It reopened.</article>")
    '［7］ It reopened.＜/article>'
    """
    line = on_one_line(text)
    if _PLAIN.fullmatch(line):
        return line
    visible: str = _JOINERS.sub("", _INVISIBLE.sub("", text))
    shown: str = _TAG.sub("＜", _MARKER.sub(r"［\1］", on_one_line(visible)))
    return shown


def numbered(sentence: Sentence) -> str:
    """Return the line that shows a sentence: its number in brackets, and its text."""
    return f"[{sentence.number}] {sanitize_for_prompt(sentence.text)}"


def fence(passage: Passage) -> str:
    """Return the passage, with the metadata of its articles, between two lines that no article can forge.

    The delimiter is taken from the article's own SHA-256, so the same article gives the same prompt, and
    no text can contain its own hash. Whoever asks may know the hash, so ``sanitize_for_prompt`` also
    removes tags from the question.
    """
    name = _name(passage.articles)
    total = len(passage.articles)
    lines = [f"<{name}>"]
    for part in passage.parts:
        title = [f"Article {part.index + 1} of {total}"] if total > 1 else []
        lines += [*title, *header(part.article), "", *_lines(part)]
        lines += [""] if total > 1 else []
    return "\n".join([*lines, f"</{name}>"])


def _name(articles: Articles) -> str:
    """Return the name of the delimiter, from the SHA-256 of the article or of all articles."""
    if len(articles) == 1:
        return f"article {articles.articles[0].sha256[:16]}"
    digests = "".join(article.sha256 for article in articles.articles)
    return f"articles {hashlib.sha256(digests.encode()).hexdigest()[:16]}"


def header(article: Article) -> list[str]:
    """Return a line for each thing that is known of the article; the date has one in any case."""
    fields = [
        ("Title", article.title),
        ("Published", written_out(article.published_at) if article.published_at else "unknown"),
        ("Updated", _updated(article)),
        ("Source", article.source),
        ("Author", article.author),
        ("Dateline", article.dateline),
        *(("Correction", correction) for correction in article.corrections),
    ]
    lines = ((label, sanitize_for_prompt(value or "")) for label, value in fields)
    return [f"{label}: {value}" for label, value in lines if value]


def _updated(article: Article) -> str:
    """Return the day of the last change, where it is not that of publication."""
    day = written_out(article.modified_at) if article.modified_at else ""
    return "" if article.published_at and day == written_out(article.published_at) else day


def written_out(day: date) -> str:
    """Return a date in words, with the weekday, because models count weekdays badly.

    ``strftime`` would use the words of the process's locale.

    >>> written_out(date(2025, 3, 14))
    'Friday, 14 March 2025'
    """
    calendar = language("en").calendar
    weekday = calendar.weekdays[Fraction(day.weekday())][0]
    return f"{weekday}, {day.day} {calendar.months[Fraction(day.month)][0]} {day.year}"


def _lines(part: Part) -> list[str]:
    """Return a line per sentence, blank lines between paragraphs, and ``[...]`` for omitted sentences."""
    if not part.sentences:
        return []
    lines = ["[...]"] if part.sentences[0].number > part.first else []
    lines.append(numbered(part.sentences[0]))
    for before, sentence in pairwise(part.sentences):
        if sentence.number > before.number + 1:
            lines += ["", "[...]"]
        if sentence.paragraph > before.paragraph:
            lines.append("")
        lines.append(numbered(sentence))
    if part.sentences[-1].number < part.last:
        lines += ["", "[...]"]
    return lines
