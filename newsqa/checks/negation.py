"""Negation: a claim denies what its evidence denies, and says the opposite of nothing.

A word counts as turned over only if nothing else in the other text may deny it in other words: a claim
that a bridge "did not reopen" follows from evidence that it "stayed shut".
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import regex

from newsqa.checks import Check, ClaimContext, Finding
from newsqa.checks.direction import ways
from newsqa.checks.hedges import are_about_the_same
from newsqa.languages import language
from newsqa.text.polarity import Polarity, Predicate
from newsqa.text.scopes import Word, stem

NEAR_COPY = 0.7
"""Share of a claim's words that the evidence has, from which on the claim repeats it."""

NEAR_WORDS = 5
"""Words with content on each side of an opposite, among which its subject and object are."""

_NO = regex.compile(r"\bno\s(?:\p{L}+\s)?$", regex.IGNORECASE)
_CONTRAST = regex.compile(r"\bnot\b[^.;]{1,120}?\bbut\b", regex.IGNORECASE)
"""A denial of one thing in favor of another: "not by the port, but by the town"."""

_DENIED = "the claim denies this, and the cited sentences do not"
_NOT_DENIED = "the cited sentences deny this, and the claim does not"
_OPPOSITE = "the cited sentences say the opposite"


class NegationCheck(Check):
    """Finds words that the claim denies and the evidence does not, or the other way round."""

    name = "negation"

    def applies_to(self, language: str) -> bool:
        """Return true for English."""
        return language == "en"

    def check(self, claim: str, context: ClaimContext) -> Iterator[Finding]:
        """Yield the words of ``claim`` that turn over what its evidence says."""
        both = _Compared(context.analyze(claim).polarity, context.evidence_text.polarity)
        for found, reason, rule in (
            (both.find_affirmed(), _NOT_DENIED, ""),
            (both.find_opposites(), _OPPOSITE, ""),
            (both.find_denied(), _DENIED, "" if both.is_near_copy else "added"),
        ):
            for predicate in found:
                yield Finding.at(self.name, claim, *predicate.word.span, reason, rule=rule)


@dataclass(frozen=True)
class _Compared:
    """A claim beside its evidence."""

    claim: Polarity
    evidence: Polarity

    @property
    def is_near_copy(self) -> bool:
        """True if nearly all words of the claim are the evidence's."""
        stems = self.claim.by_stem.keys()
        return len(stems & self.evidence.by_stem.keys()) >= NEAR_COPY * len(stems)

    def find_denied(self) -> Iterator[Predicate]:
        """Yield the words that the claim denies and the evidence states."""
        heads = {scope[0].start for scope in self.claim.denials.scopes if self._is_stated(scope)}
        for predicate in self.claim.predicates if heads else ():
            if predicate.word.start not in heads:
                continue
            if not _opposites().get(predicate.stem, frozenset()).isdisjoint(self.evidence.by_stem):
                continue
            if self.claim.text[predicate.word.start].isupper():
                continue  # "neither Russia nor Ukraine" says who did not, and not what was not done
            stated = self.evidence.by_stem.get(predicate.stem, [])
            is_denied = any(self._may_be_denied(self.evidence, other) for other in stated)
            if stated and not is_denied and self._is_about(predicate.stem):
                yield predicate

    def _is_stated(self, scope: list[Word]) -> bool:
        """Return whether the evidence may state what is denied: of "no barn burned" the burning, too."""
        if not scope:
            return False
        has_noun_first = _NO.search(self.claim.text, 0, scope[0].start)
        denied = scope[:2] if has_noun_first else scope[:1]
        return all(word.stem in self.evidence.by_stem for word in denied)

    def find_affirmed(self) -> Iterator[Predicate]:
        """Yield the words that the evidence denies and the claim states."""
        heads = {head.start for head in self.evidence.denials.heads}
        for denied in self.evidence.predicates if heads else ():
            stated = self.claim.by_stem.get(denied.stem, [])
            if denied.word.start not in heads or not stated:
                continue
            if any(self._may_be_denied(self.claim, other) for other in stated):
                continue
            if _CONTRAST.search(self.evidence.text):
                continue
            is_always_denied = all(p.is_denied for p in self.evidence.by_stem[denied.stem])
            if is_always_denied and self._is_about(denied.stem):
                yield stated[0]

    def _may_be_denied(self, text: Polarity, predicate: Predicate) -> bool:
        kinds = ("denied", "negative")
        return any(text.has_beside(kind, predicate.word) for kind in kinds)

    def _is_about(self, stem: str) -> bool:
        return are_about_the_same(self.claim, self.evidence, stem)

    def find_opposites(self) -> Iterator[Predicate]:
        """Yield the words of the claim of which the evidence has the opposite."""
        opposites = _opposites()
        for predicate in self.claim.predicates:
            wanted = opposites.get(predicate.stem)
            if not wanted or predicate.stem in self.evidence.by_stem:
                continue
            for other in self.evidence.predicates:
                is_opposite = other.stem in wanted and other.is_denied == predicate.is_denied
                is_new = is_opposite and other.stem not in self.claim.by_stem
                if is_new and self._are_near(predicate, other):
                    yield predicate
                    break

    def _are_near(self, predicate: Predicate, other: Predicate) -> bool:
        """Return whether the two words have words around them in common.

        What rose and what fell must be the same: it comes right before.
        """
        reach = 1 if predicate.stem in ways() else NEAR_WORDS
        ours, theirs = _around(self.claim, predicate, reach), _around(self.evidence, other, reach)
        return bool(ours & theirs)


def _around(text: Polarity, predicate: Predicate, reach: int) -> set[str]:
    at = text.predicates.index(predicate)
    near = text.predicates[max(at - reach, 0) : at + (0 if reach == 1 else reach + 1)]
    return {p.stem for p in near if p.sentence == predicate.sentence} - {predicate.stem}


@cache
def _opposites() -> dict[str, frozenset[str]]:
    """Return the opposites of each stem."""
    known = language("en").opposites
    pairs: dict[str, set[str]] = {}
    for listed in (known.anywhere, known.of_the_same):
        for word, opposites in listed.items():
            for opposite in opposites:
                pairs.setdefault(stem(word), set()).add(stem(opposite))
                pairs.setdefault(stem(opposite), set()).add(stem(word))
    return {word: frozenset(others) for word, others in pairs.items()}
