"""Output: the lines of a run as JSON Lines, CSV, Parquet or HTML pages, whole or not at all."""

from __future__ import annotations

import csv
import json
import os
import re
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from newsqa.answers.answer import Answer
from newsqa.batch.ledger import Entry
from newsqa.errors import BatchError
from newsqa.optional import load_extra
from newsqa.output.html import environment
from newsqa.output.rows import guard_cell
from newsqa.text import on_one_line

_COLUMNS = (
    "row",
    "id",
    "question",
    "status",
    "short",
    "text",
    "quotes",
    "spans",
    "model",
    "error",
    "carried",
)
"""The columns of a table; the fields that were carried along are JSON in the last one."""

_ROWS_A_GROUP = 1_000
_NOT_IN_A_NAME = re.compile(r"[^\w.-]+")


def write_output(entries: Iterable[Entry], out: Path) -> None:
    """Write the lines that have a result to ``out``, in place of what it held.

    A file is written beside ``out`` first and then renamed, so that it is never half a file.

    Raises:
        BatchError: It cannot be written, or its ending names no format.
    """
    with_result = (entry for entry in entries if entry.result is not None or entry.problem)
    write = writer_for(out)
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        write(with_result, out)
    except OSError as error:
        raise BatchError(f"{str(out)!r} cannot be written: {error.strerror}.") from error


def writer_for(out: Path) -> Callable[[Iterator[Entry], Path], None]:
    """Return what writes the format of ``out``.

    Raises:
        BatchError: Its ending names no format.
        ConfigurationError: Parquet needs ``newsqa[parquet]``.
    """
    if out.suffix == ".parquet":
        load_extra("pyarrow.parquet", wanted_for="Parquet files", extra="parquet")
    writers = {
        ".jsonl": _write_json_lines,
        ".csv": _write_csv,
        ".parquet": _write_parquet,
        "": _write_pages,
    }
    if out.suffix not in writers:
        raise BatchError(
            f"The output {out.name!r} must end in .jsonl, .csv or .parquet, or be a folder for pages."
        )
    return writers[out.suffix]


def record_of(entry: Entry) -> dict[str, Any]:
    """Return a line of JSON: the row, its question, and the answer or the error."""
    head = {
        "row": entry.row,
        "id": entry.id,
        "question": entry.question,
        **({"carried": entry.carried} if entry.carried else {}),
    }
    if isinstance(entry.result, Answer):
        answer = entry.result.model_dump(mode="json")
        shown = {name: answer[name] for name in ("status", "short", "text")}
        return {**head, **shown, "answer": answer}
    return {**head, "error": _error(entry)}


def _error(entry: Entry) -> str | None:
    return str(entry.result) if entry.result is not None else entry.problem


def _write_json_lines(entries: Iterator[Entry], out: Path) -> None:
    with Replacing(out) as path, path.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(record_of(e), ensure_ascii=False) + "\n" for e in entries)


def _write_csv(entries: Iterator[Entry], out: Path) -> None:
    with Replacing(out) as path, path.open("w", encoding="utf-8-sig", newline="") as file:
        table = csv.DictWriter(file, _COLUMNS)
        table.writeheader()
        for entry in entries:
            table.writerow({name: guard_cell(cell) for name, cell in _cells(entry).items()})


def _cells(entry: Entry) -> dict[str, Any]:
    """Return the cells of a table: several quotes or spans of an answer are on a line each."""
    cells = {
        "row": entry.row,
        "id": entry.id,
        "question": entry.question,
        "carried": json.dumps(entry.carried, ensure_ascii=False) if entry.carried else None,
    }
    answer = entry.result
    if not isinstance(answer, Answer):
        return {**cells, "error": _error(entry)}
    return {
        **cells,
        **{name: getattr(answer, name) for name in ("status", "short", "text", "model")},
        "quotes": "\n".join(on_one_line(c.text) for c in answer.citations),
        "spans": "\n".join(f"{c.start}:{c.end}" for c in answer.citations),
    }


def _write_parquet(entries: Iterator[Entry], out: Path) -> None:
    arrow = load_extra("pyarrow", wanted_for="Parquet files", extra="parquet")
    parquet = load_extra("pyarrow.parquet", wanted_for="Parquet files", extra="parquet")
    fields = [(name, arrow.int64() if name == "row" else arrow.string()) for name in _COLUMNS]
    schema = arrow.schema([*fields, ("answer", arrow.string())])
    with Replacing(out) as path, parquet.ParquetWriter(path, schema) as file:
        while group := [_parquet_cells(entry) for entry in islice(entries, _ROWS_A_GROUP)]:
            file.write_table(arrow.Table.from_pylist(group, schema))


def _parquet_cells(entry: Entry) -> dict[str, Any]:
    answer = entry.result.model_dump_json() if isinstance(entry.result, Answer) else None
    return {**_cells(entry), "answer": answer}


def _write_pages(entries: Iterator[Entry], out: Path) -> None:
    """Write a page for each answer, and an index of all lines."""
    out.mkdir(parents=True, exist_ok=True)
    index: list[tuple[str, dict[str, Any]]] = []
    for entry in entries:
        name = f"{entry.row:06}-{_NOT_IN_A_NAME.sub('-', entry.id)[:60]}-{len(index) + 1}.html"
        if isinstance(entry.result, Answer):
            with Replacing(out / name) as path:
                path.write_text(entry.result.to_html(), encoding="utf-8")
        index.append((name, _cells(entry)))
    page = environment().get_template("index.html.jinja").render(lines=index)
    with Replacing(out / "index.html") as path:
        path.write_text(page, encoding="utf-8")


class Replacing:
    """A new file that takes the place of ``out`` when its block ends without an error."""

    def __init__(self, out: Path) -> None:
        self._out = out
        self._path = out.with_name(f".{out.name}.{os.getpid()}")

    def __enter__(self) -> Path:
        return self._path

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None:
            self._path.replace(self._out)
        else:
            self._path.unlink(missing_ok=True)
