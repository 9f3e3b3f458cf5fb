"""The seam for measures: an evaluator scores one answer, and says how its scores are summed up.

The built-in evaluators are below, and a measure of your own is a class like them:

>>> class Brevity:
...     measures = {"words": Measure(title="Words", summary="median", unit="words", is_quality=False)}
...
...     def evaluate(self, case, answer):
...         return {"words": len(answer.text.split())}

Pass it as ``evaluate(cases, qa, evaluators=[Brevity()])``, or register it under the entry-point group
``newsqa.evaluators`` and name it with ``newsqa eval --evaluator``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import Literal, Protocol

from pydantic import BaseModel, ConfigDict

from newsqa.answers.answer import Answer
from newsqa.errors import ConfigurationError
from newsqa.evals.cases import Case, Pattern
from newsqa.evals.formulas import (
    Judge,
    citation_quality,
    covers,
    is_hit,
    mlqa_exact_match,
    mlqa_f1,
    sentence_scores,
    squad_exact_match,
    squad_f1,
)
from newsqa.plugins import load_plugin

Score = float | Sequence[float]
"""A measure's score of one answer, or several that are pooled, such as one for each citation."""

Summary = Literal["share", "mean", "median", "p95"]


class Measure(BaseModel):
    """The title of a measure, and how its scores over many cases become one figure.

    A ``share`` is the mean of scores that are 0 or 1. ``is_quality`` says that more is better: such a
    measure can have a floor, and a case that failed with an error scores 0 in it, unless
    ``counts_failures`` is false.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: str
    summary: Summary = "share"
    unit: str = "%"
    is_quality: bool = True
    counts_failures: bool = True


class FigureName(StrEnum):
    """The names of the built-in figures, as scorecards and floors have them, in order."""

    EXACT = "exact"
    F1 = "f1"
    HAS_ANSWER_EXACT = "has_answer_exact"
    HAS_ANSWER_F1 = "has_answer_f1"
    NO_ANSWER_EXACT = "no_answer_exact"
    RIGHT_STATUS = "right_status"
    ABSTENTION_PRECISION = "abstention_precision"
    ABSTENTION_RECALL = "abstention_recall"
    CITATION_HIT = "citation_hit"
    EVIDENCE_PRECISION = "evidence_precision"
    EVIDENCE_RECALL = "evidence_recall"
    EVIDENCE_F1 = "evidence_f1"
    MUST_CITE = "must_cite"
    MUST_NOT_SAY = "must_not_say"
    CITATION_VALIDITY = "citation_validity"
    CITATION_LENGTH = "citation_length"
    ENTAILMENT_RECALL = "entailment_recall"
    ENTAILMENT_PRECISION = "entailment_precision"
    FAILED = "failed"
    CALLS = "calls"
    INPUT_TOKENS = "input_tokens"
    OUTPUT_TOKENS = "output_tokens"
    LATENCY_MEDIAN = "latency_median"
    LATENCY_P95 = "latency_p95"


_ENGLISH = "en"


class Evaluator(Protocol):
    """Anything that scores an answer. It may be called from several threads at once."""

    @property
    def measures(self) -> Mapping[str, Measure]:
        """The measures it takes, by the names that scorecards and floors know them by."""

    def evaluate(self, case: Case, answer: Answer) -> Mapping[str, Score | None]:
        """Return a score for each measure; ``None``, or no entry, if a measure does not apply.

        For a case that failed with an error, ``answer`` is an empty abstention, and a quality measure
        that applies to the case scores 0, whatever is returned for it.
        """


class ShortAnswers:
    """Exact match and F1: SQuAD's in English, MLQA's in other languages."""

    measures: Mapping[str, Measure] = {
        FigureName.EXACT: Measure(title="Exact match"),
        FigureName.F1: Measure(title="F1", summary="mean"),
        FigureName.HAS_ANSWER_EXACT: Measure(title="Exact match, has an answer"),
        FigureName.HAS_ANSWER_F1: Measure(title="F1, has an answer", summary="mean"),
        FigureName.NO_ANSWER_EXACT: Measure(title="Exact match, has none"),
    }

    def evaluate(self, case: Case, answer: Answer) -> Mapping[str, Score | None]:
        """Compare the short answer with each gold one; the best match counts."""
        exact, f1 = self._overlap(case, answer)
        answerable = case.expected.has_answer
        return {
            FigureName.EXACT: exact,
            FigureName.F1: f1,
            FigureName.HAS_ANSWER_EXACT: exact if answerable else None,
            FigureName.HAS_ANSWER_F1: f1 if answerable else None,
            FigureName.NO_ANSWER_EXACT: exact if answerable is False else None,
        }

    def _overlap(self, case: Case, answer: Answer) -> tuple[float, float] | tuple[None, None]:
        """Return exact match and F1, from 0 to 1; nothing if the case expects no short answer."""
        golds, language = case.expected.short, case.language_code
        prediction = prediction_of(answer)
        if case.expected.answerable and not golds:
            return None, None
        if _abstains(answer) and case.expected.may_abstain:
            return 1.0, 1.0
        if language == _ENGLISH or not golds:
            return squad_exact_match(prediction, golds), squad_f1(prediction, golds)
        return mlqa_exact_match(prediction, golds, language), mlqa_f1(prediction, golds, language)


class Abstentions:
    """The right status, and precision and recall of abstentions.

    Precision is over the abstentions, recall over the questions without an answer. A case that allows
    both an answer and an abstention counts in neither.
    """

    measures: Mapping[str, Measure] = {
        FigureName.RIGHT_STATUS: Measure(title="Right status"),
        FigureName.ABSTENTION_PRECISION: Measure(
            title="Abstention precision", counts_failures=False
        ),
        FigureName.ABSTENTION_RECALL: Measure(title="Abstention recall"),
    }

    def evaluate(self, case: Case, answer: Answer) -> Mapping[str, Score | None]:
        """Compare the status with the expected ones."""
        answerable, abstains = case.expected.has_answer, _abstains(answer)
        precision = None if answerable is None or not abstains else float(not answerable)
        return {
            FigureName.RIGHT_STATUS: float(answer.status in case.expected.statuses),
            FigureName.ABSTENTION_PRECISION: precision,
            FigureName.ABSTENTION_RECALL: float(abstains) if answerable is False else None,
        }


class GoldCitations:
    """The share of answers whose citations overlap the answer's spans, the gold evidence, and all that must be cited."""

    measures: Mapping[str, Measure] = {
        FigureName.CITATION_HIT: Measure(title="Citation hit"),
        FigureName.EVIDENCE_PRECISION: Measure(title="Evidence precision", summary="mean"),
        FigureName.EVIDENCE_RECALL: Measure(title="Evidence recall", summary="mean"),
        FigureName.EVIDENCE_F1: Measure(title="Evidence F1", summary="mean"),
        FigureName.MUST_CITE: Measure(title="Cites what it must"),
    }

    def evaluate(self, case: Case, answer: Answer) -> Mapping[str, Score | None]:
        """Compare the citations with what the case expects of them."""
        expected, scores = case.expected, dict[str, Score | None]()
        if expected.spans:
            scores[FigureName.CITATION_HIT] = float(is_hit(answer.citations, case.gold_spans))
        if expected.evidence:
            cited = {number for citation in answer.citations for number in citation.sentences}
            evidence = sentence_scores(cited, case.gold_sentences)
            scores[FigureName.EVIDENCE_PRECISION] = evidence.precision
            scores[FigureName.EVIDENCE_RECALL] = evidence.recall
            scores[FigureName.EVIDENCE_F1] = evidence.f1
        if expected.must_cite:
            scores[FigureName.MUST_CITE] = float(self._cites_all(case, answer))
        return scores

    def _cites_all(self, case: Case, answer: Answer) -> bool:
        """Return whether a citation covers each place, or overlaps it if it is a whole sentence."""
        return all(
            (is_hit if isinstance(place, int) else covers)(answer.citations, case.places(place))
            for place in case.expected.must_cite
        )


