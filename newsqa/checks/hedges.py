"""Hedges: what the evidence only reports, suspects or plans, a claim does not state as fact.

A hedge is kept for the words that it bears on. "Reportedly", "may" and their like bear on the word
behind them; "alleges that" and "whether" on a clause, of which the first words count. That the claim
says "said" of it, as the evidence does, keeps none; a "said" in place of a "reportedly" does. Not
seen are hedges on a bare name, and a fact told in other words than the evidence's.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import regex

from newsqa.checks import Check, ClaimContext, Finding
from newsqa.text.scopes import WINDOW, Governed, Word, find_words, govern, stem

REPORTED = regex.compile(
    r"\b(?:reportedly|allegedly|apparently|presumably|supposedly|purportedly|alleged|suspected|purported"
    r"|rumou?red(?:\s+to)?|unconfirmed|(?:believ|thought|suspect|said|report|alleg|understood)(?:ed)?\s+to)"
    r"(?![\p{L}])",
    regex.IGNORECASE,
)
"""What others report or suspect of the word behind it."""

POSSIBLE = regex.compile(
    r"\b(?:possibly|perhaps|probably|(?-i:may|might)(?!\s+not)|could(?!\s+not)|likely\s+to"
    r"|(?:consider|contemplat|weigh|mull|discuss)ing(?:\s+whether\s+to)?"
    r"|(?:expect|plann?|hop|aim|intend|propos|threaten|attempt|try|tri)(?:s|ed|es|ing|e)?\s+to)(?![\p{L}])",
    regex.IGNORECASE,
)
"""What makes the word behind it a possibility, a plan or an attempt."""

CLAIMED = regex.compile(
    r"\b(?:alleg(?:es?|ed|ing)(?:\s+that)?|claim(?:s|ed|ing)?\s+that|says?\s+that\s+(?:s?he|they)"
    r"|(?:reports?|rumou?rs?|allegations?|suggestions?|suspicions?|speculation|claims?)\s+that)(?![\p{L}])",
    regex.IGNORECASE,
)
"""What makes the clause behind it somebody's word, and only that."""

OPEN = regex.compile(r"\bwhether(?!\s+to\b)(?![\p{L}])", regex.IGNORECASE)
"""What leaves the clause behind it open."""

NOT_RULED_OUT = regex.compile(
    r"\b(?:not|never|n['’]t|refused\s+to|declined\s+to)\s+(?:be(?:en)?\s+)?rul\w+\s+out\b",
    regex.IGNORECASE,
)
"""What leaves something possible, before or behind it."""

WILL = regex.compile(
    r"\b(?:(?-i:will)(?!\s+not)|(?:is|are)\s+going\s+to|(?:is|are)\s+certain\s+to)\b",
    regex.IGNORECASE,
)
"""What makes a fact of the future."""

ATTRIBUTIONS = regex.compile(
    r"\b(?:according|said|says?|saying|told|tells|report\w*|claim\w*|accus\w*|charg(?:es|ed)|announced|alleg\w*"
    r"|warn(?:s|ed)|fear(?:s|ed)|suggest\w*)\b",
    regex.IGNORECASE,
)
"""Whatever hands on what somebody says."""

DOUBTS = regex.compile(
    r"\b(?:may|might|could|would|can|if|whether|apparent\w*|possib\w*|perhaps|probab\w*|presum\w*|reportedly"
    r"|(?:said|reported|understood)(?=\s+to)|alleg\w*|suppos\w*|purport\w*|suspect\w*|rumou?r\w*|likely|consider\w*|contemplat\w*"
    r"|weigh\w*|mull\w*|discuss\w*|expect\w*|plans?|planned|planning|hop(?:es?|ed|ing)|aim\w*|intend\w*|propos\w*"
    r"|threat\w*|believ\w*|thought|thinks?|attempt\w*|tri(?:es|ed)|trying|seek\w*|wants?|wanted|unconfirmed"
    r"|unclear|potential\w*|predict\w*|forecast\w*|estimat\w*|seem\w*|appear\w*|about to|set to|due to"
    r"|scheduled|ruled? out|ruling out|question\s+of|chance)\b",
    regex.IGNORECASE,
)
"""Any sign that a claim does not state plain fact of its own."""

CLAUSE = 3
"""Content words at the head of a clause by which it is known again."""

AROUND = 80
"""Characters on a side of "could" or "not ruled out" that it may bear on."""

SHARED = 2
"""Words that what "will" be shares with what "could" be, if they are one."""


class HedgesCheck(Check):
    """Finds words that stand behind a hedge in the evidence, and behind none in a claim."""

    name = "hedges"

    def applies_to(self, language: str) -> bool:
        """In English."""
        return language == "en"

    def check(self, claim: str, context: ClaimContext) -> Iterator[Finding]:
        """Where ``claim`` hardens what its evidence says."""
        hardened = _Hardened(claim, context.evidence, context.question)
        reason = "the cited sentences do not state this as a fact"
        for start, end in dict.fromkeys(hardened.stated()) or hardened.promised():
            yield Finding.at(self.name, claim, start, end, reason)


