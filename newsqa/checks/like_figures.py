"""Like figures: whether one number says what another does, in other units, rounder or as a share."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from itertools import product

import regex

from newsqa.checks.quantities import Amount, Quantity

_ABOUT = regex.compile(
    r"\b(?:(?P<above>more than|over|at least|above|upwards of|exceed\w*|mehr als|über|plus de|más de)"
    r"|(?P<below>nearly|almost|less than|fewer than|under|below|up to|close to|fast|beinahe|presque|casi)"
    r"|(?P<around>about|around|roughly|approximately|some|an estimated|rund|etwa|ungefähr|environ"
    r"|aproximadamente|unos|unas))\s+(?:a\s+|the\s+)?$",
    regex.IGNORECASE,
)
_TOLERANCE = {
    "above": (Fraction(1), Fraction(5, 4)),
    "below": (Fraction(4, 5), Fraction(1)),
    "around": (Fraction(19, 20), Fraction(21, 20)),
}
"""How much larger than the round figure in the claim the one in the evidence may be."""

_UNITLESS = frozenset({"months", "time", "angle", "length", "mass", "points", "volume", "area"})
"""Units that a claim may leave out where the evidence has them; never money or per cent."""

_FALLS = frozenset({"temperature C", "temperature F", "angle"})


def follows(figure: Quantity, known: Quantity) -> bool:
    """Whether ``figure`` says what ``known`` does, or no more."""
    if "plural" in (figure.kind, known.kind):
        return _follows_plural(figure, known)
    if figure.kind == "ordinal" != known.kind:
        return False
    if any(_is_same(ours, theirs) for ours, theirs in product(figure.amounts, known.amounts)):
        return True
    return _is_same_number(figure, known)


def _follows_plural(figure: Quantity, known: Quantity) -> bool:
    """Hundreds from hundreds, or from 300."""
    if figure.kind != "plural":
        return False
    if known.kind == "plural":
        return figure.numeral.values == known.numeral.values
    base = max(figure.numeral.values)
    return any(2 * base <= value < 1000 * base for value in known.numeral.values)


def _is_same(ours: Amount, theirs: Amount) -> bool:
    if {ours.dimension, theirs.dimension} == {"", "share"}:
        return _is_same_share(ours.value, theirs.value)
    if ours.value != theirs.value and (
        abs(ours.value) != abs(theirs.value) or {ours.dimension, theirs.dimension} & _FALLS
    ):
        return False
    return ours.dimension == theirs.dimension


def _is_same_share(ours: Fraction, theirs: Fraction) -> bool:
    """Whether a part is so many per cent: a half 50, and a third 33, for want of an even number."""
    uneven = any(100 % value.denominator for value in (ours, theirs))
    return 0 < ours < 1 and abs(ours - theirs) < (
        Fraction(1, 100) if uneven else Fraction(1, 10**6)
    )


def _is_same_number(figure: Quantity, known: Quantity) -> bool:
    """Whether the numbers as written are the same, and the units can be left out or told."""
    if figure.sign != known.sign or figure.numeral.values.isdisjoint(known.numeral.values):
        return False
    ours = {amount.dimension for amount in figure.amounts}
    theirs = {amount.dimension for amount in known.amounts}
    if "" in ours:
        return not theirs.isdisjoint(_UNITLESS)
    if "" in theirs:
        return "months" in ours
    return "angle" in ours | theirs and not (ours | theirs).isdisjoint(_FALLS - {"angle"})


def is_rounded(figure: Quantity, claim: str, known: Iterable[Quantity]) -> bool:
    """Whether "more than 1,100" is said of 1,186: a rounder figure, and near enough."""
    said = _ABOUT.search(claim, max(figure.start - 24, 0), figure.start)
    if not said or figure.kind != "cardinal":
        return False
    low, high = _TOLERANCE[str(said.lastgroup)]
    return any(
        low * ours.value <= theirs.value <= high * ours.value
        and _roundness(ours.value) < _roundness(theirs.value)
        for other in known
        for ours, theirs in product(figure.amounts, other.amounts)
        if ours.dimension == theirs.dimension and ours.value > 0
    )


def _roundness(value: Fraction) -> int:
    """The number of significant digits."""
    digits = f"{float(value):.9g}".replace(".", "").replace("-", "").split("e")[0].strip("0")
    return len(digits)
