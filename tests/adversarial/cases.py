"""Adversarial quotes: those that must be found, and where, and those that must be rejected.

The cases are in ``quotes/``, one YAML file for each language, written from the articles alone and
before the search was run on them. ``found`` lists quotes that must be found: exact ones, or others with
the words of the article that they quote; ``known`` gives the reason why one is not found today.
``several`` lists quotes that occur several times, and ``refused`` quotes that no editor would accept.
``building`` adds cases made by rules.
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
    """A quote, the sentences cited for it, and the expected result.

    ``places`` are the spans of its fragments, all places of a quote that occurs several times, or none
    if it must be rejected.
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
    """Yield the cases in ``quotes/``."""
    return tuple(_case(entry) for entry in entries(FOLDER, VERDICTS))


@cache
def sources() -> tuple[Source, ...]:
    """Return all articles with cases, each once."""
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
    """Return the numbers of the sentences with the quote, or with the words in ``cited``."""
    if "cited" not in listed:
        return ()
    start, end = places[0][0], places[-1][1]
    if listed["cited"] != "here":
        start = article.text.index(listed["cited"])
        end = start + len(listed["cited"])
    return tuple(sentence.number for sentence in article.sentences_in(start, end))
