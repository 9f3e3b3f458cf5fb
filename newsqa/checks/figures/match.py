"""Compares one figure with another: the same number, a rounder one, or a part of a whole."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction
from functools import cache
from itertools import product
from operator import attrgetter

import regex

from newsqa.languages import language
from newsqa.languages.sections import Rounding, Words
from newsqa.text.numbers import Amount, Quantity

_UNITLESS = frozenset({"months", "time", "angle", "length", "mass", "points", "volume", "area"})
"""Units that a claim may leave out if the evidence has them; never money or per cent."""

_FALLS = frozenset({"temperature C", "temperature F", "angle"})


def matches(figure: Quantity, known: Quantity) -> bool:
    """Return whether ``figure`` of a claim says no more than ``known`` of its evidence.

    >>> from newsqa.text.numbers import find_quantities
    >>> def first(text):
    ...     return find_quantities(text, frozenset({"en"}))[0]
    >>> matches(first("£5m"), first("5 million pounds"))
    True
    >>> matches(first("£5m"), first("5 million dollars"))
    False
    >>> matches(first("half of them"), first("50% of them"))
    True
    """
    if "plural" in (figure.kind, known.kind):
        return _matches_plural(figure, known)
    if figure.kind == "ordinal" != known.kind and not known.numeral.is_ambiguous:
        return False
    if figure.rate and known.rate and figure.rate != known.rate:
        return False
    if any(_is_same(ours, theirs) for ours, theirs in product(figure.amounts, known.amounts)):
        return True
    return _is_same_number(figure, known)


def _matches_plural(figure: Quantity, known: Quantity) -> bool:
    """Return whether "hundreds" is said of hundreds, or of 300."""
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
    """Return whether a fraction equals a percentage; a third and the like may be rounded."""
    uneven = any(100 % value.denominator for value in (ours, theirs))
    return 0 < ours < 1 and abs(ours - theirs) < (
        Fraction(1, 100) if uneven else Fraction(1, 10**6)
    )


def _is_same_number(figure: Quantity, known: Quantity) -> bool:
    """Return whether the numbers as written are the same, and a unit that only one has is optional."""
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
    """Return whether ``share`` is a part of 10, 100 or 1,000: 71 of 100 is 71 per cent.

    With other wholes some two numbers of a sentence would match any percentage by chance.
    """
    shares = {amount.value for amount in share.amounts if amount.dimension == "share"}
    plain = [v for q in known if q.kind == "cardinal" and not q.has_unit for v in q.numeral.values]
    wholes = [value for value in plain if value in (10, 100, 1000)]
    return any(part / whole in shares for part, whole in product(plain, wholes) if part < whole)


def has_unit_of(known: Quantity, figure: Quantity) -> bool:
    """Return whether ``known`` is counted in a unit of ``figure``, or in a multiple of it."""
    ours = {amount.dimension for amount in figure.amounts} - {""}
    return any(amount.dimension in ours for amount in known.amounts)


# rounder figures -----------------------------------------------------------------------------------

_TOLERANCE = {
    "above": (Fraction(1), Fraction(5, 4)),
    "below": (Fraction(4, 5), Fraction(1)),
    "around": (Fraction(19, 20), Fraction(21, 20)),
}
"""How many times the round figure of the claim the figure of the evidence may be, at least and at most."""


_HEDGE_CHARS = 26
"""Characters before a figure in which "more than" and its like are looked for."""


def is_rounded(
    figure: Quantity, claim: str, known: Iterable[Quantity], *, languages: frozenset[str]
) -> bool:
    """Return whether ``figure`` says that it is not exact, is rounder than a known one, and near it.

    >>> from newsqa.text.numbers import find_quantities
    >>> english = frozenset({"en"})
    >>> known = find_quantities("1,186 people", english)
    >>> def rounds(claim):
    ...     (figure,) = find_quantities(claim, english)
    ...     return is_rounded(figure, claim, known, languages=english)
    >>> rounds("more than 1,100 people"), rounds("1,100 people"), rounds("almost 1,100 people")
    (True, False, False)
    """
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
    """Return the tolerance that the words before the figure at ``start`` allow; None if it is exact."""
    hedge = _pattern(languages | {"en"}).search(text, max(start - _HEDGE_CHARS, 0), start)
    return _TOLERANCE[str(hedge.lastgroup)] if hedge else None


@cache
def _pattern(languages: frozenset[str]) -> regex.Pattern[str]:
    kinds = [rf"(?P<{kind}>{_listed(attrgetter(kind), languages)})" for kind in _TOLERANCE]
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
    """Return the significant digits of ``value``, without zeros at the end.

    >>> significant(Fraction(1_186_000)), significant(Fraction("0.05"))
    ('1186', '5')
    """
    return f"{float(abs(value)):.9g}".split("e")[0].replace(".", "").strip("0")
