"""The sections of a language's data file, and how a file becomes values.

A file has one notation: a key and the list of its forms, each written as in print. In a table of
numbers the key is the value, so that ``3 = ["three"]`` and ``"1/2" = ["half"]``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from types import MappingProxyType
from typing import Any, TypeVar

from newsqa.languages.spelling import plain_phrase

Words = tuple[str, ...]
"""Forms, in the order of the file."""

Forms = Mapping[str, Words]
"""Forms by the name of what they stand for."""

Values = Mapping[Fraction, Words]
"""Forms by their value."""

_NONE: Mapping[Any, Any] = MappingProxyType({})
_VALUE = re.compile(r"-?\d[\d_]*(?:/\d+)?")


def no_entries() -> Mapping[Any, Any]:
    """Return the empty mapping that a table of a section is by default."""
    return _NONE


# One class a section ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Numbers:
    """The words for numbers, and the words beside a number that change or join it."""

    minus: Words = ()
    units: Values = field(default_factory=no_entries)
    """The numbers from 0 that have words of their own; mostly up to 19."""
    tens: Values = field(default_factory=no_entries)
    hundred: Words = ()
    """Words that make hundreds of the number before them."""
    hundreds: Values = field(default_factory=no_entries)
    """The hundreds that are one word."""
    scales: Values = field(default_factory=no_entries)
    """Words that multiply the number before them."""
    lone: Words = ()
    """Scales that mean one of theirs if no number precedes them; all from 1,000 if there are none."""
    fixed: Values = field(default_factory=no_entries)
    """Words that are a number by themselves: twice, anderthalb."""
    parts: Values = field(default_factory=no_entries)
    """Fractions by their denominators: ``3 = ["third", "thirds"]``."""
    part_alone: Words = ()
    """Fractions that need no "one" before them."""
    part_articles: Words = ()
    halves: Words = ()
    halves_in: Words = ()
    and_a_half: Words = ()
    before_half: Words = ()
    """Words that add a half to the number after them: साढ़े."""
    before_quarter: Words = ()
    ordinals: Values = field(default_factory=no_entries)
    plurals: Values = field(default_factory=no_entries)
    loose: Values = field(default_factory=no_entries)
    """Words that are a number only at times: they may support a claim and never contradict one."""
    articles: Words = ()
    joint: Words = ()
    """The "and" between hundreds and tens, or between tens and units."""
    joint_after: int = 100
    joined: str = ""
    """An "and" that is written to the next word, as in Arabic and Hebrew."""
    prefixes: Words = ()
    definite: Words = ()
    """Prefixes that often make an ordinal of a number."""
    wide: tuple[int, ...] = ()
    """Tens to which up to 19 are added: soixante-dix."""
    units_first: bool = False
    commas: bool = False
    """Whether a comma may follow a scale: "one thousand, two hundred"."""
    fused: str = ""
    """What joins units and tens to one word, or "tens first" if nothing does."""
    fused_hundred: str = ""
    fused_thousand: Words = ()
    native_units: Values = field(default_factory=no_entries)
    native_tens: Values = field(default_factory=no_entries)
    counters: Words = ()
    before_unit: Words = ()
    pairs: Words = ()
    """Phrases that refer to two people or things and count nobody: "los dos"."""
    links: Words = ()
    """Words after a number that show that nothing is counted there."""


@dataclass(frozen=True, slots=True)
class Places:
    """The characters of a script that writes each place of a number: 三百二十."""

    digits: Values = field(default_factory=no_entries)
    places: Values = field(default_factory=no_entries)
    scales: Values = field(default_factory=no_entries)
    fraction: Words = ()
    words: Words = ()
    """Words of these characters that are not numbers."""


@dataclass(frozen=True, slots=True)
class Rounding:
    """The words that mark a number as not exact."""

    above: Words = ()
    below: Words = ()
    around: Words = ()
    skipped: Words = ()


@dataclass(frozen=True, slots=True)
class Clock:
    """How a language writes the time of day; ``times``, ``noon`` and ``midnight`` are patterns."""

    times: Words = ()
    hour_ordinals: Values = field(default_factory=no_entries)
    am: Words = ()
    pm: Words = ()
    noon: Words = ()
    midnight: Words = ()
    unread: Words = ()
    """Words of times that the patterns do not cover."""


# From a file ------------------------------------------------------------------------------------

Section = TypeVar("Section")


def read_section(kind: type[Section], table: Mapping[str, Any]) -> Section:
    """Return ``table``, as a TOML parser returns it, as an immutable section of ``kind``.

    Raises:
        TypeError: if the table has a key that the section does not.
    """
    return kind(**{key: frozen(value) for key, value in table.items()})


def frozen(value: object) -> Any:  # noqa: ANN401  (as untyped as the file it comes from)
    """Return a parsed TOML value with tuples for lists, and with numbers for keys that are numbers."""
    if isinstance(value, list):
        return tuple(map(frozen, value))
    if isinstance(value, dict):
        return MappingProxyType({_key(key): frozen(of_key) for key, of_key in value.items()})
    return value


def _key(written: str) -> str | Fraction:
    return Fraction(written) if _VALUE.fullmatch(written) else written


def by_form(values: Values) -> dict[str, Fraction]:
    """Return the value of each form, spelled as ``plain_phrase`` spells it.

    Example:
        >>> by_form({Fraction(3): ("Drei", "DREIE")})
        {'drei': Fraction(3, 1), 'dreie': Fraction(3, 1)}
    """
    return {plain_phrase(form): value for value, forms in values.items() for form in forms}
