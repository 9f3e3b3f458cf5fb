"""Names: whom and what a claim names, the sentences it cites name too, or leave to a pronoun.

A name is found when the article does not have it at all, when the claim makes one name of two, when
it stands in another one's place, and when somebody else is the speaker.
"""

from __future__ import annotations

from collections.abc import Iterator

from newsqa.checks import Check, ClaimContext, Finding
from newsqa.checks.names.evidence import KnownNames, Run
from newsqa.checks.names.speakers import wrong_speakers
from newsqa.checks.names.swapped import SwappedNames
from newsqa.checks.names.unknown import foreign_names
from newsqa.text.names import find_names


class NamesCheck(Check):
    """Finds names that are not the article's, are mixed of two, or take another one's place."""

    name = "names"

    def applies_to(self, language: str) -> bool:
        """In English, where a capital letter tells a name."""
        return language == "en"

    def check(self, claim: str, context: ClaimContext) -> Iterator[Finding]:
        """Each name of ``claim`` that does not follow."""
        known = KnownNames(context)
        runs = () if claim.isupper() else tuple(map(tuple, find_names(claim)))
        told = _wrong_speakers(claim, runs, known)
        others = tuple(run for run in runs if run not in told)
        reason = "the cited sentences name another speaker"
        places = [*foreign_names(claim, runs, known)]
        places += [(run[0].start, run[-1].end, reason) for run in told]
        places += SwappedNames(claim, others, known).find()
        for start, end, why in places:
            yield Finding.at(self.name, claim, start, end, why)


def _wrong_speakers(claim: str, runs: tuple[Run, ...], known: KnownNames) -> list[Run]:
    places = list(wrong_speakers(claim, known))
    evidence = known.context.evidence
    return [
        run
        for run in runs
        if any(start <= word.start < end for start, end in places for word in run)
        and not known.is_told(run, evidence)
        and not known.spells_out(run[-1], evidence)
        and run[-1].plain not in known.abbreviated
    ]
