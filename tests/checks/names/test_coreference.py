"""Coreference: pronouns and descriptions, and the names that they may mean."""

from __future__ import annotations

import pytest

from newsqa.checks.names.coreference import Antecedents, count_anaphors
from newsqa.checks.names.evidence import KnownNames
from newsqa.text.analysis import AnalyzedText
from tests.checks.claims import cite


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("She opened it.", {"she": 1, "it": 1}),
        ("The bridge closed.", {"the bridge": 1}),
        ("Okafor met Brandt.", {}),
    ],
)
def test_pronouns_and_descriptions_are_found(text: str, counts: dict[str, int]) -> None:
    """They are counted in small letters."""
    assert count_anaphors(text) == counts


def leaves_out(claim: str, evidence: str) -> bool:
    """Return whether the claim may have a name for a pronoun of the evidence."""
    return Antecedents(AnalyzedText(claim), KnownNames(cite(evidence))).has_anaphor_left_out


def test_a_missing_pronoun_is_left_out() -> None:
    """The claim has one "she" less than the evidence."""
    assert leaves_out("Okafor said she left.", "She said she left.")


def test_nothing_is_left_out_of_a_copy() -> None:
    """A copy has all of them."""
    assert not leaves_out("She opened the bridge.", "She opened the bridge.")
