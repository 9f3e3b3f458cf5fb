"""Names: the cited sentences name whom and what a claim names, or leave it to a pronoun.

A name is found if the article does not have it at all, if the claim makes one name of two, if it
replaces another one, or if somebody else is the speaker.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex

from newsqa.checks import Check, ClaimContext, Finding
from newsqa.checks.names.evidence import COMMON, NOT_NAMES, KnownNames
from newsqa.checks.names.speakers import wrong_speakers
from newsqa.checks.names.swapped import SwappedNames
from newsqa.text.names import Mention

_FOREIGN_SCRIPT = regex.compile(r"[\p{L}\p{M}--[\p{Latin}\p{Common}\p{Inherited}]]{2,}", regex.V1)
_NEXT = regex.compile(r"[\s,]+(\p{L}+)")
_VERBS = frozenset(
    "said says was is has had will would told won wrote did does made became took went came added "
    "called died announced played asked wants and".split()
)
"""Words after a sentence's first word that show it to be a name."""

_REASON = "the article does not have this name"

Found = tuple[int, int, str]
"""Start, end and reason of a finding."""


def find_unknown_names(claim: str, names: Sequence[Mention], known: KnownNames) -> Iterator[Found]:
    """Yield each word of the claim's names, and each word in another script, that is not the article's."""
    for name in names:
        if known.is_rephrased(name, known.article):
            continue
        for at, word in enumerate(name):
            if word.key in NOT_NAMES or known.has(word.key, known.article.keys):
                continue
            if known.spells_out(word, known.article):
                continue
            if not word.is_sentence_initial or _is_name(claim, name, at, known):
                yield word.start, word.end, _REASON
    for match in _FOREIGN_SCRIPT.finditer(claim):
        is_in_article = known.context.article.locate(match[0]).candidates
        if not is_in_article and match[0] not in known.article.text:
            yield match.start(), match.end(), _REASON


def _is_name(claim: str, name: Mention, at: int, known: KnownNames) -> bool:
    """Return whether the first word of a sentence, which the article lacks, is still a name."""
    word = name[at]
    is_common = bool(COMMON.fullmatch(word.key))
    if len(name) > at + 1:
        # "John Okafor" is a name if the article calls Okafor Ada; "Striker Okafor" is not.
        return not is_common and name[at + 1].key in _surnames(known)
    if word.text.endswith(("'s", "’s")):
        return not is_common
    following = _NEXT.match(claim, word.end)
    verb = following[1] if following else ""
    if verb in _VERBS:
        # Parker and Taylor are names; a doctor would not begin a sentence without "a".
        return not is_common or word.key.endswith(("er", "or"))
    return verb.endswith("ed") and not is_common


def _surnames(known: KnownNames) -> frozenset[str]:
    return frozenset(word.key for name in known.article.names for word in name[1:])


_OTHER_SPEAKER = "the cited sentences name another speaker"


class NamesCheck(Check):
    """Finds names that are not the article's, are mixed of two, or replace another one."""

    name = "names"

    def applies_to(self, language: str) -> bool:
        """Return true for English, where a capital letter shows a name."""
        return language == "en"

    def check(self, claim: str, context: ClaimContext) -> Iterator[Finding]:
        """Yield each name of ``claim`` that does not follow."""
        known, text = KnownNames(context), context.analyze(claim)
        names = () if claim.isupper() else text.names
        speakers = _wrong_speakers(claim, names, known)
        others = tuple(name for name in names if name not in speakers)
        found = [*find_unknown_names(claim, names, known)]
        found += [(name[0].start, name[-1].end, _OTHER_SPEAKER) for name in speakers]
        found += SwappedNames(text, others, known).find()
        for start, end, reason in found:
            yield Finding.at(self.name, claim, start, end, reason)


def _wrong_speakers(claim: str, names: tuple[Mention, ...], known: KnownNames) -> list[Mention]:
    spans = list(wrong_speakers(claim, known))
    return [
        name
        for name in names
        if any(start <= word.start < end for start, end in spans for word in name)
        and not known.is_rephrased(name, known.evidence)
        and not known.spells_out(name[-1], known.evidence)
        and name[-1].key not in known.abbreviated
    ]
