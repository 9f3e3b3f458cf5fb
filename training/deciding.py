"""Deciding: which sentence answers, how probably its span is right, and whether anything answers.

Three small linear models over what the reader and the word overlap say. Their weights are fitted on
questions that the reader was not trained on (``calibrate``) and kept as JSON beside the model.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

EARLY_REACH = 5
"""Sentences after which half of what an early place counts is left."""
SENTENCE_FEATURES = ("margin", "evidence", "lexical", "early")
CASE_FEATURES = (
    "margin", "evidence", "answerable", "lead", "lexical", "coverage", "agrees", "words", "span",
    "open",
)  # fmt: skip
"""What the probabilities rest on.

Of the best sentence: its margin, evidence and word overlap, and its lead over the second. Of the
article: the best window's answerable, the question's coverage, whether the word overlap chooses the
same sentence, and how long it is. The length of the span; whether the question asks why or how.
"""

_OPEN = re.compile(
    r"\W*(?:why|how(?! (?:many|much|long|old|far|often|tall|big|large|high|deep|fast|late|soon))"
    r"|what (?:happened|caused)|(?:for )?what reason)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Candidate:
    """A sentence with its best span, and what was measured of it.

    ``lexical`` is the word overlap's score, 0 where it passed the sentence over.
    """

    number: int
    start: int
    end: int
    margin: float
    evidence: float
    answerable: float
    lexical: float

    @property
    def features(self) -> list[float]:
        """What the choice of a sentence rests on."""
        early = EARLY_REACH / (EARLY_REACH + self.number)
        return [self.margin, self.evidence, self.lexical, early]


@dataclass(frozen=True)
class Linear:
    """Weights and a bias; ``probability`` is that of a logistic regression."""

    weights: tuple[float, ...]
    bias: float = 0.0

    def score(self, features: Sequence[float]) -> float:
        """The weighted sum."""
        return float(np.dot(self.weights, features)) + self.bias

    def probability(self, features: Sequence[float]) -> float:
        """The sum as a probability."""
        return 1 / (1 + math.exp(-max(min(self.score(features), 30.0), -30.0)))


@dataclass(frozen=True)
class Verdict:
    """The candidates, best first, and the two probabilities."""

    ranked: tuple[Candidate, ...]
    right: float
    answerable: float


@dataclass(frozen=True)
class Calibration:
    """All that is fitted behind the model, with the two thresholds."""

    sentence: Linear
    right: Linear
    answerable: Linear
    short_form: float
    abstain: float

    def decide(
        self, question: str, candidates: Sequence[Candidate], coverage: float, words: int
    ) -> Verdict:
        """Rank the candidates of a question and say how probable an answer is."""
        scored = sorted(candidates, key=lambda c: -self.sentence.score(c.features))
        features = case_features(self.sentence, question, scored, coverage, words)
        return Verdict(
            tuple(scored), self.right.probability(features), self.answerable.probability(features)
        )

    def save(self, path: Path, notes: dict[str, object]) -> None:
        """Write as JSON, with what it was fitted on."""
        raw = {
            "sentence": _named(SENTENCE_FEATURES, self.sentence),
            "right": _named(CASE_FEATURES, self.right),
            "answerable": _named(CASE_FEATURES, self.answerable),
            "short_form": self.short_form,
            "abstain": self.abstain,
            "notes": notes,
        }
        path.write_text(json.dumps(raw, indent=2) + "\n", encoding="utf-8")

    @classmethod
    def load(cls, path: Path) -> Calibration:
        """Read what ``save`` wrote."""
        raw = json.loads(path.read_text(encoding="utf-8"))
        return cls(
            _linear(SENTENCE_FEATURES, raw["sentence"]),
            _linear(CASE_FEATURES, raw["right"]),
            _linear(CASE_FEATURES, raw["answerable"]),
            raw["short_form"],
            raw["abstain"],
        )


def case_features(
    sentence: Linear, question: str, ranked: Sequence[Candidate], coverage: float, words: int
) -> list[float]:
    """What the two probabilities rest on, of candidates that are ranked."""
    best = ranked[0]
    scores = [sentence.score(c.features) for c in ranked[:2]]
    lead = scores[0] - scores[1] if len(scores) > 1 else 0.0
    overlap = max(ranked, key=lambda c: c.lexical)
    return [
        best.margin,
        best.evidence,
        max(c.answerable for c in ranked),
        min(lead, 10.0),
        best.lexical,
        coverage,
        float(overlap.number == best.number),
        math.log(max(words, 1) / 100),
        math.log(1 + best.end - best.start),
        float(bool(_OPEN.match(question))),
    ]


def as_array(cases: Sequence[Sequence[float]]) -> NDArray[np.float64]:
    """Features of several cases, one a row."""
    return np.asarray(cases, np.float64)


def _named(names: Sequence[str], model: Linear) -> dict[str, float]:
    pairs = zip(names, model.weights, strict=True)
    return {name: round(weight, 5) for name, weight in pairs} | {"bias": round(model.bias, 5)}


def _linear(names: Sequence[str], raw: dict[str, float]) -> Linear:
    return Linear(tuple(raw[name] for name in names), raw["bias"])
