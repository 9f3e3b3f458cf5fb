"""Floors: the least that figures must reach."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsqa.errors import CaseError
from newsqa.evals.floors import Floors
from newsqa.evals.measures import FigureName, Measure
from newsqa.evals.scorecards import MEASURES
from tests.evals.results import result
from tests.evals.test_compare import card, scored

CARD = scored([1.0, 1.0, 1.0, 0.0])


def test_scorecard_reaches_its_own_floors() -> None:
    """Floors are what was measured."""
    assert Floors.of(CARD).missed(CARD) == []


def test_only_measures_of_quality_have_floors() -> None:
    """Latency depends on the machine, and a longer citation is not always worse."""
    floors = Floors.of(
        card(
            [result(citation_length=(3.0,), citation_validity=(1.0,), exact=1.0, right_status=1.0)]
        )
    )
    assert set(floors.figures) == {
        FigureName.EXACT,
        FigureName.RIGHT_STATUS,
        FigureName.CITATION_VALIDITY,
    }
    assert not MEASURES[FigureName.LATENCY_MEDIAN].is_quality


def test_figure_below_its_floor_is_reported() -> None:
    """The line gives the figure and the floor."""
    worse = scored([1.0, 1.0, 0.0, 0.0])
    assert Floors.of(CARD).missed(worse)[0] == "Exact match: 50.0% is below the floor of 74.5%"


def test_figure_may_fall_below_its_floor_by_epsilon() -> None:
    """A figure within epsilon passes, and one beyond it does not."""
    worse = scored([1.0, 1.0, 0.0, 0.0])
    assert Floors.of(CARD, epsilon=0.2501).missed(worse) == []
    assert Floors.of(CARD, epsilon=0.2499).missed(worse) != []


def test_figure_that_is_no_longer_measured_misses_its_floor() -> None:
    """A floor cannot be passed by not measuring."""
    floors = Floors.of(card([result(citation_hit=1.0)]))
    assert floors.missed(card([result()])) == [
        "Citation hit: no longer measured; the floor is 99.5%"
    ]


def test_own_measure_of_quality_has_a_floor() -> None:
    """The line gives the figure in the unit of the measure."""
    measure = Measure(title="Names", summary="mean", unit="names")
    before, after = (
        card([result(names=value)], measures={**MEASURES, "names": measure}) for value in (3.0, 2.0)
    )
    assert Floors.of(before).missed(after) == ["Names: 2 names is below the floor of 3 names"]


def test_floors_apply_to_their_cases_and_model_only() -> None:
    """Other cases and another model raise."""
    floors = Floors.of(CARD)
    with pytest.raises(CaseError, match="for other cases"):
        floors.missed(CARD.model_copy(update={"cases_sha256": "d" * 64}))
    with pytest.raises(CaseError, match="for 'm', not for 'other'"):
        floors.missed(CARD.model_copy(update={"model": "other"}))


def test_lower_floor_is_reported() -> None:
    """A missing floor and a larger epsilon are reported, too."""
    high, low = Floors.of(CARD), Floors.of(scored([1.0, 1.0, 0.0, 0.0]))
    assert low.lowered(high)[0] == "Exact match: from 75.0% to 50.0%"
    assert high.lowered(low) == []
    assert Floors.of(CARD, epsilon=0.2).lowered(high)
    assert "Exact match: from 75.0% to nothing" in Floors.of(card([result()])).lowered(high)


def test_floors_round_trip_through_a_file(tmp_path: Path) -> None:
    """Reading the file gives equal floors."""
    floors = Floors.of(CARD)
    floors.write(tmp_path / "floors.json")
    assert Floors.read(tmp_path / "floors.json") == floors


@pytest.mark.parametrize(
    "text", ["{}", "[", '{"cases_sha256": "x", "model": "m", "figures": {"speed": {}}}']
)
def test_file_without_floors_is_named(tmp_path: Path, text: str) -> None:
    """The error gives its path and what is wrong."""
    (tmp_path / "floors.json").write_text(text)
    with pytest.raises(CaseError, match="does not hold floors"):
        Floors.read(tmp_path / "floors.json")


def test_missing_file_error_says_how_to_write_it(tmp_path: Path) -> None:
    """The error names the option."""
    with pytest.raises(CaseError, match="--update-floors"):
        Floors.read(tmp_path / "floors.json")