@dataclass(frozen=True)
class _Hardened:
    """Looks for the words that a claim hardens."""

    claim: str
    evidence: str
    question: str

    def stated(self) -> Iterator[tuple[int, int]]:
        """Where the claim has the words behind a hedge without any."""
        for pattern in (REPORTED, POSSIBLE):
            is_handed_on = pattern is REPORTED and self._has_new_attribution
            heads = () if is_handed_on else _heads(_govern(self.evidence, pattern), self.evidence)
            yield from (w.place for head in heads for w in self._stated([head]))
        for pattern in (CLAIMED, OPEN):
            if pattern is CLAIMED and ATTRIBUTIONS.search(self.claim):
                continue
            for scope in _govern(self.evidence, pattern).scopes:
                yield from (w.place for w in self._stated(scope[:CLAUSE])[:1])

    def _stated(self, words: list[Word]) -> list[Word]:
        """Those ``words`` in the claim, if it states them all and the evidence not one by itself."""
        free = {word.stem: word for word in reversed(self._free) if word.stem}
        stems = [word.stem for word in words]
        if not self._presupposed.isdisjoint(stems):
            return []
        if not stems or not all(s in free for s in stems) or self._theirs.free.issuperset(stems):
            return []
        return [] if self._has_doubt_of_its_own(stems) else [free[s] for s in stems]

    @cached_property
    def _theirs(self) -> Governed:
        """The evidence by all its hedges that bear on something."""
        patterns = (REPORTED, POSSIBLE, CLAIMED, OPEN)
        return govern(
            self.evidence, (m.span() for p in patterns for m in p.finditer(self.evidence))
        )

    @cached_property
    def _presupposed(self) -> set[str]:
        """What the question takes for a fact: "Why did he resign?" does, "Did he resign?" does not."""
        is_open = not _ASKS.match(self.question) or DOUBTS.search(self.question)
        return set() if is_open else _stems(self.question)

    @cached_property
    def _doubts(self) -> Governed:
        return _govern(self.claim, DOUBTS)

    @cached_property
    def _free(self) -> list[Word]:
        """The words of the claim outside of what its doubts bear on, over an "and" too."""
        words, doubted = self._doubts.words, set[int]()
        for cue in self._doubts.cues:
            for at in range(cue, min(cue + WINDOW, len(words))):
                if words[at].is_break and words[at].text not in _JOINING and at > cue + 1:
                    break
                doubted.add(at)
        return [word for at, word in enumerate(words) if at not in doubted]

    def _has_doubt_of_its_own(self, stems: list[str]) -> bool:
        """Whether a doubt in the claim bears on nothing that the evidence has behind another one."""
        others = {w.stem for w in _govern(self.evidence, DOUBTS).heads} - set(stems)
        return any(not scope or scope[0].stem not in others for scope in self._doubts.scopes)

    @cached_property
    def _has_new_attribution(self) -> bool:
        ours, theirs = (
            {stem(match[0]) for match in ATTRIBUTIONS.finditer(text)}
            for text in (self.claim, self.evidence)
        )
        return bool(ours - theirs)

    def promised(self) -> Iterator[tuple[int, int]]:
        """The "will" of a claim over what the evidence calls possible."""
        if WILL.search(self.evidence) or DOUBTS.search(self.claim):
            return
        possible = [_behind(self.evidence, m.end()) for m in POSSIBLE.finditer(self.evidence)]
        possible += [_around(self.evidence, m) for m in NOT_RULED_OUT.finditer(self.evidence)]
        for match in WILL.finditer(self.claim):
            promised = _behind(self.claim, match.end())
            if any(len(stems & promised) >= SHARED for stems in possible):
                yield match.span()


_ASKS = regex.compile(r"\s*(?:who|what|which|when|where|why|how)", regex.IGNORECASE)
_END = regex.compile(r"[.!?;]\s")
_JOINING = frozenset(("and", "or", "that"))


def _behind(text: str, at: int) -> set[str]:
    """The stems of the words behind a place, in its sentence."""
    return _stems(_END.split(text[at : at + AROUND])[0])


def _around(text: str, match: regex.Match[str]) -> set[str]:
    """The stems of the words on both sides of ``match``, in its sentence."""
    before = _END.split(text[max(match.start() - AROUND, 0) : match.start()])[-1]
    return _stems(before) | _behind(text, match.end())


def _stems(text: str) -> set[str]:
    return {word.stem for word in find_words(text) if word.stem}


def _heads(governed: Governed, text: str) -> list[Word]:
    return [head for scope in governed.scopes if (head := _head(scope, text))]


def _head(scope: list[Word], text: str) -> Word | None:
    """What the hedge bears on first: no name, and nothing that is only quoted."""
    word = next((word for word in scope if not text[word.start].isupper()), None)
    is_quoted = word and text[word.start - 1 : word.start] in ('"', "“", "‘")
    return None if is_quoted else word


def _govern(text: str, pattern: regex.Pattern[str]) -> Governed:
    return govern(text, (match.span() for match in pattern.finditer(text)))
