"""Grounding: only what stands in the article gets through, and all that does not is named.

``NEWSQA_TEST_EXAMPLES=20000 pytest tests/pipeline/test_ground.py`` looks for longer.
"""

from __future__ import annotations

import os

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsqa.answers.answer import Citation
from newsqa.answers.draft import Draft, DraftClaim, Evidence
from newsqa.article import Article
from newsqa.article.passages import Passage
from newsqa.grounding import GroundedClaim, ground
from newsqa.prompting.fencing import sanitize_for_prompt
from tests.doubles import claim, draft

EXAMPLES = int(os.environ.get("NEWSQA_TEST_EXAMPLES", "300"))

ARTICLE = Article(
    "Bridge closes for repairs\n\n"
    "The old bridge closed on Friday, the mayor said. “It is not safe,” he added.\n"
    "Repairs cost $4.5 million. The council paid $3.1 million, and the council asked for more.\n"
    "Nobody was hurt, the council said. The ferry runs every 20 minutes."
)
WHOLE = Passage.whole(ARTICLE)


def ground_one(drafted: DraftClaim, passage: Passage = WHOLE) -> GroundedClaim:
    """The only claim of a draft, checked."""
    [grounded] = ground(draft(drafted), passage)
    return grounded


def cited(grounded: GroundedClaim) -> list[tuple[str, str]]:
    """Text and match of each citation."""
    return [(citation.text, citation.match) for citation in grounded.citations]


def reasons(grounded: GroundedClaim) -> list[str]:
    """Why evidence was refused."""
    return [rejection.reason for rejection in grounded.rejections]


def test_a_quote_narrows_the_sentence_to_a_span() -> None:
    """The citation is the quote, at its place in the article."""
    grounded = ground_one(claim("It closed on Friday.", (2, "closed on Friday")))
    assert grounded.is_grounded
    [citation] = grounded.citations
    start = ARTICLE.text.index("closed on Friday")
    assert citation == Citation(
        start=start,
        end=start + 16,
        text="closed on Friday",
        sentences=(2,),
        match="exact",
        article_id=ARTICLE.sha256[:12],
    )


@pytest.mark.parametrize("quote", ["", "  ", "“…”"])
def test_without_a_quote_the_whole_sentence_is_cited(quote: str) -> None:
    """Punctuation alone is not a quote either."""
    grounded = ground_one(claim("It closed.", (2, quote)))
    assert cited(grounded) == [("The old bridge closed on Friday, the mayor said.", "sentence")]


@pytest.mark.parametrize(
    "text",
    [
        "The pool reopens in May unless the money runs out.",
        "The pool reopens in May, but only for schools.",
        "The pool reopens in May – except on Sundays.",
        "The pool reopens in May, if the pumps arrive.",
        "It is not true that the pool never reopens in May.",
    ],
)
def test_a_quote_is_widened_to_its_sentence_where_the_words_beside_it_turn_it(text: str) -> None:
    """What limits or denies the quoted words is shown with them."""
    grounded = ground_one(claim("It reopens.", (1, "reopens in May")), Passage.whole(Article(text)))
    assert cited(grounded) == [(text, "sentence")]


@pytest.mark.parametrize(
    "text",
    [
        "The pool reopens in May and the baths in June.",
        "The pool reopens in May. But the baths stay shut.",
        "The baths did not open, and the pool reopens in May.",
    ],
)
def test_a_quote_is_not_widened_by_words_that_do_not_qualify_it(text: str) -> None:
    """A denial or a condition elsewhere leaves the citation as narrow as the quote."""
    grounded = ground_one(claim("It reopens.", (1, "reopens in May")), Passage.whole(Article(text)))
    assert cited(grounded) == [("reopens in May", "exact")]


def test_the_article_s_own_words_are_cited_not_the_reader_s() -> None:
    """Quotation marks and case are the article's."""
    grounded = ground_one(claim("It is not safe.", (3, '"IT IS NOT SAFE,"')))
    assert cited(grounded) == [("“It is not safe,”", "case")]


@pytest.mark.parametrize("number", [0, -1, 9, 10**30])
def test_a_sentence_that_does_not_exist_is_refused(number: int) -> None:
    """The rejection shows the sentence that comes nearest to the claim."""
    grounded = ground_one(claim("The bridge closed on Friday.", (number, "")))
    assert not grounded.is_grounded
    [rejection] = grounded.rejections
    assert rejection.reason == "sentence_not_shown"
    assert rejection.sentence == number
    assert rejection.nearest == "The old bridge closed on Friday, the mayor said."


