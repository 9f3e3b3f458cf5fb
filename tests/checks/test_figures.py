"""Figures: numbers follow from the evidence with unit, scale and sign."""

from __future__ import annotations

import pytest

from newsqa.article import Article
from tests.checks.claims import cite, found


@pytest.mark.parametrize(
    ("evidence", "claim"),
    [
        ("The yard has 1,200 berths.", "It has 1200 berths."),
        ("The yard has 1,200 berths.", "It has 1.2 thousand berths."),
        ("The yard has 1,200 berths.", "It has twelve hundred berths."),
        ("The bridge cost £38.4m.", "The bridge cost 38.4 million pounds."),
        ("Prices rose 12.5%.", "Prices rose by 12.5 percent."),
        ("Prices rose 12.5%.", "Prices rose by 12.5 per cent."),
        ("A third of the crew left.", "33% of the crew left."),
        ("Half of the crew left.", "50 percent of the crew left."),
        ("Two dozen boats sank.", "24 boats sank."),
        ("The strike lasted two weeks.", "The strike lasted 14 days."),
        ("It will cost between $4.5 million and $6 million.", "It will cost $4.5m to $6m."),
        ("It will cost 4.5 to 6 million dollars.", "It will cost $4.5 million to $6 million."),
        ("It fell to -5 °C.", "It fell to minus 5 degrees."),
        ("Ada Okafor, 45, won.", "Okafor, who is 45 years old, won."),
        ("It was her third goal.", "It was her 3rd goal."),
        ("Ferries ran for the 15th straight day.", "Ferries ran for 15 straight days."),
        ("Some 320 people marched.", "Hundreds of people marched."),
        ("A man was hurt.", "One man was hurt."),
        ("Both brothers were hurt.", "Two brothers were hurt."),
        ("She opened the debut show.", "It was her first show."),
        ("Rates rose to 5 1/2 percent.", "Rates rose to 5.5 percent."),
        ("Rates rose 3/4 of a point.", "Rates rose three quarters of a point."),
        ("The work took a decade.", "The work took 10 years."),
        ("The ferry ran from 1990 to 1995.", "The ferry ran for five years."),
        ("Of a hundred trees 71 froze.", "71 percent of the trees froze."),
    ],
)
def test_the_same_number_in_another_form_follows(evidence: str, claim: str) -> None:
    """It may be in digits or words, with the unit before or after it, or in another unit."""
    assert found("figures", claim, evidence) == []


@pytest.mark.parametrize(
    ("evidence", "claim", "words"),
    [
        ("The yard has 1,200 berths.", "It has 1,300 berths.", "1,300"),
        ("The yard has 1,200 berths.", "It has 1.200 berths.", "1.200"),
        ("The bridge cost £38.4m.", "The bridge cost £38.4bn.", "£38.4bn"),
        ("The bridge cost £38.4m.", "The bridge cost $38.4m.", "$38.4m"),
        ("Prices rose 12.5%.", "Prices rose by 12.5 percentage points.", "12.5 percentage points"),
        ("Prices rose 12%.", "Prices rose by 12.", "12"),
        ("It is 5 miles away.", "It is 5 km away.", "5 km"),
        ("The strike lasted two weeks.", "The strike lasted two months.", "two months"),
        ("It fell to -5 °C.", "It fell to 5 °C.", "5 °C"),
        ("It was her third goal.", "It was her fourth goal.", "fourth"),
        ("Twelve boats sank.", "Dozens of boats sank.", "Dozens"),
        ("Half of the crew left.", "A third of the crew left.", "A third"),
        ("They won 2-1.", "They won 1-1.", "1"),
        ("Two men were hurt.", "One man was hurt.", "One"),
        ("Rates rose to 5 1/2 percent.", "Rates rose to 5.25 percent.", "5.25 percent"),
        ("The work took a decade.", "The work took 12 years.", "12 years"),
        ("The ferry ran from 1990 to 1995.", "The ferry ran for six years.", "six years"),
        ("Fares rose from $1.25 to $1.50.", "Fares rose by 26 cents.", "26 cents"),
    ],
)
def test_another_number_unit_scale_or_sign_is_found(evidence: str, claim: str, words: str) -> None:
    """A figure can be wrong in each of these ways."""
    assert words in found("figures", claim, evidence)


