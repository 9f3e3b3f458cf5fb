"""Reading a scorecard back from its file."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsqa.errors import CaseError
from newsqa.evals.scorecards import Scorecard
from tests.evals.test_compare import scored


def test_a_scorecard_comes_back_from_its_file(tmp_path: Path) -> None:
    """As it was."""
    card = scored([1.0, 0.0])
    (tmp_path / "out.json").write_text(card.model_dump_json(indent=1), encoding="utf-8")
    assert Scorecard.read(tmp_path / "out.json") == card


@pytest.mark.parametrize("text", ["{}", "["])
def test_another_file_is_told(tmp_path: Path, text: str) -> None:
    """With its name."""
    (tmp_path / "out.json").write_text(text)
    with pytest.raises(CaseError, match=r"out\.json' is no scorecard"):
        Scorecard.read(tmp_path / "out.json")


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    """With its name."""
    with pytest.raises(CaseError, match=r"out\.json' cannot be read"):
        Scorecard.read(tmp_path / "out.json")