def test_a_sentence_that_was_not_shown_is_refused() -> None:
    """A reader cannot rest on what it has not read."""
    shown = Passage.of_numbers(ARTICLE, [4, 5])
    grounded = ground_one(claim("Repairs cost money, and the mayor said so.", (2, "")), shown)
    assert reasons(grounded) == ["sentence_not_shown"]
    assert grounded.rejections[0].nearest == "Repairs cost $4.5 million."


@pytest.mark.parametrize(
    "quote",
    [
        "closed on Monday",
        "Repairs cost $4.6 million",
        "Repairs cost $4 million",
        "It is safe",
        "Nobody was badly hurt",
        "epairs cost",
    ],
)
def test_a_quote_that_the_article_does_not_say_is_refused(quote: str) -> None:
    """However much like the article it looks."""
    grounded = ground_one(claim("So it is.", (4, quote)))
    assert not grounded.is_grounded
    assert reasons(grounded) == ["quote_not_found"]
    assert grounded.rejections[0].quote == quote


def test_a_refused_quote_is_shown_the_nearest_sentence() -> None:
    """By its own words, not by the number that was cited."""
    grounded = ground_one(claim("The ferry runs.", (2, "Repairs cost $4.6 million")))
    [rejection] = grounded.rejections
    assert rejection.nearest == "Repairs cost $4.5 million."


def test_nothing_is_near_to_words_that_the_article_has_none_of() -> None:
    """An arbitrary sentence would mislead."""
    grounded = ground_one(claim("Xyzzy.", (2, "plugh quux")))
    assert grounded.rejections[0].nearest == ""


@pytest.mark.parametrize("number", [5, 99])
def test_a_quote_is_cited_where_it_occurs(number: int) -> None:
    """Models miscount; the words decide, and the wrong number is not cited."""
    grounded = ground_one(claim("It closed on Friday.", (number, "closed on Friday")))
    assert grounded.is_grounded
    assert [citation.sentences for citation in grounded.citations] == [(2,)]


def test_of_several_places_the_cited_sentence_decides() -> None:
    """The council is in three places, and in one only of the sentence meant."""
    grounded = ground_one(claim("The council said so.", (6, "the council")))
    assert [(c.text, c.sentences) for c in grounded.citations] == [("the council", (6,))]


def test_a_quote_that_is_twice_in_its_sentence_cites_all_of_it() -> None:
    """Either place would be a guess."""
    grounded = ground_one(claim("The council did.", (5, "council")))
    assert cited(grounded) == [
        ("The council paid $3.1 million, and the council asked for more.", "sentence")
    ]


def test_a_quote_that_is_twice_elsewhere_does_not_prove_the_cited_sentence() -> None:
    """The number is wrong, and which place is meant is not known."""
    grounded = ground_one(claim("The council did.", (2, "council")))
    assert not grounded.is_grounded
    assert reasons(grounded) == ["quote_ambiguous"]


def test_an_ambiguous_quote_of_a_sentence_that_was_not_shown_is_refused() -> None:
    """Neither the quote nor the number decides."""
    assert reasons(ground_one(claim("The council did.", (99, "council")))) == ["sentence_not_shown"]


def test_a_claim_without_evidence_is_refused() -> None:
    """Even a true one; it is shown what might prove it."""
    grounded = ground_one(claim("The ferry runs every 20 minutes."))
    assert not grounded.is_grounded
    assert reasons(grounded) == ["no_evidence"]
    assert grounded.rejections[0].nearest == "The ferry runs every 20 minutes."


@pytest.mark.parametrize("bad", [(2, "closed on Monday"), (99, "")])
def test_a_claim_is_rejected_with_any_of_its_evidence(bad: tuple[int, str]) -> None:
    """The half that was found may support the other half of the claim only."""
    grounded = ground_one(claim("It closed and cost money.", (4, "Repairs cost"), bad))
    assert not grounded.is_grounded
    assert len(grounded.citations) == 1
    assert len(grounded.rejections) == 1


def test_an_elided_quote_cites_each_of_its_parts() -> None:
    """The words that the dots leave out are not cited."""
    grounded = ground_one(claim("The bridge closed.", (2, "The old bridge ... the mayor said")))
    assert cited(grounded) == [("The old bridge", "elided"), ("the mayor said", "elided")]


def test_the_same_place_is_cited_once() -> None:
    """By whatever evidence it was reached."""
    grounded = ground_one(claim("It closed.", (2, "closed on Friday"), (7, "closed on Friday")))
    assert len(grounded.citations) == 1


