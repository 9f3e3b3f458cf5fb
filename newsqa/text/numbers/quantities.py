"""Quantities: the numbers of a text with their signs and units."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache
from itertools import product

import regex

from newsqa.languages import language
from newsqa.text.numbers.find import find_numerals
from newsqa.text.numbers.numeral import Kind, Numeral
from newsqa.text.numbers.rates import rate_at
from newsqa.text.numbers.units import SHARE, Unit, unit_before, unit_behind, unit_of
from newsqa.text.spans import VisibleText

_BELOW = regex.compile(
    r"\s*(?:°|degrees?)?\s*(?:below(?: zero| freezing)|unter null)", regex.IGNORECASE
)
_JOINT = regex.compile(
    r"\s*(?:[\-‐‑–—,/]|to|and|or|by|until|through|bis|und|oder|à|et|ou|a|y|o|至|到|,\s*(?:and|or))\s*"
)


@dataclass(frozen=True, slots=True)
class Amount:
    """One reading of a quantity: its value in the base unit of ``unit``, if it has one."""

    value: Fraction
    unit: Unit | None = None

    @property
    def dimension(self) -> str:
        """What it is an amount of; empty for a plain number."""
        return self.unit.dimension if self.unit else ""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit as it stands in a text: all it may mean, and where it stands."""

    start: int
    end: int
    amounts: frozenset[Amount]
    numeral: Numeral
    sign: int = 1
    rate: str = ""
    """The time by which it is counted: ``month`` in "£20 a month"."""

    @property
    def kind(self) -> Kind:
        """What kind of number it holds."""
        return self.numeral.kind

    @property
    def has_unit(self) -> bool:
        """Whether a unit is written with it."""
        return all(amount.unit for amount in self.amounts)


def find_quantities(text: str, languages: frozenset[str]) -> list[Quantity]:
    """The quantities in ``text``, in reading order; ``languages`` are those it may be written in.

    The first number of a range or list takes over what is written with the next: in "5 to 10
    million dollars" it may be 5 million dollars, as well as 5.
    """
    visible = VisibleText(text)
    found = _quantities_in(visible.text, languages)
    return found if visible.text == text else [_moved(quantity, visible) for quantity in found]


def _moved(quantity: Quantity, visible: VisibleText) -> Quantity:
    """``quantity`` of the visible text, where it stands in the original."""
    start, end = visible.original(quantity.start, quantity.end)
    first, last = visible.original(quantity.numeral.start, quantity.numeral.end)
    numeral = replace(quantity.numeral, start=first, end=last)
    return replace(quantity, start=start, end=end, numeral=numeral)


def _quantities_in(text: str, languages: frozenset[str]) -> list[Quantity]:
    found: list[Quantity] = []
    for numeral in find_numerals(text, languages):
        quantity = _with_unit(text, numeral, languages)
        # "30-second", "5 below zero": the unit of one number looks like another.
        if not found or quantity.numeral.start >= found[-1].end:
            found.append(quantity)
    return _shared(text, found)


def _with_unit(text: str, numeral: Numeral, languages: frozenset[str]) -> Quantity:
    units, start = unit_before(text, numeral.start)
    end = numeral.end
    if not units:
        units, end = unit_behind(text, numeral.end, languages)
    values = _meant(text, numeral, units)
    if text.startswith("百分之", numeral.start):
        units, values = (SHARE,), frozenset(100 * value for value in values)
    more = _half_behind(text, end, languages) if units else 0
    if more:
        values, end = frozenset(value + Fraction(1, 2) for value in values), more
        numeral = replace(numeral, values=values, is_loose=False)
    rate = rate_at(text, start, end, languages)
    if rate == "hour":
        units = tuple(_speed(unit) for unit in units)
    below = _BELOW.match(text, end)
    minus = _minus(languages | {"en"})
    sign = -1 if below or minus.search(text, max(start - 8, 0), start) else 1
    amounts = _amounts(values, units or (None,), sign)
    return Quantity(start, below.end() if below else end, amounts, numeral, sign, rate)


