"""Negation: a claim denies what its evidence denies, and turns nothing into its opposite.

By words alone: a "not" in front of a word that the evidence has without one, or the other way
round, and one word of a pair of opposites in place of the other.
"""

from __future__ import annotations

from collections.abc import Iterator

import regex

from newsqa.checks import Check, ClaimContext, Finding
from newsqa.checks.negation.implicit import (
    denied_after_or,
    denied_alone,
    denied_behind,
    is_denied_in_a_stead,
    is_denied_subject,
    is_opposite_affirmed,
    is_stood_for,
    not_held,
)
from newsqa.checks.negation.opposites import opposite_phrases, opposites
from newsqa.text.scopes import Governed, Word, govern

_CUES = regex.compile(
    r"\b(?:not(?!\s+(?:only|just|least))(?!\s+(?:to|for|by|in|of|with)\s(?:\p{L}+\s){1,3}(?:alone|only)\b)|no\s+longer|no(?!\.)(?!\s+(?:doubt|matter|sooner))|never|none|(?:neither|nor)(?:\s+(?:of\s+)?(?:the\s+)?\p{Ll}+(?=\s+(?:has|have|had|is|was|are|were|did|will|could|can)\b))?"
    r"|nobody|nothing|nowhere|without|cannot|hardly|barely|scarcely|unable|lack(?:s|ed|ing)?|absence"
    r"|\p{L}+n['’]t"
    r"|(?:fail|refus|declin|neglect)(?:e?s|e?d|ing|e)?\s+to|fail(?:s|ed)?(?!\s+(?-i:\p{Lu}))"
    r"|(?<!\bn?or\s)(?:deny|denies|denied|denying)(?=\s+(?:that|having|being|\p{Ll}+ing))"
    r"|refrain\w*|avoid\w*)(?![\p{L}])",
    regex.IGNORECASE,
)

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


class NegationCheck(Check):
    """Finds words that the claim denies and the evidence does not, or the other way round."""

    name = "negation"

    def applies_to(self, language: str) -> bool:
        """In English."""
        return language == "en"

    def check(self, claim: str, context: ClaimContext) -> Iterator[Finding]:
        """Where ``claim`` turns over what its evidence says."""
        evidence = context.evidence
        ours, theirs = _governed(claim), _governed(evidence)
        asked = _governed(context.question)
        denied = [
            word.place
            for word in _denied(ours, theirs, asked, evidence)
            # A capital: "neither Russia nor Ukraine" says who did not, and not what was not done.
            if not claim[word.start].isupper()
        ]
        opposite = [
            *opposites(ours, theirs, context.question),
            *opposite_phrases(claim, ours, evidence),
            *_turned(claim, evidence),
        ]
        for places, reason in (
            ([*denied, *not_held(claim, evidence, theirs)], _DENIES),
            (
                [*_affirmed(claim, ours, evidence, theirs), *denied_alone(claim, ours, evidence)],
                _IS_DENIED,
            ),
            (opposite, "the cited sentences say the opposite"),
        ):
            for start, end in dict.fromkeys(places):
                yield Finding.at(self.name, claim, start, end, reason)


_DENIES = "the claim denies this, and the cited sentences do not"
_IS_DENIED = "the cited sentences deny this, and the claim does not"


def _governed(text: str) -> Governed:
    return govern(text, (match.span() for match in _CUES.finditer(text)))


def _denied(ours: Governed, theirs: Governed, asked: Governed, evidence: str) -> Iterator[Word]:
    """What the claim denies and the evidence states; "why did it not" may be repeated."""
    elsewhere = denied_behind(evidence) | denied_after_or(theirs)
    for head, *others in filter(None, ours.scopes):
        if (
            head.stem not in theirs.free
            or head.stem in theirs.governed | asked.governed | elsewhere
        ):
            continue
        if is_opposite_affirmed(others, theirs) or is_denied_in_a_stead(ours, evidence, theirs):
            continue
        yield head


_RATHER = regex.compile(r"[^.;]{0,120}?\bbut\s+(?:rather|instead)\b")
_KIND = regex.compile(r"\ban?\s+$", regex.IGNORECASE)


def _affirmed(
    claim: str, ours: Governed, evidence: str, theirs: Governed
) -> Iterator[tuple[int, int]]:
    """What the evidence denies and the claim states; of "neither player won" that is no player."""
    elsewhere = denied_behind(claim)
    said = ours.free | ours.governed
    for head, *others in filter(None, theirs.scopes):
        if head.stem in theirs.free | ours.governed | elsewhere or head.stem not in ours.free:
            continue
        word = ours.first(head.stem)
        if is_denied_subject(word, ours) or is_stood_for(word, ours, theirs):
            continue
        # "Not set by the port, but rather by the town" denies the port and not the setting.
        if _RATHER.match(evidence, head.end):
            continue
        # "Not a town used to floods" denies what kind of town, and not that towns there are.
        is_kind = _is_behind_article(evidence, head) and not _is_behind_article(claim, word)
        if is_kind and others and not any(other.stem in said for other in others):
            continue
        yield word.place


def _is_behind_article(text: str, word: Word) -> bool:
    return bool(_KIND.search(text, max(word.start - 4, 0), word.start))


def _turned(claim: str, evidence: str) -> Iterator[tuple[int, int]]:
    said = {(m["way"].casefold(), _thing(m)) for m in _TURNS.finditer(evidence)}
    for match in _TURNS.finditer(claim):
        way, what = match["way"].casefold(), _thing(match)
        if (way, what) in said:
            continue
        if any((other, what) in said for other in _TURNED[way]):
            yield match.span("way")


def _thing(match: regex.Match[str]) -> str:
    return str(match["what"]).casefold().rstrip(".,")
