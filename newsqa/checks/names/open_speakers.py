"""Open speakers: who "he" is that said it, or who speaks in a quotation that names nobody.

The sentences before tell, up to the nearest one that names a speaker or begins with a name; so does
the next one, where a quotation stands alone and "said Ada Okafor" follows in it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import regex

from newsqa.article.sentences import Sentence
from newsqa.checks.names.evidence import KnownNames, Run
from newsqa.checks.names.people import Way, name_of, unquoted, way_of
from newsqa.checks.names.speech import UNNAMED, find_speakers
from newsqa.text.names import find_names

FAR = 6
"""Sentences before a cited one in which its speaker is looked for, quotations among them."""

_LETTER = regex.compile(r"\p{L}")
EARLY = 25
"""Characters from the beginning of a sentence in which its subject begins: "The engineer, Ada ..."."""


@dataclass(frozen=True)
class OpenSpeakers:
    """The speakers that the cited sentences leave open."""

    known: KnownNames

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """The cited sentences that report speech and do not name who speaks."""
        return tuple(s for s in self.known.context.sentences if _is_open(s.text))

    @cached_property
    def runs(self) -> tuple[Run, ...]:
        """The names that may be the speakers'."""
        return tuple(run for s in self.sentences for run in self._runs_near(s) if name_of(run))

    @cached_property
    def words(self) -> frozenset[str]:
        """The words of these names."""
        return frozenset(word for run in self.runs for word in name_of(run))

    @cached_property
    def ways(self) -> set[Way]:
        """Whether the speakers are a "he" or a "she", where each of them is told."""
        found = [UNNAMED.search(unquoted(s.text)) for s in self.sentences]
        ways = {way_of(match["who"]) for match in found if match}
        return {way for way in ways if way} if all(found) and None not in ways else set()

    def _runs_near(self, sentence: Sentence) -> Iterator[Run]:
        at = sentence.number - 1
        everything = self.known.context.article.sentences
        for behind in everything[at + 1 : at + 2]:
            for match, _ in find_speakers(behind.text):
                yield from map(tuple, find_names(match["name"]))
        for earlier in reversed(everything[max(at - FAR, 0) : at]):
            yield from map(tuple, find_names(earlier.text))
            if any(find_speakers(earlier.text)) or self._begins_with_name(earlier.text):
                return

    def _begins_with_name(self, text: str) -> bool:
        words = [word for run in find_names(unquoted(text)) for word in run if run[0].start < EARLY]
        return any(not word.is_first or word.plain in self.known.inner for word in words)


def _is_open(text: str) -> bool:
    outside = unquoted(text)
    if any(find_speakers(text)):
        return False
    return bool(UNNAMED.search(outside)) or not _LETTER.search(outside)
