"""Calibration: which sentence answers, and how probable it is that its span is right.

Three linear models combine what the trained reader says with what the lexical ranking says. Their
weights are fitted on questions that the reader was not trained on, by ``training.calibrate``.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

EARLY_SENTENCES = 5
"""Sentences after which half of what an early place counts is left."""

MAX_LEAD = 10.0
"""The largest lead of the best sentence over the second that counts."""

MAX_LOGIT = 30.0

# Apart from the forms in the language's data, since the weights were fitted to it as it is.
_OPEN = re.compile(
    r"\W*(?:why|how(?! (?:many|much|long|old|far|often|tall|big|large|high|deep|fast|late|soon))"
    r"|what (?:happened|caused)|(?:for )?what reason)\b",
    re.IGNORECASE,
)


def earliness(number: int) -> float:
    """Return how early a sentence is, from 1 for the first one down to 0.

    >>> [round(earliness(number), 2) for number in (1, 6, 46)]
    [1.0, 0.5, 0.1]
    """
    return EARLY_SENTENCES / (EARLY_SENTENCES + number - 1)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence with its best span, and what was measured of it.

    ``lexical`` is its score in the lexical ranking; the others are as in ``SentenceReading``.
    """

    number: int
    start: int
    end: int
    margin: float
    evidence: float
    answerable: float
    lexical: float

    @property
    def features(self) -> dict[str, float]:
        """The values that the choice of a sentence rests on."""
        return {
            "margin": self.margin,
            "evidence": self.evidence,
            "lexical": self.lexical,
            "early": earliness(self.number),
        }


@dataclass(frozen=True, slots=True)
class Case:
    """A question with the candidates that an article has for it, at least one.

    ``coverage`` is the largest share of the question's weight that a sentence and its neighbours have,
    and ``words`` is the length of the article.
    """

    question: str
    candidates: tuple[Candidate, ...]
    coverage: float
    words: int


@dataclass(frozen=True)
class Linear:
    """A linear model: a weight for each feature, and a bias."""

    weights: dict[str, float]
    bias: float = 0.0

    def score(self, features: dict[str, float]) -> float:
        """Return the weighted sum of the features."""
        return sum(self.weights[name] * value for name, value in features.items()) + self.bias

    def probability(self, features: dict[str, float]) -> float:
        """Return the sum as the probability of a logistic regression."""
        return 1 / (1 + math.exp(-max(min(self.score(features), MAX_LOGIT), -MAX_LOGIT)))


@dataclass(frozen=True, slots=True)
class Judgement:
    """The candidates, the best first, with the probabilities that the first is right and that any is."""

    ranked: tuple[Candidate, ...]
    right: float
    answerable: float


@dataclass(frozen=True)
class Calibration:
    """The fitted models and thresholds.

    ``short_form`` is the lowest probability of being right at which a short form is given, and
    ``abstain`` the lowest probability of an answer at which sentences are.
    """

    sentence: Linear
    right: Linear
    answerable: Linear
    short_form: float
    abstain: float

    def judge(self, case: Case) -> Judgement:
        """Rank the candidates of a case, and return how probable it is that they answer."""
        ranked = rank_candidates(self.sentence, case.candidates)
        features = case_features(self.sentence, case, ranked)
        return Judgement(
            ranked, self.right.probability(features), self.answerable.probability(features)
        )

    def save(self, path: Path, **notes: object) -> None:
        """Write it as JSON, with notes on what it was fitted on."""
        path.write_text(json.dumps(asdict(self) | notes, indent=2) + "\n", encoding="utf-8")

    @classmethod
    def load(cls, path: Path) -> Calibration:
        """Load what ``save`` wrote."""
        raw = json.loads(path.read_text(encoding="utf-8"))
        sentence, right, answerable = (
            Linear(**raw[name]) for name in ("sentence", "right", "answerable")
        )
        return cls(sentence, right, answerable, raw["short_form"], raw["abstain"])


def rank_candidates(sentence: Linear, candidates: Iterable[Candidate]) -> tuple[Candidate, ...]:
    """Return the candidates, the best first."""
    return tuple(sorted(candidates, key=lambda one: -sentence.score(one.features)))


def case_features(sentence: Linear, case: Case, ranked: Sequence[Candidate]) -> dict[str, float]:
    """Return what the two probabilities of a case rest on.

    Args:
        sentence: The model that ranked the candidates.
        case: The question and its article's candidates.
        ranked: The candidates, the best first.
    """
    best = ranked[0]
    scores = [sentence.score(one.features) for one in ranked[:2]]
    most_lexical = max(ranked, key=lambda one: one.lexical)
    return {
        "margin": best.margin,
        "evidence": best.evidence,
        "answerable": max(one.answerable for one in ranked),
        "lead": min(scores[0] - scores[-1], MAX_LEAD),
        "lexical": best.lexical,
        "coverage": case.coverage,
        "agrees": float(most_lexical.number == best.number),
        "words": math.log(max(case.words, 1) / 100),
        "span": math.log(1 + best.end - best.start),
        "open": float(bool(_OPEN.match(case.question))),
    }
