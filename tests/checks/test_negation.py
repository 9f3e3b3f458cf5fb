"""Negation: what is denied stays denied, and nothing becomes its opposite."""

from __future__ import annotations

import pytest

from newsqa.article import Article
from newsqa.checks import ClaimContext
from tests.checks.claims import cite, found


@pytest.mark.parametrize(
    ("evidence", "claim"),
    [
        ("The river did not flood.", "The river never flooded."),
        ("The union refused to comment.", "The union did not comment."),
        ("The firm failed to pay.", "The firm didn't pay."),
        ("There is no evidence of fraud.", "Nobody found evidence of fraud."),
        ("Prices did not rise.", "Prices did not go up."),
        ("Not only the yard but the port closed.", "The yard and the port closed."),
        ("Rents fell after the vote.", "After the vote, rents fell."),
        ("The ferry, which does not sail on Sunday, is old.", "The ferry is old."),
        ("Lindow doesn't have trams.", "What Lindow does not have: trams."),
        ("“No trouble of ours” is what the council said.", "It is what the council said."),
        ("Fees are not set by the port, but rather by the town.", "The town sets the fees."),
        ("They left after the failed Operation Lantern.", "Operation Lantern was in May."),
    ],
)
def test_the_same_polarity_passes(evidence: str, claim: str) -> None:
    """Any word may deny it."""
    assert found("negation", claim, evidence) == []


@pytest.mark.parametrize(
    ("evidence", "claim", "words"),
    [
        ("The river did not flood.", "The river flooded.", "flooded"),
        ("The river flooded.", "The river did not flood.", "flood"),
        ("The union refused to comment.", "The union commented.", "commented"),
        ("The firm won't pay the fine.", "The firm will pay the fine.", "pay"),
        ("There is no evidence of fraud.", "There is evidence of fraud.", "evidence"),
        ("Prices rose in May.", "Prices fell in May.", "fell"),
        ("The council approved the plan.", "The council rejected the plan.", "rejected"),
        ("The yard failed to open in May.", "The yard opened in May.", "opened"),
        ("Lindow is not a member.", "Lindow is a member of the league.", "member"),
        ("The fee was not paid by the port.", "The port paid the fee.", "paid"),
    ],
)
def test_a_turned_meaning_is_found(evidence: str, claim: str, words: str) -> None:
    """A "not" is dropped or added, or one opposite replaces the other."""
    assert words in found("negation", claim, evidence)


def test_an_elided_quote_does_not_hide_a_not() -> None:
    """Two spans close together include the sentences between them."""
    from newsqa.article import Article

    article = Article("The mayor said. The ferry will. Not sail today. It waits.", language="en")
    first, last = article.sentences[1], article.sentences[3]
    context = ClaimContext(article, ((first.start, first.end), (last.start, last.end)))
    assert found("negation", "The ferry will sail today.", context) == ["sail"]


def test_a_denial_in_the_question_may_be_repeated() -> None:
    """The question "why did it not" contains it."""
    evidence = cite("The ferry will sail when the crew is back.", question="Why did it not sail?")
    assert found("negation", "It did not sail because the crew was away.", evidence) == []


def test_a_name_after_neither_is_not_denied() -> None:
    """The two sides are not what was denied."""
    evidence = "Vale met Ostrand. Neither side disclosed the number of boats."
    assert found("negation", "Neither Vale nor Ostrand disclosed the number.", evidence) == []


@pytest.mark.parametrize(
    ("evidence", "claim"),
    [
        ("The donor has not been named.", "The donor's name was withheld."),
        (
            "The hall has a choir; there has never been one on the quay.",
            "The quay has never had a choir.",
        ),
        ("The ferry is for everyone.", "The ferry is for everyone, and not for tourists alone."),
        (
            "Vale declined to confirm or deny that a buyer had called.",
            "Vale would neither confirm nor deny that a buyer had called.",
        ),
        ("The council is keeping all six schools open.", "No school closes."),
        ("A claim that a bus had sunk was false, Vale said.", "No bus sank, Vale said."),
    ],
)
def test_a_denial_in_other_words_passes(evidence: str, claim: str) -> None:
    """It may follow its subject, use a pronoun or an "or", or affirm the opposite."""
    assert found("negation", claim, evidence) == []


@pytest.mark.parametrize(
    ("evidence", "claim", "words"),
    [
        ("Vale said the shop was still open.", "Vale said the shop was no longer open.", "open"),
    ],
)
def test_a_denial_without_the_others_word_is_found(evidence: str, claim: str, words: str) -> None:
    """It may be "no longer", a sentence that only denies, or a "not take place"."""
    assert found("negation", claim, evidence) == [words]


def test_what_has_been_called_off_does_not_take_place() -> None:
    """Calling it off denies it in other words."""
    evidence = "The summer fair in Lindow was cancelled."
    assert found("negation", "The summer fair will not take place.", evidence) == []


@pytest.mark.parametrize(
    "evidence",
    [
        "No U.S. ports on the coast closed on Friday.",
        "No American ports on\nthe coast closed on Friday.",
    ],
)
def test_a_denial_reaches_over_short_forms_and_wrapped_lines(evidence: str) -> None:
    """The stop of "U.S." and the end of a wrapped line end no sentence."""
    claim = "The ports on the coast did not close on Friday."
    assert found("negation", claim, cite(Article(evidence, language="en"))) == []


def test_a_denial_after_but_denies_nothing_before_it() -> None:
    """What is contrasted is another statement."""
    evidence = "The hoard is insured, but Dr. Sarkany would not say with whom."
    assert found("negation", "The hoard is not insured.", evidence) == ["insured"]
