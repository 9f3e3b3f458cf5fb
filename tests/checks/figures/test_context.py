"""The words beside a number: how many things a sentence lists, and what they add up to."""

from __future__ import annotations

from fractions import Fraction

from newsqa.checks.figures.context import counts_of_listed, totals_of_listed


def test_things_in_a_row_are_counted() -> None:
    """The item after "and" is one of them."""
    assert counts_of_listed("It sells tea, coffee, bread and jam.") == {4}


def test_numbers_of_listed_things_are_added_up() -> None:
    """An article counts as one."""
    text = "They took four rings, two bells and a cup."
    numbers = {text.index("four"): Fraction(4), text.index("two"): Fraction(2)}
    assert totals_of_listed(text, numbers) == {7}


def test_things_without_numbers_add_up_to_nothing() -> None:
    """The number of bells is not given."""
    text = "They took four rings, bells and a cup."
    assert totals_of_listed(text, {text.index("four"): Fraction(4)}) == set()
