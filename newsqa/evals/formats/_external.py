"""What the readers of data sets share: files, offsets that are held against the text, and refusals."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from newsqa.article import Article
from newsqa.errors import ArticleError, CaseError
from newsqa.evals.cases import Case
from newsqa.evals.formats import LoadedCases, RejectedRow
from newsqa.text.spans import Span


class ExternalModel(BaseModel):
    """A part of a file that others define: what else it holds is passed over."""

    model_config = ConfigDict(frozen=True, extra="ignore")


ExternalModelT = TypeVar("ExternalModelT", bound=ExternalModel)
CaseRow = tuple[str, str, Callable[[], Case]]
"""Where a row stands, its id, and how a case is made of it."""


def collect(rows: Iterable[CaseRow]) -> LoadedCases:
    """The cases that can be made, and the rows that are rejected with the reason."""
    cases: dict[str, Case] = {}
    rejected: list[RejectedRow] = []
    for place, name, make in rows:
        if name in cases:
            rejected.append(RejectedRow(place, name, "the id is there a second time."))
            continue
        try:
            cases[name] = make()
        except (CaseError, ArticleError) as error:
            rejected.append(RejectedRow(place, name, str(error)))
    return LoadedCases(tuple(cases.values()), tuple(rejected))


class Articles:
    """One article for all questions about the same text, so that its sentences are split once."""

    def __init__(self) -> None:
        self._known: dict[tuple[str | None, ...], Article] = {}

    def get(
        self, text: str, *, title: str | None = None, published_at: str | None = None
    ) -> Article:
        """The article with these fields."""
        key = (text, title, published_at)
        if key not in self._known:
            self._known[key] = Article(text, title=title, published_at=published_at)
        return self._known[key]


def verified(text: str, start: int, end: int, said: str) -> Span:
    """The span from ``start`` to ``end``, if ``text`` says there what it is said to.

    Raises ``CaseError`` otherwise.
    """
    stands = text[start:end] if 0 <= start < end else ""
    if not stands or stands != said:
        raise CaseError(f"the text says {stands!r} at {start}:{end}, and not {said!r}.")
    return Span(start=start, end=end)


def parsed(kind: type[ExternalModelT], value: object) -> ExternalModelT:
    """``value`` as a ``kind``. Raises ``CaseError`` that names the first thing wrong."""
    try:
        return kind.model_validate(value)
    except ValidationError as error:
        problem = error.errors()[0]
        where = ".".join(str(part) for part in problem["loc"]) or "the row"
        raise CaseError(f"{where}: {problem['msg']}.") from None


def as_places(spans: Sequence[Span]) -> list[dict[str, int]]:
    """The spans as the fields of a case."""
    return [{"start": span.start, "end": span.end} for span in spans]


def read_text(path: Path) -> str:
    """The text of a UTF-8 file, unpacked if it ends in ``.gz``; line ends stay as they are."""
    try:
        data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        return data.decode("utf-8-sig")
    except FileNotFoundError:
        raise CaseError(f"There is no file {str(path)!r}.") from None
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise CaseError(f"{str(path)!r} cannot be read: {error}.") from error


def read_json(path: Path) -> Any:  # noqa: ANN401  # JSON holds anything
    """What the JSON file at ``path`` holds."""
    return _parsed_json(read_text(path), str(path))


def read_json_lines(path: Path) -> Iterator[tuple[str, Any]]:
    """The lines of the file at ``path`` that are not blank, each with where it stands."""
    for number, line in enumerate(read_text(path).split("\n"), 1):
        if line.strip():
            yield f"line {number}", _parsed_json(line, f"{path}, line {number}")


def _parsed_json(text: str, place: str) -> Any:  # noqa: ANN401  # JSON holds anything
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise CaseError(f"{place} is not JSON: {error}.") from None
