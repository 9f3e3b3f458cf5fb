"""Names: the cited sentences name whom and what a claim names, or leave it to a pronoun.

A name is found if the article does not have it at all, if the claim makes one name of two, if it
replaces another one, or if somebody else is the speaker.
"""

from __future__ import annotations

from collections.abc import Iterator

from newsqa.checks import Check, ClaimContext, Finding
from newsqa.checks.names.evidence import KnownNames
from newsqa.checks.names.speakers import wrong_speakers
from newsqa.checks.names.swapped import SwappedNames
from newsqa.checks.names.unknown import find_unknown_names
from newsqa.text.names import Mention

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
