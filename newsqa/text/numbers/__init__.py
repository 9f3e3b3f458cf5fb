"""Numbers in a text, in digits and in words of many languages, with their units."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import cache
from itertools import product

import regex

from newsqa.languages import language
from newsqa.languages.spelling import any_of
from newsqa.text.numbers.cjk import add_half, find_cjk_numerals
from newsqa.text.numbers.digits import find_digit_numerals, find_roman_numerals
from newsqa.text.numbers.units import (
    SHARE,
    Amount,
    Numeral,
    NumeralKind,
    Quantity,
    Unit,
    rate_at,
    unit_after,
    unit_before,
    unit_of,
)
from newsqa.text.numbers.words import find_number_words
from newsqa.text.spans import VisibleText, without_overlaps

__all__ = ["Amount", "Numeral", "NumeralKind", "Quantity", "find_numerals", "find_quantities"]


def find_quantities(text: str, languages: frozenset[str]) -> list[Quantity]:
    """Return the quantities in ``text`` in reading order.

    The first number of a range or list may share what is written with the next: in "5 to 10 million
    dollars" it is 5, or 5 million dollars.

    Args:
        text: Any text; offsets are code points of it.
        languages: The languages it may be in. Digits, and signs such as € and km, are read in all.

    Example:
        >>> (income,) = find_quantities("It earned £38.4m a year.", frozenset({"en"}))
        >>> [(float(a.value), a.dimension) for a in income.amounts], income.rate
        ([(38400000.0, 'money:GBP')], 'year')
        >>> first, last = find_quantities("5 bis 10 Kilometer", frozenset({"de"}))
        >>> sorted((int(a.value), a.dimension) for a in first.amounts)
        [(5, ''), (5000, 'length')]
    """
    visible = VisibleText(text)
    quantities: list[Quantity] = []
    for numeral in find_numerals(visible.text, languages):
        quantity = _quantity(visible.text, numeral, languages)
        # "30-second", "5 below zero": the unit of one number looks like another.
        if not quantities or quantity.numeral.start >= quantities[-1].end:
            quantities.append(quantity)
    shared = _share_units(visible.text, quantities, languages)
    return shared if visible.text == text else [_in_original(q, visible) for q in shared]


def find_numerals(text: str, languages: frozenset[str]) -> list[Numeral]:
    """Return the numbers in ``text`` in reading order, without units.

    >>> numerals = find_numerals("Two of 1,200 men and the 3rd F-15", frozenset({"en"}))
    >>> [(int(*n.values), n.kind) for n in numerals]
    [(2, 'cardinal'), (1200, 'cardinal'), (3, 'ordinal'), (15, 'label')]
    """
    numerals = [
        *find_digit_numerals(text, languages),
        *find_number_words(text, languages),
        *find_cjk_numerals(text),
        *find_roman_numerals(text),
    ]
    return [add_half(text, numeral) for numeral in without_overlaps(numerals)]


def _in_original(quantity: Quantity, visible: VisibleText) -> Quantity:
    """Return ``quantity`` with its offsets in the original text."""
    start, end = visible.original(quantity.start, quantity.end)
    first, last = visible.original(quantity.numeral.start, quantity.numeral.end)
    return replace(
        quantity, start=start, end=end, numeral=replace(quantity.numeral, start=first, end=last)
    )


# Units and signs ----------------------------------------------------------------------------------

_MAX_MINUS_CHARS = 8


def _quantity(text: str, numeral: Numeral, languages: frozenset[str]) -> Quantity:
    """Return ``numeral`` with its sign, unit and rate."""
    units, start = unit_before(text, numeral.start)
    end = numeral.end
    if not units:
        units, end = unit_after(text, numeral.end, languages)
    values = _likely_values(text, numeral, units)
    if text.startswith("百分之", numeral.start):
        units, values = (SHARE,), frozenset(100 * value for value in values)
    half_end = _half_end(text, end, languages) if units else 0
    if half_end:
        values, end = frozenset(value + Fraction(1, 2) for value in values), half_end
        numeral = replace(numeral, values=values, is_ambiguous=False)
    rate = rate_at(text, start, end, languages)
    if rate == "hour":
        units = tuple(map(_speed, units))
    below = _below_zero(languages | {"en"}).match(text, end)
    minus = _minus(languages | {"en"}).search(text, max(start - _MAX_MINUS_CHARS, 0), start)
    sign = -1 if below or minus else 1
    amounts = _amounts(values, units or (None,), sign)
    return Quantity(start, below.end() if below else end, amounts, numeral, sign, rate)


def _likely_values(text: str, numeral: Numeral, units: Sequence[Unit]) -> frozenset[Fraction]:
    """Return the values; of "$5m" only five million, because money is not in metres."""
    is_short = len(numeral.values) == 2 and text[numeral.end - 1].isalpha()
    if is_short and any(unit.is_money for unit in units):
        return frozenset({max(numeral.values)})
    return numeral.values


def _half_end(text: str, end: int, languages: frozenset[str]) -> int:
    """Return where the half after a unit ends: "two years and a half", 三年半; 0 without one."""
    pattern = _half(languages)
    match = pattern.match(text, end) if pattern else None
    return match.end() if match else 0


@cache
def _half(languages: frozenset[str]) -> regex.Pattern[str] | None:
    halves = [
        rf"\s{half}\b".replace(" ", r"\s") if known.has_spaces else rf"\s?{half}"
        for known in map(language, sorted(languages))
        for half in known.numbers.and_a_half
    ]
    return regex.compile("|".join(halves), regex.IGNORECASE) if halves else None


@cache
def _minus(languages: frozenset[str]) -> regex.Pattern[str]:
    """Return a pattern for a minus sign, unless it is a hyphen between two numbers, or its word."""
    words = [
        rf"\b{word}\s+" if known.has_spaces else word
        for known in map(language, sorted(languages))
        for word in known.numbers.minus
    ]
    sign = r"(?<![\p{L}\p{N})])(?<!\p{N}\s)[\-−–]\s?(?:\p{Sc}\s?)?"
    return regex.compile(rf"(?:{'|'.join([sign, *words])})$", regex.IGNORECASE)


@cache
def _below_zero(languages: frozenset[str]) -> regex.Pattern[str]:
    phrases = any_of(p for code in sorted(languages) for p in language(code).numbers.below_zero)
    return regex.compile(rf"\s*(?:°|degrees?)?\s*(?:{phrases})", regex.IGNORECASE)


def _speed(unit: Unit) -> Unit:
    """Return the speed for a length that is covered in an hour, and any other unit as it is."""
    (base,) = unit_of("kilometre-an-hour")
    is_length = unit.dimension == "length"
    return Unit(base.dimension, unit.factor / 1000) if is_length else unit


def _amounts(
    values: Iterable[Fraction], units: Iterable[Unit | None], sign: int
) -> frozenset[Amount]:
    return frozenset(
        Amount(sign * value * (unit.factor if unit else 1), unit)
        for value, unit in product(values, units)
    )


# Ranges and lists ---------------------------------------------------------------------------------


def _share_units(
    text: str, quantities: Sequence[Quantity], languages: frozenset[str]
) -> list[Quantity]:
    """Share units and scales from right to left along a list, and money to the next on the right."""
    joint = _joint(languages | {"en"})
    shared = list(quantities)
    for at in range(len(shared) - 2, -1, -1):
        if joint.fullmatch(text, shared[at].end, shared[at + 1].start):
            shared[at] = _share_from_right(shared[at], shared[at + 1])
    for at in range(len(shared) - 1):
        if joint.fullmatch(text, shared[at].end, shared[at + 1].start):
            shared[at + 1] = _share_money_from_left(shared[at + 1], shared[at])
    return shared


@cache
def _joint(languages: frozenset[str]) -> regex.Pattern[str]:
    """Return a pattern for what is between the numbers of a range or list."""
    words: set[str] = set()
    for known in map(language, sorted(languages)):
        conjunctions = (*known.conjunctions.and_, *known.conjunctions.or_)
        words.update(conjunctions, known.numbers.range_joints)
    return regex.compile(rf"\s*(?:[\-‐‑–—/]|,?\s*(?:{any_of(sorted(words))})|,)\s*")


def _share_from_right(left: Quantity, right: Quantity) -> Quantity:
    """Return ``left`` that may have the unit and scale of ``right``, unless its unit differs."""
    if left.has_unit and right.has_unit and not _have_common_dimension(left, right):
        return left
    scale = right.numeral.scale if left.numeral.scale == 1 else 1
    values = left.numeral.values | {value * scale for value in left.numeral.values}
    units = {amount.unit for amount in (left if left.has_unit else right).amounts}
    return replace(left, amounts=left.amounts | _amounts(values, units, left.sign))


def _share_money_from_left(right: Quantity, left: Quantity) -> Quantity:
    """Return ``right`` that may be money as ``left`` is: "£5 to 10"."""
    units = {amount.unit for amount in left.amounts if amount.unit and amount.unit.is_money}
    if right.has_unit or not units:
        return right
    return replace(right, amounts=right.amounts | _amounts(right.numeral.values, units, right.sign))


def _have_common_dimension(left: Quantity, right: Quantity) -> bool:
    dimensions = {amount.dimension for amount in left.amounts}
    return not dimensions.isdisjoint(amount.dimension for amount in right.amounts)