def test_a_finding_says_that_the_unit_differs() -> None:
    """The reason for a wrong unit is not the one for a wrong number."""
    from newsqa.checks.run import check_claim

    (finding,) = check_claim("It cost $5m.", cite("It cost £5m.")).findings
    assert finding.reason == "the cited sentences have this number, but with another unit or sign"


def test_a_number_of_an_uncited_sentence_is_found() -> None:
    """Only cited sentences support a claim."""
    evidence = cite("The yard has 12 berths. It employs 90 people.", 1)
    assert found("figures", "The yard employs 90 people.", evidence) == ["90"]


def test_numbers_may_come_from_the_title_and_not_from_the_question() -> None:
    """A question may be wrong."""
    article = Article("The yard closed.", title="Yard with 12 berths closes")
    evidence = cite(article, 1, question="Why did the yard with 90 workers close?")
    assert found("figures", "The yard with 90 workers and 12 berths closed.", evidence) == ["90"]


def test_the_year_of_publication_follows() -> None:
    """No other year does."""
    evidence = cite(Article("The yard closed.", published_at="2025-06-17"), 1)
    assert found("figures", "It closed in 2025, not in 2024.", evidence) == ["2024"]


LISTED = "The union asks for higher pay, longer rests and safer cranes."


def test_a_count_of_listed_things_follows() -> None:
    """The evidence lists three demands, so a claim may count them."""
    assert found("figures", "The union made three demands.", LISTED) == []


def test_a_wrong_count_of_listed_things_is_found() -> None:
    """Three are not four."""
    assert found("figures", "The union made four demands.", LISTED) == ["four"]


def test_a_count_may_be_of_what_the_claim_lists() -> None:
    """The count has to match."""
    claim = "It has two harbours, Nordhavn and Sundvik."
    assert found("figures", claim, "The town has Nordhavn and Sundvik.") == []


def test_a_stated_number_goes_before_a_count() -> None:
    """The evidence says four, and lists three."""
    evidence = "Of four demands, pay, rest and safety come first."
    assert found("figures", "Three demands come first.", evidence) == ["Three"]


@pytest.mark.parametrize("claim", ["About 1,200 people came.", "More than 1,100 people came."])
def test_a_rounder_figure_follows_when_it_says_so(claim: str) -> None:
    """The figure 1,186 is about 1,200."""
    assert found("figures", claim, "In all 1,186 people came.") == []


@pytest.mark.parametrize(
    "claim", ["1,200 people came.", "More than 1,200 came.", "About 1,189 came."]
)
def test_a_figure_that_is_not_rounded_is_found(claim: str) -> None:
    """It lacks "about", is on the wrong side, or is as exact as the true figure."""
    assert found("figures", claim, "In all 1,186 people came.") != []


def test_a_number_in_a_name_may_come_from_anywhere_in_the_article() -> None:
    """A flight number identifies a flight and counts nothing."""
    evidence = cite("Flight 447 left Oslo. It carried 98 people.", 2)
    assert found("figures", "Flight 447 carried 98 people.", evidence) == []


def test_another_number_in_a_name_is_found() -> None:
    """It identifies another flight."""
    evidence = cite("Flight 447 left Oslo. It carried 98 people.", 2)
    assert found("figures", "Flight 448 carried 98 people.", evidence) == ["448"]


@pytest.mark.parametrize(
    ("evidence", "words"),
    [
        ("Crews will strike on 16 May, and again on 9 June.", []),
        ("Crews will strike on 16 May.", ["second"]),
    ],
)
def test_what_comes_second_is_counted(evidence: str, words: list[str]) -> None:
    """The evidence has two in a row, and no third or fourth."""
    assert found("figures", "The second strike is in June.", evidence) == words


