"""Speakers: to whom an English text attributes what it reports."""

from __future__ import annotations

from collections.abc import Iterator

from newsqa.checks.names.evidence import KnownNames
from newsqa.checks.names.open_speakers import OpenSpeakers
from newsqa.checks.names.people import Name, People, agree
from newsqa.checks.names.speech import UNNAMED, find_speakers
from newsqa.text.names import words_of


def wrong_speakers(claim: str, known: KnownNames) -> Iterator[tuple[int, int]]:
    """Where ``claim`` has a speaker whom the evidence does not make one.

    Where the evidence leaves it open who speaks, those whom it may mean are the ones that follow.
    """
    names = [tuple(name) for _, name in find_speakers(known.context.evidence)]
    is_wrong = _is_not_among if names else _is_not_meant
    for match, name in find_speakers(claim):
        if known.is_name(name[-1]) and is_wrong(tuple(name), names, known):
            yield match.span("name")


def _is_not_among(name: Name, names: list[Name], known: KnownNames) -> bool:
    """Whether no speaker of the evidence is ``name``, by the last word, which usually stands alone."""
    evidence, last = known.context.evidence, name[-1]
    named = words_of(evidence)
    # Who "he" is that said it, the evidence may tell anywhere.
    may_be = named if UNNAMED.search(evidence) else {word for other in names for word in other}
    if not known.has(last, named):
        return last in known.words
    if not known.has(last, frozenset(may_be)):
        return last not in evidence
    same = [other for other in names if other[-1] == last]
    return len(same) == len(names) and _are_others(name, same, known)


def _are_others(name: Name, same: list[Name], known: KnownNames) -> bool:
    """Whether all of the ``same`` surname have other given names, and the article has both."""
    is_known = name in {other for _, other in People(known).mentions}
    return is_known and not any(agree(name, other) for other in same)


def _is_not_meant(name: Name, names: list[Name], known: KnownNames) -> bool:
    """Whether the speaker that the evidence leaves open is not ``name``."""
    speakers = OpenSpeakers(known)
    if not speakers.words:
        return False
    if not known.has(name[-1], speakers.words | known.said_words):
        return True
    people = People(known)
    return not people.fits(people.full(name), speakers.ways)
