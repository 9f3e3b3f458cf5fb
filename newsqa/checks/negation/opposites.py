"""Opposites: one word of a pair in a claim, and the other in its evidence.

The first pairs are taken wherever they stand, since each says the opposite of nearly anything. The
verbs and states of the second are common in the news and may be about different things in one
sentence (a plan is backed, an amendment rejected), so that the words around them must share one: a
subject or an object. Besides, of a vote "in favor" and "against"; of what is "still open" that it has
closed; and with the same noun "enough" and "short of", "great" and "little", "many" and "few". No
other opposites are known: it is a list, and not a judgement.
"""

from __future__ import annotations

from collections.abc import Iterator

import regex

from newsqa.text.scopes import Governed, Word, find_words, stem

NEAR = 5
"""Words with content on each side of an opposite, among which its subject and object are."""

_ANYWHERE = """rise fall,rise drop,rise decline,raise lower,raise cut,increase decrease,increase reduce,increase
    fall,increase drop,gain lose,win lose,victory defeat,accept reject,approve reject,accept refuse,allow ban,allow
    forbid,permit prohibit,support oppose,confirm deny,admit deny,acquit convict,guilty innocent,open close,
    legal illegal,likely unlikely,possible impossible,able unable,success failure,succeed fail,arrive depart,enter leave,
    start stop,begin end,grow shrink,expand shrink,strengthen weaken,improve worsen,increase decline,higher lower,
    highest lowest,largest smallest,biggest smallest,best worst,most least,more fewer,more less,oldest youngest,
    maximum minimum,majority minority,alive dead,survive die,safe unsafe,true false,hire fire,appoint dismiss,
    include exclude,pass reject,agree disagree,agree refuse,upheld overturn,uphold overturn,lift impose,north south,
    east west,northern southern,eastern western,public private,male female,positive negative,profit loss,
    advance retreat,extend shorten,resume suspend,release detain,free imprison,build demolish,early late"""
_OF_THE_SAME = """back reject,back oppose,endorse reject,endorse oppose,recommend reject,welcome reject,accept dispute,
    accept contest,confirm reject,confirm dispute,acknowledge deny,praise criticise,praise criticize,praise condemn,
    applaud condemn,defend attack,keep drop,keep scrap,keep abandon,retain drop,retain scrap,win forfeit,pass fail,
    empty crowded,empty full,crowded deserted,repair destroy,rescue drown,arrest release,recruit dismiss,
    postpone hasten,simplify complicate,calm alarm,trust distrust,locked unlocked,sober drunk"""


def _pairs(listed: str) -> list[tuple[str, str]]:
    both = (pair.split() for pair in " ".join(listed.split()).split(","))
    return [(stem(a), stem(b)) for a, b in both]


ANYWHERE = _pairs(_ANYWHERE)
OF_THE_SAME = _pairs(_OF_THE_SAME)

Place = tuple[int, int]


def opposites(ours: Governed, theirs: Governed, question: str) -> Iterator[Place]:
    """The words of a claim that the evidence has the opposite of, both denied or neither."""
    our_stems, their_stems = ours.free | ours.governed, theirs.free | theirs.governed
    asked = {word.stem for word in find_words(question)}
    for pairs, must_share in ((ANYWHERE, False), (OF_THE_SAME, True)):
        for a, b in (*pairs, *((b, a) for a, b in pairs)):
            if a not in our_stems or a in their_stems | asked or b not in their_stems - our_stems:
                continue
            if (a in ours.governed) != (b in theirs.governed):
                continue
            if not must_share or around(ours, a) & around(theirs, b):
                yield ours.first(a).place


def opposite_of(word: str) -> set[str]:
    """The stems that stand for the opposite of a stem, of whatever it is said."""
    return {b for a, b in ANYWHERE if a == word} | {a for a, b in ANYWHERE if b == word}


def around(governed: Governed, wanted: str) -> set[str]:
    """The stems of the words near the first one with the stem ``wanted``."""
    words: list[Word] = [word for word in governed.words if word.stem]
    at = words.index(governed.first(wanted))
    return {word.stem for word in words[max(at - NEAR, 0) : at + NEAR + 1]} - {wanted}


# in phrases ---------------------------------------------------------------------------------------

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


def opposite_phrases(claim: str, ours: Governed, evidence: str) -> Iterator[Place]:
    """The same for votes, for what is "still" so, and for how much there is of a thing."""
    votes = {match.lastgroup for match in _VOTE.finditer(evidence)}
    for match in _VOTE.finditer(claim) if len(votes) == 1 else ():
        if match.lastgroup not in votes:
            yield match.span()
    if _STILL.search(evidence):
        theirs = {word.stem for word in find_words(evidence) if word.stem}
        over = [w for w in ours.words if w.stem in _OVER - theirs and w.stem not in ours.governed]
        yield from (word.place for word in over if around(ours, word.stem) & theirs)
    for left, right in _MEASURES:
        for our_words, their_words in ((left, right), (right, left)):
            matches = _mismeasured(claim, evidence, our_words, their_words)
            yield from (m.span() for m in matches if stem(m[1]) not in ours.governed)


def _mismeasured(claim: str, evidence: str, ours: str, theirs: str) -> Iterator[regex.Match[str]]:
    said = {match[1] for match in regex.finditer(rf"\b(?:{theirs})\s(\p{{L}}+)", evidence)}
    same = {match[1] for match in regex.finditer(rf"\b(?:{ours})\s(\p{{L}}+)", evidence)}
    for match in regex.finditer(rf"\b(?:{ours})\s(\p{{L}}+)", claim):
        if match[1] in said - same:
            yield match