class ForbiddenWords:
    """The share of answers that say nothing that they must not."""

    measures: Mapping[str, Measure] = {
        FigureName.MUST_NOT_SAY: Measure(title="Says nothing it must not")
    }

    def evaluate(self, case: Case, answer: Answer) -> Mapping[str, Score | None]:
        """Search the answer for what the case forbids."""
        if not case.expected.must_not_say:
            return {}
        return {FigureName.MUST_NOT_SAY: float(not forbidden_words(case, answer))}


class CitationSpans:
    """Validity and length of each citation, also if several claims share it."""

    measures: Mapping[str, Measure] = {
        FigureName.CITATION_VALIDITY: Measure(title="Citation validity"),
        FigureName.CITATION_LENGTH: Measure(
            title="Citation length, median", summary="median", unit="characters", is_quality=False
        ),
    }

    def evaluate(self, case: Case, answer: Answer) -> Mapping[str, Score | None]:
        """Compare each citation with the article at its offsets."""
        cited = [citation for claim in answer.claims for citation in claim.citations]
        return {
            FigureName.CITATION_VALIDITY: [
                float(citation.slice(case.article.text) == citation.text) for citation in cited
            ],
            FigureName.CITATION_LENGTH: [float(c.end - c.start) for c in cited],
        }


class Entailment:
    """ALCE's citation recall and precision, with a ``judge`` of yours: does a premise entail a claim?

    It is not measured unless you pass it: ``evaluate(cases, qa, evaluators=[Entailment(judge)])``.
    """

    measures: Mapping[str, Measure] = {
        FigureName.ENTAILMENT_RECALL: Measure(title="Citation recall (ALCE)", summary="mean"),
        FigureName.ENTAILMENT_PRECISION: Measure(title="Citation precision (ALCE)", summary="mean"),
    }

    def __init__(self, judge: Judge) -> None:
        self._judge = judge

    def evaluate(self, case: Case, answer: Answer) -> Mapping[str, Score | None]:
        """Ask the judge about each claim and its citations."""
        quality = citation_quality(answer, case.article, judge=self._judge)
        if quality is None:
            return {}
        return {
            FigureName.ENTAILMENT_RECALL: quality.recall,
            FigureName.ENTAILMENT_PRECISION: quality.precision,
        }


