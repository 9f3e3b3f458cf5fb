"""Shows an answer on a terminal in colour, elsewhere as plain text, or as JSON."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.cells import cell_len, chop_cells
from rich.text import Text

from newsqa.answers.answer import Answer, Disagreement, Failure
from newsqa.article import Article
from newsqa.languages.scripts import WIDE_RANGES
from newsqa.output import lead_of
from newsqa.output.excerpts import Excerpt, excerpts
from newsqa.output.sanitize import sanitize_for_terminal, sanitize_json
from newsqa.text import on_one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from rich.console import Console


MAX_WIDTH = 100
"""Columns. Wider lines are hard to read, however wide the terminal."""

INDENT = 4
"""Columns before a sentence of the article."""

_CITED = "bold green"
_MARK = "cyan"
_QUIET = "dim"

_OPENING = r"（「『【《〈〔［｛“‘([{"
_CLOSING = r"、。，．：；？！）」』】》〉〕］｝…”’)\]},.:;?!"
_FULL_WIDTH_END = re.compile(rf"[{WIDE_RANGES}][{_CLOSING}]?$")
_UNBREAKABLE = re.compile(
    rf"(?:[{_OPENING}]*(?:[{WIDE_RANGES}]|[^\s{WIDE_RANGES}]+)[{_CLOSING}]*|[{_OPENING}{_CLOSING}]+)"
    r"(?: ?(?:\[\d+\])+)?\s*|\s+"
)
"""A piece that is not broken: a word or an ideograph, with its punctuation and citation marks."""


def as_json(answers: Answer | Sequence[Answer | Failure]) -> str:
    """Return an answer, or a list of them, as indented JSON that cannot control a terminal."""
    several = [answers] if isinstance(answers, Answer) else answers
    rows = [each.model_dump(mode="json") for each in several]
    value = rows[0] if isinstance(answers, Answer) else rows
    return sanitize_json(json.dumps(value, ensure_ascii=False, indent=2))


def show(answer: Answer, article: Article | Sequence[Article], console: Console) -> None:
    """Print an answer and the sentences that it cites.

    Cited words are highlighted or, without colours, put between asterisks. Lines are wrapped on a
    terminal only.
    """
    articles = [article] if isinstance(article, Article) else article
    width = min(console.width, MAX_WIDTH) if console.is_terminal else None
    parts = [
        *([paragraph] for paragraph in _answer(answer, articles)),
        *(list(_disagreement(each)) for each in answer.disagreements),
        list(_sources(answer, articles, in_colour=console.color_system is not None)),
        list(_doubts(answer)),
        list(_refused(answer)),
        [_Paragraph(Text(_footer(answer), _QUIET))],
    ]
    for number, part in enumerate(filter(None, parts)):
        if number:
            console.print()
        for paragraph in part:
            for line in paragraph.lines(width):
                console.print(line, soft_wrap=True)


def show_question(question: str, console: Console) -> None:
    """Print the question above its answer, where there are several."""
    console.print(Text(sanitize_for_terminal(f"Question: {question}"), "bold"), soft_wrap=True)
    console.print()


@dataclass(frozen=True, slots=True)
class _Paragraph:
    text: Text
    indent: int = 0

    def lines(self, width: int | None) -> Iterator[Text]:
        """Yield its lines, none wider than ``width`` columns; one line if that is ``None``."""
        room = None if width is None else max(width - self.indent, 2)
        for line in [self.text] if room is None else _wrapped(self.text, room):
            line.rstrip()
            yield Text(" " * self.indent) + line


def _wrapped(text: Text, width: int) -> Iterable[Text]:
    # Rich breaks at spaces only, which in Chinese or Japanese leaves half of the line empty.
    breaks, offset, column = [], 0, 0
    for unit in _UNBREAKABLE.findall(text.plain):
        fits = cell_len(unit.rstrip()) <= width
        for piece in [unit] if fits else chop_cells(unit, width):
            if column and column + cell_len(piece.rstrip()) > width:
                breaks.append(offset)
                column = 0
            column += cell_len(piece)
            offset += len(piece)
    return text.divide(breaks)


def _answer(answer: Answer, articles: Sequence[Article]) -> Iterator[_Paragraph]:
    lead = lead_of(answer)
    if lead:
        yield _Paragraph(Text(lead))
    # In a text of a few words the short form would only repeat everything.
    if 0 < 2 * len(answer.short) <= len(answer.text):
        yield _Paragraph(Text(sanitize_for_terminal(answer.short), "bold"))
    if not _is_quoted_whole(answer, articles):
        yield _Paragraph(_with_marks(answer))


def _is_quoted_whole(answer: Answer, articles: Sequence[Article]) -> bool:
    """Return whether all of the text is among the cited sentences, as the embedded reader's is."""
    cited = {
        on_one_line(sentence.text)
        for citation in answer.citations
        for sentence in articles[citation.article].sentences_in(citation.start, citation.end)
    }
    return all(claim.text in cited for claim in answer.claims)


def _with_marks(answer: Answer) -> Text:
    numbers = {citation: number for number, citation in enumerate(answer.citations, 1)}
    marked, written = Text(), 0
    for claim in answer.claims:
        marked.append(sanitize_for_terminal(answer.text[written : claim.span.end]))
        cited = sorted({numbers[citation] for citation in claim.citations})
        gap = "" if _FULL_WIDTH_END.search(claim.text) else " "
        marked.append(gap + "".join(f"[{number}]" for number in cited), _MARK)
        written = claim.span.end
    return marked


def _sources(
    answer: Answer, articles: Sequence[Article], *, in_colour: bool
) -> Iterator[_Paragraph]:
    for excerpt in excerpts(answer.citations, articles):
        marks = "".join(f"[{number}]" for number in excerpt.numbers)
        yield _Paragraph(
            Text.assemble((marks, _MARK), (f" {_source(excerpt, answer)}{excerpt.place}", _QUIET))
        )
        yield _Paragraph(_highlighted(excerpt, in_colour=in_colour), INDENT)


def _source(excerpt: Excerpt, answer: Answer) -> str:
    """Return the source and day of the article, if there are several."""
    if len(answer.articles) < 2:
        return ""
    return sanitize_for_terminal(f"{answer.articles[excerpt.article].label}, ")


def _disagreement(disagreement: Disagreement) -> Iterator[_Paragraph]:
    lead, *sides = str(disagreement).split("\n")
    yield _Paragraph(Text(sanitize_for_terminal(lead), "yellow"))
    for side in sides:
        yield _Paragraph(Text(sanitize_for_terminal(side)), INDENT)


def _highlighted(excerpt: Excerpt, *, in_colour: bool) -> Text:
    """Return the excerpt with its cited words highlighted."""
    text, fence = Text(), "" if in_colour else "**"
    for piece in excerpt.pieces:
        if piece.is_cited:
            text.append(fence + sanitize_for_terminal(piece.text) + fence, _CITED)
        else:
            text.append(sanitize_for_terminal(piece.text))
    return text


def _doubts(answer: Answer) -> Iterator[_Paragraph]:
    for claim in answer.claims:
        for doubt in claim.doubts:
            yield _Paragraph(Text(f"check {sanitize_for_terminal(doubt)}", "yellow"))


def _refused(answer: Answer) -> Iterator[_Paragraph]:
    for rejection in answer.rejected:
        yield _Paragraph(Text(sanitize_for_terminal(str(rejection)), _QUIET))


def _footer(answer: Answer) -> str:
    status = answer.status.replace("_", " ")
    return " · ".join([status, sanitize_for_terminal(answer.model), *answer.usage.summary])
