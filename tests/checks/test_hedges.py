"""Hedges: no report, suspicion or plan hardens into fact."""

from __future__ import annotations

import pytest

from tests.checks.claims import found


@pytest.mark.parametrize(
    ("evidence", "claim", "words"),
    [
        ("The firm may close the yard.", "The firm will close the yard.", "close"),
        ("The firm is considering closing the yard.", "The firm is closing the yard.", "closing"),
        ("The captain reportedly resigned.", "The captain resigned.", "resigned"),
        ("The yard plans to hire welders.", "The yard hired welders.", "hired"),
        ("Police arrested an alleged smuggler.", "Police arrested a smuggler.", "smuggler"),
        ("Apparently Ada Okafor resigned.", "Ada Okafor resigned.", "resigned"),
    ],
)
def test_a_dropped_hedge_is_found(evidence: str, claim: str, words: str) -> None:
    """The word behind the hedge stands as a fact in the claim."""
    assert found("hedges", claim, evidence) == [words]


@pytest.mark.parametrize(
    ("evidence", "claim"),
    [
        ("The firm may close the yard.", "The firm might close the yard."),
        ("The firm may close the yard.", "The yard belongs to the firm."),
        ("The captain reportedly resigned.", "According to reports the captain resigned."),
        ("The captain resigned and may leave.", "The captain resigned."),
        ("The yard opens in May.", "The yard opens in May."),
        ("They were apparently Heron-type ferries.", "The Heron ferry has a range of 90 miles."),
        ("You may be in a “harbour mood” already.", "“Harbour mood” is the word of the year."),
    ],
)
def test_a_hedge_that_is_kept_or_not_needed_passes(evidence: str, claim: str) -> None:
    """Any hedge does, and only what stood behind one needs it."""
    assert found("hedges", claim, evidence) == []
