"""The trained part of the embedded reader: loads its weights, and judges the spans of an article."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from newsqa.errors import warn_caller
from newsqa.languages.detection import guess_language
from newsqa.readers.extractive.question import asks_in_english

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newsqa.article.fields import Sentence
    from newsqa.article.passages import Passage
    from newsqa.readers.extractive.calibration import Calibration, Case
    from newsqa.readers.extractive.ranking import Ranked
    from newsqa.readers.extractive.span_model import SpanModel

VERSION = "trained-1"
"""The part and its version, in ``Answer.model``. The number changes with the weights."""

WEIGHTS = Path(__file__).parent / "weights"

MAX_SENTENCES = 80
"""Sentences that are all read. Of a longer article those around the best of the lexical ranking are."""

BEST_SENTENCES = 16
"""Sentences of the lexical ranking that are read of a longer article."""

NEAR_SENTENCES = 2
"""Sentences that are read before and after each of them."""

_loading = Lock()


@dataclass(frozen=True, slots=True)
class Trained:
    """The model and its calibration."""

    model: SpanModel
    calibration: Calibration


def is_readable(passage: Passage, question: str) -> bool:
    """Return whether article and question are in English, the one language of the trained reader."""
    language = passage.article.language or guess_language(passage.article.text)
    return language.partition("-")[0] == "en" and asks_in_english(question)


def load_trained() -> Trained | None:
    """Return the trained reader, or None with a warning where NumPy is not installed.

    It is loaded once per process.
    """
    with _loading:
        return _load()


@cache
def _load() -> Trained | None:
    try:
        from newsqa.readers.extractive.calibration import Calibration
        from newsqa.readers.extractive.span_model import SpanModel
    except ImportError:
        warn_caller(
            "The embedded reader ranks sentences by the words of the question alone, since its "
            "trained part needs ONNX Runtime or NumPy: pip install 'newsqa[reader]'.",
            UserWarning,
        )
        return None
    return Trained(SpanModel.load(WEIGHTS), Calibration.load(WEIGHTS / "calibration.json"))


def gather_case(
    model: SpanModel, passage: Passage, question: str, ranked: Sequence[Ranked]
) -> Case:
    """Return what the model and the lexical ranking say of each sentence that is read.

    Args:
        model: The model.
        passage: The sentences of the article.
        question: The question.
        ranked: The passage's lexical ranking, without boilerplate.
    """
    from newsqa.readers.extractive.calibration import Candidate, Case

    scores = {item.sentence.number: item.score for item in ranked}
    candidates = tuple(
        Candidate(
            reading.number,
            reading.start,
            reading.end,
            reading.margin,
            reading.evidence,
            reading.answerable,
            scores[reading.number],
        )
        for reading in model.read(question, _sentences_to_read(passage, ranked))
    )
    coverage = max((item.coverage for item in ranked), default=0.0)
    words = sum(len(sentence.text.split()) for sentence in passage.sentences)
    return Case(question, candidates, coverage, words)


def _sentences_to_read(passage: Passage, ranked: Sequence[Ranked]) -> list[Sentence]:
    known = {item.sentence.number: item.sentence for item in ranked}
    if len(ranked) <= MAX_SENTENCES:
        return [known[number] for number in sorted(known)]
    best = [item.sentence.number for item in ranked[:BEST_SENTENCES]]
    near = {n + step for n in best for step in range(-NEAR_SENTENCES, NEAR_SENTENCES + 1)}
    return [known[number] for number in sorted(near & known.keys())]
