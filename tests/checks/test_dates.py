"""Dates: the evidence names them, or gives them relative to the day of publication."""

from __future__ import annotations

import pytest

from newsqa.article import Article
from tests.checks.claims import cite, found

TUESDAY = "2025-06-17"


def dated(text: str, published_at: str | None = TUESDAY) -> Article:
    """Return an English article that was published on a day."""
    return Article(text, published_at=published_at, language="en")


@pytest.mark.parametrize(
    ("evidence", "claim"),
    [
        ("The strike began on Friday.", "The strike began on 20 June 2025."),
        ("The strike began on Friday.", "The strike began on June 13."),
        ("The strike began on Friday.", "The strike began on Friday, 20 June."),
        ("It opens tomorrow.", "It opens on Wednesday, 18 June 2025."),
        ("It opens tomorrow.", "It opens this week."),
        ("It closed last month.", "It closed in May 2025."),
        ("Talks resume next month.", "Talks resume in July."),
        ("It closed two days ago.", "It closed on 15 June."),
        ("The vote is on May 16.", "The vote is on 16 May 2025."),
        ("The vote is on May 16.", "The vote was on Friday, May 16."),
        ("It began on 16 May and ended two days later.", "It ended on 18 May."),
        ("It closed three years ago.", "It closed 3 years ago."),
        ("It runs from May 8-15.", "It runs from 8 May to 15 May."),
        ("Doors open at 6 a.m.", "Doors open at 6:00."),
        ("Doors open at 6 a.m.", "Doors open at 0600."),
        ("Doors open at 6pm.", "Doors open at 18:00."),
        ("Doors open at noon.", "Doors open at 12 p.m."),
        ("It was signed on 2025-05-16.", "It was signed on 16 May 2025."),
        ("It fell 57 years later.", "It fell almost fifty-seven years later."),
    ],
)
def test_a_date_that_is_named_or_relative_follows(evidence: str, claim: str) -> None:
    """The article was published on Tuesday 17 June 2025."""
    assert found("dates", claim, cite(dated(evidence))) == []


@pytest.mark.parametrize(
    ("evidence", "claim", "words"),
    [
        ("The strike began on Friday.", "The strike began on 21 June 2025.", "21 June 2025"),
        ("The strike began on Friday.", "The strike began on Saturday.", "Saturday"),
        ("The strike began on Friday.", "The strike began on Friday, 27 June.", "Friday, 27 June"),
        ("It opens tomorrow.", "It opens today.", "today"),
        ("It opens tomorrow.", "It opens next week.", "next week"),
        ("It closed last month.", "It closed in April 2025.", "April 2025"),
        ("It closed last month.", "It closed next month.", "next month"),
        ("The vote is on May 16.", "The vote was on May 16, 2023.", "May 16, 2023"),
        ("The vote is on May 16.", "The vote was on Monday, May 16.", "Monday, May 16"),
        ("It runs from May 8-15.", "It runs from May 10-15.", "May 10-15"),
        ("Doors open at 6 a.m.", "Doors open at 6 p.m.", "6 p.m."),
        ("Doors open at 6 a.m.", "Doors open at 7:00.", "7:00"),
    ],
)
def test_another_date_is_found(evidence: str, claim: str, words: str) -> None:
    """The claim has another day, month, year, weekday or hour."""
    assert found("dates", claim, cite(dated(evidence))) == [words]


def test_without_a_day_of_publication_nothing_is_derived_from_it() -> None:
    """A Friday may then be any Friday: it may be named but not dated."""
    evidence = cite(dated("The strike began on Friday.", published_at=None))
    claim = "The strike began on Friday. It began on 20 June."
    assert found("dates", claim, evidence) == ["20 June"]


@pytest.mark.parametrize("claim", ["The sun may set in a march of days.", "It sat in the sun."])
def test_words_that_only_look_like_dates_are_not_found(claim: str) -> None:
    """English months and weekdays are capitalised."""
    assert found("dates", claim, cite(dated("It was late."))) == []


@pytest.mark.parametrize(
    ("evidence", "claim", "words"),
    [
        (
            "Die Eröffnung ist am 3. März, und der Eintritt ist frei.",
            "Die Eröffnung ist am 4. März.",
            ["4. März"],
        ),
        (
            "Die Eröffnung ist am Freitag, und der Eintritt ist frei.",
            "Die Eröffnung ist am 20. Juni.",
            [],
        ),
        (
            "Le musée ouvre le 3 mars et il est gratuit pour les enfants.",
            "Le musée ouvre le 4 mars.",
            ["4 mars"],
        ),
        (
            "El museo abre el 5 de mayo y es gratis para los niños.",
            "El museo abre el 6 de mayo.",
            ["6 de mayo"],
        ),
    ],
)
def test_dates_are_checked_in_german_french_and_spanish(
    evidence: str, claim: str, words: list[str]
) -> None:
    """The check reads the names of months and weekdays."""
    article = Article(evidence, published_at=TUESDAY)
    assert found("dates", claim, cite(article)) == words


@pytest.mark.parametrize(
    ("evidence", "claim", "words"),
    [
        ("The pier is shut.", "As of 17 June 2025, the pier is shut.", []),
        (
            "It closed last week.",
            "It closed last week (the week before Tuesday, 17 June 2025).",
            [],
        ),
        ("It closed last week.", "It closed last week, on 12 June 2025.", []),
        ("It closed last week.", "It closed last week, on 2 June 2025.", ["2 June 2025"]),
        ("It closed last year.", "It closed last year (in March 2024).", []),
        ("It closed last month.", "It closed in May, on 3 May 2025.", ["3 May 2025"]),
        ("The pier is shut.", "The pier is shut on Tuesday.", ["Tuesday"]),
        ("They met on 10 June.", "They met on 10 June, a week before the report appeared.", []),
    ],
)
def test_a_day_relative_to_the_publication_may_be_written_out(
    evidence: str, claim: str, words: list[str]
) -> None:
    """So may a day of "last week" that the claim names beside the evidence's words."""
    assert found("dates", claim, cite(dated(evidence))) == words


def test_a_period_without_a_day_of_publication_is_not_spelled_out() -> None:
    """It is not known which week it was."""
    evidence = cite(dated("It closed last week.", None))
    assert found("dates", "It closed last week, on 12 June 2025.", evidence) == ["12 June 2025"]
