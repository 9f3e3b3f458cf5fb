"""Calibrating: thresholds, and how often what is said is true."""

from __future__ import annotations

import numpy as np
import pytest

from newsqa.readers.extractive.calibration import Candidate, Case
from training.calibrate import abstain_threshold, reliability, short_form_threshold
from training.cases import Seen


def seen(source: str, references: tuple[str, ...] = ("x",)) -> Seen:
    """A case of a source."""
    case = Case("Who?", (Candidate(1, 0, 4, 1.0, 0.0, 0.2, 3.0),), 1.0, 100)
    return Seen(source, "key", "article", references, (1,), case, {1: "x"}, {}, {})


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
