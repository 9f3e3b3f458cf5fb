"""Golden cases: newsqa's own format, as JSON Lines or as a list in YAML."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from newsqa.article import Article
from newsqa.errors import ArticleError, CaseError
from newsqa.evals.cases import Case, make_case
from newsqa.evals.formats import LoadedCases
from newsqa.evals.formats._external import read_text
from newsqa.optional import loader, yaml

_YAML = {".yaml", ".yml"}
_FILE = "file"
"""The key of an article's own file, relative to the file of cases."""


def read_golden(path: Path, *, language: str | None = None) -> LoadedCases:
    """Read a ``.jsonl`` file with one case a line, or a ``.yaml`` file with a list of cases.

    ``article`` is a text, an article's fields, or ``{file: PATH}`` relative to the file of cases, with
    fields that override the file's. ``language`` is for cases that do not give theirs.

    Raises:
        CaseError: A case is not usable; the message gives file, line, case and what to do.
    """
    rows = _yaml_rows if path.suffix in _YAML else _json_rows
    from_file = cache(lambda name: Article.from_file(path.parent / name))
    cases: dict[str, Case] = {}
    for line, value in rows(path):
        case = _case(value, f"{path}, line {line}", from_file)
        if case.id in cases:
            raise CaseError(f"{path}, line {line}: there are two cases {case.id!r}; rename one.")
        cases[case.id] = case.model_copy(update={"language": case.language or language})
    if not cases:
        raise CaseError(f"{str(path)!r} has no cases.")
    return LoadedCases(tuple(cases.values()))


def _json_rows(path: Path) -> Iterator[tuple[int, object]]:
    for number, line in enumerate(read_text(path).split("\n"), 1):
        if line.strip():
            try:
                yield number, json.loads(line)
            except (ValueError, RecursionError) as error:
                raise CaseError(
                    f"{path}, line {number} is not JSON: {error}; write one case a line."
                ) from None


def _yaml_rows(path: Path) -> Iterator[tuple[int, object]]:
    text, library = read_text(path), yaml()
    reader = loader()(text)
    try:
        root = reader.get_single_node()
        if not isinstance(root, library.SequenceNode):
            raise CaseError(f"{str(path)!r} is not a list of cases: begin each one with '- id:'.")
        for node in root.value:
            yield node.start_mark.line + 1, reader.construct_object(node, deep=True)
    except library.YAMLError as error:
        raise CaseError(f"{str(path)!r} is not YAML: {' '.join(str(error).split())}.") from None
    finally:
        reader.dispose()


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
