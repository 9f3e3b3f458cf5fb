"""Floors: figures that must not fall."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsqa.errors import CaseError
from newsqa.evals.floors import Floors
from newsqa.evals.measures import MEASURES, FigureName
from tests.evals.results import result
from tests.evals.test_compare import card, scored

CARD = scored([1.0, 1.0, 1.0, 0.0])


def test_what_is_measured_holds_its_own_floors() -> None:
    """They are what was measured."""
    assert Floors.of(CARD).missed(CARD) == []


def test_only_quality_has_floors() -> None:
    """A slow machine is no defect, and a longer citation not always worse."""
    floors = Floors.of(card([result(citation_lengths=(3,), valid_citations=1, exact=1.0)]))
    assert set(floors.figures) == {
        FigureName.EXACT,
        FigureName.HAS_ANSWER_EXACT,
        FigureName.RIGHT_STATUS,
        FigureName.CITATION_VALIDITY,
    }
    assert not MEASURES[FigureName.LATENCY_MEDIAN].is_quality


def test_a_figure_below_its_floor_is_told() -> None:
    """With both."""
    worse = scored([1.0, 1.0, 0.0, 0.0])
    assert Floors.of(CARD).missed(worse)[0] == "Exact match: 50.0% is below the floor of 74.5%"


def test_a_figure_may_come_below_by_epsilon() -> None:
    """And no further."""
    worse = scored([1.0, 1.0, 0.0, 0.0])
    assert Floors.of(CARD, epsilon=0.2501).missed(worse) == []
    assert Floors.of(CARD, epsilon=0.2499).missed(worse) != []


def test_a_figure_that_is_gone_is_below_its_floor() -> None:
    """Or a floor could be passed by not measuring."""
    floors = Floors.of(card([result(hit=True)]))
    assert floors.missed(card([result()])) == [
        "Citation hit: not measured any more; the floor is 99.5%"
    ]


def test_floors_are_for_their_cases_and_their_model() -> None:
    """Figures over other cases say nothing."""
    floors = Floors.of(CARD)
    with pytest.raises(CaseError, match="for other cases"):
        floors.missed(CARD.model_copy(update={"cases_sha256": "d" * 64}))
    with pytest.raises(CaseError, match="for 'm', and not for 'other'"):
        floors.missed(CARD.model_copy(update={"model": "other"}))


def test_a_lower_floor_is_noticed() -> None:
    """As are one that is gone, and a larger epsilon."""
    high, low = Floors.of(CARD), Floors.of(scored([1.0, 1.0, 0.0, 0.0]))
    assert low.lowered(high)[0] == "Exact match: from 75.0% to 50.0%"
    assert high.lowered(low) == []
    assert Floors.of(CARD, epsilon=0.2).lowered(high)
    assert "Exact match: from 75.0% to nothing" in Floors.of(card([result()])).lowered(high)


def test_floors_come_back_from_their_file(tmp_path: Path) -> None:
    """As they were."""
    floors = Floors.of(CARD)
    floors.write(tmp_path / "floors.json")
    assert Floors.read(tmp_path / "floors.json") == floors


@pytest.mark.parametrize(
    "text", ["{}", "[", '{"cases_sha256": "x", "model": "m", "figures": {"speed": {}}}']
)
def test_a_file_without_floors_is_told(tmp_path: Path, text: str) -> None:
    """With what is wrong in it."""
    (tmp_path / "floors.json").write_text(text)
    with pytest.raises(CaseError, match="holds no floors"):
        Floors.read(tmp_path / "floors.json")


def test_a_missing_file_says_how_to_write_it(tmp_path: Path) -> None:
    """With the option."""
    with pytest.raises(CaseError, match="--update-floors"):
        Floors.read(tmp_path / "floors.json")
