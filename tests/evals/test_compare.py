"""Comparing two scorecards of the same cases."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pytest

from newsqa.errors import CaseError
from newsqa.evals.compare import compare
from newsqa.evals.measures import Measure
from newsqa.evals.results import Result
from newsqa.evals.scorecards import MEASURES, Scorecard, figures_of
from newsqa.usage import Usage
from tests.evals.results import result


def card(
    results: Iterable[Result],
    cases: str = "c" * 64,
    measures: Mapping[str, Measure] = MEASURES,
) -> Scorecard:
    """Return a scorecard of these results."""
    rows = tuple(results)
    return Scorecard(
        newsqa="0",
        cases_sha256=cases,
        model="m",
        prompt=None,
        measures=dict(measures),
        figures=figures_of(rows, measures),
        by_tag={},
        usage=Usage(),
        results=rows,
    )


def scored(marks: Iterable[float], said: str = "noon") -> Scorecard:
    """Return a scorecard with these exact matches."""
    return card(result(str(n), exact=m, f1=m, prediction=said) for n, m in enumerate(marks))


def test_changes_are_gained_lost_or_changed() -> None:
    """A case with the same score and answer is not a change."""
    first = [
        result("gained", exact=0.0, f1=0.0, prediction="dusk"),
        result("lost", exact=1.0, f1=1.0),
        result("changed", exact=0.0, f1=0.5, prediction="dawn"),
        result("same", exact=1.0, f1=1.0),
        result("unscored", prediction="x"),
        result("failed", exact=1.0, f1=1.0),
    ]
    second = [
        result("gained", exact=1.0, f1=1.0),
        result("lost", exact=0.0, f1=0.0, prediction="", status="not_in_article"),
        result("changed", exact=0.0, f1=0.0, prediction="dusk"),
        result("same", exact=1.0, f1=1.0),
        result("unscored", prediction="y"),
        result("failed", exact=0.0, f1=0.0, prediction="", status=None, error="ModelError: x"),
    ]
    comparison = compare(card(first), card(second))
    assert {change.id: (change.kind, change.second) for change in comparison.changes} == {
        "gained": ("gained", "noon"),
        "lost": ("lost", "(not in the article)"),
        "changed": ("changed", "dusk"),
        "unscored": ("changed", "y"),
        "failed": ("lost", "ModelError: x"),
    }
    assert (comparison.exact.only_second, comparison.exact.only_first, comparison.scored) == (
        1,
        2,
        5,
    )


def test_difference_within_chance_is_noise() -> None:
    """Two of twenty gained are noise."""
    comparison = compare(scored([0.0] * 20), scored([1.0] * 2 + [0.0] * 18))
    assert comparison.is_noise
    assert str(comparison) == (
        "From the first to the second the difference is no more than noise: 2 exact matches gained "
        "and 0 lost of 20 (McNemar p = 0.5); F1 +10.0 points, 95 % between +0.0 and +25.0 "
        f"(paired bootstrap p = {comparison.f1.p:.2g})."  # type: ignore[union-attr]
    )


def test_difference_beyond_chance_is_more_than_noise() -> None:
    """Ten of twenty gained and none lost are more than noise."""
    comparison = compare(scored([0.0] * 20), scored([1.0] * 10 + [0.0] * 10), names=("old", "new"))
    assert not comparison.is_noise
    assert str(comparison).startswith("From old to new the difference is more than noise: 10 exact")
    assert comparison.exact.p == pytest.approx(2 / 1024)


def test_equal_results_are_noise() -> None:
    """There is no change to list."""
    comparison = compare(scored([1.0, 0.0]), scored([1.0, 0.0]))
    assert (comparison.changes, comparison.exact.p, comparison.is_noise) == ((), 1.0, True)


def test_single_case_has_no_bootstrap() -> None:
    """The verdict leaves F1 out."""
    comparison = compare(scored([1.0]), scored([0.0]))
    assert comparison.f1 is None
    assert "F1" not in str(comparison)


def test_different_cases_cannot_be_compared() -> None:
    """The error gives both digests."""
    with pytest.raises(CaseError, match=r"of different cases \(cccccccccccc… and dddddddddddd…\)"):
        compare(scored([1.0]), card([], "d" * 64))
