"""Composing: the text, the short form and the status of what stands."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsqa.answers.answer import Claim
from newsqa.answers.draft import Status
from newsqa.article import Article
from newsqa.article.passages import Passage
from newsqa.grounding import GroundedClaim, ground
from newsqa.pipeline.compose import compose_short, compose_status, compose_text
from tests.doubles import claim, draft

ARTICLE = Article(
    "The bridge closed on 3 May 2025. Repairs cost $4.5 million, up 12%. Das ist unmöglich.\n"
    "展览于5月16日开幕。门票15元。"
)


def grounded(*said: tuple[str, int, str]) -> list[GroundedClaim]:
    """Claims with one piece of evidence each."""
    claims = [claim(text, (sentence, quote)) for text, sentence, quote in said]
    return ground(draft(*claims), Passage.whole(ARTICLE))


def standing(*said: tuple[str, int, str]) -> tuple[Claim, ...]:
    """The same, composed."""
    _, claims = compose_text(grounded(*said))
    return claims


def test_the_text_is_the_claims_with_spaces_between() -> None:
    """And each claim knows its place in it."""
    text, claims = compose_text(
        grounded(("It closed.", 1, ""), ("It cost\n $4.5  million.", 2, ""))
    )
    assert text == "It closed. It cost $4.5 million."
    assert [claim.span.slice(text) for claim in claims] == ["It closed.", "It cost $4.5 million."]


@pytest.mark.parametrize("first", ["展览开幕。", "开幕了吗？", "“开幕了。”", "「開幕。」"])
def test_chinese_and_japanese_sentences_are_joined_without_a_space(first: str) -> None:
    """As they are written."""
    text, claims = compose_text(grounded((first, 4, ""), ("门票15元。", 5, "")))
    assert text == first + "门票15元。"
    assert claims[1].span.slice(text) == "门票15元。"


def test_no_claims_make_no_text() -> None:
    """The answer to what the article does not say."""
    assert compose_text([]) == ("", ())


@given(st.lists(st.text(min_size=1).filter(str.strip), min_size=1, max_size=4))
def test_every_claim_is_at_its_span(texts: list[str]) -> None:
    """Whatever a model writes, with whatever white space."""
    items = [item for text in texts for item in grounded(("x", 1, ""))]
    said = [
        GroundedClaim(item.draft.model_copy(update={"text": text}), item.citations, ())
        for item, text in zip(items, texts, strict=True)
    ]
    text, claims = compose_text(said)
    assert [claim.span.slice(text) for claim in claims] == [" ".join(t.split()) for t in texts]
    assert len(text) <= sum(len(claim.text) + 1 for claim in claims)


@pytest.mark.parametrize(
    ("short", "said"),
    [
        ("3 May", ("It closed in May.", 1, "closed on 3 May")),
        ("3 MAY", ("It closed in May.", 1, "closed on 3 May")),
        ("May 3", ("It closed in May.", 1, "closed on 3 May")),
        ("3 May (Saturday)", ("It closed on 3 May, a Saturday.", 1, "")),
        ("$4.5 million", ("It cost $4.5 million.", 2, "")),
        ("million, $4.5 million", ("It cost $4.5 million, some say a million.", 2, "")),
        ("12 %", ("It rose by 12 %.", 2, "")),
        ("€ 5", ("It cost € 5.", 2, "")),
        ("unmöglich", ("Das ist unmöglich.", 3, "")),
        ("5月16日", ("展览于5月16日开幕。", 4, "")),
        ("门票15元", ("门票15元。", 5, "")),
        ("１５元", ("门票15元。", 5, "")),
    ],
)
def test_a_short_form_of_words_that_stand_is_taken(short: str, said: tuple[str, int, str]) -> None:
    """Words of the claims and of what they cite, in any order and case."""
    assert compose_short(short, standing(said)) == short


@pytest.mark.parametrize(
    ("short", "said"),
    [
        ("4 May", ("It closed on 3 May.", 1, "closed on 3 May")),
        ("3 June", ("It closed on 3 May.", 1, "closed on 3 May")),
        ("closed", ("It cost $4.5 million.", 2, "Repairs cost $4.5 million")),
        ("5.4 million", ("It cost $4.5 million.", 2, "Repairs cost $4.5 million")),
        ("12", ("It rose by 12 %.", 2, "up 12%")),
        ("4.5", ("It cost $4.5 million.", 2, "Repairs cost $4.5 million")),
        ("5 million", ("It cost $4.5 million.", 2, "Repairs cost $4.5 million")),
        ("möglich", ("Das ist unmöglich.", 3, "Das ist unmöglich")),
        ("5元", ("门票15元。", 5, "门票15元")),
        ("6日", ("展览于5月16日开幕。", 4, "5月16日开幕")),
        ("", ("It closed on 3 May.", 1, "closed on 3 May")),
        ("—", ("It closed on 3 May.", 1, "closed on 3 May")),
    ],
)
def test_any_other_short_form_gives_way_to_the_quotes(
    short: str, said: tuple[str, int, str]
) -> None:
    """A word or figure that is nowhere in claims or citations has no support."""
    assert compose_short(short, standing(said)) == said[2]


def test_supported_pieces_may_be_joined_by_and() -> None:
    """The word itself needs no support, as long as something else has it."""
    claims = standing(("It closed in spring.", 1, "3 May"), ("Fares rose.", 2, "12%"))
    assert compose_short("3 May and 12%", claims) == "3 May and 12%"
    assert compose_short("and", claims) != "and"


def test_the_quotes_are_given_once_each() -> None:
    """A list is put together from its items."""
    claims = standing(
        ("One.", 1, "3 May"), ("Two.", 2, "up 12%"), ("Three.", 1, "3 May"), ("Four.", 3, "")
    )
    assert compose_short("Nonsense", claims) == "3 May; up 12%"


def test_without_quotes_the_first_claim_is_the_short_form() -> None:
    """A whole sentence of the article would be longer."""
    claims = standing(("It closed.", 1, ""), ("It cost money.", 2, ""))
    assert compose_short("Nonsense", claims) == "It closed."


def test_no_claims_have_no_short_form() -> None:
    """Whatever the reader proposes."""
    assert compose_short("3 May", ()) == ""


@pytest.mark.parametrize(
    ("drafted", "claims", "refused", "status"),
    [
        ("answered", 1, False, "answered"),
        ("answered", 1, True, "partial"),
        ("answered", 0, False, "not_in_article"),
        ("answered", 0, True, "not_in_article"),
        ("partial", 1, False, "partial"),
        ("partial", 1, True, "partial"),
        ("partial", 0, False, "not_in_article"),
        ("not_in_article", 1, False, "not_in_article"),
        ("not_in_article", 1, True, "not_in_article"),
        ("not_in_article", 0, False, "not_in_article"),
    ],
)
def test_the_status_is_what_the_claims_support(
    drafted: Status, claims: int, refused: bool, status: Status
) -> None:
    """It is never more than the reader says, and less if claims were rejected."""
    said = standing(("It closed.", 1, "")) * claims
    assert compose_status(drafted, said, refused=refused) == status
