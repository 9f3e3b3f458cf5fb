"""NewsQA (Trischler et al., 2017): the combined CSV and JSON files that its tools write.

Offsets come without text, so only their range and that they cover some text can be checked. They may
include white space at the end.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path

from pydantic import TypeAdapter

from newsqa.errors import CaseError
from newsqa.evals.cases import Case, make_case
from newsqa.evals.formats._external import (
    Articles,
    ExternalModel,
    LoadedCases,
    as_places,
    collect,
    parsed,
    read_json,
    read_text,
)
from newsqa.text.spans import Span

_Range = tuple[int, int]

_COLUMNS = {"story_id", "story_text", "question", "answer_char_ranges"}
_NONE = "none"
_COUNTS = TypeAdapter(dict[str, int])
_BAD_KEYS = {"bad_question", "badQuestion"}
_BAD: _Range = (-1, -1)
"""The range of validators who found the question bad."""


class _Consensus(ExternalModel):
    s: int | None = None
    e: int | None = None
    noAnswer: bool = False  # noqa: N815  # the data set's own name
    badQuestion: bool = False  # noqa: N815  # the data set's own name


class _Question(ExternalModel):
    q: str
    consensus: _Consensus


class _Story(ExternalModel):
    storyId: str  # noqa: N815  # the data set's own name
    text: str
    questions: tuple[_Question, ...]


class _File(ExternalModel):
    data: tuple[_Story, ...]


def read_combined(path: Path, *, language: str | None = None) -> LoadedCases:
    """Read ``combined-newsqa-data-v1.csv`` or ``.json``.

    The answer is the one that most validators chose or, without validators, most answerers; with a tie,
    all of them are right. An id is the story's id and the number of the question in it.
    """
    rows = _of_json(path) if path.suffix == ".json" else _of_csv(path)
    articles = Articles()
    return collect(
        (place, name, partial(_case, name, row, articles, language)) for place, name, row in rows
    )


_Row = tuple[str, str, list[_Range | None]]
"""The story, the question, and the chosen ranges, with ``None`` for no answer."""


def _of_json(path: Path) -> Iterator[tuple[str, str, _Row | CaseError]]:
    try:
        file = parsed(_File, read_json(path))
    except CaseError as error:
        raise CaseError(f"{str(path)!r} is not in the format of NewsQA: {error}") from None
    for story in file.data:
        for number, question in enumerate(story.questions, 1):
            name = f"{story.storyId}#{number}"
            yield story.storyId, name, _of_consensus(story, question)


def _of_consensus(story: _Story, question: _Question) -> _Row | CaseError:
    agreed = question.consensus
    if agreed.badQuestion:
        return CaseError("the question is marked as bad.")
    if agreed.noAnswer:
        return story.text, question.q, [None]
    if agreed.s is None or agreed.e is None:
        return CaseError("there is no consensus on an answer.")
    return story.text, question.q, [(agreed.s, agreed.e)]


def _of_csv(path: Path) -> Iterator[tuple[str, str, _Row | CaseError]]:
    csv.field_size_limit(10_000_000)
    table = csv.DictReader(io.StringIO(read_text(path), newline=""), restval="")
    missing = _COLUMNS - set(table.fieldnames or ())
    if missing:
        raise CaseError(
            f"{str(path)!r} is not NewsQA's combined CSV: it has no column {sorted(missing)[0]!r}."
        )
    numbers: Counter[str] = Counter()
    for row in table:
        story = row["story_id"]
        numbers[story] += 1
        yield f"line {table.line_num}", f"{story}#{numbers[story]}", _of_row(row)


def _of_row(row: Mapping[str, str]) -> _Row | CaseError:
    try:
        votes = {_range(key): count for key, count in _votes(row).items()}
    except ValueError as error:
        return CaseError(f"its ranges cannot be read: {str(error).splitlines()[0]}.")
    if not votes:
        return CaseError("nobody answered it.")
    chosen = [choice for choice, count in votes.items() if count == max(votes.values())]
    if _BAD in chosen:
        return CaseError("the question is marked as bad.")
    return row["story_text"], row["question"], chosen


def _votes(row: Mapping[str, str]) -> dict[str, int]:
    """Count how often each range was chosen, by the validators if there are any."""
    validated = row.get("validated_answers")
    if validated:
        return _COUNTS.validate_json(validated)
    answers = (key for one in row["answer_char_ranges"].split("|") for key in one.split(","))
    return Counter(key.strip().replace("None", _NONE) for key in answers if key.strip())


def _range(key: str) -> _Range | None:
    if key in _BAD_KEYS:
        return _BAD
    if key == _NONE:
        return None
    start, _, end = key.partition(":")
    return int(start), int(end)


def _case(name: str, row: _Row | CaseError, articles: Articles, language: str | None) -> Case:
    if isinstance(row, CaseError):
        raise row
    text, question, ranges = row
    spans = [_span(text, *chosen) for chosen in ranges if chosen]
    status = ("not_in_article",) if None in ranges else ()
    expected = {
        "status": ("answered", "partial", *status) if spans and status else status,
        "short": tuple(dict.fromkeys(span.slice(text) for span in spans)),
        "spans": as_places(spans),
    }
    return make_case(
        {
            "id": name,
            "article": articles.get(text),
            "question": question,
            "expected": expected,
            "language": language or "en",
            "tags": ("NewsQA",),
        }
    )


def _span(text: str, start: int, end: int) -> Span:
    covered = text[start:end] if 0 <= start < end <= len(text) else ""
    if not covered.strip():
        raise CaseError(f"the story has no text at {start}:{end}.")
    first = start + len(covered) - len(covered.lstrip())
    return Span(start=first, end=first + len(covered.strip()))
