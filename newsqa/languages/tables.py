"""Tables of a data file: merged with those of CLDR, and made immutable."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import fields
from fractions import Fraction
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

_VALUE = re.compile(r"-?\d[\d_]*(?:/\d+)?")

Section = TypeVar("Section", bound="DataclassInstance")
Table = dict[str, Any]
"""A table of a TOML file, as its parser returns it."""


def read_section(kind: type[Section], table: Mapping[str, Any]) -> Section:
    """Return ``table``, as a TOML parser returns it, as an immutable section of ``kind``.

    A key that is a keyword of Python, such as ``and``, is the field ``and_``.

    Raises:
        TypeError: if the table has a key that the section does not.
    """
    names = {entry.name.rstrip("_"): entry.name for entry in fields(kind)}
    return kind(**{names.get(key, key): frozen(value) for key, value in table.items()})


def frozen(value: object) -> Any:  # noqa: ANN401  (as untyped as the file it comes from)
    """Return a parsed TOML value with tuples for lists, and with numbers for keys that are numbers."""
    if isinstance(value, list):
        return tuple(map(frozen, value))
    if isinstance(value, dict):
        return MappingProxyType({_key(key): frozen(of_key) for key, of_key in value.items()})
    return value


def merged(by_hand: Table, generated: Table, left_out: Iterable[str]) -> Table:
    """Return the generated forms that no entry by hand has, followed by those by hand.

    ``left_out`` are generated forms that are not wanted.

    Example:
        >>> merged({"pound": ["Pfund"]}, {"mass": ["Pfund", "Pfunde"], "foot": ["Fuß"]}, ["fuß"])
        {'pound': ['Pfund'], 'mass': ['Pfunde'], 'foot': []}
    """
    lists = [entry for entry in by_hand.values() if isinstance(entry, list)]
    taken = {form.casefold() for forms in lists for form in forms if isinstance(form, str)}
    unwanted = taken.union(map(str.casefold, left_out))
    result: Table = {}
    for key, entry in generated.items():
        if isinstance(entry, dict):
            result[key] = merged(by_hand.get(key, {}), entry, left_out)
        elif isinstance(entry, list):
            new = (form for form in entry if form.casefold() not in unwanted)
            result[key] = [*new, *by_hand.get(key, ())]
        else:
            result[key] = by_hand.get(key, entry)
    return by_hand | result


def _key(written: str) -> str | Fraction:
    return Fraction(written) if _VALUE.fullmatch(written) else written
