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
from typing import Any, Literal

from newsqa.article import Article
from tests.adversarial.articles import Entry, Source, entries

FOLDER = Path(__file__).parent / "quotes"

Verdict = Literal["found", "several", "refused"]
VERDICTS: tuple[Verdict, ...] = ("found", "several", "refused")

Place = tuple[int, int]


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
    return tuple(_case(entry) for entry in entries(FOLDER, VERDICTS))


@cache
def sources() -> tuple[Source, ...]:
    """All articles that there are cases for, each once."""
    return tuple({case.source.name: case.source for case in written_cases()}.values())


def _case(entry: Entry[Verdict]) -> QuoteCase:
    id_, source, verdict, kind = entry.id, entry.source, entry.verdict, entry.kind
    listed = entry.content
    if isinstance(listed, str):
        listed = {"quote": listed, "stands": listed}
    text = source.article.text
    if verdict == "refused":
        return QuoteCase(id_, source, verdict, kind, listed["quote"])
    if verdict == "several":
        places = tuple(_all_places(listed["stands"], text))
        return QuoteCase(id_, source, verdict, kind, listed["quote"], places)
    places = tuple(_fragments(listed, text, id_))
    near = _cited(listed, places, source.article)
    known = listed.get("known", "")
    return QuoteCase(id_, source, verdict, kind, listed["quote"], places, near, known)


def _all_places(words: str, text: str) -> Iterator[Place]:
    at = text.find(words)
    while at >= 0:
        yield at, at + len(words)
        at = text.find(words, at + 1)


def _fragments(listed: dict[str, Any], text: str, id_: str) -> Iterator[Place]:
    stands = listed["stands"]
    if isinstance(stands, str):
        places = list(_all_places(stands, text))
        assert "nth" in listed or len(places) == 1, f"{id_}: {stands!r} stands {len(places)} times"
        yield places[int(listed.get("nth", 1)) - 1]
        return
    end = 0
    for fragment in stands:
        assert fragment in text[end:], f"{id_}: {fragment!r} does not follow"
        start = text.index(fragment, end)
        end = start + len(fragment)
        yield start, end


def _cited(listed: dict[str, Any], places: tuple[Place, ...], article: Article) -> tuple[int, ...]:
    """The numbers of the sentences around the quote itself, or around the words in ``cited``."""
    if "cited" not in listed:
        return ()
    start, end = places[0][0], places[-1][1]
    if listed["cited"] != "here":
        start = article.text.index(listed["cited"])
        end = start + len(listed["cited"])
    return tuple(sentence.number for sentence in article.sentences_in(start, end))
