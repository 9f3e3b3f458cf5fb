"""Turns an answer into rows for a spreadsheet: one for each citation of each claim."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from typing import Any

from newsqa.answers.answer import Answer, Citation, Claim
from newsqa.article.reference import ArticleReference
from newsqa.output.sanitize import sanitize_json

COLUMNS = (
    "question",
    "status",
    "short",
    "claim",
    "quote",
    "start",
    "end",
    "sentences",
    "match",
    "check",
    "title",
    "url",
    "source",
    "published",
    "sha256",
    "model",
)
"""The columns of a row, in order."""

_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
"""Characters that make a spreadsheet take a cell for a formula."""


def render(answer: Answer) -> list[dict[str, Any]]:
    """Return a row for each citation, in the order of the claims; without claims, a single row."""
    rows = [
        _row(answer, claim, citation) for claim in answer.claims for citation in claim.citations
    ]
    return rows or [_row(answer, None, None)]


def to_csv(answers: Iterable[Answer]) -> str:
    """Return a table with a head. A cell that a spreadsheet would compute begins with an apostrophe."""
    text = io.StringIO()
    table = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    table.writeheader()
    for row in _rows(answers):
        table.writerow({name: guard_cell(value) for name, value in row.items()})
    return text.getvalue()


def to_json_lines(answers: Iterable[Answer]) -> str:
    """Return an object a line."""
    lines = (json.dumps(row, ensure_ascii=False) for row in _rows(answers))
    return "".join(f"{sanitize_json(line)}\n" for line in lines)


def _rows(answers: Iterable[Answer]) -> Iterator[dict[str, Any]]:
    for answer in answers:
        yield from render(answer)


def _row(answer: Answer, claim: Claim | None, citation: Citation | None) -> dict[str, Any]:
    article = answer.articles[citation.article if citation else 0]
    return {
        "question": answer.question or "",
        "status": answer.status,
        "short": answer.short,
        "claim": claim.text if claim else "",
        "quote": citation.text if citation else "",
        "start": citation.start if citation else None,
        "end": citation.end if citation else None,
        "sentences": " ".join(map(str, citation.sentences)) if citation else "",
        "match": citation.match if citation else "",
        "check": " ".join(claim.doubts) if claim else "",
        **_facts(article),
        "model": answer.model,
    }


def _facts(article: ArticleReference) -> dict[str, Any]:
    return {
        "title": article.title or "",
        "url": article.url or "",
        "source": article.source or "",
        "published": article.published.isoformat() if article.published else "",
        "sha256": article.sha256,
    }


def guard_cell(value: object) -> object:
    """Return the cell of a table, with an apostrophe before what a spreadsheet would compute.

    >>> guard_cell("=1+1"), guard_cell("-5 degrees"), guard_cell(7)
    ("'=1+1", "'-5 degrees", 7)
    """
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA_SIGNS) else value
