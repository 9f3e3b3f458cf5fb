"""Rows: what a batch asks, read one at a time from a file, a folder or a pattern."""

from __future__ import annotations

import csv
import glob
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TextIO

from newsqa.article import Article
from newsqa.article.fields import half_character_in
from newsqa.errors import BatchError, NewsQAError
from newsqa.optional import load_extra

FIELDS = ("id", "article", "article_path", "url", "question", "questions")
"""The fields of a row that have a meaning. All others are carried along to the output."""

_JSON_LINES = frozenset({".jsonl", ".ndjson", ".jl"})
_TABLES = {".csv": ",", ".tsv": "\t"}
_MAX_FIELD_CHARACTERS = 20_000_000
"""The longest field of a table, as long as the longest article; ``csv`` allows 131,072 by default."""


@dataclass(frozen=True, slots=True)
class Row:
    """An article and the questions about it.

    The article is its text or fields (``article``), a file (``article_path``) or an address (``url``),
    and is not read before ``load``.
    """

    id: str
    number: int
    """The row's number in the input, counted from 1."""
    questions: tuple[str, ...]
    article: str | Mapping[str, Any] | None = None
    article_path: Path | None = None
    url: str | None = None
    carried: Mapping[str, Any] = field(default_factory=dict)
    """The fields without a meaning here, for the output."""

    @property
    def is_remote(self) -> bool:
        """True if the article is at a URL."""
        return self.article is None and self.article_path is None

    def load(self) -> Article:
        """Return the article.

        Raises:
            ArticleError: There is no such file or page, or it holds no article.
        """
        if isinstance(self.article, str):
            return Article(self.article, url=self.url)
        if self.article is not None:
            fields = json.dumps(self.article, default=str).encode()
            return Article.from_bytes(fields, name=f"row {self.id!r}", suffix=".json")
        if self.article_path is not None:
            return Article.from_file(self.article_path)
        return Article.from_url(self.url or "")


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that cannot be asked, with the reason."""

    id: str
    number: int
    reason: str
    carried: Mapping[str, Any] = field(default_factory=dict)


def read_rows(source: str | Path, *, questions: Sequence[str] = ()) -> RowSource:
    """Return the rows of a JSON Lines file, a CSV, TSV or Parquet table, a folder or a pattern of files.

    A row of a file has ``article`` (its text, or its fields), ``article_path`` (relative to the file)
    or ``url``, and ``question`` or ``questions``; ``id`` is its number unless given. Each file of a
    folder or pattern is an article. A row that is not usable is a ``BadRow``.

    Args:
        source: The file, folder or pattern, such as ``"stories/*.html"``.
        questions: Asked about each row besides its own questions.

    Raises:
        BatchError: There is no such file or folder, its format is not one of these, or it holds no
            rows.
        ConfigurationError: Parquet needs ``newsqa[parquet]``.
    """
    rows = RowSource(source, tuple(questions))
    if next(iter(rows), None) is None:
        raise BatchError(f"{str(source)!r} holds no rows to ask about.")
    return rows


@dataclass(frozen=True, slots=True)
class RowSource:
    """The rows of a file, folder or pattern, which are read anew each time they are gone through."""

    source: str | Path
    questions: tuple[str, ...] = ()

    def __iter__(self) -> Iterator[Row | BadRow]:
        return _read(self.source, self.questions)


def _read(source: str | Path, questions: tuple[str, ...]) -> Iterator[Row | BadRow]:
    path = Path(source)
    if path.is_dir():
        files = (file for file in sorted(path.rglob("*")) if file.is_file() and file.name[0] != ".")
        yield from _rows_of_files(files, questions, path)
    elif not path.exists() and glob.has_magic(str(source)):
        yield from _rows_of_files(
            map(Path, sorted(glob.glob(str(source), recursive=True))),  # noqa: PTH207  # absolute, too
            questions,
        )
    else:
        reader = _Rows(path.parent, questions)
        yield from (reader.row(values, n) for n, values in enumerate(_values(path), 1))


def _values(path: Path) -> Iterator[object]:
    if path.suffix in _JSON_LINES:
        return _json_lines(path)
    if path.suffix in _TABLES:
        return _table(path, _TABLES[path.suffix])
    if path.suffix == ".parquet":
        return _parquet(path)
    if not path.exists():
        raise BatchError(f"There is no file {str(path)!r}.")
    raise BatchError(
        f"Rows are read from .jsonl, .csv, .tsv and .parquet files and from folders, not from {path.name!r}."
    )


def _json_lines(path: Path) -> Iterator[object]:
    with open_text(path) as file:
        for line in file:
            if line.strip():
                try:
                    yield json.loads(line)
                except ValueError as error:
                    yield error


def _table(path: Path, separator: str) -> Iterator[object]:
    csv.field_size_limit(_MAX_FIELD_CHARACTERS)
    with open_text(path) as file:
        for values in csv.DictReader(file, delimiter=separator, restkey=""):
            yield {
                name: value for name, value in values.items() if name and value not in ("", None)
            }


def _parquet(path: Path) -> Iterator[object]:
    library = load_extra("pyarrow.parquet", wanted_for="Parquet files", extra="parquet")
    for batch in library.ParquetFile(path).iter_batches(batch_size=256):
        for values in batch.to_pylist():
            yield {name: value for name, value in values.items() if value is not None}


def open_text(path: Path) -> TextIO:
    """Open a file of rows or lines.

    Raises:
        BatchError: It cannot be read.
    """
    try:
        return path.open(encoding="utf-8-sig", errors="replace", newline="")
    except OSError as error:
        raise BatchError(f"{str(path)!r} cannot be read: {error.strerror}.") from error


def _rows_of_files(
    files: Iterable[Path], questions: tuple[str, ...], root: Path | None = None
) -> Iterator[Row]:
    for number, file in enumerate(files, 1):
        name = file.relative_to(root).as_posix() if root else file.as_posix()
        yield Row(name, number, questions, article_path=file)


@dataclass(frozen=True, slots=True)
class _Rows:
    """Makes rows of the values of a file in ``folder``."""

    folder: Path
    questions: tuple[str, ...]

    def row(self, values: object, number: int) -> Row | BadRow:
        if not isinstance(values, Mapping):
            reason = (
                f"it is not JSON: {values}"
                if isinstance(values, ValueError)
                else "it is not an object"
            )
            return BadRow(str(number), number, f"Row {number} cannot be read: {reason}.")
        problem = half_character_in(json.dumps(values, ensure_ascii=False, default=str))
        if problem:
            return BadRow(str(number), number, f"Row {number} {problem}.")
        name = str(values.get("id", number))
        carried = {key: value for key, value in values.items() if key not in FIELDS}
        try:
            return self._row(name, number, values, carried)
        except NewsQAError as error:
            return BadRow(name, number, str(error), carried)

    def _row(
        self, name: str, number: int, values: Mapping[str, Any], carried: Mapping[str, Any]
    ) -> Row:
        questions = (*_questions(values, name), *self.questions)
        if not questions:
            raise BatchError(
                f"Row {name!r} has no question: give it a field 'question' or 'questions'."
            )
        path, article, url = (values.get(key) for key in ("article_path", "article", "url"))
        if not (path or article or url):
            raise BatchError(
                f"Row {name!r} has no article: give it 'article', 'article_path' or 'url'."
            )
        place = self.folder / str(path) if path and not article else None
        return Row(
            name, number, questions, article or None, place, str(url) if url else None, carried
        )


def _questions(values: Mapping[str, Any], name: str) -> tuple[str, ...]:
    """Return the questions of a row; in a table, several of them are a list in JSON.

    >>> _questions({"question": "Who?", "questions": '["When?", "Where?"]'}, "1")
    ('Who?', 'When?', 'Where?')
    """
    several = values.get("questions") or ()
    if isinstance(several, str):
        several = _listed(several)
    questions = [values["question"]] if values.get("question") else []
    questions.extend(several if isinstance(several, list) else [several] * bool(several))
    if not all(isinstance(question, str) for question in questions):
        raise BatchError(f"The questions of row {name!r} must be text.")
    return tuple(questions)


def _listed(text: str) -> list[Any]:
    """Return the questions in a cell: a list in JSON, or else one question."""
    try:
        listed = json.loads(text) if text.lstrip().startswith("[") else text
    except ValueError:
        listed = text
    return listed if isinstance(listed, list) else [text]


def in_shard(row: Row | BadRow, shard: int, shards: int) -> bool:
    """Return whether a row belongs to a shard, counted from 1; its id alone decides.

    >>> row = BadRow("a", 1, "")
    >>> [in_shard(row, shard, 3) for shard in (1, 2, 3)].count(True)
    1
    """
    digest = hashlib.sha256(row.id.encode()).digest()
    return int.from_bytes(digest[:8], "big") % shards == shard - 1
