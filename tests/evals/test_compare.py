"""Two scorecards of the same cases: what changed, and whether it is more than noise."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from newsqa.errors import CaseError
from newsqa.evals.compare import compare
from newsqa.evals.measures import figures_of
from newsqa.evals.results import Result
from newsqa.evals.scorecards import Scorecard
from newsqa.usage import Usage
from tests.evals.results import result


def card(results: Iterable[Result], cases: str = "c" * 64) -> Scorecard:
    """A scorecard of these results."""
    rows = tuple(results)
    return Scorecard(
        newsqa="0",
        cases_sha256=cases,
        model="m",
        prompt=None,
        figures=figures_of(rows),
        by_tag={},
        usage=Usage(),
        results=rows,
    )


def scored(marks: Iterable[float], said: str = "noon") -> Scorecard:
    """A scorecard with these exact matches."""
    return card(result(str(n), exact=m, f1=m, prediction=said) for n, m in enumerate(marks))


def test_gained_lost_and_changed_are_told_apart() -> None:
    """And a case that went the same is none of them."""
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
    found = compare(card(first), card(second))
    assert {change.id: (change.kind, change.second) for change in found.changes} == {
        "gained": ("gained", "noon"),
        "lost": ("lost", "(not in the article)"),
        "changed": ("changed", "dusk"),
        "unscored": ("changed", "y"),
        "failed": ("lost", "ModelError: x"),
    }
    assert (found.exact.only_second, found.exact.only_first, found.scored) == (1, 2, 5)


def test_a_difference_that_chance_gives_is_noise() -> None:
    """Two of twenty."""
    found = compare(scored([0.0] * 20), scored([1.0] * 2 + [0.0] * 18))
    assert found.is_noise
    assert str(found) == (
        "From the first to the second the difference is no more than noise: 2 exact matches gained "
        "and 0 lost of 20 (McNemar p = 0.5); F1 +10.0 points, 95 % between +0.0 and +25.0 "
        f"(paired bootstrap p = {found.f1.p:.2g})."  # type: ignore[union-attr]
    )


def test_a_difference_beyond_chance_is_more_than_noise() -> None:
    """Ten of twenty, and none lost."""
    found = compare(scored([0.0] * 20), scored([1.0] * 10 + [0.0] * 10), names=("old", "new"))
    assert not found.is_noise
    assert str(found).startswith("From old to new the difference is more than noise: 10 exact")
    assert found.exact.p == pytest.approx(2 / 1024)


def test_the_same_results_are_noise() -> None:
    """With nothing to list."""
    found = compare(scored([1.0, 0.0]), scored([1.0, 0.0]))
    assert (found.changes, found.exact.p, found.is_noise) == ((), 1.0, True)


def test_one_case_has_no_bootstrap() -> None:
    """And the sentence does without."""
    found = compare(scored([1.0]), scored([0.0]))
    assert found.f1 is None
    assert "F1" not in str(found)


def test_other_cases_cannot_be_compared() -> None:
    """The sentence would be about something else."""
    with pytest.raises(CaseError, match=r"of other cases \(cccccccccccc… and dddddddddddd…\)"):
        compare(scored([1.0]), card([], "d" * 64))
