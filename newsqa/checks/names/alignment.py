"""Slots: what the evidence has in the place where a claim has other words."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property

import regex

from newsqa.text.names import END, plain

LONGEST = 8
"""Words that a slot has at most: a longer one is another wording, and no slot."""

MAX_WORDS = 300
"""Words of a claim that are compared with the evidence's, since the time it takes is their product."""

_WORD = regex.compile(r"[\p{L}\p{N}][\p{L}\p{M}\p{N}&.'’]*(?<![.'’])|[\p{L}]\.")

_END = regex.compile(rf"{END}[\"”]?\s")


@dataclass(frozen=True)
class Alignment:
    """A claim and its evidence, word by word, as far as they have the same words in the same order."""

    claim: str
    evidence: str

    @cached_property
    def _ours(self) -> list[regex.Match[str]]:
        return list(_WORD.finditer(self.claim))

    @cached_property
    def _theirs(self) -> list[regex.Match[str]]:
        return list(_WORD.finditer(self.evidence))

    @cached_property
    def _replaced(self) -> list[tuple[int, int, int, int]]:
        """Where words of the claim stand for words of the evidence, by their numbers."""
        if len(self._ours) > MAX_WORDS:
            return []
        ours, theirs = ([plain(m[0]) for m in words] for words in (self._ours, self._theirs))
        matcher = SequenceMatcher(a=ours, b=theirs, autojunk=False)
        return [(a, b, c, d) for tag, a, b, c, d in matcher.get_opcodes() if tag == "replace"]

    def slot(self, start: int, end: int) -> str:
        """What the evidence has for the words from ``start`` to ``end``; empty if nothing tells."""
        for first, last, begin, stop in self._replaced:
            covers = self._ours[first].start() <= start and end <= self._ours[last - 1].end()
            if covers and stop - begin <= LONGEST and not self._begins_sentence(begin, stop):
                return self.evidence[self._theirs[begin].start() : self._theirs[stop - 1].end()]
        return ""

    def _begins_sentence(self, begin: int, stop: int) -> bool:
        """Whether a sentence ends before or within these words, so that they fill no place in it."""
        before = self._theirs[max(begin - 1, 0)].end()
        return bool(_END.search(self.evidence, before, self._theirs[stop - 1].start()))
