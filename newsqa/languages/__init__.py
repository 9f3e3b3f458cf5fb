"""Languages: what is known of the words of each, one data file a language.

``language("de")`` reads ``data/de.toml`` when it is first asked for and keeps the result. A language
without a file has empty sections, so that callers need not ask first.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from functools import cache
from importlib import resources
from typing import Any

from newsqa.languages.sections import (
    Clock,
    Forms,
    Numbers,
    Places,
    Rounding,
    frozen,
    no_entries,
    read_section,
)

SIGNS = "und"
"""The code of the file with the signs that belong to no language, such as € and km."""


@dataclass(frozen=True, slots=True)
class Language:
    """The words of one language, by sections; all are empty if there is no file for it."""

    code: str
    name: str = ""
    has_spaces: bool = True
    """Whether words are written apart; if not, a unit is written to its number."""
    numbers: Numbers = field(default_factory=Numbers)
    places: Places = field(default_factory=Places)
    rounding: Rounding = field(default_factory=Rounding)
    clock: Clock = field(default_factory=Clock)
    units: Forms = field(default_factory=no_entries)
    """Units by their names in ``newsqa.text.numbers.units``."""
    rates: Forms = field(default_factory=no_entries)
    """The time by which an amount is counted, as written after it: "a month"."""
    rates_before: Forms = field(default_factory=no_entries)
    """The same, as written before it: 每月."""

    @property
    def reads_numbers(self) -> bool:
        """Whether numbers that are written out in words can be read."""
        return self.code == SIGNS or self.numbers != Numbers()


_SECTIONS = {"numbers": Numbers, "places": Places, "rounding": Rounding, "clock": Clock}


@cache
def language(code: str) -> Language:
    """Return the language with the ISO 639-1 ``code``, such as ``"de"``.

    Example:
        >>> language("de").units["hour"]
        ('stunde', 'stunden')
        >>> dict(language("xx").units)
        {}
    """
    if code not in {*language_codes(), SIGNS}:
        return Language(code)
    file = resources.files(__name__) / "data" / f"{code}.toml"
    return _read(code, tomllib.loads(file.read_text(encoding="utf-8")))


def _read(code: str, table: Mapping[str, Any]) -> Language:
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
    names = (file.name for file in (resources.files(__name__) / "data").iterdir())
    return frozenset(n.removesuffix(".toml") for n in names if n.endswith(".toml")) - {SIGNS}
