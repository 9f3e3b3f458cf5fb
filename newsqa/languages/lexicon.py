"""Lexicon: the words for numbers, units, rates and hours of a language, as ``words/`` has them.

One file a language, named by its ISO 639-1 code; ``und.toml`` holds the signs that are the same in
all. In a file a space parts entries, ``|`` the forms of one, and ``_`` stands for a space.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cache
from importlib import resources
from typing import Any

from newsqa.languages.spelling import plain_phrase

SIGNS = "und"
"""The code of what belongs to no language."""

NO_SPACES = frozenset({"zh", "ja", "ko", "th"})
"""Languages in which a unit is written to its number, and to what follows."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The sections of one language's file, each by its keys; all empty where there is none."""

    numbers: Mapping[str, str] = field(default_factory=dict)
    places: Mapping[str, str] = field(default_factory=dict)
    rounding: Mapping[str, str] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)
    rates: Mapping[str, str] = field(default_factory=dict)
    rates_before: Mapping[str, str] = field(default_factory=dict)
    clock: Mapping[str, Any] = field(default_factory=dict)


@cache
def lexicon(language: str) -> Lexicon:
    """What is known of ``language``; nothing where no file is kept."""
    if not is_known(language):
        return Lexicon()
    file = resources.files("newsqa.languages") / "data" / f"{language}.toml"
    return Lexicon(**tomllib.loads(file.read_text(encoding="utf-8")))


@cache
def known_languages() -> frozenset[str]:
    """The codes of the languages that have a file."""
    files = (resources.files("newsqa.languages") / "data").iterdir()
    names = (file.name.partition(".") for file in files)
    return frozenset(code for code, _, kind in names if kind == "toml") - {SIGNS}


def is_known(language: str) -> bool:
    """Whether the numbers that are written out in ``language`` can be read."""
    return language in known_languages() or language == SIGNS


def phrases(written: str) -> list[str]:
    """The entries of a list, each as ``plain_phrase`` has it."""
    return [plain_phrase(entry) for entry in written.split()]


def forms(written: str) -> list[list[str]]:
    """The entries of a list, each with all of its forms."""
    return [[plain_phrase(form) for form in entry.split("|")] for entry in written.split()]


def valued(written: str) -> dict[str, Fraction]:
    """Each form of a list of ``forms=value``, with its value."""
    found: dict[str, Fraction] = {}
    for pair in written.split():
        spelled, _, value = pair.partition("=")
        found |= {plain_phrase(form): Fraction(value) for form in spelled.split("|")}
    return found
