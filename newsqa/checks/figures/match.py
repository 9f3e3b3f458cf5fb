"""Comparison: whether one figure says the same as another."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

from newsqa.text.numbers import Amount, Quantity

_UNITLESS = frozenset({"months", "time", "angle", "length", "mass", "points", "volume", "area"})
"""Units that a claim may leave out where the evidence has them; never money or per cent."""

_FALLS = frozenset({"temperature C", "temperature F", "angle"})


def follows(figure: Quantity, known: Quantity) -> bool:
    """Whether ``figure`` of a claim says no more than ``known`` of its evidence."""
    if "plural" in (figure.kind, known.kind):
        return _follows_plural(figure, known)
    if figure.kind == "ordinal" != known.kind and not known.numeral.is_ambiguous:
        return False
    if figure.rate and known.rate and figure.rate != known.rate:
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
    if known.numeral.is_ambiguous:
        return True
    ours = {amount.dimension for amount in figure.amounts}
    theirs = {amount.dimension for amount in known.amounts}
    if "" in ours:
        return not theirs.isdisjoint(_UNITLESS)
    if "" in theirs:
        return "months" in ours
    return "angle" in ours | theirs and not (ours | theirs).isdisjoint(_FALLS - {"angle"})


def is_ratio(share: Quantity, known: list[Quantity]) -> bool:
    """Whether ``share`` is a part of a hundred or a thousand that is named: 71 of 100 is 71 per cent.

    Of other wholes it would be worked out, and some two numbers of a sentence have any ratio.
    """
    shares = {amount.value for amount in share.amounts if amount.dimension == "share"}
    plain = [v for q in known if q.kind == "cardinal" and not q.has_unit for v in q.numeral.values]
    wholes = [value for value in plain if value in (10, 100, 1000)]
    return any(part / whole in shares for part, whole in product(plain, wholes) if part < whole)


def has_unit_of(known: Quantity, figure: Quantity) -> bool:
    """Whether ``known`` is counted in a unit of ``figure``, or in a multiple of it."""
    ours = {amount.dimension for amount in figure.amounts} - {""}
    return any(amount.dimension in ours for amount in known.amounts)
