"""Shared by the readers of published data sets: files, verified offsets, and rejected rows."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from newsqa.article import Article
from newsqa.errors import ArticleError, CaseError
from newsqa.evals.cases import Case
from newsqa.text.spans import Span


@dataclass(frozen=True, slots=True)
class RejectedRow:
    """A row of a data set that is not a usable case, its place in the file, and the reason."""

    place: str
    id: str
    reason: str

    def __str__(self) -> str:
        return f"{self.place}, {self.id!r}: {self.reason}"


@dataclass(frozen=True, slots=True)
class LoadedCases:
    """The cases in a file, and the rows that were rejected."""

    cases: tuple[Case, ...]
    rejected: tuple[RejectedRow, ...] = ()


class ExternalModel(BaseModel):
    """A part of a file whose format others define: unknown fields are ignored."""

    model_config = ConfigDict(frozen=True, extra="ignore")


ExternalModelT = TypeVar("ExternalModelT", bound=ExternalModel)
CaseRow = tuple[str, str, Callable[[], Case]]
"""A row's place in the file, its id, and the function that makes a case of it."""


def collect(rows: Iterable[CaseRow]) -> LoadedCases:
    """Make the cases of all rows; a row that fails is rejected with the reason."""
    cases: dict[str, Case] = {}
    rejected: list[RejectedRow] = []
    for place, name, make in rows:
        if name in cases:
            rejected.append(RejectedRow(place, name, "another row has the same id."))
            continue
        try:
            cases[name] = make()
        except (CaseError, ArticleError) as error:
            rejected.append(RejectedRow(place, name, str(error)))
    return LoadedCases(tuple(cases.values()), tuple(rejected))


class Articles:
    """One article for all questions about the same text, so that it is split into sentences once."""

    def __init__(self) -> None:
        self._articles: dict[tuple[str | None, ...], Article] = {}

    def get(
        self, text: str, *, title: str | None = None, published_at: str | None = None
    ) -> Article:
        """Return the article with these fields."""
        key = (text, title, published_at)
        if key not in self._articles:
            self._articles[key] = Article(text, title=title, published_at=published_at)
        return self._articles[key]


def verified(text: str, start: int, end: int, expected: str) -> Span:
    """Return the span from ``start`` to ``end``.

    Raises:
        CaseError: ``text`` does not have ``expected`` there.
    """
    actual = text[start:end] if 0 <= start < end else ""
    if not actual or actual != expected:
        raise CaseError(f"the text has {actual!r} at {start}:{end}, not {expected!r}.")
    return Span(start=start, end=end)


def parsed(kind: type[ExternalModelT], value: object) -> ExternalModelT:
    """Validate ``value`` as a ``kind``.

    Raises:
        CaseError: A field is wrong; the message names the first one.
    """
    try:
        return kind.model_validate(value)
    except ValidationError as error:
        problem = error.errors()[0]
        where = ".".join(str(part) for part in problem["loc"]) or "the row"
        raise CaseError(f"{where}: {problem['msg']}.") from None


def as_places(spans: Sequence[Span]) -> list[dict[str, int]]:
    """Return spans as a case has them."""
    return [{"start": span.start, "end": span.end} for span in spans]


def read_text(path: Path) -> str:
    """Read a UTF-8 file, unpacked if its name ends in ``.gz``; line ends are kept."""
    try:
        data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        return data.decode("utf-8-sig")
    except FileNotFoundError:
        raise CaseError(f"There is no file {str(path)!r}.") from None
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise CaseError(f"{str(path)!r} cannot be read: {error}.") from error


def read_json(path: Path) -> Any:  # noqa: ANN401  # JSON holds anything
    """Parse the JSON file at ``path``."""
    return _parsed_json(read_text(path), str(path))


def read_json_lines(path: Path) -> Iterator[tuple[str, Any]]:
    """Parse the lines of a JSON Lines file that are not blank, each with its place."""
    for number, line in enumerate(read_text(path).split("\n"), 1):
        if line.strip():
            yield f"line {number}", _parsed_json(line, f"{path}, line {number}")


def _parsed_json(text: str, place: str) -> Any:  # noqa: ANN401  # JSON holds anything
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise CaseError(f"{place} is not JSON: {error}.") from None
