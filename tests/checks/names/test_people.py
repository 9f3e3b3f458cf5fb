"""People: who may be a "he" or a "she", and whom a surname means."""

from __future__ import annotations

import pytest

from newsqa.checks.names.evidence import KnownNames
from newsqa.checks.names.speakers import People, gender_of, genders_in, may_be_same
from tests.checks.claims import cite

STORY = (
    "The board met Ada Vale, its treasurer, and Councilman Otto Vale. "
    "The warden, Kim Brandt, resigned. She will leave in May, Peter Brandt said. "
    "Though Mr. Holm objected, Agnes Holm voted yes."
)
PEOPLE = People(KnownNames(cite(STORY)))


@pytest.mark.parametrize(
    ("word", "gender"),
    [
        ("Ms.", "she"),
        ("councilwoman", "she"),
        ("Congressman", "he"),
        ("Dr.", None),
        ("woman", None),
    ],
)
def test_titles_and_offices_show_the_gender(word: str, gender: str | None) -> None:
    """Titles that both have do not."""
    assert gender_of(word) == gender


def test_her_husband_is_a_man() -> None:
    """The relation counts, not the pronoun before it."""
    assert genders_in("Her husband voted") == {"he"}


@pytest.mark.parametrize(
    ("name", "gender"),
    [
        (("otto", "vale"), "he"),
        (("ada", "vale"), None),
        (("kim", "brandt"), "she"),
        (("peter", "brandt"), None),
    ],
)
def test_a_title_or_the_next_pronoun_shows_the_gender_of_a_name(
    name: tuple[str, ...], gender: str | None
) -> None:
    """The pronoun comes before another name."""
    assert PEOPLE.gender(name) == gender


@pytest.mark.parametrize(
    ("name", "other", "may_be"),
    [
        (("john", "holm"), ("j", "r", "holm"), True),
        (("holm",), ("ada", "holm"), True),
        (("ada", "holm"), ("luis", "holm"), False),
        (("ada", "holm"), ("ada", "vale"), False),
    ],
)
def test_names_agree_in_the_surname_and_what_both_have(
    name: tuple[str, ...], other: tuple[str, ...], may_be: bool
) -> None:
    """An initial agrees with its name."""
    assert may_be_same(name, other) is may_be


def test_the_first_word_of_a_sentence_is_not_a_given_name() -> None:
    """The "Though" of "Though Mr. Holm" is not a name; the Agnes of Agnes Holm is."""
    assert PEOPLE.namesakes(("otto", "holm")) == {("agnes", "holm")}