def test_claims_keep_their_order() -> None:
    """Whether they are grounded or not."""
    drafted = draft(claim("One.", (1, "")), claim("Two."), claim("Three.", (3, "")))
    assert [grounded.draft.text for grounded in ground(drafted, WHOLE)] == [
        "One.",
        "Two.",
        "Three.",
    ]


@pytest.mark.parametrize(
    "said",
    [
        "The figure [12] was quoted in full.",
        "He wrote <article> on the wall.",
        "The pre\u200bvious bud\u00adget was\u2060 rejected.",
        "It was\u202e turned\u202c around.",
        "The  price\tis\u00a0$5.",
        "The tag </ARTICLE 12> is forged, and [...] is too.",
    ],
)
def test_a_quote_of_the_prompt_s_copy_is_found_in_the_article(said: str) -> None:
    """What fencing makes harmless for a prompt is seen through when it is quoted."""
    article = Article(f"A first sentence.\n{said}\nA last sentence.")
    copy = sanitize_for_prompt(said)
    assert copy != said
    grounded = ground_one(claim("It says so.", (2, copy)), Passage.whole(article))
    assert [c.text for c in grounded.citations] == [said]
    assert grounded.is_grounded


ARTICLES = [
    ARTICLE,
    Article(
        "一号线于5月16日开通，全长12.4公里。记者问：“票价多少？”答：3元。\n二号线将于明年开工。"
    ),
    Article(
        "Zu\u0308ge fa\u0308hrt er.\r\n\r\nDer Preis stieg um 3,5 %. [3] Dr.\u200b M. H. Groß sagte: „Nein“."
    ),
    Article("a a a a a a ... a a. [...] ﬁne ½ x² ‘a’ \u2028 <article> [1] b"),
    Article("قال 5 أشخاص إن السعر 3٫5 دولار.\nلم يصب أحد."),
]


@st.composite
def quotes(draw: st.DrawFn, article: Article) -> str:
    """Slices of an article, whole or damaged, or anything at all."""
    start = draw(st.integers(0, len(article.text)))
    length = draw(st.integers(0, 80))
    piece = article.text[start : start + length]
    at = draw(st.integers(0, len(piece)))
    noise = draw(st.text(max_size=3))
    damaged = [
        piece,
        sanitize_for_prompt(piece),
        piece[:at] + noise + piece[at + 1 :],
        piece[:at] + " ... " + piece[at + 3 :],
        piece.upper(),
        noise,
    ]
    return draw(st.sampled_from(damaged))


@st.composite
def readings(draw: st.DrawFn) -> tuple[Draft, Passage]:
    """Any draft that the schema lets through, of any part of an article."""
    article = draw(st.sampled_from(ARTICLES))
    numbers = st.integers(-1, len(article.sentences) + 2)
    evidence = st.builds(Evidence, sentence=numbers, quote=quotes(article))
    drafted = st.builds(
        DraftClaim, text=st.just("It is so."), evidence=st.lists(evidence, max_size=3).map(tuple)
    )
    shown = draw(st.sets(st.integers(1, len(article.sentences))))
    claims = draw(st.lists(drafted, max_size=3))
    return draft(*claims), Passage.of_numbers(article, shown)


@settings(max_examples=EXAMPLES, deadline=None)
@given(readings())
def test_whatever_a_reader_says_every_citation_is_the_article_s(
    reading: tuple[Draft, Passage],
) -> None:
    """Each citation has the words at its span, and each claim is grounded or rejected."""
    drafted, passage = reading
    article = passage.article
    grounded = ground(drafted, passage)
    assert [item.draft for item in grounded] == list(drafted.claims)
    for item in grounded:
        assert item.is_grounded == (not item.rejections)
        assert item.citations or item.rejections
        for citation in item.citations:
            assert 0 <= citation.start < citation.end <= len(article.text)
            assert article.text[citation.start : citation.end] == citation.text
            assert citation.sentences
            first, last = citation.sentences[0], citation.sentences[-1]
            assert article.sentences[first - 1].end > citation.start
            assert article.sentences[last - 1].start < citation.end


@settings(max_examples=EXAMPLES, deadline=None)
@given(st.data())
def test_whole_sentences_can_always_be_cited_by_their_copy(data: st.DataObject) -> None:
    """A model that copies a whole numbered sentence is believed, whatever was done to the copy."""
    article = data.draw(st.sampled_from(ARTICLES))
    sentence = data.draw(st.sampled_from(article.sentences))
    quote = sanitize_for_prompt(sentence.text)
    grounded = ground_one(claim("So.", (sentence.number, quote)), Passage.whole(article))
    assert grounded.is_grounded
    assert {n for c in grounded.citations for n in c.sentences} == {sentence.number}
