"""Deciding on a sentence, and the arithmetic of its calibration."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from training.calibrate import abstain_threshold, reliability, short_form_threshold
from training.cases import Seen
from training.deciding import CASE_FEATURES, Calibration, Candidate, Linear, case_features

SENTENCE = Linear((1.0, 0.0, 0.0, 0.0))
FLAT = Linear((0.0,) * len(CASE_FEATURES), 0.5)
CALIBRATION = Calibration(SENTENCE, FLAT, FLAT, 0.6, 0.3)
LOW = Candidate(0, 0, 4, 1.0, 0.0, 0.2, 3.0)
HIGH = Candidate(1, 5, 9, 2.5, 0.0, 0.1, 1.0)


def seen(source: str, references: tuple[str, ...] = ("x",)) -> Seen:
    """A case of a source."""
    return Seen(source, "key", "Who?", "article", 100, references, (0,), 1.0, (LOW,), {0: "x"}, ())


def test_best_candidate_comes_first() -> None:
    """Order is by the sentence's score; probabilities are logistic."""
    verdict = CALIBRATION.decide("Who?", [LOW, HIGH], 1.0, 100)
    assert verdict.ranked == (HIGH, LOW)
    assert verdict.right == pytest.approx(1 / (1 + np.exp(-0.5)))


def test_features_of_a_case_are_of_the_best_and_of_the_article() -> None:
    """Lead, agreement with the word overlap and the kind of question are among them."""
    found = case_features(SENTENCE, "Why so?", [HIGH, LOW], 0.7, 100)
    named = dict(zip(CASE_FEATURES, found, strict=True))
    assert named["lead"] == 1.5
    assert named["answerable"] == 0.2
    assert named["agrees"] == 0
    assert named["words"] == 0
    assert named["open"] == 1


def test_calibration_is_read_as_it_was_written(tmp_path: Path) -> None:
    """Weights are kept by name."""
    CALIBRATION.save(tmp_path / "calibration.json", {})
    assert Calibration.load(tmp_path / "calibration.json") == CALIBRATION


def test_short_form_threshold_is_the_lowest_with_enough_right() -> None:
    """Four of the first five are right; with the sixth it is less than 80 %."""
    said = np.array([0.9, 0.8, 0.7, 0.6, 0.5, 0.4])
    right = np.array([1.0, 1.0, 1.0, 0.0, 1.0, 0.0])
    kept = np.ones(6, dtype=bool)
    assert short_form_threshold(said, right, kept) == 0.5
    assert short_form_threshold(said, right * 0, kept) == 1.0


def test_abstaining_gives_up_few_of_every_source() -> None:
    """The source with the lowest probabilities decides; questions without an answer do not."""
    cases = [seen("a"), seen("b"), seen("b", ())]
    assert abstain_threshold(np.array([0.9, 0.4, 0.1]), cases) == pytest.approx(0.4)


def test_reliability_compares_what_was_said_with_what_was_true() -> None:
    """Each tenth of the scale that occurs has a line."""
    found = reliability(np.array([0.05, 0.92, 0.98]), np.array([0.0, 1.0, 0.0]))
    assert found == [(0.05, 0.0, 1), (0.95, 0.5, 2)]
