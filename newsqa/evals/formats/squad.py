"""SQuAD 1.1 and 2.0, and XQuAD, which has the same format in other languages."""

from __future__ import annotations

import re
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
    read_json,
    verified,
)

_XQUAD = re.compile(r"xquad\.([a-z]{2})\.json")


class _Answer(ExternalModel):
    text: str
    answer_start: int


class _Question(ExternalModel):
    id: str
    question: str
    answers: tuple[_Answer, ...] = ()
    is_impossible: bool = False


class _Paragraph(ExternalModel):
    context: str
    qas: tuple[_Question, ...]


class _Page(ExternalModel):
    title: str | None = None
    paragraphs: tuple[_Paragraph, ...]


class _File(ExternalModel):
    data: tuple[_Page, ...]


def read_squad(path: Path, *, language: str | None = None) -> LoadedCases:
    """Read a file of SQuAD; a name such as ``xquad.de.json`` gives the language."""
    named = _XQUAD.fullmatch(path.name)
    language = language or (named[1] if named else None)
    try:
        file = parsed(_File, read_json(path))
    except CaseError as error:
        raise CaseError(f"{str(path)!r} is not in the format of SQuAD: {error}") from None
    return collect(_rows(file, tag=path.name.removesuffix(".json"), language=language))


def _rows(file: _File, *, tag: str, language: str | None) -> Iterator[CaseRow]:
    articles = Articles()
    for page in file.data:
        for number, paragraph in enumerate(page.paragraphs, 1):
            place = f"{page.title or 'untitled'}, paragraph {number}"
            article = partial(articles.get, paragraph.context, title=page.title)
            for question in paragraph.qas:
                make = partial(_case, question, article, tag, language)
                yield place, question.id, make


def _case(question: _Question, article: partial[Article], tag: str, language: str | None) -> Case:
    read = article()
    return make_case(
        {
            "id": question.id,
            "article": read,
            "question": question.question,
            "expected": _expected(question, read.text),
            "language": language,
            "tags": (tag,),
        }
    )


def _expected(question: _Question, text: str) -> dict[str, object]:
    if question.is_impossible:
        return {"status": "not_in_article"}
    if not question.answers:
        raise CaseError("it has no answer and is not marked is_impossible.")
    spans = [
        verified(text, a.answer_start, a.answer_start + len(a.text), a.text)
        for a in question.answers
    ]
    short = dict.fromkeys(answer.text for answer in question.answers)
    places = {(span.start, span.end): span for span in spans}
    return {"short": tuple(short), "spans": as_places(list(places.values()))}
