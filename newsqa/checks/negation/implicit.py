"""Denials: what an English text denies other than by a "not" in front of it.

Behind its subject ("the report was false", "the name was kept back"), by what stands for a word
("there has never been one"), in a sentence that is a denial alone ("The Vales do not."), and by what
does not take place.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile

import regex

from newsqa.checks.negation.opposites import opposite_of
from newsqa.text.scopes import Governed, Word, find_words

_BEHIND = regex.compile(
    r"(?P<what>[^.;:]{1,120})\b(?:is|are|was|were|be|been|being)\s(?:\p{L}+ly\s)?"
    r"(?:false|untrue|unfounded|baseless|kept\s(?:back|secret|private)|withheld|undisclosed)\b",
    regex.IGNORECASE,
)
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
_STANDS_FOR = frozenset(("them", "it", "one", "these", "those"))


def denied_behind(text: str) -> frozenset[str]:
    """The stems of what ``text`` calls false or keeps back."""
    return frozenset(stem for m in _BEHIND.finditer(text) for stem in _stems(m["what"]))


def denied_after_or(governed: Governed) -> frozenset[str]:
    """The stems of the words that an "or" joins to denied ones: "not to confirm or deny"."""
    words = governed.words
    ends = (words.index(scope[-1]) for scope in governed.scopes if scope)
    joined = (words[at + 1 : at + 4] for at in ends)
    behind = (next((w for w in three[1:] if w.stem), None) for three in joined if _is_or(three))
    return frozenset(word.stem for word in behind if word)


def _is_or(words: tuple[Word, ...]) -> bool:
    return bool(words) and words[0].text in ("or", "nor")


def is_denied_subject(word: Word, governed: Governed) -> bool:
    """Whether ``word`` is the subject of a denial: "Sundays have never had"."""
    at = governed.words.index(word)
    behind = (w.text for w in governed.words[at + 1 : at + 4])
    verb = list(takewhile(lambda text: text in _AUXILIARIES, behind))
    cue = governed.words[at + 1 + len(verb) :][:1]
    return any(w.text in ("not", "never") or w.text.endswith("n't") for w in cue)


def is_denied_in_a_stead(governed: Governed, evidence: str, theirs: Governed) -> bool:
    """Whether the evidence says "never one" of what it and the claim deny something of."""
    ours = {word.stem for word in governed.words}
    return bool(_ONE.search(evidence)) and not theirs.governed.isdisjoint(ours)


def is_stood_for(word: Word, governed: Governed, theirs: Governed) -> bool:
    """Whether the evidence has a pronoun for ``word`` too: "fitting sensors" for "fitting them"."""
    before = governed.words[governed.words.index(word) - 1]
    pairs = zip(theirs.words, theirs.words[1:], strict=False)
    return bool(before.stem) and any(
        left.stem == before.stem and right.text in _STANDS_FOR for left, right in pairs
    )


def is_opposite_affirmed(scope: list[Word], theirs: Governed) -> bool:
    """Whether the evidence says the opposite of a denied word: "no library closes", "kept open"."""
    unsaid = (word.stem for word in scope if word.stem not in theirs.free)
    return any(not theirs.free.isdisjoint(opposite_of(stem)) for stem in unsaid)


def denied_alone(claim: str, ours: Governed, evidence: str) -> Iterator[tuple[int, int]]:
    """The subjects of a claim of which a sentence of the evidence, and nothing else, is a denial."""
    if ours.cues:
        return
    stems = {word.stem for word in ours.words if word.stem}
    for match in _ALONE.finditer(evidence):
        denied, before = _stems(match["who"]), evidence[: match.start()]
        shared = (stems & _stems(before)) - denied
        for word in ours.words[:5] if denied and denied <= stems and len(shared) > 1 else ():
            if word.stem in denied:
                yield word.place


def not_held(claim: str, evidence: str, theirs: Governed) -> Iterator[tuple[int, int]]:
    """The "not take place" of a claim about what the evidence speaks of and nowhere denies."""
    if theirs.cues or _CALLED_OFF.search(evidence):
        return
    for match in _NOT_HELD.finditer(claim):
        what = _stems(match["what"])
        if what and what <= theirs.free:
            yield match.end("what"), match.end()


def _stems(text: str) -> set[str]:
    return {word.stem for word in find_words(text) if word.stem}
