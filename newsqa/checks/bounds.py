"""Bounds: a claim keeps "at least", "at most", "nearly" and "more than" beside a figure.

Each such phrase puts the figure at an end of a range. A claim may not name the other end ("at most 40"
for "at least 40"), nor an exact figure for a limit.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Literal

import regex

from newsqa.checks import Check, ClaimContext, Finding
from newsqa.checks.evidence import languages_of
from newsqa.checks.matching import MAX_FIGURES, matches
from newsqa.languages import language
from newsqa.text.numbers import Quantity

Bound = Literal["minimum", "maximum", "over", "under", ""]

_REACH = 32
"""Characters before a figure in which its bound is looked for."""

_OTHER_END = "the cited sentences put this figure at the other end of a range"
_LIMIT = "the cited sentences give this figure as a limit"

_NAMED_LIMIT = regex.compile(
    r"\b(?:limit\w*|ceiling|cap|capped|maxim\w+|minim\w+|most|least|cheapest|lowest|highest|could|can|may|or more|or less|or fewer|starts?)\b"
)

_CONFLICTS: dict[Bound, set[Bound]] = {
    "minimum": {"maximum", "under"},
    "maximum": {"minimum", "over"},
    "over": {"maximum", "under"},
    "under": {"minimum", "over"},
}


class BoundsCheck(Check):
    """Finds figures with another bound than in the evidence, or a limit stated as an exact figure."""

    name = "bounds"

    def applies_to(self, language: str) -> bool:
        """Return true for English."""
        return language == "en"

    def check(self, claim: str, context: ClaimContext) -> Iterator[Finding]:
        """Yield each bounded figure of ``claim`` that is bounded otherwise in the evidence."""
        languages = languages_of(claim, context.article)
        known = [
            (q, bound_before(sentence.text, q))
            for sentence in map(context.analyze_sentence, context.sentences)
            for q in sentence.quantities(languages)
        ]
        if not any(bound for _, bound in known):
            return
        for figure in context.analyze(claim).quantities(languages)[:MAX_FIGURES]:
            bounds = {bound for q, bound in known if matches(figure, q)}
            ours = bound_before(claim, figure)
            if not bounds or ours in bounds:
                continue
            if all(ours and other in _CONFLICTS[ours] for other in bounds):
                yield Finding.at(
                    self.name, claim, figure.start, figure.end, _OTHER_END, rule="turned"
                )
            elif not ours and bounds <= {"minimum", "maximum"} and not _NAMED_LIMIT.search(claim):
                yield Finding.at(self.name, claim, figure.start, figure.end, _LIMIT)


def bound_before(text: str, figure: Quantity) -> Bound:
    """Return the bound of a figure by the words before it.

    >>> from newsqa.text.numbers import find_quantities
    >>> text = "It costs no less than £40"
    >>> bound_before(text, *find_quantities(text, frozenset({"en"})))
    'minimum'
    """
    match = _pattern().search(text, max(figure.start - _REACH, 0), figure.start)
    return match.lastgroup if match else ""


@cache
def _pattern() -> regex.Pattern[str]:
    known = language("en").bounds
    kinds = (
        rf"(?P<{kind}>{'|'.join(getattr(known, kind))})"
        for kind in ("minimum", "maximum", "over", "under")
    )
    return regex.compile(
        rf"\b(?:{'|'.join(kinds)})\s(?:\p{{L}}+\s)??(?:\p{{Sc}})?$", regex.IGNORECASE
    )
