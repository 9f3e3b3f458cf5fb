"""Golden cases: newsqa's own format, as JSON Lines, JSON, YAML or a table in CSV."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any

from newsqa.article import Article
from newsqa.errors import ArticleError, CaseError
from newsqa.evals.cases import Case, Expected, make_case
from newsqa.evals.formats._external import LoadedCases, read_text
from newsqa.optional import loader, yaml

_FILE = "file"
"""The key of an article's own file, relative to the file of cases."""

_WORDS = frozenset({"id", "question", "language", "tags", "status", "short", "must_not_say"})
_PLACES = frozenset({"spans", "must_cite", "evidence"})
_ARTICLE = frozenset({"article", _FILE, "title", "published_at", "author", "source"})
_LISTS = _PLACES | {"tags", "status", "short", "must_not_say"}
_COLUMNS = _WORDS | _PLACES | _ARTICLE
"""The columns of a table in CSV."""

_SEPARATOR = "|"
"""Between several values in a cell of a table."""

_STRING, _NULL, _INTEGER = (f"tag:yaml.org,2002:{name}" for name in ("str", "null", "int"))


def read_golden(path: Path, *, language: str | None = None) -> LoadedCases:
    """Read the cases in a ``.jsonl``, ``.json``, ``.yaml`` or ``.csv`` file.

    ``article`` is a text, an article's fields, or ``{file: PATH}`` relative to the file of cases, with
    fields that override the file's. Answers are read as they are written: ``short: 35``, ``3.50``,
    ``yes`` and ``2026-05-03`` are these words. ``language`` is for cases that do not give theirs.

    Raises:
        CaseError: A case is not usable; the message gives file, place, case and what to do.
    """
    rows = _READERS.get(path.suffix.lower(), _json_rows)
    from_file = cache(lambda name: Article.from_file(path.parent / name))
    cases: dict[str, Case] = {}
    for place, value in rows(path):
        case = _case(value, f"{path}, {place}", from_file)
        if case.id in cases:
            raise CaseError(f"{path}, {place}: there are two cases {case.id!r}; rename one.")
        cases[case.id] = case.model_copy(update={"language": case.language or language})
    if not cases:
        raise CaseError(f"{str(path)!r} has no cases.")
    return LoadedCases(tuple(cases.values()))


def _json_rows(path: Path) -> Iterator[tuple[str, object]]:
    text = read_text(path)
    if text.lstrip().startswith("["):
        yield from _json_list(text, path)
        return
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                yield f"line {number}", _loads(line)
            except (ValueError, RecursionError) as error:
                raise CaseError(_not_json_lines(text, path, number, error)) from None


def _json_list(text: str, path: Path) -> Iterator[tuple[str, object]]:
    try:
        values = _loads(text)
    except (ValueError, RecursionError) as error:
        raise CaseError(f"{str(path)!r} is not JSON: {error}.") from None
    for number, value in enumerate(values, 1):
        yield f"case {number}", value


def _loads(text: str) -> Any:  # noqa: ANN401  # JSON holds anything
    return json.loads(text, parse_float=Decimal)  # which keeps the zero of 3.50


def _not_json_lines(text: str, path: Path, line: int, error: Exception) -> str:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return f"{path}, line {line} is not JSON: {error}; write one case a line."
    return (
        f"{str(path)!r} is one JSON object and not a list of cases: write one case a line, or name "
        "the format of the data set, such as --format squad."
    )


def _yaml_rows(path: Path) -> Iterator[tuple[str, object]]:
    text, library = read_text(path), yaml()
    reader = loader()(text)
    try:
        root = reader.get_single_node()
        if not isinstance(root, library.SequenceNode):
            raise CaseError(f"{str(path)!r} is not a list of cases: begin each one with '- id:'.")
        for node in root.value:
            _keep_words(node)
            yield f"line {node.start_mark.line + 1}", reader.construct_object(node, deep=True)
    except library.YAMLError as error:
        raise CaseError(f"{str(path)!r} is not YAML: {' '.join(str(error).split())}.") from None
    finally:
        reader.dispose()


