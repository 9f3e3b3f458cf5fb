"""The words of languages, one data file a language.

``language("de")`` reads ``data/de.toml`` when it is first asked for and keeps the result. A language
without a file has empty sections, so that callers need not ask first.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from fractions import Fraction
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeVar

from newsqa.languages.sections import (
    Abbreviations,
    Bounds,
    Calendar,
    Clock,
    Conjunctions,
    Detection,
    Directions,
    Forms,
    Irregular,
    Names,
    Numbers,
    Opposites,
    People,
    Places,
    PolarityCues,
    Questions,
    Rounding,
    WordLists,
    no_entries,
)

if TYPE_CHECKING:
    from _typeshed import DataclassInstance


DATA = resources.files(__name__) / "data"
"""The folder of the data files; what CLDR knows is in ``cldr`` below it."""

SIGNS = "und"
"""The code of the file with the signs that belong to no language, such as € and km."""


@dataclass(frozen=True, slots=True)
class Language:
    """The words of one language, by sections; all are empty if there is no file for it."""

    code: str
    name: str = ""
    has_spaces: bool = True
    """False if words are written without spaces, a unit right after its number."""
    decimal_mark: str = "."
    group_mark: str = ","
    calendar: Calendar = field(default_factory=Calendar)
    conjunctions: Conjunctions = field(default_factory=Conjunctions)
    numbers: Numbers = field(default_factory=Numbers)
    places: Places = field(default_factory=Places)
    rounding: Rounding = field(default_factory=Rounding)
    clock: Clock = field(default_factory=Clock)
    detection: Detection = field(default_factory=Detection)
    words: WordLists = field(default_factory=WordLists)
    irregular: Irregular = field(default_factory=Irregular)
    questions: Questions = field(default_factory=Questions)
    names: Names = field(default_factory=Names)
    same_name: Forms = field(default_factory=no_entries)
    """Names of one place or people: France, French; by one of them."""
    people: People = field(default_factory=People)
    polarity: PolarityCues = field(default_factory=PolarityCues)
    opposites: Opposites = field(default_factory=Opposites)
    bounds: Bounds = field(default_factory=Bounds)
    directions: Directions = field(default_factory=Directions)
    abbreviations: Abbreviations = field(default_factory=Abbreviations)
    units: Forms = field(default_factory=no_entries)
    """Units by their names in ``newsqa.text.numbers.units``."""
    rates: Forms = field(default_factory=no_entries)
    """The time by which an amount is counted, as written after it: "a month"."""
    rates_before: Forms = field(default_factory=no_entries)
    """The same, as written before it: 每月."""

    @property
    def reads_numbers(self) -> bool:
        """True if numbers that are written in words can be read."""
        return self.code == SIGNS or bool(self.numbers.units) or not self.has_spaces

    @property
    def reads_dates(self) -> bool:
        """True if dates with the names of months and weekdays can be read."""
        return bool(self.calendar.weekdays)


_SECTIONS = {
    "calendar": Calendar,
    "conjunctions": Conjunctions,
    "numbers": Numbers,
    "places": Places,
    "rounding": Rounding,
    "clock": Clock,
    "detection": Detection,
    "words": WordLists,
    "irregular": Irregular,
    "questions": Questions,
    "names": Names,
    "people": People,
    "polarity": PolarityCues,
    "opposites": Opposites,
    "bounds": Bounds,
    "directions": Directions,
    "abbreviations": Abbreviations,
}


@cache
def language(code: str) -> Language:
    """Return the language with the ISO 639-1 ``code``, such as ``"de"``.

    Example:
        >>> language("de").units["hour"]
        ('Stunden', 'Stunde')
        >>> dict(language("xx").units)
        {}
    """
    if code not in language_codes() and code != SIGNS:
        return Language(code, decimal_mark="," if code in _decimal_commas() else ".")
    by_hand, generated = _table(f"{code}.toml"), _table(f"cldr/{code}.toml")
    return _read(code, merged(by_hand, generated, by_hand.pop("left_out", ())))


def _table(name: str) -> Table:
    file = DATA.joinpath(*name.split("/"))
    return tomllib.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}


@cache
def _decimal_commas() -> frozenset[str]:
    """The languages that write 1,5 for one and a half, files or not."""
    return frozenset(_table("cldr/decimal_commas.toml")["languages"])


def _read(code: str, table: Table) -> Language:
    unknown = table.keys() - {entry.name for entry in fields(Language)}
    if unknown:
        raise TypeError(f"data/{code}.toml has unknown sections: {', '.join(sorted(unknown))}")
    return Language(
        code,
        **{
            key: read_section(_SECTIONS[key], value) if key in _SECTIONS else frozen(value)
            for key, value in table.items()
        },
    )


@cache
def language_codes() -> frozenset[str]:
    """Return the codes of the languages that have a data file."""
    names = (file.name for file in DATA.iterdir())
    return frozenset(n.removesuffix(".toml") for n in names if n.endswith(".toml")) - {SIGNS}


@cache
def languages() -> tuple[Language, ...]:
    """Return all languages that have a data file, in the order of their codes."""
    return tuple(map(language, sorted(language_codes())))


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
