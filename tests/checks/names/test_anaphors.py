"""Anaphors: pronouns and descriptions that stand for names."""

from __future__ import annotations

import pytest

from newsqa.checks.names.anaphors import anaphors, leaves_out_anaphor


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("She opened it.", {"she": 1, "it": 1}),
        ("The bridge closed.", {"the bridge": 1}),
        ("Okafor met Brandt.", {}),
    ],
)
def test_pronouns_and_descriptions_are_found(text: str, found: dict[str, int]) -> None:
    """In small letters, and counted."""
    assert anaphors(text) == found


def test_a_name_may_stand_for_one_that_is_gone() -> None:
    """The claim has one "she" less."""
    assert leaves_out_anaphor("Okafor said she left.", "She said she left.")


def test_nothing_is_left_out_of_a_copy() -> None:
    """Each is still there."""
    assert not leaves_out_anaphor("She opened the bridge.", "She opened the bridge.")
