"""The embedded reader reaches its floors.

A figure below its floor is a bug, or a change that is meant. In that case, set new floors with
``newsqa eval tests/evals/cases.yaml --model newsqa-extractive --floor tests/evals/floors.json
--update-floors --lower``, and say why in the commit message.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from newsqa import NewsQA, Settings
from newsqa.evals import Case, FigureName, Floors, Scorecard, evaluate, load_cases

HERE = Path(__file__).parent


@pytest.fixture(scope="module")
def cases() -> tuple[Case, ...]:
    """Return the questions about the examples."""
    return load_cases(HERE / "cases.yaml").cases


@pytest.fixture(scope="module")
def card(cases: tuple[Case, ...]) -> Scorecard:
    """Return the scorecard of the embedded reader."""
    return evaluate(cases, NewsQA(Settings(model="newsqa-extractive")))


def test_no_figure_falls_below_its_floor(card: Scorecard) -> None:
    """Every figure is compared with its floor."""
    assert Floors.read(HERE / "floors.json").missed(card) == []


def test_every_citation_is_valid(card: Scorecard) -> None:
    """This floor is 100 % and has no epsilon."""
    assert card.figures[FigureName.CITATION_VALIDITY].value == 1.0


def test_cases_cover_languages_and_abstentions(cases: tuple[Case, ...]) -> None:
    """There are enough cases, in several languages, many of them without an answer."""
    assert len(cases) >= 60
    assert sum(not case.expected.answerable for case in cases) >= 12
    assert len({case.language_code for case in cases}) >= 4
