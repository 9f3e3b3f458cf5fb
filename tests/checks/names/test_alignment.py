"""Slots: what the evidence has where a claim has other words."""

from __future__ import annotations

import pytest

from newsqa.checks.names.alignment import LONGEST, MAX_WORDS, Alignment

EVIDENCE = "On Tuesday she opened the Lindow bridge. It rained."


@pytest.mark.parametrize(
    ("claim", "name", "slot"),
    [
        ("On Tuesday Okafor opened the Lindow bridge.", "Okafor", "she"),
        ("On Tuesday she opened the Sundvik bridge.", "Sundvik", "Lindow"),
        ("On Tuesday Ada Okafor opened the Lindow bridge.", "Ada Okafor", "she"),
    ],
)
def test_the_words_in_the_same_place_are_the_slot(claim: str, name: str, slot: str) -> None:
    """Between the same words on both sides."""
    start = claim.index(name)
    assert Alignment(claim, EVIDENCE).slot(start, start + len(name)) == slot


@pytest.mark.parametrize(
    ("claim", "name"),
    [
        ("On Tuesday she opened the Lindow bridge in Sundvik.", "Sundvik"),
        ("On Tuesday she opened the Lindow bridge.", "Lindow"),
    ],
)
def test_what_is_added_or_alike_has_no_slot(claim: str, name: str) -> None:
    """It stands in nothing's place."""
    start = claim.index(name)
    assert Alignment(claim, EVIDENCE).slot(start, start + len(name)) == ""


def test_another_wording_is_no_slot() -> None:
    """So many words say something else."""
    evidence = "Then " + "very " * LONGEST + "slowly it rained."
    assert Alignment("Then Okafor it rained.", evidence).slot(5, 11) == ""


def test_an_endless_claim_has_no_slots() -> None:
    """To compare it would take too long."""
    claim = "very " * MAX_WORDS + "Okafor left."
    start = claim.index("Okafor")
    assert Alignment(claim, "very " * MAX_WORDS + "she left.").slot(start, start + 6) == ""
