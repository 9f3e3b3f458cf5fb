"""Renders an answer as Markdown with footnotes, all of its text escaped.

The dialect is CommonMark with footnotes, as GitHub, Pandoc and others read it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from newsqa.answers.answer import Answer, Citation, Claim
from newsqa.output import lead_of, record, sentences_in_words
from newsqa.text import on_one_line

_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
"""Written as entities: they begin HTML, and not every Markdown knows a backslash before them."""

_SPECIAL = re.compile(
    r"[\\`*_{}\[\]~|$^]"  # code, emphasis, links, footnotes, tables, formulas, templates
    r"|:(?=//|[\w+-]+:)"  # https://, :smile:
    r"|(?<=www)\."
    r"|!\Z",  # before a footnote's mark it would make an image
    re.IGNORECASE,
)
_BLOCK = re.compile(r"\A(?:(?=[#+:%-])|\d+(?=[.)](?:\s|\Z)))")
"""Beginnings of headings, lists, definitions and titles that ``_SPECIAL`` does not cover."""


def escape(text: str) -> str:
    r"""Return one line of Markdown that is displayed as ``text``, white space aside.

    >>> escape("*No* comment")
    '\\*No\\* comment'
    """
    line = on_one_line(text)
    escaped = re.sub("[&<>]", lambda match: _ENTITIES[match[0]], _SPECIAL.sub(r"\\\g<0>", line))
    return _BLOCK.sub(r"\g<0>\\", escaped)


def render(answer: Answer) -> str:
    """Return the answer in Markdown, with its citations as footnotes."""
    question = f"Question: {escape(answer.question)}" if answer.question else ""
    lead = lead_of(answer)
    labels = [article.label for article in answer.articles] if len(answer.articles) > 1 else []
    text = with_footnotes(answer.claims, answer.text, labels)
    disagreements = [escape(str(disagreement)) for disagreement in answer.disagreements]
    return "\n\n".join(
        part
        for part in (question, lead, *disagreements, text, *map(escape, record(answer)))
        if part
    )


def to_document(answer: Answer) -> str:
    """Return the answer under its question as a heading, with its status and short form."""
    status = answer.status.replace("_", " ")
    short = f": {escape(answer.short)}" if answer.short and answer.short != answer.text else ""
    heading = f"## {escape(answer.question or 'Answer')}"
    body = render(answer.model_copy(update={"question": ""}))
    return "\n\n".join([heading, f"**{status}**{short}", body])


def with_footnotes(claims: Sequence[Claim], text: str, labels: Sequence[str] = ()) -> str:
    """Return the text of the claims, with their citations as footnotes.

    A footnote holds the cited text, on one line, and its sentence numbers. Footnotes are numbered from 1
    in the order of first use; a span that is cited twice has one footnote.
    ``labels`` name the articles, where there are several.
    """
    cited = {c.place: c for claim in claims for c in claim.citations}
    numbers = {place: number for number, place in enumerate(cited, 1)}
    notes = [f"[^{numbers[place]}]: {_note(cited[place], labels)}" for place in cited]
    return "\n\n".join(["".join(_with_marks(claims, text, numbers)), *notes])


def _with_marks(
    claims: Sequence[Claim], text: str, numbers: Mapping[tuple[int, int, int], int]
) -> Iterator[str]:
    written = 0
    for claim in claims:
        gap = text[written : claim.span.start]
        marks = sorted({numbers[c.place] for c in claim.citations})
        yield " " * bool(gap and written) + escape(claim.text)
        yield "".join(f"[^{number}]" for number in marks)
        written = claim.span.end


def _note(citation: Citation, labels: Sequence[str]) -> str:
    # The place comes first: a word alone, or before something in brackets, would make a link
    # definition of the footnote wherever Markdown has no footnotes.
    source = f"{escape(labels[citation.article])}, " if labels else ""
    place = sentences_in_words(citation.sentences[0], citation.sentences[-1])
    return f"{source}{place if source else place.capitalize()}: “{escape(citation.text)}”"
