"""Implicit denials: what an English text denies without a "not" before it.

The denial follows its subject ("the report was false", "the name was kept back"), goes through a pronoun
("there has never been one"), is a sentence alone ("The Vales do not."), or is a "not take place".
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise, takewhile

import regex

from newsqa.checks.negation.denials import Denials
from newsqa.checks.negation.opposites import opposites_of
from newsqa.text import Offsets
from newsqa.text.scopes import Governed, Word, stems_of

_CALLED_FALSE = regex.compile(
    r"\b(?:is|are|was|were|be|been|being)\s(?:\p{L}+ly\s)?"
    r"(?:false|untrue|unfounded|baseless|kept\s(?:back|secret|private)|withheld|undisclosed)\b",
    regex.IGNORECASE,
)
_SUBJECT_CHARS = 120
"""Characters before a "was false" in which its subject is."""

_CLAUSE_END = regex.compile(r"[.;:]")
_ONE = regex.compile(
    r"\b(?:never|not|\p{L}+n['’]t)\s(?:\p{L}+\s){0,2}(?:one|any)"
    r"(?=\s(?:on|in|at|before|since|there|here|during)\b|[.,;])"
)
_ALONE = regex.compile(
    r"(?:^|[.;]\s+|\n)(?:The\s|But\s)*(?P<who>[\p{L}][\p{L}'’-]*(?:\s[\p{L}][\p{L}'’-]*){0,3}?)\s"
    r"(?:do|does|did|is|are|was|were|has|have|had|will|would|can|could)(?:\snot|n['’]t)(?=[.;]|$)"
)
_NOT_HELD = regex.compile(
    r"(?P<what>[^.;:]{1,80}?)\b(?:(?:will|would|did|does|do)\snot|(?:wo|would|did|does|do)n['’]t)\s"
    r"(?:take\splace|happen|occur|go\sahead)\b"
)
_CALLED_OFF = regex.compile(
    r"\b(?:cancel|call\w*\soff|postpon|scrap|drop|abandon|suspend|halt)", regex.IGNORECASE
)
_AUXILIARIES = frozenset(
    "has have had is are was were will would can could do does did been".split()
)
_PRONOUNS = frozenset(("them", "it", "one", "these", "those"))


def denied_after(text: str) -> frozenset[str]:
    """Return the stems of what ``text`` calls false or keeps back, after naming it.

    >>> sorted(denied_after("Reports of a strike were false."))
    ['report', 'strike']
    """
    stems = frozenset[str]()
    for match in _CALLED_FALSE.finditer(text):
        before = text[max(match.start() - _SUBJECT_CHARS, 0) : match.start()]
        stems |= stems_of(_CLAUSE_END.split(before)[-1])
    return stems


def denied_with_or(text: Governed) -> frozenset[str]:
    """Return the stems of the words that an "or" joins to denied ones: "not to confirm or deny"."""
    ends = (text.words.index(scope[-1]) for scope in text.scopes if scope)
    following = (text.words[at + 1 : at + 4] for at in ends)
    joined = (next((w for w in three[1:] if w.stem), None) for three in following if _is_or(three))
    return frozenset(word.stem for word in joined if word)


def _is_or(words: tuple[Word, ...]) -> bool:
    return bool(words) and words[0].text in ("or", "nor")


def is_denied_subject(word: Word, text: Governed) -> bool:
    """Return whether ``word`` is the subject of a denial: "Sundays have never had"."""
    at = text.words.index(word)
    following = (w.text for w in text.words[at + 1 : at + 4])
    verb = list(takewhile(lambda text: text in _AUXILIARIES, following))
    cue = text.words[at + 1 + len(verb) :][:1]
    return any(w.text in ("not", "never") or w.text.endswith("n't") for w in cue)


def is_denied_by_pronoun(denials: Denials) -> bool:
    """Return whether the evidence says "never one" of what it and the claim deny something of."""
    stems = {word.stem for word in denials.claim.words}
    has_pronoun = bool(_ONE.search(denials.evidence_text))
    return has_pronoun and not denials.evidence.governed.isdisjoint(stems)


def is_pronoun_in_evidence(word: Word, denials: Denials) -> bool:
    """Return whether the evidence has a pronoun for ``word``: "fitting them", not "fitting sensors"."""
    claim, evidence = denials.claim.words, denials.evidence.words
    before = claim[claim.index(word) - 1]
    pairs = pairwise(evidence)
    return bool(before.stem) and any(
        left.stem == before.stem and right.text in _PRONOUNS for left, right in pairs
    )


def is_opposite_affirmed(scope: list[Word], evidence: Governed) -> bool:
    """Return whether the evidence says the opposite of a denied word: "no library closes", "kept open"."""
    strange = (word.stem for word in scope if word.stem not in evidence.free)
    return any(not evidence.free.isdisjoint(opposites_of(stem)) for stem in strange)


def find_bare_denials(denials: Denials) -> Iterator[Offsets]:
    """Yield the claim's subjects of which a sentence of the evidence is nothing but a denial."""
    claim = denials.claim
    if claim.cues:
        return
    for match in _ALONE.finditer(denials.evidence_text):
        denied = stems_of(match["who"])
        shared = (claim.stems & stems_of(denials.evidence_text[: match.start()])) - denied
        for word in claim.words[:5] if denied and denied <= claim.stems and len(shared) > 1 else ():
            if word.stem in denied:
                yield word.span


def find_not_held(denials: Denials) -> Iterator[Offsets]:
    """Yield the claim's "did not take place" of what the evidence names and does not deny."""
    evidence = denials.evidence
    if evidence.cues or _CALLED_OFF.search(denials.evidence_text):
        return
    for match in _NOT_HELD.finditer(denials.claim_text):
        what = stems_of(match["what"])
        if what and what <= evidence.free:
            yield match.end("what"), match.end()
