"""Opposites: words and phrases that say the reverse of each other."""

from __future__ import annotations

import pytest

from tests.checks.claims import found


@pytest.mark.parametrize(
    ("evidence", "claim", "words"),
    [
        ("The council backed the tram.", "The council rejected the tram.", "rejected"),
        ("The firm rejected the report.", "The firm confirmed the report.", "confirmed"),
        ("The tenants dispute the bill.", "The tenants accept the bill.", "accept"),
        ("The critic praised the choir.", "The critic criticised the choir.", "criticised"),
        ("The league kept its flag.", "The league dropped its flag.", "dropped"),
        ("The square was empty.", "The square was crowded.", "crowded"),
        ("The pool is still open, Vale said.", "The pool has closed, Vale said.", "closed"),
    ],
)
def test_an_opposite_of_the_same_thing_is_found(evidence: str, claim: str, words: str) -> None:
    """They have one subject or object, or precede one noun."""
    assert found("negation", claim, evidence) == [words]


@pytest.mark.parametrize(
    ("evidence", "claim"),
    [
        (
            "Vale came back on Sunday after the talks in Lindow ended.",
            "The bishop rejected a gift.",
        ),
        ("The council backed the tram and rejected the toll.", "The council rejected the toll."),
        ("Vale did not back the tram.", "Vale rejected the tram."),
        ("Vale voted in favor and Brandt voted against.", "Brandt voted against."),
        ("The pool is still open; the sauna has closed.", "The sauna has closed."),
        ("Few boats came, and many cars.", "Many cars came."),
    ],
)
def test_what_is_said_of_something_else_passes(evidence: str, claim: str) -> None:
    """The opposite is elsewhere, denied, or about another noun."""
    assert found("negation", claim, evidence) == []
