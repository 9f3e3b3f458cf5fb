"""The embedded reader keeps what it can: no figure falls below its floor.

A figure that fell is a defect, or a change that was meant: then the floors are set anew with
``newsqa eval tests/evals/cases.yaml --model newsqa-extractive --floor tests/evals/floors.json
--update-floors --lower``, and the commit says why.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from newsqa import NewsQA, Settings
from newsqa.evals import Case, FigureName, Floors, Scorecard, evaluate, load_cases

HERE = Path(__file__).parent


@pytest.fixture(scope="module")
def cases() -> tuple[Case, ...]:
    """The questions about the examples."""
    return load_cases(HERE / "cases.yaml").cases


@pytest.fixture(scope="module")
def card(cases: tuple[Case, ...]) -> Scorecard:
    """What the embedded reader comes to."""
    return evaluate(cases, NewsQA(Settings(model="newsqa-extractive")))


def test_no_figure_falls_below_its_floor(card: Scorecard) -> None:
    """Of those that were measured when it was last changed on purpose."""
    assert Floors.read(HERE / "floors.json").missed(card) == []


def test_every_citation_is_valid(card: Scorecard) -> None:
    """This floor is 100 %, and has no epsilon."""
    assert card.figures[FigureName.CITATION_VALIDITY].value == 1.0


def test_the_cases_are_enough_to_tell_something(cases: tuple[Case, ...]) -> None:
    """In several languages, and a good part of them without an answer."""
    assert len(cases) >= 60
    assert sum(not case.expected.answerable for case in cases) >= 12
    assert len({case.language_code for case in cases}) >= 4
