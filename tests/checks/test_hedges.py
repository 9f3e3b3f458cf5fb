"""Hedges: a claim does not state a report, a suspicion or a plan as a fact."""

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
    """The claim states the word after the hedge as a fact."""
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
    ],
)
def test_a_hedge_that_is_kept_or_not_needed_passes(evidence: str, claim: str) -> None:
    """Any hedge will do, and only hedged words need one."""
    assert found("hedges", claim, evidence) == []


@pytest.mark.parametrize(
    ("evidence", "claim", "words"),
    [
        (
            "The ferry reportedly struck a pier, the line said.",
            "The ferry struck a pier, the line said.",
            "struck",
        ),
        (
            "The quay may sink and the crane might topple.",
            "The quay is sinking and the crane might topple.",
            "sinking",
        ),
        ("It is unclear whether the dam leaks at night.", "The dam leaks at night.", "dam"),
        (
            "The bill could reach £3.5m for the cold winter months.",
            "The bill will be £3.5m for the winter months.",
            "will",
        ),
        (
            "A sale of the mill next year has not been ruled out.",
            "The mill will be up for sale next year.",
            "will",
        ),
    ],
)
def test_a_hedge_is_missed_on_the_words_that_it_applied_to(
    evidence: str, claim: str, words: str
) -> None:
    """Hedges and attributions of other words do not count."""
    assert words in found("hedges", claim, evidence)


@pytest.mark.parametrize(
    ("evidence", "claim"),
    [
        ("The ferry reportedly struck a pier.", "The ferry is said to have struck a pier."),
        ("The captain reportedly resigned, Vale said.", "According to Vale the captain resigned."),
        ("It is unclear whether the dam leaks.", "Nobody knows if the dam leaks."),
        ("The fair opens in June and may run until July.", "The fair will open in June."),
        ("A sale of the mill has not been ruled out.", "A sale of the mill is possible."),
        ("Vale decided whether to sail.", "Vale sails."),
    ],
)
def test_a_hedge_in_other_words_passes(evidence: str, claim: str) -> None:
    """The claim doubts the same words, or attributes them instead of a "reportedly"."""
    assert found("hedges", claim, evidence) == []


def test_a_condition_with_a_title_in_it_is_seen() -> None:
    """The stop of "Mr." does not end it."""
    evidence = "If Mr. Haas agrees, the bridge over the river will reopen on Monday."
    assert found("conditions", "The bridge over the river will reopen on Monday.", evidence)
