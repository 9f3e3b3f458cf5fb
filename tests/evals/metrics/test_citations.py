"""How well citations meet the gold evidence."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsqa.evals.metrics.citations import covers, is_hit, sentence_scores
from newsqa.evals.metrics.precision_recall import PrecisionRecall
from newsqa.text.spans import Span

_numbers = st.lists(st.integers(1, 9), max_size=6)
_spans = st.tuples(st.integers(0, 20), st.integers(1, 9)).map(
    lambda place: Span(start=place[0], end=place[0] + place[1])
)


def span(start: int, end: int) -> Span:
    """From ``start`` up to but without ``end``."""
    return Span(start=start, end=end)


def test_sentences_are_held_against_the_evidence() -> None:
    """Three cited, two needed, one of them cited; a number counts once."""
    scores = sentence_scores([3, 4, 4, 9], [4, 5])
    assert scores.precision == pytest.approx(1 / 3)
    assert scores.recall == pytest.approx(1 / 2)
    assert scores.f1 == pytest.approx(2 / 5)


@pytest.mark.parametrize(
    ("cited", "evidence", "share"), [([], [], 1), ([1], [], 0), ([], [1], 0), ([1], [2], 0)]
)
def test_where_one_side_is_empty_all_or_nothing_is_right(
    cited: list[int], evidence: list[int], share: float
) -> None:
    """Citing nothing is right only where there is no evidence."""
    expected = PrecisionRecall(precision=share, recall=share, f1=share)
    assert sentence_scores(cited, evidence) == expected


@given(_numbers, _numbers)
def test_cited_and_evidence_may_change_places(cited: list[int], evidence: list[int]) -> None:
    """Precision and recall do then, and F1 stays."""
    one, other = sentence_scores(cited, evidence), sentence_scores(evidence, cited)
    assert (one.precision, one.recall, one.f1) == (other.recall, other.precision, other.f1)


@given(_numbers, _numbers)
def test_sentence_scores_are_shares(cited: list[int], evidence: list[int]) -> None:
    """All right scores 1, and nothing scores above it."""
    scores = sentence_scores(cited, evidence)
    assert 0 <= min(scores.precision, scores.recall) <= max(scores.precision, scores.recall) <= 1
    assert (scores.f1 == 1) == (set(cited) == set(evidence))


@pytest.mark.parametrize(
    ("citation", "hit", "covered"),
    [
        (span(10, 20), True, True),
        (span(8, 25), True, True),
        (span(10, 19), True, False),
        (span(19, 30), True, False),
        (span(12, 15), True, False),
        (span(20, 30), False, False),
        (span(0, 10), False, False),
    ],
)
def test_a_citation_hits_what_it_overlaps_and_covers_what_it_holds(
    citation: Span, hit: bool, covered: bool
) -> None:
    """Spans are half-open: those that only touch share nothing."""
    golds = [span(40, 50), span(10, 20)]
    assert is_hit([span(60, 61), citation], golds) is hit
    assert covers([span(60, 61), citation], golds) is covered


def test_two_citations_do_not_cover_a_span_together() -> None:
    """One citation has to hold the whole of it."""
    assert not covers([span(10, 15), span(15, 20)], [span(10, 20)])


def test_nothing_is_hit_without_citations_or_without_gold() -> None:
    """There is nothing to overlap."""
    assert not is_hit([], [span(0, 1)])
    assert not is_hit([span(0, 1)], [])
    assert not covers([], [])


@given(st.lists(_spans, max_size=4), st.lists(_spans, max_size=4))
def test_a_hit_is_a_shared_code_point(citations: list[Span], golds: list[Span]) -> None:
    """Seen from either side, and whatever covers also hits."""
    cited = {place for c in citations for place in range(c.start, c.end)}
    wanted = {place for gold in golds for place in range(gold.start, gold.end)}
    assert is_hit(citations, golds) == bool(cited & wanted) == is_hit(golds, citations)
    assert is_hit(citations, golds) or not covers(citations, golds)
