"""Hedges: a claim does not state a report, a suspicion or a plan as a fact."""

from __future__ import annotations

import pytest

from tests.checks.claims import cite, found


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
        ("You may be in a “harbour mood” already.", "“Harbour mood” is the word of the year."),
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
        (
            "The tenant alleges that the landlord cut the gas.",
            "The landlord cut the gas.",
            "landlord",
        ),
        ("It is unclear whether the dam leaks at night.", "The dam leaks at night.", "dam"),
        (
            "The firm declined to confirm reports that a U.S. bank had bought the quay.",
            "A U.S. bank has bought the quay.",
            "U.S.",
        ),
        ("Vale says that she posted the letter.", "Vale posted the letter.", "posted"),
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
        ("The quay may sink and could topple.", "The quay could sink and topple."),
        (
            "The tenant alleges that the landlord cut the gas.",
            "The landlord cut the gas, the tenant says.",
        ),
        ("It is unclear whether the dam leaks.", "Nobody knows if the dam leaks."),
        ("The fair opens in June and may run until July.", "The fair will open in June."),
        ("A sale of the mill has not been ruled out.", "A sale of the mill is possible."),
        ("Vale decided whether to sail.", "Vale sails."),
    ],
)
def test_a_hedge_in_other_words_passes(evidence: str, claim: str) -> None:
    """The claim doubts the same words, or attributes them instead of a "reportedly"."""
    assert found("hedges", claim, evidence) == []


@pytest.mark.parametrize(
    ("question", "words"),
    [("Why did the captain resign?", []), ("Did the captain resign?", ["resigned"])],
)
def test_what_the_question_takes_for_a_fact_may_be_repeated(
    question: str, words: list[str]
) -> None:
    """A yes-or-no question presupposes nothing."""
    evidence = cite("The captain reportedly resigned because of the fog.", question=question)
    assert found("hedges", "The captain resigned because of the fog.", evidence) == words
