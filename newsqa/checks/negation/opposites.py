"""Opposites: one word of a pair in a claim, and the other in its evidence.

The pairs of the first list count anywhere, since each is the opposite of the other in nearly any
sentence. Those of the second are common in the news and may be about different things in one sentence
(a plan is backed, an amendment rejected), so the words around them must share one. There are also
phrases: a vote "in favor" and "against"; "still open" and "closed"; and with the same noun "enough" and
"short of", "great" and "little", "many" and "few". All other opposites are unknown.
"""

from __future__ import annotations

from collections.abc import Iterator

import regex

from newsqa.checks.negation.denials import Denials
from newsqa.languages import language
from newsqa.languages.sections import Forms
from newsqa.text import Offsets
from newsqa.text.scopes import Governed, Word, stem

NEAR_WORDS = 5
"""Words with content on each side of an opposite, among which its subject and object are."""


def _pairs(listed: Forms) -> list[tuple[str, str]]:
    pairs = [(word, opposite) for word, opposites in listed.items() for opposite in opposites]
    return [(stem(a), stem(b)) for pair in pairs for a, b in (pair, pair[::-1])]


ANYWHERE = _pairs(language("en").opposites.anywhere)
OF_THE_SAME = _pairs(language("en").opposites.of_the_same)


def find_opposites(denials: Denials) -> Iterator[Offsets]:
    """Yield the spans of the claim's words of which the evidence has the opposite.

    Both are denied, or neither is. A word of the question may be repeated.
    """
    claim, evidence = denials.claim, denials.evidence
    own = claim.stems - evidence.stems - denials.question.stems
    strange = evidence.stems - claim.stems
    for pairs, must_share in ((ANYWHERE, False), (OF_THE_SAME, True)):
        for a, b in pairs:
            if a not in own or b not in strange:
                continue
            if (a in claim.governed) != (b in evidence.governed):
                continue
            if not must_share or _stems_around(claim, a) & _stems_around(evidence, b):
                yield claim.first(a).span


def opposites_of(word: str) -> set[str]:
    """Return the stems that are the opposite of a stem anywhere."""
    return {b for a, b in ANYWHERE if a == word}


def _stems_around(text: Governed, wanted: str) -> set[str]:
    words: list[Word] = [word for word in text.words if word.stem]
    at = words.index(text.first(wanted))
    near = words[max(at - NEAR_WORDS, 0) : at + NEAR_WORDS + 1]
    return {word.stem for word in near} - {wanted}


# phrases ------------------------------------------------------------------------------------------

_VOTE = regex.compile(
    r"\bvot\w+\s(?:[\p{L}\p{N}–-]+\s){0,3}?(?:(?P<yes>in\sfavou?r|yes)|(?P<no>against|no))\b"
)
_STILL = regex.compile(
    r"\bstill\s(?:open|working|running|operating|available|valid|standing|in\s(?:use|force|place))\b"
)
_OVER = frozenset(
    map(stem, "closed shut withdrawn stopped ended cancelled canceled scrapped expired".split())
)
_MEASURES = (
    (r"enough|ample|plenty\sof", r"short\sof|too\sfew|too\slittle|a\slack\sof"),
    (r"great|much|considerable|heavy|serious", r"little|slight|scant"),
    (r"many", r"few"),
)


def find_opposite_phrases(denials: Denials) -> Iterator[Offsets]:
    """Yield the spans of the claim's phrases of which the evidence has the opposite."""
    yield from _find_votes(denials)
    yield from _find_states(denials)
    for left, right in _MEASURES:
        yield from _find_measures(denials, left, right)
        yield from _find_measures(denials, right, left)


def _find_votes(denials: Denials) -> Iterator[Offsets]:
    votes = {match.lastgroup for match in _VOTE.finditer(denials.evidence_text)}
    for match in _VOTE.finditer(denials.claim_text) if len(votes) == 1 else ():
        if match.lastgroup not in votes:
            yield match.span()


def _find_states(denials: Denials) -> Iterator[Offsets]:
    """Yield the words of the claim that something is over of which the evidence says "still"."""
    claim, known = denials.claim, denials.evidence.stems
    if not _STILL.search(denials.evidence_text):
        return
    for word in claim.words:
        is_over = word.stem in _OVER - known and word.stem not in claim.governed
        if is_over and _stems_around(claim, word.stem) & known:
            yield word.span


def _find_measures(denials: Denials, ours: str, theirs: str) -> Iterator[Offsets]:
    evidence = denials.evidence_text
    opposite = {match[1] for match in regex.finditer(rf"\b(?:{theirs})\s(\p{{L}}+)", evidence)}
    same = {match[1] for match in regex.finditer(rf"\b(?:{ours})\s(\p{{L}}+)", evidence)}
    for match in regex.finditer(rf"\b(?:{ours})\s(\p{{L}}+)", denials.claim_text):
        is_governed = stem(match[1]) in denials.claim.governed
        if match[1] in opposite - same and not is_governed:
            yield match.span()
