"""Hedges: a claim does not state as a fact what the evidence only reports, suspects or plans.

A hedge applies to certain words. "Reportedly", "may" and their like apply to the word after them;
"alleges that" and "whether" to a clause, of which the first words count. A "said" in the claim replaces
a "reportedly", but not one that the evidence has beside it. Hedges on a bare name are not found, nor
are facts in other words than the evidence's.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import regex

from newsqa.checks import Check, ClaimContext, Finding
from newsqa.languages import language
from newsqa.languages.sections import Words
from newsqa.text import Offsets
from newsqa.text.analysis import AnalyzedText
from newsqa.text.scopes import WINDOW_WORDS, Governed, Word, govern, stem, stems_of


def _hedge_pattern(words: Words) -> regex.Pattern[str]:
    return regex.compile(rf"\b(?:{'|'.join(words)})(?![\p{{L}}])", regex.IGNORECASE)


_REPORTED = _hedge_pattern(language("en").hedges.reported)
"""Words that make the word after them a report or a suspicion."""

_POSSIBLE = _hedge_pattern(language("en").hedges.possible)
"""Words that make the word after them a possibility, a plan or an attempt."""

_CLAIMED = _hedge_pattern(language("en").hedges.claimed)
"""Words that make the clause after them somebody's claim."""

_OPEN = regex.compile(r"\bwhether(?!\s+to\b)(?![\p{L}])", regex.IGNORECASE)
"""A word that leaves the clause after it open."""

_NOT_RULED_OUT = regex.compile(
    r"\b(?:not|never|n['’]t|refused\s+to|declined\s+to)\s+(?:be(?:en)?\s+)?rul\w+\s+out\b",
    regex.IGNORECASE,
)
"""Words that leave something possible, before or after them."""

_WILL = regex.compile(
    r"\b(?:(?-i:will)(?!\s+not)|(?:is|are)\s+going\s+to|(?:is|are)\s+certain\s+to)\b",
    regex.IGNORECASE,
)
"""Words that state the future as a fact."""

_ATTRIBUTIONS = _hedge_pattern(language("en").hedges.attribution)
"""Words that attribute what is said to somebody."""

_DOUBTS = _hedge_pattern(language("en").hedges.doubt)
"""Words by which a claim does not state a plain fact."""

CLAUSE_WORDS = 3
"""Content words at the beginning of a clause by which it is recognised in the claim."""

NEAR_CHARS = 80
"""Characters on each side of a "could" or "not ruled out" to which it may apply."""

MIN_SHARED_STEMS = 2
"""Words that what "will" be shares with what "could" be, if they are the same."""

_REASON = "the cited sentences do not state this as a fact"


class HedgesCheck(Check):
    """Finds words that the evidence hedges and a claim does not."""

    name = "hedges"

    def applies_to(self, language: str) -> bool:
        """Return true for English."""
        return language == "en"

    def check(self, claim: str, context: ClaimContext) -> Iterator[Finding]:
        """Yield the words of ``claim`` that state as a fact what its evidence hedges."""
        texts = (claim, context.evidence, context.question)
        hedges = _Hedges(*map(context.analyze, texts))
        for start, end in dict.fromkeys(hedges.find_stated()) or hedges.find_promised():
            yield Finding.at(self.name, claim, start, end, _REASON)


