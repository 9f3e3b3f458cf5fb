"""Adversarial quotes: what must be found, where, and what must be refused.

The cases are in ``quotes/``, one YAML file a language, written from the articles alone and before
the locator was run on them. Under ``found`` is what must be found: a quote that stands to the
letter, or one with what of the article it stands for; ``known`` says why one is not found. Under ``several`` is what stands in several
places, and under ``refused`` what no editor would let pass. To these ``building`` adds what can be
made by rule.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, ClassVar, Literal

import yaml

from newsqa.article import Article

FOLDER = Path(__file__).parent / "quotes"
EXAMPLES = Path(__file__).parent.parent.parent / "examples"

Verdict = Literal["found", "several", "refused"]
Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Source:
    """An article and what its quotes have in common."""

    name: str
    script: str
    article: Article


@dataclass(frozen=True, slots=True)
class QuoteCase:
    """A quote, the sentences cited for it, and what a locator must make of it.

    ``places`` are the spans of the fragments where it must be found, all places where it stands
    several times, and none where it must be refused.
    """

    id: str
    source: Source
    verdict: Verdict
    kind: str
    quote: str
    places: tuple[Place, ...] = ()
    near: tuple[int, ...] = ()
    known: str = ""
    """Why it is not found, where that is known and borne."""

    @property
    def text(self) -> str:
        """The article's text."""
        return self.source.article.text


@cache
def written_cases() -> tuple[QuoteCase, ...]:
    """The cases in ``quotes/``."""
    return tuple(case for file in sorted(FOLDER.glob("*.yaml")) for case in _in_file(file))


@cache
def sources() -> tuple[Source, ...]:
    """All articles that there are cases for, each once."""
    return tuple({case.source.name: case.source for case in written_cases()}.values())


class _StringsOnly(yaml.SafeLoader):
    """Reads 1.2 as what is written, and not as a number."""

    yaml_implicit_resolvers: ClassVar[dict[str, Any]] = {}


def _in_file(file: Path) -> Iterator[QuoteCase]:
    content = yaml.load(file.read_text(encoding="utf-8"), _StringsOnly)  # noqa: S506  # a safe one
    for listed in content["articles"]:
        article = _article(listed, content["language"])
        name = f"{file.stem}-{Path(listed.get('article', 'own')).stem}"
        source = Source(name, content["script"], article)
        for verdict in ("found", "several", "refused"):
            for kind, entries in listed.get(verdict, {}).items():
                for number, entry in enumerate(entries, 1):
                    id_ = f"{name}-{verdict}-{kind.replace(' ', '_')}-{number}"
                    yield _case(id_, source, verdict, kind, entry)


def _article(listed: dict[str, Any], language: str) -> Article:
    if "text" in listed:
        return Article(listed["text"], language=language)
    return Article.from_file(EXAMPLES / listed["article"])


def _case(id_: str, source: Source, verdict: Verdict, kind: str, entry: Any) -> QuoteCase:
    if isinstance(entry, str):
        entry = {"quote": entry, "stands": entry}
    text = source.article.text
    if verdict == "refused":
        return QuoteCase(id_, source, verdict, kind, entry["quote"])
    if verdict == "several":
        places = tuple(_all_places(entry["stands"], text))
        return QuoteCase(id_, source, verdict, kind, entry["quote"], places)
    places = tuple(_fragments(entry, text, id_))
    near = _cited(entry, places, source.article)
    known = entry.get("known", "")
    return QuoteCase(id_, source, verdict, kind, entry["quote"], places, near, known)


def _all_places(words: str, text: str) -> Iterator[Place]:
    at = text.find(words)
    while at >= 0:
        yield at, at + len(words)
        at = text.find(words, at + 1)


def _fragments(entry: dict[str, Any], text: str, id_: str) -> Iterator[Place]:
    stands = entry["stands"]
    if isinstance(stands, str):
        places = list(_all_places(stands, text))
        assert "nth" in entry or len(places) == 1, f"{id_}: {stands!r} stands {len(places)} times"
        yield places[int(entry.get("nth", 1)) - 1]
        return
    end = 0
    for fragment in stands:
        assert fragment in text[end:], f"{id_}: {fragment!r} does not follow"
        start = text.index(fragment, end)
        end = start + len(fragment)
        yield start, end


def _cited(entry: dict[str, Any], places: tuple[Place, ...], article: Article) -> tuple[int, ...]:
    """The numbers of the sentences around the quote itself, or around the words in ``cited``."""
    if "cited" not in entry:
        return ()
    start, end = places[0][0], places[-1][1]
    if entry["cited"] != "here":
        start = article.text.index(entry["cited"])
        end = start + len(entry["cited"])
    return tuple(sentence.number for sentence in article.sentences_in(start, end))
