"""Derived figures: what follows from the cited numbers, with its formula."""

from __future__ import annotations

import pytest

from newsqa.checks.arithmetic import counts_of_listed
from newsqa.checks.run import check_claim
from tests.checks.claims import cite, found


@pytest.mark.parametrize(
    ("evidence", "claim", "formula"),
    [
        ("It sold 412 boxes, after 447 in May.", "It sold 35 boxes fewer.", "447 − 412"),
        (
            "Eleven of the 48 teams did not finish.",
            "Thirty-seven of the 48 finished.",
            "48 − Eleven",
        ),
        ("The north sent 120 boats, the south 95.", "They sent 215 in all.", "120 + 95"),
        ("A car pays £1.80, and vans pay double.", "A van pays £3.60.", "double × £1.80"),
        (
            "Repairs cost £12 million, of which the state pays three-quarters.",
            "The state pays £9 million.",
            "three-quarters × £12 million",
        ),
        ("Stalls fell from 140 to 131.", "Stalls fell by 6.4%.", "(131 − 140) ÷ 140"),
        ("It was built for 9,000 cars and carries 27,000.", "It carries three times as many.", ""),
        ("They were 1 minute 50 seconds clear.", "They were nearly two minutes clear.", ""),
        ("Next year's race is the sixtieth.", "This year's was the fifty-ninth.", "sixtieth − 1"),
        ("The ferry ran from 1990 to 1995.", "The ferry ran for five years.", "1995 − 1990"),
        ("It leaves at 20:47 and arrives at 22:15.", "It takes 88 minutes.", ""),
        ("Turnout was 62.5%.", "Some 37.5% stayed at home.", "100% − 62.5%"),
        ("It pays £20 a month for six months.", "It pays £120 altogether.", ""),
    ],
)
def test_a_figure_that_follows_is_named_with_its_formula(
    evidence: str, claim: str, formula: str
) -> None:
    """One step of arithmetic is recomputed, and a person can check it."""
    checked = check_claim(claim, cite(evidence))
    assert [f for f in checked.findings if f.check == "figures"] == []
    assert not formula or formula in [d.formula for d in checked.derivations]


@pytest.mark.parametrize(
    ("evidence", "claim"),
    [
        ("It sold 412 boxes, after 447 in May.", "It sold 36 boxes fewer."),
        ("The north sent 120 boats, the south 95.", "They sent 216 in all."),
        ("A car pays £1.80, and vans pay double.", "A van pays £3.80."),
        ("Stalls fell from 140 to 131.", "Stalls fell by 7.4%."),
        ("Seven boats and five cars burnt.", "Two boats burnt."),
    ],
)
def test_a_figure_that_does_not_follow_is_found(evidence: str, claim: str) -> None:
    """It is near what follows, or a small number that follows only by chance."""
    assert found("figures", claim, evidence)


def test_the_numbers_of_a_formula_are_spans_of_the_article() -> None:
    """They are what a person looks at to check it."""
    context = cite("It rained. It sold 412 boxes, after 447 in May.", 2)
    (derivation,) = check_claim("It sold 35 boxes fewer.", context).derivations
    text = context.article.text
    assert [span.slice(text) for span in derivation.numbers] == ["447", "412"]
    assert str(derivation) == "“35” = 447 − 412"


def test_things_in_a_row_are_counted() -> None:
    """The item after "and" is one of them."""
    assert counts_of_listed("It sells tea, coffee, bread and jam.") == {4}


@pytest.mark.parametrize(
    "claim", ["It rose to 3.95 times the old.", "It rose to 4.3 times the old."]
)
def test_a_ratio_is_rounded_to_what_the_claim_writes(claim: str) -> None:
    """412 is 4.12 times 100: "4.1" is right, and these are not."""
    assert found("figures", claim, "It rose from 100 to 412.")
    assert not found("figures", "It rose to 4.1 times the old.", "It rose from 100 to 412.")


def test_a_number_inside_another_is_not_the_whole_that_is_named() -> None:
    """The 9 of 1999 does not make the 5 cranes nine ships less four boats."""
    evidence = "In 1999 the port had 9 ships and 4 boats."
    assert found("figures", "In 1999 the port held 5 cranes.", evidence) == ["5"]
