"""Ledger: every answer of a run, kept in a SQLite file as it comes.

A call is one question about one article, as one set-up answers it; its id is a hash of all that shapes
the answer. What is in the ledger is never asked again. The plan holds what the run writes, in order, so
that the output is made of the ledger alone and is the same after an interruption.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, NamedTuple, Self

from newsqa.answers.answer import Answer, Failure
from newsqa.article import Article
from newsqa.errors import BatchError

VERSION = 1
"""The version of the tables. A ledger of another one is refused."""

_TABLES = """
CREATE TABLE IF NOT EXISTS identity (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS results (
    call TEXT PRIMARY KEY, is_answer INTEGER NOT NULL, json TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS plan (
    row INTEGER, place INTEGER, id TEXT NOT NULL, question TEXT, call TEXT, problem TEXT,
    carried TEXT NOT NULL, PRIMARY KEY (row, place)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS plan_by_id ON plan (id, place);
"""


class RunChangedError(BatchError):
    """The ledger is of a run with other settings or rows, and nobody said what to do with it."""


class PlannedLine(NamedTuple):
    """A line of the output before it has a result: a question of a row, or a row with a problem."""

    row: int
    place: int
    """The question's place in the row, counted from 0."""
    id: str
    question: str | None
    call: str | None
    problem: str | None
    carried: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the output: a question of a row, with its answer, its failure or neither yet."""

    row: int
    id: str
    question: str | None
    carried: Mapping[str, Any]
    result: Answer | Failure | None
    problem: str | None = None
    """The reason why the row could not be asked."""


def call_ids(
    article: Article, questions: Iterable[str], identity: Mapping[str, str]
) -> dict[str, str]:
    """Return the id of the call for each question: a hash of all that shapes its answer.

    These are the article with its fields, the question and the set-up.

    >>> one = Article("It closed on 3 May.")
    >>> call_ids(one, ["When?"], {}) == call_ids(one, ["When?"], {})
    True
    >>> call_ids(one, ["When?"], {}) == call_ids(one, ["When?"], {"model": "m"})
    False
    """
    shared = hashlib.sha256(json.dumps(sorted(identity.items())).encode())
    shared.update(article.model_dump_json().encode())
    return {question: _with_question(shared.copy(), question) for question in questions}


def _with_question(digest: hashlib._Hash, question: str) -> str:
    digest.update(json.dumps(question).encode())
    return digest.hexdigest()


class Ledger:
    """The answers and the plan of a run, in one file that one process at a time can open.

    Args:
        path: The file; it is created, with its folder, if there is none.

    Raises:
        BatchError: Another process has it open, or it is not a ledger or cannot be written.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._file = sqlite3.connect(path, isolation_level=None, timeout=0)
            self._open()
        except (OSError, sqlite3.Error) as error:
            raise BatchError(self._describe(error)) from error

    def _open(self) -> None:
        # An exclusive lock from the first write on: it ends with the process, however it ends.
        self._file.execute("PRAGMA locking_mode=EXCLUSIVE")
        self._file.execute("PRAGMA journal_mode=WAL")
        self._file.execute("PRAGMA synchronous=NORMAL")
        self._file.execute("BEGIN EXCLUSIVE")
        found = self._file.execute("PRAGMA user_version").fetchone()[0]
        if found not in (0, VERSION):
            self._file.execute("ROLLBACK")
            raise BatchError(f"{str(self._path)!r} was written by another version of newsqa.")
        self._file.execute(f"PRAGMA user_version={VERSION}")
        for statement in filter(str.strip, _TABLES.split(";")):
            self._file.execute(statement)
        self._file.execute("COMMIT")

    def _describe(self, error: Exception) -> str:
        if "locked" in str(error):
            return f"{str(self._path)!r} is in use: another run is writing the same output."
        if "not a database" in str(error):
            return f"{str(self._path)!r} is not a ledger; name another output, or delete it."
        return f"{str(self._path)!r} cannot be written: {error}."

    @property
    def identity(self) -> dict[str, str]:
        """The set-up that the answers were made with; empty for a new ledger."""
        return dict(self._file.execute("SELECT name, value FROM identity"))

    def begin(self, identity: Mapping[str, str]) -> None:
        """Start to plan a run of a set-up, in place of the plan before."""
        with self._transaction():
            self._file.execute("DELETE FROM identity")
            self._file.executemany("INSERT INTO identity VALUES (?, ?)", identity.items())
            self._file.execute("DELETE FROM plan")

    def restart(self) -> None:
        """Forget all answers and the plan."""
        with self._transaction():
            for table in ("identity", "results", "plan"):
                self._file.execute(f"DELETE FROM {table}")  # noqa: S608  # a name from above

    def planned_call(self, row_id: str, place: int) -> str | None:
        """Return the call that the plan has for a question of a row, if it has one."""
        query = "SELECT call FROM plan WHERE id = ? AND place = ?"
        planned = self._file.execute(query, [row_id, place]).fetchone()
        return planned[0] if planned else None

    def plan(self, lines: Iterable[PlannedLine]) -> None:
        """Add lines to the plan."""
        with self._transaction():
            self._file.executemany(
                "INSERT OR REPLACE INTO plan VALUES (?, ?, ?, ?, ?, ?, ?)",
                [
                    (*line[:6], json.dumps(line.carried, ensure_ascii=False, default=str))
                    for line in lines
                ],
            )

    def state(self, call: str) -> Literal["answered", "failed"] | None:
        """Return what became of a call, if it was made."""
        query = "SELECT is_answer FROM results WHERE call = ?"
        kept = self._file.execute(query, [call]).fetchone()
        return None if kept is None else "answered" if kept[0] else "failed"

    def add(self, results: Mapping[str, Answer | Failure]) -> None:
        """Keep results by their call; they are in the file when this returns."""
        with self._transaction():
            self._file.executemany(
                "INSERT OR REPLACE INTO results VALUES (?, ?, ?)",
                [
                    (call, isinstance(result, Answer), result.model_dump_json())
                    for call, result in results.items()
                ],
            )

    def entries(self) -> Iterator[Entry]:
        """Yield the planned lines, in the order of the rows, with what is known of each."""
        query = """
            SELECT row, id, question, carried, problem, is_answer, json
            FROM plan LEFT JOIN results USING (call) ORDER BY row, place"""
        for row, name, question, carried, problem, is_answer, text in self._file.execute(query):
            kind = Answer if is_answer else Failure
            result = kind.model_validate_json(text) if text else None
            yield Entry(row, name, question, json.loads(carried), result, problem)

    def close(self) -> None:
        """Close the file; another process may then open it."""
        self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        """Write all or nothing."""
        try:
            self._file.execute("BEGIN IMMEDIATE")
            yield
            self._file.execute("COMMIT")
        except BaseException as error:
            with suppress(sqlite3.Error):
                self._file.execute("ROLLBACK")
            if isinstance(error, sqlite3.Error):
                raise BatchError(self._describe(error)) from error
            raise
