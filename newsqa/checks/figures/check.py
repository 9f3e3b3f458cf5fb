"""Figures: every number in a claim follows from its evidence, with its unit, scale and sign.

Numbers in words are read in the languages that have a lexicon. Over an article in any other one a
number that its cited sentences do not have in digits may still stand there in letters, as Finnish
"kaksitoista" does for 12. To refuse it would drop true answers, and to accept it would say that it
was checked. So there only what is certainly not in the sentences is found: a number of three digits
or more (leading and trailing noughts apart), which nobody spells out, and one that stands between
the very words which in the sentences have another number between them. Any other number that is not
there leaves the claim unchecked: "figures" is among its ``not_applied``.
"""

from __future__ import annotations

from collections.abc import Iterator

from newsqa.checks import Action, Check, ClaimContext, Finding, Unjudged
from newsqa.checks.claim_language import languages_of
from newsqa.checks.figures.evidence import FigureEvidence
from newsqa.checks.figures.lookalikes import foreign_figures
from newsqa.checks.figures.support import KnownFigures
from newsqa.text.dates.clock_times import has_other_hours
from newsqa.text.numbers import Quantity


class FiguresCheck(Check):
    """Finds numbers that the cited sentences, the title, the date and the question do not name."""

    name = "figures"
    default_action: Action = "refuse"
    compares_languages = True

    def applies_to(self, language: str) -> bool:
        """Everywhere; where the language has no lexicon, the module says how far."""
        return bool(language)

    def check(self, claim: str, context: ClaimContext) -> Iterator[Finding | Unjudged]:
        """Each number of ``claim`` that does not follow, and those that may stand there in letters."""
        evidence = FigureEvidence(claim, context, languages_of(claim, context))
        foreign = list(foreign_figures(claim, evidence.texts))
        for start, end in foreign:
            reason = "this figure has a digit of another script than the text's"
            yield Finding.at(self.name, claim, start, end, reason)
        yield from self._times(evidence)
        for figure in evidence.claimed:
            if not any(start < figure.end and figure.start < end for start, end in foreign):
                yield from self._judged(figure, evidence)

    def _times(self, evidence: FigureEvidence) -> Iterator[Finding | Unjudged]:
        """The times of day that are not there, or may be there in words that are not read."""
        claim, languages = evidence.claim, evidence.languages
        for time in evidence.strange_times:
            if not evidence.is_read or has_other_hours(evidence.context.evidence, languages):
                yield Unjudged(self.name, claim[time.start : time.end])
            else:
                reason = "the cited sentences do not name this time"
                yield Finding.at(self.name, claim, time.start, time.end, reason)

    def _judged(self, figure: Quantity, evidence: FigureEvidence) -> Iterator[Finding | Unjudged]:
        known, claim = KnownFigures(evidence), evidence.claim
        if figure.numeral.is_ambiguous or known.supports(figure):
            return
        if known.is_certain(figure):
            reason = _reason(figure, evidence)
            yield Finding.at(self.name, claim, figure.start, figure.end, reason)
        else:
            yield Unjudged(self.name, claim[figure.start : figure.end])


def _reason(figure: Quantity, evidence: FigureEvidence) -> str:
    values = figure.numeral.values
    alike = [q for q in evidence.quantities if not values.isdisjoint(q.numeral.values)]
    if alike:
        return "the cited sentences have this number, but with another unit or sign"
    return "the cited sentences do not have this number"
