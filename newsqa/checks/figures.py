"""Figures: every number in a claim follows from its evidence, with its unit, scale and sign.

A number follows if the cited sentences have it, in any notation, or if it can be computed from theirs;
see ``newsqa.checks.derived``. Number words are read in the languages that have data for them. In any
other one, such as Finnish, an article may have "kaksitoista" for 12: a number that its sentences lack in
digits may be there in letters. There only two kinds of number are found: one of three significant digits
or more, which nobody spells out, and one that replaces another number between the same words. All others
leave the claim unjudged, so that "figures" is in its ``not_checked``.
"""

from __future__ import annotations

from collections.abc import Iterator

from newsqa.checks import Check, ClaimContext, Derivation, Finding, Unjudged
from newsqa.checks.figure_evidence import FigureEvidence
from newsqa.checks.swapped import find_swapped
from newsqa.text.dates import has_unread_hours
from newsqa.text.numbers import Quantity
from newsqa.text.spans import Span

MAX_FIGURES = 200
"""Numbers of a claim that are looked at: more of them are no sentence."""

_NO_TIME = "the cited sentences do not name this time"
_NO_NUMBER = "the cited sentences do not have this number"
_OTHER_UNIT = "the cited sentences have this number, but with another unit or sign"
_SWAPPED = "the cited sentences have this number, but for something else"


class FiguresCheck(Check):
    """Finds numbers that neither are in the cited sentences or the title nor follow from them."""

    name = "figures"
    compares_languages = True

    def applies_to(self, language: str) -> bool:
        """Return true: digits are read in every language."""
        return bool(language)

    def check(self, claim: str, context: ClaimContext) -> Iterator[Finding | Unjudged | Derivation]:
        """Yield each number of ``claim`` that does not follow, and how derived ones follow."""
        evidence = FigureEvidence(claim, context)
        yield from self._check_times(evidence)
        for figure in evidence.claim_numbers[MAX_FIGURES:]:
            yield Unjudged(self.name, claim[figure.start : figure.end])
        for figure in evidence.claim_numbers[:MAX_FIGURES]:
            if not figure.numeral.is_ambiguous and not evidence.supports(figure):
                yield self._judge(figure, evidence)
        for figure in find_swapped(evidence):
            yield Finding.at(self.name, claim, figure.start, figure.end, _SWAPPED, rule="swapped")

    def _check_times(self, evidence: FigureEvidence) -> Iterator[Finding | Unjudged]:
        """Yield the times of day that are not in the evidence, or may be there in unread words."""
        claim, text = evidence.claim, evidence.context.evidence
        for time in evidence.unknown_times:
            if not evidence.reads_number_words or has_unread_hours(text, evidence.languages):
                yield Unjudged(self.name, claim[time.start : time.end])
            else:
                yield Finding.at(self.name, claim, time.start, time.end, _NO_TIME)

    def _judge(self, figure: Quantity, evidence: FigureEvidence) -> Finding | Unjudged | Derivation:
        claim = evidence.claim
        is_replaced = any(evidence.replaces_another(figure, count_after=n) for n in (1, 0))
        if derived := evidence.derive(figure, needs_word=is_replaced):
            return Derivation(
                words=claim[figure.start : figure.end],
                span=Span(start=figure.start, end=figure.end),
                formula=derived.formula,
                numbers=tuple(Span(start=n.start, end=n.end) for n in derived.numbers),
            )
        if not is_replaced and not evidence.is_certainly_absent(figure):
            return Unjudged(self.name, claim[figure.start : figure.end])
        reason = _OTHER_UNIT if evidence.has_value(figure) else _NO_NUMBER
        if evidence.replaces_surely(figure):
            rule = "replaced"
        elif evidence.is_rounding(figure):
            rule = "rounded"
        else:
            rule = "count" if not is_replaced and evidence.may_count(figure) else ""
        return Finding.at(self.name, claim, figure.start, figure.end, reason, rule=rule)