@dataclass(frozen=True)
class _Hedges:
    """The hedges of the evidence beside those of the claim."""

    claim: AnalyzedText
    evidence: AnalyzedText
    question: AnalyzedText

    def find_stated(self) -> Iterator[Offsets]:
        """Yield the words that are hedged in the evidence and not in the claim."""
        for scope in self._hedged_scopes():
            yield from (word.span for word in scope)

    def _hedged_scopes(self) -> Iterator[list[Word]]:
        for pattern in (_REPORTED, _POSSIBLE):
            is_attributed = pattern is _REPORTED and self._has_new_attribution
            for head in () if is_attributed else _heads(self.evidence, pattern):
                yield self._stated([head])
        for pattern in (_CLAIMED, _OPEN):
            if pattern is _CLAIMED and _ATTRIBUTIONS.search(self.claim.text):
                continue
            for scope in _govern(self.evidence, pattern).scopes:
                yield self._stated(scope[:CLAUSE_WORDS])[:1]

    def _stated(self, hedged: list[Word]) -> list[Word]:
        """Return the ``hedged`` words in the claim, if it states all of them without a hedge.

        They do not count if the question presupposes one, or if the evidence also states them all.
        """
        stated = {word.stem: word for word in reversed(self._unhedged_words) if word.stem}
        stems = [word.stem for word in hedged]
        if not self._presupposed.isdisjoint(stems):
            return []
        if not stems or not all(s in stated for s in stems):
            return []
        if self._hedged_evidence.free.issuperset(stems) or self._hedges_something_else(stems):
            return []
        return [stated[s] for s in stems]

    @cached_property
    def _hedged_evidence(self) -> Governed:
        """The evidence, with the scopes of all its hedges."""
        patterns = (_REPORTED, _POSSIBLE, _CLAIMED, _OPEN)
        spans = (m.span() for p in patterns for m in p.finditer(self.evidence.text))
        return govern(self.evidence.words, spans)

    @cached_property
    def _presupposed(self) -> frozenset[str]:
        """The stems that the question presupposes: "Why did he resign?" does, "Did he resign?" does not."""
        question = self.question.text
        is_open = not _ASKS.match(question) or _DOUBTS.search(question)
        return frozenset() if is_open else self.question.stems

    @cached_property
    def _doubts(self) -> Governed:
        return _govern(self.claim, _DOUBTS)

    @cached_property
    def _unhedged_words(self) -> list[Word]:
        """The words of the claim to which its doubts do not apply; they do so across an "and"."""
        words, doubted = self._doubts.words, set[int]()
        for cue in self._doubts.cues:
            for at in range(cue, min(cue + WINDOW_WORDS, len(words))):
                if words[at].is_break and words[at].text not in _JOINING and at > cue + 1:
                    break
                doubted.add(at)
        return [word for at, word in enumerate(words) if at not in doubted]

    def _hedges_something_else(self, stems: list[str]) -> bool:
        """Return whether a doubt in the claim applies to nothing that the evidence doubts elsewhere."""
        others = {w.stem for w in _govern(self.evidence, _DOUBTS).heads} - set(stems)
        return any(not scope or scope[0].stem not in others for scope in self._doubts.scopes)

    @cached_property
    def _has_new_attribution(self) -> bool:
        claim, evidence = (
            {stem(match[0]) for match in _ATTRIBUTIONS.finditer(text.text)}
            for text in (self.claim, self.evidence)
        )
        return bool(claim - evidence)

    def find_promised(self) -> Iterator[Offsets]:
        """Yield each "will" of the claim about what the evidence calls possible."""
        claim, evidence = self.claim.text, self.evidence.text
        if _WILL.search(evidence) or _DOUBTS.search(claim):
            return
        possible = [_stems_after(evidence, m.end()) for m in _POSSIBLE.finditer(evidence)]
        possible += [_stems_around(evidence, m) for m in _NOT_RULED_OUT.finditer(evidence)]
        for match in _WILL.finditer(claim):
            promised = _stems_after(claim, match.end())
            if any(len(stems & promised) >= MIN_SHARED_STEMS for stems in possible):
                yield match.span()


_ASKS = regex.compile(r"\s*(?:who|what|which|when|where|why|how)", regex.IGNORECASE)
_SENTENCE_END = regex.compile(r"[.!?;]\s")
_JOINING = frozenset(("and", "or", "that"))


def _stems_after(text: str, at: int) -> frozenset[str]:
    """Return the stems of the words after ``at``, in its sentence."""
    return stems_of(_SENTENCE_END.split(text[at : at + NEAR_CHARS])[0])


def _stems_around(text: str, match: regex.Match[str]) -> frozenset[str]:
    """Return the stems of the words on both sides of ``match``, in its sentence."""
    before = _SENTENCE_END.split(text[max(match.start() - NEAR_CHARS, 0) : match.start()])[-1]
    return stems_of(before) | _stems_after(text, match.end())


def _heads(text: AnalyzedText, pattern: regex.Pattern[str]) -> list[Word]:
    """Return the first words in the scopes of hedges that are neither names nor quoted."""
    scopes = _govern(text, pattern).scopes
    return [head for scope in scopes if (head := _head(scope, text.text))]


def _head(scope: list[Word], text: str) -> Word | None:
    word = next((word for word in scope if not text[word.start].isupper()), None)
    is_quoted = word and text[word.start - 1 : word.start] in ('"', "“", "‘")
    return None if is_quoted else word


def _govern(text: AnalyzedText, pattern: regex.Pattern[str]) -> Governed:
    return govern(text.words, (match.span() for match in pattern.finditer(text.text)))