@pytest.mark.parametrize(
    "claim", ["No one of the crew came.", "At first the crew stayed.", "One of them left."]
)
def test_words_that_only_look_like_numbers_are_not_found(claim: str) -> None:
    """Such words count nothing."""
    assert found("figures", claim, "The crew stayed, then left.") == []


@pytest.mark.parametrize(
    "claim",
    [
        "The crew will agree on one next week.",
        "It is a United States one.",
        "The crew left a plan open rather than rejecting one.",
        "They had hoped to find one.",
        "The crew wanted a plan and found one quickly.",
        "A crew without one, said Ada Okafor, cannot sail.",
        "They bought one in spring.",
        "The crew chose one because it was cheap.",
        "The old one was sold.",
        "They had one built.",
    ],
)
def test_one_without_a_noun_after_it_is_not_a_number(claim: str) -> None:
    """It refers to a thing named before."""
    assert found("figures", claim, "The crew of the ferries stayed, then left for spring.") == []


@pytest.mark.parametrize(
    ("claim", "words"),
    [
        ("One crew member said so.", ["One"]),
        ("One billion was spent.", ["One billion"]),
        ("They sailed for one year.", ["one year"]),
    ],
)
def test_one_that_counts_is_a_number(claim: str, words: list[str]) -> None:
    """A noun follows it, or the evidence has another number between the same words."""
    evidence = "There were three crews. They lost by two goals to three, and sailed on."
    assert found("figures", claim, evidence) == words


def test_a_day_of_a_month_may_be_in_words() -> None:
    """Another day is found."""
    evidence = "The inquiry into January 6 ended."
    assert found("figures", "The inquiry into January six ended.", evidence) == []
    assert found("figures", "The inquiry into January seven ended.", evidence) == ["seven"]


GERMAN = "Die Stadt zahlt 1.200 Euro für zweiunddreißig Plätze, und ein Drittel ist nicht belegt."


@pytest.mark.parametrize(
    ("evidence", "claim"),
    [
        (GERMAN, "Die Stadt zahlt 1200 Euro für 32 Plätze."),
        (GERMAN, "The city will pay 1,200 euros for the 32 places, and a third is not taken."),
        (
            "Le maire annonce quatre-vingt-dix-sept départs, soit 12,5 %.",
            "Le maire annonce 97 départs, 12,5 pour cent.",
        ),
        (
            "El puerto pagará treinta y dos mil euros por la obra.",
            "El puerto pagará 32.000 euros por la obra.",
        ),
        (
            "警方说，三百二十人参加，其中十九人受伤，损失1.2亿元。",
            "320人参加，19人受伤，损失1.2亿元。",
        ),
        ("شارك ١٢٠٠ شخص في المسيرة.", "شارك 1200 شخص."),
        (
            "Погибли 45 человек, ущерб составил 3,5 млн рублей.",
            "Погибли 45 человек, ущерб 3,5 млн рублей.",
        ),
    ],
)
def test_figures_of_any_language_follow(evidence: str, claim: str) -> None:
    """Digits, number words and separators of each language are read, also across languages."""
    assert found("figures", claim, evidence) == []


@pytest.mark.parametrize(
    ("evidence", "claim", "words"),
    [
        (GERMAN, "Die Stadt zahlt 1.300 Euro für 32 Plätze.", "1.300 Euro"),
        (GERMAN, "Die Stadt zahlt für dreiunddreißig Plätze.", "dreiunddreißig"),
        ("警方说，三百二十人参加，损失1.2亿元。", "320人参加，损失1.2万元。", "1.2万元"),
        ("شارك ١٢٠٠ شخص في المسيرة.", "شارك 1300 شخص.", "1300"),
        ("Погибли 45 человек в порту.", "Погибли 46 человек.", "46"),
    ],
)
def test_altered_figures_of_any_language_are_found(evidence: str, claim: str, words: str) -> None:
    """They are found as in English."""
    assert found("figures", claim, evidence) == [words]
