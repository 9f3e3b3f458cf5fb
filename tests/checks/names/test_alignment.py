"""Alignment: what the evidence has in place of a claim's words."""

from __future__ import annotations

import pytest

from newsqa.checks.names.swapped import MAX_CLAIM_WORDS, MAX_SLOT_WORDS, Alignment
from newsqa.text.analysis import AnalyzedText

EVIDENCE = "On Tuesday she opened the Lindow bridge. It rained."


def slot_of(claim: str, evidence: str, start: int, end: int) -> str:
    """Return what the evidence has in place of the claim's words."""
    return Alignment(AnalyzedText(claim), AnalyzedText(evidence)).slot(start, end)


@pytest.mark.parametrize(
    ("claim", "name", "slot"),
    [
        ("On Tuesday Okafor opened the Lindow bridge.", "Okafor", "she"),
        ("On Tuesday she opened the Sundvik bridge.", "Sundvik", "Lindow"),
        ("On Tuesday Ada Okafor opened the Lindow bridge.", "Ada Okafor", "she"),
    ],
)
def test_the_words_in_the_same_place_are_the_slot(claim: str, name: str, slot: str) -> None:
    """They are between the same words on both sides."""
    start = claim.index(name)
    assert slot_of(claim, EVIDENCE, start, start + len(name)) == slot


@pytest.mark.parametrize(
    ("claim", "name"),
    [
        ("On Tuesday she opened the Lindow bridge in Sundvik.", "Sundvik"),
        ("On Tuesday she opened the Lindow bridge.", "Lindow"),
    ],
)
def test_what_is_added_or_alike_has_no_slot(claim: str, name: str) -> None:
    """It replaces nothing."""
    start = claim.index(name)
    assert slot_of(claim, EVIDENCE, start, start + len(name)) == ""


def test_another_wording_is_not_a_slot() -> None:
    """So many replaced words are another wording."""
    evidence = "Then " + "very " * MAX_SLOT_WORDS + "slowly it rained."
    assert slot_of("Then Okafor it rained.", evidence, 5, 11) == ""


def test_an_endless_claim_has_no_slots() -> None:
    """Aligning it would take too long."""
    claim = "very " * MAX_CLAIM_WORDS + "Okafor left."
    start = claim.index("Okafor")
    assert slot_of(claim, "very " * MAX_CLAIM_WORDS + "she left.", start, start + 6) == ""
