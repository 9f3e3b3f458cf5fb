"""Aligns a claim with its evidence, word by word."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property

import regex

from newsqa.text.analysis import AnalyzedText
from newsqa.text.names import END
from newsqa.text.tokens import Token

MAX_SLOT_WORDS = 8
"""Words of a slot at most: if more are replaced, the claim is worded differently."""

MAX_CLAIM_WORDS = 300
"""Words of a claim that are aligned at most, since the time it takes grows with their product."""

_SENTENCE_END = regex.compile(rf"{END}[\"”]?\s")


@dataclass(frozen=True)
class Alignment:
    """A claim and its evidence, as far as they have the same words in the same order."""

    claim: AnalyzedText
    evidence: AnalyzedText

    @cached_property
    def _claim_words(self) -> list[Token]:
        return _words(self.claim)

    @cached_property
    def _evidence_words(self) -> list[Token]:
        return _words(self.evidence)

    @cached_property
    def _replaced(self) -> list[tuple[int, int, int, int]]:
        """Ranges of words of the claim, and of the words of the evidence that they replace."""
        if len(self._claim_words) > MAX_CLAIM_WORDS:
            return []
        claim = [word.key for word in self._claim_words]
        evidence = [word.key for word in self._evidence_words]
        matcher = SequenceMatcher(a=claim, b=evidence, autojunk=False)
        return [(a, b, c, d) for tag, a, b, c, d in matcher.get_opcodes() if tag == "replace"]

    def slot(self, start: int, end: int) -> str:
        """Return what the evidence has in place of the claim's words; empty if nothing shows it.

        >>> claim = "On Tuesday Okafor opened the bridge."
        >>> evidence = "On Tuesday she opened the bridge."
        >>> Alignment(AnalyzedText(claim), AnalyzedText(evidence)).slot(11, 17)
        'she'
        """
        for first, last, begin, stop in self._replaced:
            words = self._claim_words[first:last]
            covers = words[0].start <= start and end <= words[-1].end
            if covers and stop - begin <= MAX_SLOT_WORDS and not self._ends_sentence(begin, stop):
                replaced = self._evidence_words[begin:stop]
                return self.evidence.text[replaced[0].start : replaced[-1].end]
        return ""

    def _ends_sentence(self, begin: int, stop: int) -> bool:
        """Return whether a sentence ends before or within these words of the evidence."""
        before = self._evidence_words[max(begin - 1, 0)].end
        last = self._evidence_words[stop - 1].start
        return bool(_SENTENCE_END.search(self.evidence.text, before, last))


def _words(text: AnalyzedText) -> list[Token]:
    return [token for token in text.tokens if token.kind != "mark"]
