"""Rounding: figures that say they are not exact, and how far they may be from the exact one."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from functools import cache
from itertools import product

import regex

from newsqa.languages.lexicon import NO_SPACES, lexicon
from newsqa.text.numbers.quantities import Quantity

TOLERANCE = {
    "above": (Fraction(1), Fraction(5, 4)),
    "below": (Fraction(4, 5), Fraction(1)),
    "around": (Fraction(19, 20), Fraction(21, 20)),
}
"""How much larger than the round figure in the claim the one in the evidence may be."""


def is_rounded(
    figure: Quantity, claim: str, known: Iterable[Quantity], *, languages: frozenset[str]
) -> bool:
    """Whether "more than 1,100" is said of 1,186: a rounder figure, and near enough."""
    tolerance = _tolerance_of(claim, figure.start, languages)
    if not tolerance or figure.kind != "cardinal":
        return False
    low, high = tolerance
    return any(
        low * ours.value <= theirs.value <= high * ours.value
        and len(significant(ours.value)) < len(significant(theirs.value))
        for other in known
        for ours, theirs in product(figure.amounts, other.amounts)
        if ours.dimension == theirs.dimension and ours.value > 0
    )


def _tolerance_of(
    text: str, start: int, languages: frozenset[str]
) -> tuple[Fraction, Fraction] | None:
    """The least and the most that the figure at ``start`` may stand for, of itself; None if exact."""
    said = _pattern(languages | {"en"}).search(text, max(start - 26, 0), start)
    return TOLERANCE[str(said.lastgroup)] if said else None


@cache
def _pattern(languages: frozenset[str]) -> regex.Pattern[str]:
    kinds = [rf"(?P<{kind}>{_listed(kind, languages)})" for kind in TOLERANCE]
    skipped = _listed("skipped", languages)
    return regex.compile(rf"(?:{'|'.join(kinds)})\s*(?:(?:{skipped})\s+)?$", regex.IGNORECASE)


def _listed(key: str, languages: frozenset[str]) -> str:
    words = [
        spelled if code in NO_SPACES else rf"\b{spelled}\b[־\-]?"
        for code in sorted(languages)
        for spelled in lexicon(code).rounding.get(key, "").replace("_", r"\s").split()
    ]
    return "|".join(sorted(words, key=len, reverse=True)) or r"(?!)"


def significant(value: Fraction) -> str:
    """The digits of ``value`` from its first to its last that is no nought."""
    return f"{float(abs(value)):.9g}".split("e")[0].replace(".", "").strip("0")
