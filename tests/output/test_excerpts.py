"""Excerpts: the sentences that citations touch, with what is cited in them."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from newsqa.answers.answer import Citation
from newsqa.article import Article
from newsqa.output.excerpts import excerpts
from newsqa.text.spans import Span

ARTICLE = Article("The cranes stopped at noon. Nobody was hurt. The port was closed. It rained.")


def cite(start: int, end: int) -> Citation:
    """The citation of that stretch."""
    return Citation.at(ARTICLE, Span(start=start, end=end), "exact")


def words(text: str) -> Citation:
    """The citation of these words."""
    start = ARTICLE.text.index(text)
    return cite(start, start + len(text))


def test_what_is_cited_is_marked_in_its_sentence() -> None:
    """The rest of the sentence surrounds it."""
    (excerpt,) = excerpts([words("noon")], ARTICLE)
    pieces = [(piece.text, piece.is_cited) for piece in excerpt.pieces]
    assert pieces == [("The cranes stopped at ", False), ("noon", True), (".", False)]
    assert (excerpt.numbers, excerpt.place) == ((1,), "sentence 1")


def test_citations_in_one_sentence_share_it() -> None:
    """Those that overlap are marked once."""
    found = list(excerpts([words("cranes stopped"), words("stopped at"), words("rained")], ARTICLE))
    assert [excerpt.numbers for excerpt in found] == [(1, 2), (3,)]
    assert [piece.text for piece in found[0].pieces if piece.is_cited] == ["cranes stopped at"]


def test_a_citation_over_a_border_shows_both_sentences() -> None:
    """The text between them is included."""
    (excerpt,) = excerpts([words("hurt. The port")], ARTICLE)
    assert excerpt.place == "sentences 2–3"
    assert (
        "".join(piece.text for piece in excerpt.pieces) == "Nobody was hurt. The port was closed."
    )


LENGTH = len(ARTICLE.text)


@example([(0, 28), (27, 2)])
@given(st.lists(st.tuples(st.integers(0, LENGTH - 1), st.integers(1, 30)), min_size=1, max_size=5))
def test_every_cited_character_is_shown_and_marked(places: list[tuple[int, int]]) -> None:
    """And no other one is marked, but for the space around a sentence."""
    citations = [cite(start, min(start + length, LENGTH)) for start, length in sorted(places)]
    citations = [c for c in citations if c.sentences and c.text.strip()]
    cited = {n for c in citations for n in range(c.start, c.end)}
    marked = sum(
        len(piece.text)
        for excerpt in excerpts(citations, ARTICLE)
        for piece in excerpt.pieces
        if piece.is_cited
    )
    assert marked == len(cited)
