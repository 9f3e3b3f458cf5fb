"""Reading scorecards from files."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsqa.errors import CaseError
from newsqa.evals.scorecards import Scorecard
from tests.evals.test_compare import scored


def test_scorecard_round_trips_through_a_file(tmp_path: Path) -> None:
    """Reading the file gives an equal scorecard."""
    card = scored([1.0, 0.0])
    (tmp_path / "out.json").write_text(card.model_dump_json(indent=1), encoding="utf-8")
    assert Scorecard.read(tmp_path / "out.json") == card


@pytest.mark.parametrize("text", ["{}", "["])
def test_file_that_is_not_a_scorecard_is_named(tmp_path: Path, text: str) -> None:
    """The error gives its path."""
    (tmp_path / "out.json").write_text(text)
    with pytest.raises(CaseError, match=r"out\.json' is not a scorecard"):
        Scorecard.read(tmp_path / "out.json")


def test_missing_file_is_named(tmp_path: Path) -> None:
    """The error gives its path."""
    with pytest.raises(CaseError, match=r"out\.json' cannot be read"):
        Scorecard.read(tmp_path / "out.json")
