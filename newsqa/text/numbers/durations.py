"""Durations in several units, "1 minute 50 seconds", and as a clock shows them, 6:41:07."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

import regex

from newsqa.text.numbers.units import Amount, Numeral, Quantity, unit_of

_BETWEEN = regex.compile(r",?\s(?:(?:and|und|et|y|e|og|och|en)\s)?")
_CLOCK = regex.compile(r"(?<![\d:.,])(\d{1,3}):([0-5]\d)(?::([0-5]\d))?(?![\d:]|\s?[ap]\.?m)")


def join_durations(text: str, quantities: Sequence[Quantity]) -> list[Quantity]:
    """Return ``quantities`` with one for each duration that is written in several numbers.

    >>> from newsqa.text.numbers import find_quantities
    >>> def show(text):
    ...     found = join_durations(text, find_quantities(text, frozenset({"en"})))
    ...     return [sorted(int(a.value) for a in quantity.amounts) for quantity in found]
    >>> show("They were 1 minute 50 seconds clear")
    [[110]]
    >>> show("in a record 6:41:07")
    [[24067]]
    """
    joined: list[Quantity] = []
    clocks = {match.start(): match for match in _CLOCK.finditer(text)} if ":" in text else {}
    inside = 0
    for quantity in quantities:
        if quantity.start < inside:
            continue
        if match := clocks.get(quantity.start):
            joined.append(_of_clock(match, quantity))
            inside = match.end()
        elif joined and (whole := _joined(text, joined[-1], quantity)):
            joined[-1] = whole
        else:
            joined.append(quantity)
    return joined


def _of_clock(match: regex.Match[str], quantity: Quantity) -> Quantity:
    """Return 6:41:07 in seconds; 33:12 may be minutes and seconds, or hours and minutes."""
    first, second, third = (int(group or 0) for group in match.groups())
    (unit,) = unit_of("second")
    seconds = [3600 * first + 60 * second + third]
    if match[3] is None:
        seconds.append(60 * first + second)
    amounts = frozenset(Amount(Fraction(value), unit) for value in seconds)
    return _whole(quantity, match.end(), amounts)


def _joined(text: str, left: Quantity, right: Quantity) -> Quantity | None:
    """Return the duration of which ``right`` is the smaller part, if it is one."""
    if not _BETWEEN.fullmatch(text, left.end, right.start):
        return None
    sums = {
        Amount(a.value + b.value, b.unit)
        for a in left.amounts
        for b in right.amounts
        if a.dimension == b.dimension in ("time", "months") and a.unit and b.unit
        if a.unit.factor > b.unit.factor
    }
    return _whole(left, right.end, frozenset(sums)) if sums else None


def _whole(quantity: Quantity, end: int, amounts: frozenset[Amount]) -> Quantity:
    values = frozenset(amount.value for amount in amounts)
    numeral = Numeral(quantity.numeral.start, end, values)
    return replace(quantity, end=end, amounts=amounts, numeral=numeral)
