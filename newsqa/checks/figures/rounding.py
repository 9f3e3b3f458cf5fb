"""Rounding: figures that say they are not exact, and how far they may be from the exact one."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction
from functools import cache
from itertools import product
from operator import attrgetter

import regex

from newsqa.languages import language
from newsqa.languages.sections import Rounding, Words
from newsqa.text.numbers import Quantity

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
    kinds = [rf"(?P<{kind}>{_listed(attrgetter(kind), languages)})" for kind in TOLERANCE]
    skipped = _listed(attrgetter("skipped"), languages)
    return regex.compile(rf"(?:{'|'.join(kinds)})\s*(?:(?:{skipped})\s+)?$", regex.IGNORECASE)


def _listed(words_of: Callable[[Rounding], Words], languages: frozenset[str]) -> str:
    words = [
        rf"\b{word}\b[־\-]?".replace(" ", r"\s") if known.has_spaces else word
        for known in map(language, sorted(languages))
        for word in words_of(known.rounding)
    ]
    return "|".join(sorted(words, key=len, reverse=True)) or r"(?!)"


def significant(value: Fraction) -> str:
    """The digits of ``value`` from its first to its last that is no nought."""
    return f"{float(abs(value)):.9g}".split("e")[0].replace(".", "").strip("0")
