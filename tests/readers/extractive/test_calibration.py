"""Calibration: the choice of a sentence, and the probabilities."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from newsqa.readers.extractive.calibration import (
    Calibration,
    Candidate,
    Case,
    Linear,
    case_features,
)

SENTENCE = Linear({"margin": 1.0, "evidence": 0.0, "lexical": 0.0, "early": 0.0})
LOW = Candidate(1, 0, 4, margin=1.0, evidence=0.0, answerable=0.2, lexical=3.0)
HIGH = Candidate(2, 5, 9, margin=2.5, evidence=0.0, answerable=0.1, lexical=1.0)
CASE = Case("Why so?", (LOW, HIGH), coverage=0.7, words=100)
FLAT = Linear(dict.fromkeys(case_features(SENTENCE, CASE, (HIGH, LOW)), 0.0), 0.5)
CALIBRATION = Calibration(SENTENCE, FLAT, FLAT, short_form=0.6, abstain=0.3)


def test_the_best_candidate_comes_first() -> None:
    """The sentence's model ranks, and the probabilities are logistic."""
    judgement = CALIBRATION.judge(CASE)
    assert judgement.ranked == (HIGH, LOW)
    assert judgement.right == pytest.approx(1 / (1 + math.exp(-0.5)))


def test_the_features_of_a_case_are_of_the_best_sentence_and_of_the_article() -> None:
    """They include the lead, the agreement with the ranking and the kind of question."""
    features = case_features(SENTENCE, CASE, (HIGH, LOW))
    assert features["lead"] == 1.5
    assert features["answerable"] == 0.2
    assert features["agrees"] == 0
    assert features["words"] == 0
    assert features["open"] == 1


def test_a_lone_candidate_has_no_lead() -> None:
    """There is no second one."""
    assert case_features(SENTENCE, CASE, (HIGH,))["lead"] == 0


@pytest.mark.parametrize("bias", [-1e6, 1e6])
def test_a_probability_is_never_certain(bias: float) -> None:
    """Extreme sums do not overflow."""
    assert 0 < Linear({}, bias).probability({}) < 1


def test_a_calibration_is_loaded_as_it_was_saved(tmp_path: Path) -> None:
    """Notes on it are left out."""
    CALIBRATION.save(tmp_path / "calibration.json", notes={"cases": 2})
    assert Calibration.load(tmp_path / "calibration.json") == CALIBRATION
