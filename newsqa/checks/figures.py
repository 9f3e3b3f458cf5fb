"""Figures: every number in a claim follows from its evidence, with its unit, scale and sign."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from newsqa.checks import CheckName, ClaimContext, Finding
from newsqa.checks.known_figures import KnownFigures
from newsqa.checks.quantities import Quantity
from newsqa.checks.wording import languages_of


@dataclass(frozen=True, slots=True)
class FiguresCheck:
    """Finds numbers that the cited sentences, the title, the date and the question do not name."""

    name: CheckName = "figures"

    def applies_to(self, language: str) -> bool:
        """In digits, everywhere; number words count in English, German, French and Spanish."""
        return bool(language)

    def check(self, claim: str, context: ClaimContext) -> Iterator[Finding]:
        """Each number of ``claim`` that does not follow."""
        known = KnownFigures(claim, context, languages_of(claim, context))
        for figure in known.figures_in(claim):
            if not known.bears_out(figure):
                yield Finding.at(self.name, claim, figure.start, figure.end, _reason(figure, known))


def _reason(figure: Quantity, known: KnownFigures) -> str:
    values = figure.numeral.values
    alike = [q for q in known.quantities if not values.isdisjoint(q.numeral.values)]
    if alike:
        return "the cited sentences have this number, but with another unit or sign"
    return "the cited sentences do not have this number"
