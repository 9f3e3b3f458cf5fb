"""Values of this package: numerals, and the quantities they make with units."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from newsqa.text.numbers.units import Unit

NumeralKind = Literal["cardinal", "ordinal", "plural", "label"]
"""``plural``: "hundreds", which gives no count; ``label``: part of a name, such as F-15 or G20."""


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number in a text: its span in code points and the values it may have."""

    start: int
    end: int
    values: frozenset[Fraction]
    kind: NumeralKind = "cardinal"
    scale: int = 1
    """The last scale named: a million in "5 million". In "3 to 5 million" the 3 may share it."""
    is_ambiguous: bool = False
    """True for words that often are not numbers, like French "un".

    They may support a claim and never contradict one.
    """


@dataclass(frozen=True, slots=True)
class Amount:
    """One reading of a quantity: its value, in the base unit of its dimension if it has a unit."""

    value: Fraction
    unit: Unit | None = None

    @property
    def dimension(self) -> str:
        """The dimension of the unit; empty for a plain number."""
        return self.unit.dimension if self.unit else ""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its sign and unit: its span in code points and all its readings."""

    start: int
    end: int
    amounts: frozenset[Amount]
    numeral: Numeral
    sign: int = 1
    rate: str = ""
    """The time by which it is counted: ``month`` in "£20 a month"; empty for none."""

    @property
    def kind(self) -> NumeralKind:
        """The kind of the number."""
        return self.numeral.kind

    @property
    def has_unit(self) -> bool:
        """True if it has a unit in every reading."""
        return all(amount.unit for amount in self.amounts)
