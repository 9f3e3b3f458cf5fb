"""Flat JSON Lines: a question, its article, and answers and evidence by offset in each line."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from newsqa.errors import CaseError
from newsqa.evals.cases import Case, make_case
from newsqa.evals.formats._external import (
    Articles,
    CaseRow,
    ExternalModel,
    LoadedCases,
    as_places,
    collect,
    parsed,
    read_json_lines,
    verified,
)
from newsqa.text.spans import Span


class _Passage(ExternalModel):
    text: str
    start: int
    end: int


class _Row(ExternalModel):
    id: str
    article_text: str
    question: str
    answerable: bool
    answers: tuple[_Passage, ...]
    evidence: tuple[_Passage, ...] = ()
    all_spans_required: bool = False
    article_title: str | None = None
    published_at: str | None = None
    source: str | None = None
    lang: str | None = None


def read_rows(path: Path, *, language: str | None = None) -> LoadedCases:
    """Read JSON lines with ``id``, ``article_text``, ``question``, ``answers`` and ``answerable``.

    Answers and ``evidence`` are ``{text, start, end}`` in code points. ``article_title`` and
    ``published_at`` are the article's, ``source`` becomes a tag, and with ``all_spans_required`` every
    answer must be cited.
    """
    articles = Articles()
    return collect(
        _case_row(place, row, articles, language) for place, row in read_json_lines(path)
    )


def _case_row(place: str, value: object, articles: Articles, language: str | None) -> CaseRow:
    name = str(value.get("id", "?")) if isinstance(value, dict) else "?"
    return place, name, partial(_case, value, articles, language)


def _case(value: object, articles: Articles, language: str | None) -> Case:
    row = parsed(_Row, value)
    return make_case(
        {
            "id": row.id,
            "article": articles.get(
                row.article_text, title=row.article_title, published_at=row.published_at
            ),
            "question": row.question,
            "expected": _expected(row),
            "language": row.lang or language,
            "tags": (row.source,) if row.source else (),
        }
    )


def _expected(row: _Row) -> dict[str, object]:
    if not row.answerable:
        return {"status": "not_in_article"}
    if not row.answers and not row.evidence:
        raise CaseError("it is answerable but has neither an answer nor evidence.")
    answers, evidence = _verified(row, row.answers), _verified(row, row.evidence)
    short = list(dict.fromkeys(answer.text for answer in row.answers))
    return {
        "short": [", ".join(short)] if row.all_spans_required else short,
        "spans": as_places(answers),
        "must_cite": as_places(answers) if row.all_spans_required else (),
        "evidence": as_places(evidence),
    }


def _verified(row: _Row, passages: tuple[_Passage, ...]) -> list[Span]:
    return [verified(row.article_text, s.start, s.end, s.text) for s in passages]