EVALUATORS: tuple[Evaluator, ...] = (
    ShortAnswers(),
    Abstentions(),
    GoldCitations(),
    ForbiddenWords(),
    CitationSpans(),
)
"""The evaluators that every evaluation uses."""


def load_evaluators(names: Iterable[str]) -> tuple[Evaluator, ...]:
    """Return the evaluators that installed packages register in ``newsqa.evaluators``.

    An entry point is the class of an evaluator, or a function without arguments that returns one.

    Raises:
        ConfigurationError: Nothing is registered under a name, or it cannot be loaded.
    """
    return tuple(load_plugin("newsqa.evaluators", name)() for name in names)


def measures_of(evaluators: Iterable[Evaluator]) -> dict[str, Measure]:
    """Return all measures of ``evaluators``, by name.

    Raises:
        ConfigurationError: Two evaluators have a measure of the same name.
    """
    measures: dict[str, Measure] = {}
    for evaluator in evaluators:
        for name, measure in evaluator.measures.items():
            if name in measures:
                raise ConfigurationError(
                    f"Two evaluators measure {str(name)!r}: rename the measure of one of them."
                )
            measures[str(name)] = measure
    return measures


def prediction_of(answer: Answer) -> str:
    """Return the short answer, or the text if there is none; empty for an abstention.

    Of sentences that only come closest it is the words that the first of them cites.
    """
    if answer.status == "closest":
        return answer.claims[0].citations[0].text
    return "" if _abstains(answer) else answer.short or answer.text


def forbidden_words(case: Case, answer: Answer) -> list[str]:
    """Return those ``must_not_say`` words and patterns that the text or the short form contains."""
    said = f"{answer.text}\n{answer.short}"
    return [
        words.pattern if isinstance(words, Pattern) else words
        for words in case.expected.must_not_say
        if _contains(said, words)
    ]


def _contains(text: str, words: str | Pattern) -> bool:
    if isinstance(words, Pattern):
        return re.search(words.pattern, text) is not None
    return words.casefold() in text.casefold()


def _abstains(answer: Answer) -> bool:
    return answer.status == "not_in_article"
