"""Names: those of the article, not mixed, and not in place of another."""

from __future__ import annotations

import pytest

from newsqa.article import Article
from tests.checks.claims import cite, found

AGENCIES = (
    "The Bureau of Tides and Currents (BTC) warned Lindow. The BTC said so twice. "
    "The Bureau of Tides and Currents has ten boats."
)


@pytest.mark.parametrize(
    ("claim", "number"),
    [
        ("The Bureau of Tides and Currents said so.", 2),
        ("The BTC has ten boats.", 3),
    ],
)
def test_initials_and_the_name_mean_the_same(claim: str, number: int) -> None:
    """This holds for a name with an "and", too."""
    assert found("names", claim, cite(AGENCIES, number)) == []


STORY = (
    "Mayor Ada Okafor opened the Lindow bridge. She called it a gift to the town. "
    "The engineer, Peter Brandt, said the cables were made in Germany. "
    "The Harbour Workers Union (HWU) stayed away. Crews from the United States helped."
)


@pytest.mark.parametrize(
    ("claim", "number"),
    [
        ("Okafor called it a gift.", 2),
        ("Ada Okafor’s bridge is a gift.", 2),
        ("Engineer Brandt said German cables were used.", 3),
        ("The HWU stayed away.", 4),
        ("The Harbour Workers' Union stayed away.", 4),
        ("American crews helped.", 5),
        ("U.S. crews helped.", 5),
        ("Officials stayed away on Monday.", 4),
        ("Workers were absent.", 4),
    ],
)
def test_a_name_of_the_article_passes(claim: str, number: int) -> None:
    """It may be short, possessive, an adjective or initials; common words are not names."""
    assert found("names", claim, cite(STORY, number)) == []


@pytest.mark.parametrize(
    ("claim", "number", "words"),
    [
        ("The mayor, Ada Marrable, called it a gift.", 2, "Marrable"),
        ("Quintreau said the cables were German.", 3, "Quintreau"),
        ("The cables were made in Austria.", 3, "Austria"),
        ("Peter Okafor called it a gift.", 2, "Peter Okafor"),
        ("The IMF stayed away.", 4, "IMF"),
    ],
)
def test_a_name_that_is_not_the_articles_is_found(claim: str, number: int, words: str) -> None:
    """It may be invented, sentence-initial, mixed of two, an acronym or in another script."""
    assert words in found("names", claim, cite(STORY, number))


def test_a_name_of_the_question_is_not_evidence() -> None:
    """Only the article says who did it."""
    evidence = cite(STORY, 1, question="Did Peter Brandt open the bridge?")
    assert found("names", "Yes, Peter Brandt opened the bridge.", evidence) == ["Peter Brandt"]


def test_a_name_from_far_away_in_place_of_a_cited_one_is_found() -> None:
    """Neither the cited sentence nor those before it have this name."""
    text = STORY + " Nobody spoke. It rained. The day ended. A park in Sundvik closed."
    assert found("names", "A park in Lindow closed.", cite(text, 9)) == ["Lindow"]


TOWN = (
    "Lindow elected Ada Okafor in May. She promised a bridge. The New Harbour company built it. "
    "Peter Brandt of West Sundvik led the works. The crew of the Heron sailed to Nordhavn. "
    "The town was pleased. It rained. They danced until the morning. Marit Vale lost her hat in Ostrand. "
    "Sheriff Dahl found it. The ferry left Old Harbour."
)


@pytest.mark.parametrize(
    ("claim", "number"),
    [
        ("Okafor promised a bridge.", 2),
        ("Ada Okafor promised a bridge.", 2),
        ("Peter Brandt led the works.", 4),
        ("Lindow was pleased.", 6),
        ("Vale lost her hat in Ostrand.", 9),
        ("They've danced until the morning.", 8),
    ],
)
def test_a_name_for_a_pronoun_or_a_description_passes(claim: str, number: int) -> None:
    """The sentences before or the lead have the name."""
    assert found("names", claim, cite(TOWN, number)) == []


@pytest.mark.parametrize(
    ("claim", "number", "words"),
    [
        ("The crew of the Heron sailed to Lindow.", 5, "Lindow"),
        ("The crew of the Okafor sailed to Nordhavn.", 5, "Okafor"),
        ("Marit Brandt lost her hat in Ostrand.", 9, "Brandt"),
        ("The ferry left New Harbour.", 11, "New Harbour"),
        ("The ferry left Old Sundvik.", 11, "Old Sundvik"),
        ("Marit Vale lost her hat in Ostrand at noon with Dahl.", 9, "Dahl"),
    ],
)
def test_a_name_that_replaces_another_is_found(claim: str, number: int, words: str) -> None:
    """It may be a place, a ship, half of a name, a title alone, or somebody added."""
    assert found("names", claim, cite(TOWN, number)) == [words]


def test_the_title_may_name_somebody() -> None:
    """A claim may repeat its names."""
    article = Article("She opened the bridge.", title="Okafor opens bridge", language="en")
    assert found("names", "Okafor opened the bridge.", cite(article, 1)) == []


def test_names_are_not_checked_in_german() -> None:
    """All German nouns are capitalised."""
    from newsqa.checks.run import check_claim

    evidence = cite("Die Brücke ist auf und der Verkehr rollt nicht.", 1)
    checked = check_claim("Der Verkehr über die Donau rollt nicht.", evidence)
    assert "names" in checked.not_applied


SHOP = (
    "Ottilie Marsh runs the Pendle Ferry Trust from a shed. No. 7 Pier is closed. The weather was fine. "
    "Nobody came. The tea was cold. Ms. Marsh wrote to the harbour board. She asked for a new boat. "
    "The trust owes two months' rent. It has applied for a loan. “I have never been late before.” "
    "“We will pay in June,” Ms. Marsh said. Its treasurer left in March."
)


@pytest.mark.parametrize(
    ("claim", "number"),
    [
        ("Ottilie Marsh asked for a new boat.", 7),
        ("The Pendle Ferry Trust has applied for a loan.", 9),
        ("Ottilie Marsh said: “I have never been late before.”", 10),
        ("The treasurer of the Pendle Ferry Trust left in March.", 12),
        ("No, the pier is closed.", 2),
        ("Yes, the pier is closed.", 2),
    ],
)
def test_a_full_name_passes_if_a_part_or_its_noun_is_before(claim: str, number: int) -> None:
    """The part may be a surname with a title, or "the trust"; "No," is not a name."""
    assert found("names", claim, cite(SHOP, number)) == []


def test_degrees_and_initials_are_not_names() -> None:
    """The F of 24°F is not a name, and J. R. Holm is one name."""
    evidence = "It was 24 degrees Fahrenheit, said J. R. Holm."
    assert found("names", "J. R. Holm put it at 24°F.", evidence) == []


def test_a_title_for_an_open_speaker_names_nobody() -> None:
    """There is no surname to compare."""
    text = "The Sheriff spoke. Ada Okafor met Peter Brandt. “It is late,” she said."
    assert found("names", "It is late, said the old Sheriff.", cite(text, 3)) == []
    assert found("names", "It was late for Sheriff.", cite(text, 3)) == []
