"""Negation: a claim denies what its evidence denies, and turns nothing into its opposite.

By words alone: a "not" in front of a word that the evidence has without one, or the other way
round, and one word of a pair of opposites in place of the other.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import regex

from newsqa.checks import CheckName, ClaimContext, Finding
from newsqa.checks.scopes import Governed, Word, find_words, govern, stem

_CUES = regex.compile(
    r"\b(?:not(?!\s+(?:only|just|least))|no(?!\.)(?!\s+(?:doubt|matter|sooner))|never|none|(?:neither|nor)(?:\s+(?:of\s+)?(?:the\s+)?\p{Ll}+(?=\s+(?:has|have|had|is|was|are|were|did|will|could|can)\b))?"
    r"|nobody|nothing|nowhere|without|cannot|hardly|barely|scarcely|unable|lack(?:s|ed|ing)?|absence"
    r"|\p{L}+n['’]t"
    r"|(?:fail|refus|declin|neglect)(?:e?s|e?d|ing|e)?\s+to|fail(?:s|ed)?(?!\s+(?-i:\p{Lu}))"
    r"|(?:deny|denies|denied|denying)(?=\s+(?:that|having|being|\p{Ll}+ing))"
    r"|refrain\w*|avoid\w*)(?![\p{L}])",
    regex.IGNORECASE,
)

_OPPOSITES = """rise fall,rise drop,rise decline,raise lower,raise cut,increase decrease,increase reduce,increase
    fall,increase drop,gain lose,win lose,victory defeat,accept reject,approve reject,accept refuse,allow ban,allow
    forbid,permit prohibit,support oppose,confirm deny,admit deny,acquit convict,guilty innocent,open close,
    legal illegal,likely unlikely,possible impossible,able unable,success failure,succeed fail,arrive depart,enter leave,
    start stop,begin end,grow shrink,expand shrink,strengthen weaken,improve worsen,increase decline,higher lower,
    highest lowest,largest smallest,biggest smallest,best worst,most least,more fewer,more less,oldest youngest,
    maximum minimum,majority minority,alive dead,survive die,safe unsafe,true false,hire fire,appoint dismiss,
    include exclude,pass reject,agree disagree,agree refuse,upheld overturn,uphold overturn,lift impose,north south,
    east west,northern southern,eastern western,public private,male female,positive negative,profit loss,
    advance retreat,extend shorten,resume suspend,release detain,free imprison,build demolish,early late"""
_PAIRS = [
    (stem(a), stem(b))
    for a, b in (pair.split() for pair in " ".join(_OPPOSITES.split()).split(","))
]
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


@dataclass(frozen=True, slots=True)
class NegationCheck:
    """Finds words that the claim denies and the evidence does not, or the other way round."""

    name: CheckName = "negation"

    def applies_to(self, language: str) -> bool:
        """In English."""
        return language == "en"

    def check(self, claim: str, context: ClaimContext) -> Iterator[Finding]:
        """Where ``claim`` turns over what its evidence says."""
        ours, theirs = _governed(claim), _governed(context.evidence)
        asked = _governed(context.question)
        denied = [place for place in _denied(ours, theirs, asked) if not claim[place[0]].isupper()]
        # A capital: "neither Russia nor Ukraine" says who did not, and not what was not done.
        places = [*denied, *_affirmed(claim, ours, context.evidence, theirs)]
        places += _opposites(ours, theirs, context.question)
        places += _turned(claim, context.evidence)
        for start, end, reason in places:
            yield Finding.at(self.name, claim, start, end, reason)


_Place = tuple[int, int, str]


def _governed(text: str) -> Governed:
    return govern(text, (match.span() for match in _CUES.finditer(text)))


def _denied(ours: Governed, theirs: Governed, asked: Governed) -> Iterator[_Place]:
    """What the claim denies and the evidence states; "why did it not" may be repeated."""
    for head in ours.heads:
        if head.stem in theirs.free and head.stem not in theirs.governed | asked.governed:
            yield head.start, head.end, "the claim denies this, and the cited sentences do not"


_RATHER = regex.compile(r"[^.;]{0,120}?\bbut\s+(?:rather|instead)\b")
_KIND = regex.compile(r"\ban?\s+$", regex.IGNORECASE)


def _affirmed(claim: str, ours: Governed, evidence: str, theirs: Governed) -> Iterator[_Place]:
    """What the evidence denies and the claim states; of "neither player won" that is no player."""
    said = ours.free | ours.governed
    for head, *others in filter(None, theirs.scopes):
        if head.stem in theirs.free or head.stem in ours.governed or head.stem not in ours.free:
            continue
        word = ours.first(head.stem)
        # "Not set by the port, but rather by the town" denies the port and not the setting.
        if _RATHER.match(evidence, head.end):
            continue
        # "Not a town used to floods" denies what kind of town, and not that towns there are.
        is_kind = _is_behind_article(evidence, head) and not _is_behind_article(claim, word)
        if is_kind and others and not any(other.stem in said for other in others):
            continue
        yield word.start, word.end, "the cited sentences deny this, and the claim does not"


def _is_behind_article(text: str, word: Word) -> bool:
    return bool(_KIND.search(text, max(word.start - 4, 0), word.start))


def _opposites(ours: Governed, theirs: Governed, question: str) -> Iterator[_Place]:
    our_stems, their_stems = ours.free | ours.governed, theirs.free | theirs.governed
    asked = {word.stem for word in find_words(question)}
    for a, b in (*_PAIRS, *((b, a) for a, b in _PAIRS)):
        if a not in our_stems or a in their_stems | asked or b not in their_stems - our_stems:
            continue
        if (a in ours.governed) == (b in theirs.governed):
            word = ours.first(a)
            yield word.start, word.end, "the cited sentences say the opposite"


def _turned(claim: str, evidence: str) -> Iterator[_Place]:
    said = {(m["way"].casefold(), _thing(m)) for m in _TURNS.finditer(evidence)}
    for match in _TURNS.finditer(claim):
        way, what = match["way"].casefold(), _thing(match)
        if (way, what) in said:
            continue
        if any((other, what) in said for other in _TURNED[way]):
            yield match.start("way"), match.end("way"), "the cited sentences say the opposite"


def _thing(match: regex.Match[str]) -> str:
    return str(match["what"]).casefold().rstrip(".,")
