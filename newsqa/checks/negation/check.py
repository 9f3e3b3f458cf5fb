"""Negation: a claim denies what its evidence denies, and says the opposite of nothing.

The check compares words: a "not" before a word that the evidence has without one, or the other way
round, and one word of a pair of opposites for the other.
"""

from __future__ import annotations

from collections.abc import Iterator

import regex

from newsqa.checks import Check, ClaimContext, Finding
from newsqa.checks.negation.denials import Denials
from newsqa.checks.negation.implicit import (
    denied_after,
    denied_with_or,
    find_bare_denials,
    find_not_held,
    is_denied_by_pronoun,
    is_denied_subject,
    is_opposite_affirmed,
    is_pronoun_in_evidence,
)
from newsqa.checks.negation.opposites import find_opposite_phrases, find_opposites
from newsqa.text import Offsets
from newsqa.text.scopes import Word

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
        denials = Denials(claim, context)
        for spans, reason in (
            ([*_find_denied(denials), *find_not_held(denials)], _DENIED),
            ([*_find_affirmed(denials), *find_bare_denials(denials)], _NOT_DENIED),
            (_find_opposite(denials), _OPPOSITE),
        ):
            for start, end in dict.fromkeys(spans):
                yield Finding.at(self.name, claim, start, end, reason)


def _find_denied(denials: Denials) -> Iterator[Offsets]:
    """Yield what the claim denies and the evidence states; the question's denials may be repeated."""
    claim, evidence = denials.claim, denials.evidence
    known = evidence.governed | denials.question.governed
    known |= denied_after(denials.evidence_text) | denied_with_or(evidence)
    for head, *others in filter(None, claim.scopes):
        if head.stem not in evidence.free or head.stem in known:
            continue
        if is_opposite_affirmed(others, evidence) or is_denied_by_pronoun(denials):
            continue
        # A capital: "neither Russia nor Ukraine" says who did not, and not what was not done.
        if not denials.claim_text[head.start].isupper():
            yield head.span


_RATHER = regex.compile(r"[^.;]{0,120}?\bbut\s+(?:rather|instead)\b")
_KIND = regex.compile(r"\ban?\s+$", regex.IGNORECASE)


def _find_affirmed(denials: Denials) -> Iterator[Offsets]:
    """Yield what the evidence denies and the claim states; not the player of "neither player won"."""
    claim, evidence = denials.claim, denials.evidence
    known = evidence.free | claim.governed | denied_after(denials.claim_text)
    for head, *others in filter(None, evidence.scopes):
        if head.stem in known or head.stem not in claim.free:
            continue
        word = claim.first(head.stem)
        if is_denied_subject(word, claim) or is_pronoun_in_evidence(word, denials):
            continue
        # "Not set by the port, but rather by the town" denies the port and not the setting.
        if _RATHER.match(denials.evidence_text, head.end):
            continue
        if not _denies_kind_only(head, others, word, denials):
            yield word.span


def _denies_kind_only(head: Word, others: list[Word], word: Word, denials: Denials) -> bool:
    """Return whether the evidence denies what kind of thing it is: "not a town used to floods"."""
    is_kind = _follows_article(denials.evidence_text, head)
    if not is_kind or _follows_article(denials.claim_text, word):
        return False
    return bool(others) and not any(other.stem in denials.claim.stems for other in others)


def _follows_article(text: str, word: Word) -> bool:
    return bool(_KIND.search(text, max(word.start - 4, 0), word.start))


# opposites ----------------------------------------------------------------------------------------

_TURNS = regex.compile(
    r"\b(?P<way>before|after|above|below|more than|less than|fewer than|over|under|at least|at most)\s+"
    r"(?:the\s|a\s|an\s|his\s|her\s|its\s|their\s)?(?P<what>[\p{Sc}\p{L}\p{N}][\p{L}\p{N}.,]*)",
    regex.IGNORECASE,
)
_TURNED = {"before": {"after"}, "above": {"below"}, "over": {"under", "less than", "fewer than"}}
_TURNED |= {"more than": {"less than", "fewer than", "under"}, "at least": {"at most"}}
_TURNED |= {
    other: {way for way, others in _TURNED.items() if other in others}
    for other in ("after", "below", "under", "less than", "fewer than", "at most")
}


def _find_opposite(denials: Denials) -> Iterator[Offsets]:
    yield from find_opposites(denials)
    yield from find_opposite_phrases(denials)
    yield from _find_turned(denials)


def _find_turned(denials: Denials) -> Iterator[Offsets]:
    """Yield each "before" where the evidence has "after" the same, and the like."""
    known = {(m["way"].casefold(), _thing(m)) for m in _TURNS.finditer(denials.evidence_text)}
    for match in _TURNS.finditer(denials.claim_text):
        way, what = match["way"].casefold(), _thing(match)
        if (way, what) not in known and any((other, what) in known for other in _TURNED[way]):
            yield match.span("way")


def _thing(match: regex.Match[str]) -> str:
    return str(match["what"]).casefold().rstrip(".,")
