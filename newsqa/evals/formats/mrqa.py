"""MRQA 2019: JSON Lines with a header, then a context and its questions in each line."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from newsqa.article import Article
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


class _Detected(ExternalModel):
    text: str
    char_spans: tuple[tuple[int, int], ...]
    """First and last character, both included."""


class _Question(ExternalModel):
    qid: str
    question: str
    detected_answers: tuple[_Detected, ...]


class _Line(ExternalModel):
    context: str
    qas: tuple[_Question, ...]


class _Header(ExternalModel):
    dataset: str = "MRQA"


def read_mrqa(path: Path, *, language: str | None = None) -> LoadedCases:
    """Read a ``.jsonl`` or ``.jsonl.gz`` file of MRQA; the answers are the detected ones."""
    return collect(_rows(path, language))


def _rows(path: Path, language: str | None) -> Iterator[CaseRow]:
    tag, articles = "MRQA", Articles()
    for place, value in read_json_lines(path):
        if isinstance(value, dict) and "header" in value:
            tag = parsed(_Header, value["header"]).dataset
            continue
        try:
            line = parsed(_Line, value)
        except CaseError as error:
            raise CaseError(f"{path}, {place}, is not in the format of MRQA: {error}") from None
        article = partial(articles.get, line.context)
        for question in line.qas:
            yield place, question.qid, partial(_case, question, article, tag, language)


def _case(question: _Question, article: partial[Article], tag: str, language: str | None) -> Case:
    if not question.detected_answers:
        raise CaseError("no answer was detected in the context.")
    read = article()
    spans = [
        verified(read.text, start, last + 1, answer.text)
        for answer in question.detected_answers
        for start, last in answer.char_spans
    ]
    return make_case(
        {
            "id": question.qid,
            "article": read,
            "question": question.question,
            "expected": {
                "short": tuple(dict.fromkeys(a.text for a in question.detected_answers)),
                "spans": as_places(spans),
            },
            "language": language or "en",
            "tags": (tag,),
        }
    )
