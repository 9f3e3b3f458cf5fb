"""The articles of the adversarial cases, and the cases that their YAML files list.

A file has a ``language``, a ``script`` and ``articles``. Each of these is one of the examples
(``article``, a file name) or its own (``text``), may have a day of publication (``published_at``),
and lists its cases by verdict and kind.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar, Generic, TypeVar

import yaml

from newsqa.article import Article

EXAMPLES = Path(__file__).parent.parent.parent / "examples"

V = TypeVar("V", bound=str)
"""What a case's verdict may be."""


@dataclass(frozen=True, slots=True)
class Source:
    """An article, with the fields that its cases share."""

    name: str
    language: str
    script: str
    article: Article


@dataclass(frozen=True, slots=True)
class Entry(Generic[V]):
    """The fields of one case, with its name and its place."""

    id: str
    source: Source
    verdict: V
    kind: str
    content: Any


def entries(folder: Path, verdicts: Sequence[V]) -> Iterator[Entry[V]]:
    """Yield everything listed under ``verdicts`` in the files of ``folder``."""
    for file in sorted(folder.glob("*.yaml")):
        content = read_strings(file)
        for listed in content["articles"]:
            yield from _of_article(listed, _source(file.stem, content, listed), verdicts)


def read_strings(file: Path) -> Any:
    """Read a YAML file with all scalars as text, so that 1.2 is not a number."""
    return yaml.load(file.read_text(encoding="utf-8"), _StringsOnly)  # noqa: S506  # a safe one


class _StringsOnly(yaml.SafeLoader):
    yaml_implicit_resolvers: ClassVar[dict[str, Any]] = {}  # type: ignore[misc]  # stubs differ


def _of_article(
    listed: dict[str, Any], source: Source, verdicts: Sequence[V]
) -> Iterator[Entry[V]]:
    for verdict in verdicts:
        for kind, contents in listed.get(verdict, {}).items():
            for number, content in enumerate(contents, 1):
                id_ = f"{source.name}-{verdict}-{kind.replace(' ', '_')}-{number}"
                yield Entry(id_, source, verdict, kind, content)


def _source(language: str, content: dict[str, Any], listed: dict[str, Any]) -> Source:
    name = f"{language}-{Path(listed.get('article', 'own')).stem}"
    article = (
        Article(listed["text"], language=content["language"])
        if "text" in listed
        else Article.from_file(EXAMPLES / listed["article"])
    )
    if "published_at" in listed:
        article = article.model_copy(update={"published_at": listed["published_at"]})
    return Source(name, language, content["script"], article)