def _keep_words(node: Any) -> None:  # noqa: ANN401  # a node of PyYAML
    """Make texts of a case's words, which YAML would read as numbers, dates, and true or false."""
    for key, value in node.value if node.id == "mapping" else ():
        if key.value in _WORDS:
            _make_text(value)
        elif key.value in _PLACES:
            _make_text(value, keep_integers=True)
        elif key.value in {"article", "expected"} and value.id == "mapping":
            _keep_words(value)


def _make_text(node: Any, *, keep_integers: bool = False) -> None:  # noqa: ANN401  # a node of PyYAML
    if node.id == "sequence":
        for item in node.value:
            _make_text(item, keep_integers=keep_integers)
    elif node.id == "scalar" and node.tag != _NULL:
        is_number = keep_integers and node.tag == _INTEGER and node.value.isdecimal()
        node.tag = _INTEGER if is_number else _STRING


def _csv_rows(path: Path) -> Iterator[tuple[str, object]]:
    text = read_text(path)
    header = text.partition("\n")[0]
    table = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=header.count))
    names = [name.strip().lower().replace(" ", "_") for name in next(table, [])]
    _check_columns(names, path)
    for number, cells in enumerate(table, 2):
        if len(cells) > len(names):
            raise CaseError(
                f"{path}, row {number} has {len(cells)} cells for {len(names)} columns; put a text "
                "with the separator in it into quotation marks."
            )
        values = {name: cell.strip() for name, cell in zip(names, cells, strict=False)}
        if any(values.values()):
            yield f"row {number}", _case_of_cells({k: v for k, v in values.items() if v}, number)


def _check_columns(names: list[str], path: Path) -> None:
    for name in names:
        if name not in _COLUMNS:
            nearest = get_close_matches(name, _COLUMNS, n=1)
            meant = f": did you mean {nearest[0]!r}?" if nearest else "."
            raise CaseError(f"{str(path)!r} has a column {name!r}, which no case has{meant}")


def _case_of_cells(cells: Mapping[str, str], number: int) -> dict[str, object]:
    """Return a case's fields: those of ``expected`` and of the article in their places."""
    values = {name: _cell(name, text) for name, text in cells.items()}
    expected = {name: values.pop(name) for name in Expected.model_fields if name in values}
    article = {name: values.pop(name) for name in _ARTICLE if name in values}
    if "article" in article:
        article["text"] = article.pop("article")
    return {"id": f"row {number}", **values, "article": article, "expected": expected}


def _cell(name: str, text: str) -> object:
    if name not in _LISTS:
        return text
    values = [value.strip() for value in text.split(_SEPARATOR) if value.strip()]
    if name == "status":
        return [value.lower().replace(" ", "_") for value in values]
    if name in _PLACES:
        return [int(value) if value.isdecimal() else value for value in values]
    return values


_READERS = {".yaml": _yaml_rows, ".yml": _yaml_rows, ".csv": _csv_rows, ".tsv": _csv_rows}


def _case(value: object, place: str, from_file: Callable[[str], Article]) -> Case:
    if not isinstance(value, Mapping):
        raise CaseError(f"{place}: a case is an object with id, article, question and expected.")
    name = value.get("id", "without an id")
    try:
        return make_case({**value, "article": _article(value.get("article"), from_file)})
    except (CaseError, ArticleError) as error:
        raise CaseError(f"{place}, case {name!r}: {error}") from None


def _article(value: Any, from_file: Callable[[str], Article]) -> object:  # noqa: ANN401  # as the file has it
    if not isinstance(value, Mapping) or _FILE not in value:
        return value
    fields = {key: field for key, field in value.items() if key != _FILE}
    article = from_file(str(value[_FILE]))
    return article.model_copy(update=fields) if fields else article
