"""Figures: every number in a claim follows from its evidence, with its unit, scale and sign.

Number words are read in the languages that have data for them. In any other one, such as Finnish,
an article may have "kaksitoista" for 12: a number that its sentences lack in digits may be there in
letters. There only two kinds of number are found: one of three significant digits or more, which
nobody spells out, and one that replaces another number between the same words. All others leave the
claim unjudged, so that "figures" is in its ``not_checked``.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

import regex

from newsqa.checks import Action, Check, ClaimContext, Finding, Unjudged
from newsqa.checks.figures.evidence import FigureEvidence
from newsqa.checks.figures.support import FigureSupport
from newsqa.text.dates import has_unread_hours
from newsqa.text.numbers import Quantity
from newsqa.text.numbers.digits import DIGITS

_NO_TIME = "the cited sentences do not name this time"
_NO_NUMBER = "the cited sentences do not have this number"
_OTHER_UNIT = "the cited sentences have this number, but with another unit or sign"
_OTHER_SCRIPT = "this figure has a digit of another script than the text's"


class FiguresCheck(Check):
    """Finds numbers that the cited sentences, the title, the date and the question do not have."""

    name = "figures"
    default_action: Action = "refuse"
    compares_languages = True

    def applies_to(self, language: str) -> bool:
        """Return true: digits are read in every language."""
        return bool(language)

    def check(self, claim: str, context: ClaimContext) -> Iterator[Finding | Unjudged]:
        """Yield each number of ``claim`` that does not follow, or may be in the evidence in letters."""
        evidence = FigureEvidence(claim, context)
        foreign = list(find_foreign_figures(claim, [part.text for part in context.parts]))
        for start, end in foreign:
            yield Finding.at(self.name, claim, start, end, _OTHER_SCRIPT)
        yield from self._check_times(evidence)
        support = FigureSupport(evidence)
        for figure in evidence.claim_numbers:
            if not any(start < figure.end and figure.start < end for start, end in foreign):
                yield from self._check_figure(figure, support)

    def _check_times(self, evidence: FigureEvidence) -> Iterator[Finding | Unjudged]:
        """Yield the times of day that are not in the evidence, or may be there in unread words."""
        claim, text = evidence.claim, evidence.context.evidence
        for time in evidence.unknown_times:
            if not evidence.reads_number_words or has_unread_hours(text, evidence.languages):
                yield Unjudged(self.name, claim[time.start : time.end])
            else:
                yield Finding.at(self.name, claim, time.start, time.end, _NO_TIME)

    def _check_figure(
        self, figure: Quantity, support: FigureSupport
    ) -> Iterator[Finding | Unjudged]:
        claim = support.evidence.claim
        if figure.numeral.is_ambiguous or support.supports(figure):
            return
        if support.contradicts(figure):
            reason = _reason(figure, support.evidence)
            yield Finding.at(self.name, claim, figure.start, figure.end, reason)
        else:
            yield Unjudged(self.name, claim[figure.start : figure.end])


def _reason(figure: Quantity, evidence: FigureEvidence) -> str:
    values = figure.numeral.values
    is_known = any(not values.isdisjoint(q.numeral.values) for q in evidence.numbers)
    return _OTHER_UNIT if is_known else _NO_NUMBER


# digits of another script -------------------------------------------------------------------------

_FIGURE = regex.compile(DIGITS)


def find_foreign_figures(claim: str, texts: list[str]) -> Iterator[tuple[int, int]]:
    """Yield the spans of figures in digits of a script that neither ``claim`` nor ``texts`` use.

    A figure that mixes the digits of two scripts is foreign too, such as one with a Bengali ৪ for 8.
    One that ``texts``, the evidence, have in the same form is not.

    >>> list(find_foreign_figures("It has 1২ berths.", []))
    [(7, 9)]
    >>> list(find_foreign_figures("It has 12 berths.", []))
    []
    """
    if claim.isascii():
        return
    for match in _FIGURE.finditer(claim):
        scripts = {_script(character) for character in match[0] if character.isdecimal()}
        # No script: digits newer than this Python's Unicode data.
        if scripts <= {""} or any(match[0] in text for text in texts):
            continue
        if len(scripts) > 1 or not _uses_script(next(iter(scripts)), [claim, *texts]):
            yield match.span()


def _script(character: str) -> str:
    """Return the script of a character by its Unicode name; empty for the digits that all use."""
    name = unicodedata.name(character, "UNKNOWN").removeprefix("FULLWIDTH ")
    if "ARABIC" in name:  # Arabic-Indic, and its extension for Persian and Urdu
        return "ARABIC"
    script = name.split()[0]
    return "" if script in ("DIGIT", "LATIN") else script


def _uses_script(script: str, texts: list[str]) -> bool:
    return any(_script(letter) == script for text in texts for letter in filter(str.isalpha, text))