def _half_behind(text: str, end: int, languages: frozenset[str]) -> int:
    """Where the half behind a unit ends, in "two years and a half" and 三年半; 0 without one."""
    pattern = _halves(languages)
    match = pattern.match(text, end) if pattern else None
    return match.end() if match else 0


@cache
def _minus(languages: frozenset[str]) -> regex.Pattern[str]:
    """A minus before a number, and no hyphen between two; or the word for it."""
    words = [
        rf"\b{word}\s+" if known.has_spaces else word
        for known in map(language, sorted(languages))
        for word in known.numbers.minus
    ]
    sign = r"(?<![\p{L}\p{N})])(?<!\p{N}\s)[\-−–]\s?(?:\p{Sc}\s?)?"
    return regex.compile(rf"(?:{'|'.join([sign, *words])})$", regex.IGNORECASE)


@cache
def _halves(languages: frozenset[str]) -> regex.Pattern[str] | None:
    ways = [
        rf"\s{half}\b".replace(" ", r"\s") if known.has_spaces else rf"\s?{half}"
        for known in map(language, sorted(languages))
        for half in known.numbers.and_a_half
    ]
    return regex.compile("|".join(ways), regex.IGNORECASE) if ways else None


def _speed(unit: Unit) -> Unit:
    """A length that is covered in an hour."""
    (base,) = unit_of("kilometre-an-hour")
    is_length = unit.dimension == "length"
    return Unit(base.dimension, unit.factor / 1000) if is_length else unit


def _meant(text: str, numeral: Numeral, units: Sequence[Unit]) -> frozenset[Fraction]:
    """The numeral's values; of "$5m" only the scaled one, since money is not in metres."""
    is_short = len(numeral.values) == 2 and text[numeral.end - 1].isalpha()
    if is_short and any(unit.is_money for unit in units):
        return frozenset({max(numeral.values)})
    return numeral.values


def _amounts(
    values: Iterable[Fraction], units: Iterable[Unit | None], sign: int
) -> frozenset[Amount]:
    return frozenset(
        Amount(sign * value * (unit.factor if unit else 1), unit)
        for value, unit in product(values, units)
    )


def _shared(text: str, found: Sequence[Quantity]) -> list[Quantity]:
    """With units and scales handed on: leftwards through a whole list, and money to the right."""
    shared = list(found)
    for at in range(len(found) - 2, -1, -1):
        if _JOINT.fullmatch(text, shared[at].end, shared[at + 1].start):
            shared[at] = _from_right(shared[at], shared[at + 1])
    for at in range(len(found) - 1):
        if _JOINT.fullmatch(text, shared[at].end, shared[at + 1].start):
            shared[at + 1] = _from_left(shared[at + 1], shared[at])
    return shared


def _from_right(left: Quantity, right: Quantity) -> Quantity:
    """``left``, which may also have the unit and the scale of ``right``, unless its own is another."""
    if left.has_unit and right.has_unit and not _alike(left, right):
        return left
    scale = right.numeral.scale if left.numeral.scale == 1 else 1
    values = left.numeral.values | {value * scale for value in left.numeral.values}
    units = {amount.unit for amount in (left if left.has_unit else right).amounts}
    return replace(left, amounts=left.amounts | _amounts(values, units, left.sign))


def _from_left(right: Quantity, left: Quantity) -> Quantity:
    """``right``, which may also be money as ``left`` is: "£5 to 10"."""
    units = {amount.unit for amount in left.amounts if amount.unit and amount.unit.is_money}
    if right.has_unit or not units:
        return right
    return replace(right, amounts=right.amounts | _amounts(right.numeral.values, units, right.sign))


def _alike(left: Quantity, right: Quantity) -> bool:
    dimensions = {amount.dimension for amount in left.amounts}
    return not dimensions.isdisjoint(amount.dimension for amount in right.amounts)
