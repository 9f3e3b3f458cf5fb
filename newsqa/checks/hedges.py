"""Hedges and conditions: a claim does not state as a fact what the evidence leaves open.

Both checks compare how a word is stated: hedged or not, depending on a condition or not. A claim with
any hedge or condition in the same place is left alone, in whatever words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from newsqa.checks import Check, ClaimContext, Finding
from newsqa.text.polarity import Polarity, Predicate, cues
from newsqa.text.scopes import Word, is_past

MIN_SHARED = 3
"""Words of a hedged or conditional clause that the claim repeats, if it states the clause."""

SHORT_STEMS = 4
"""Words of a short claim, which need share only one besides the one that is compared."""

_HARDENED = "the cited sentences do not state this as a fact"
_UNCONDITIONAL = "the cited sentences make this depend on a condition"
_CONTRADICTED = "the cited sentences name a condition, and the claim says that there is none"


class HedgesCheck(Check):
    """Finds words that the evidence hedges and a claim does not."""

    name = "hedges"

    def applies_to(self, language: str) -> bool:
        """Return true for English."""
        return language == "en"

    def check(self, claim: str, context: ClaimContext) -> Iterator[Finding]:
        """Yield the first word of ``claim`` that states as a fact what its evidence hedges."""
        ours, theirs = context.analyze(claim).polarity, context.evidence_text.polarity
        if ours.has("conditional") or _has_new_attribution(claim, context.evidence):
            return
        for found in (_find_hardened(ours, theirs), _find_done(ours, theirs)):
            for word in found:
                yield Finding.at(self.name, claim, *word.span, _HARDENED)
                return
        if ours.has("certain") and not ours.has("hedged") and not theirs.has("certain"):
            stated = _stated(ours, theirs, lambda predicate: predicate.is_hedged)
            if len(stated) >= MIN_SHARED:
                (start, end), *_ = (match.span() for match in cues("certain").finditer(claim))
                yield Finding.at(self.name, claim, start, end, _HARDENED)


def _find_hardened(claim: Polarity, evidence: Polarity) -> Iterator[Word]:
    """Yield the claim's words that the evidence hedges wherever it has them."""
    for head in evidence.heads("hedged"):
        places = evidence.by_stem[head.stem]
        if head.stem in claim.by_stem and all(p.is_hedged for p in places):
            if any(p.is_hedged for p in claim.by_stem[head.stem]):
                continue
            if are_about_the_same(claim, evidence, head.stem):
                yield claim.by_stem[head.stem][0].word


def _has_new_attribution(claim: str, evidence: str) -> bool:
    """Return whether the claim attributes what it says, and the evidence does not in these words."""
    known = {match[0].casefold() for match in cues("attributed").finditer(evidence)}
    return any(m[0].casefold() not in known for m in cues("attributed").finditer(claim))


def _find_done(claim: Polarity, evidence: Polarity) -> Iterator[Word]:
    """Yield the claim's past verbs of what is still to come in the evidence: "are to begin", "began"."""
    if claim.has("future") or claim.has("hedged"):
        return
    for head in evidence.heads("future"):
        for predicate in claim.by_stem.get(head.stem, ()):
            is_done = is_past(predicate.word.text) and not is_past(head.text)
            if is_done and are_about_the_same(claim, evidence, head.stem):
                yield predicate.word


def are_about_the_same(claim: Polarity, evidence: Polarity, stem: str) -> bool:
    """Return whether a sentence of the evidence with ``stem`` has more words of the claim."""
    sentences = {p.sentence for p in evidence.by_stem.get(stem, ())}
    shared = {p.stem for p in evidence.predicates if p.sentence in sentences}
    needed = 1 if len(claim.by_stem) <= SHORT_STEMS else 2
    return len(shared.intersection(claim.by_stem) - {stem}) >= needed


class ConditionsCheck(Check):
    """Finds what a claim states without the condition that the evidence names."""

    name = "conditions"

    def applies_to(self, language: str) -> bool:
        """Return true for English."""
        return language == "en"

    def check(self, claim: str, context: ClaimContext) -> Iterator[Finding]:
        """Yield the words of ``claim`` that drop a condition or deny that there is one."""
        ours, theirs = context.analyze(claim).polarity, context.evidence_text.polarity
        if not theirs.has("conditional") or theirs.has("concessive"):
            return
        if match := cues("concessive").search(claim):
            start, end = match.span()
            yield Finding.at(self.name, claim, start, end, _CONTRADICTED, rule="denied")
        elif not ours.has("conditional") and not ours.has("hedged"):
            stated = _stated(ours, theirs, lambda predicate: predicate.is_conditional)
            if len(stated) >= min(MIN_SHARED, len(ours.by_stem)) > 1:
                yield Finding.at(self.name, claim, *stated[0].word.span, _UNCONDITIONAL)


def _stated(
    claim: Polarity, evidence: Polarity, is_open: Callable[[Predicate], bool]
) -> list[Predicate]:
    """Return the claim's words that are open wherever the evidence has them."""
    return [
        predicate
        for predicate in claim.predicates
        if (places := evidence.by_stem.get(predicate.stem)) and all(map(is_open, places))
    ]
