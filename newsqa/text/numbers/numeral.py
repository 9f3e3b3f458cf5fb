"""Numeral: one number in a text, whatever it is written in."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

Kind = Literal["cardinal", "ordinal", "plural", "label"]
"""``plural``: "hundreds", which names no count; ``label``: part of a name, such as F-15 or G20."""


@dataclass(frozen=True, slots=True)
class Numeral:
    """One number in a text: the values it may stand for and, in code points, where it stands."""

    start: int
    end: int
    values: frozenset[Fraction]
    kind: Kind = "cardinal"
    is_word: bool = False
    scale: int = 1
    """The last scale named: a million in "5 million", which in "3 to 5 million" counts for the 3."""
    is_loose: bool = False
    """Whether it is a number as often as not, like "un": it bears out, and is not held against."""
