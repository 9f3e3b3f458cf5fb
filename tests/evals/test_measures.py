"""Figures: what each is taken of, and how far it can be relied on."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsqa.evals.measures import MEASURES, FigureName, figures_of
from newsqa.evals.metrics.precision_recall import PrecisionRecall
from newsqa.evals.statistics import bootstrap, wilson
from newsqa.usage import Usage
from tests.evals.results import result

ABSTAINED: dict[str, Any] = {"status": "not_in_article", "prediction": ""}


def test_every_name_has_one_measure() -> None:
    """And every measure a title of its own."""
    assert list(MEASURES) == list(FigureName)
    assert len({measure.title for measure in MEASURES.values()}) == len(MEASURES)


def test_a_share_has_wilson_s_interval() -> None:
    """Three of four."""
    figures = figures_of([result(str(n), exact=float(n > 0)) for n in range(4)])
    figure = figures[FigureName.EXACT]
    assert (figure.value, figure.count, figure.interval) == (0.75, 4, wilson(3, 4))


def test_a_mean_has_the_bootstrap_s_interval() -> None:
    """Of the same values."""
    values = [0.0, 0.25, 1.0]
    figure = figures_of([result(str(v), f1=v) for v in values])[FigureName.F1]
    assert figure.value == pytest.approx(1.25 / 3)
    assert figure.interval == bootstrap(values)


def test_one_value_has_no_interval_of_a_mean() -> None:
    """Nothing can be drawn from it again."""
    assert figures_of([result(f1=0.5)])[FigureName.F1].interval is None


def test_what_nothing_was_measured_of_is_left_out() -> None:
    """It is not 0."""
    figures = figures_of([result()])
    assert FigureName.EXACT not in figures
    assert FigureName.CITATION_HIT not in figures
    assert FigureName.EVIDENCE_F1 not in figures


def test_answers_and_abstentions_are_told_apart() -> None:
    """As SQuAD 2.0 has it; what is left open is in neither."""
    rows = [
        result("a", exact=1.0, f1=1.0),
        result("b", exact=0.0, f1=0.5),
        result("c", answerable=False, exact=1.0, f1=1.0),
        result("d", answerable=None, exact=0.0, f1=0.0),
    ]
    figures = figures_of(rows)
    counted = {name: (figures[name].value, figures[name].count) for name in list(FigureName)[:5]}
    assert counted == {
        FigureName.EXACT: (0.5, 4),
        FigureName.F1: (0.625, 4),
        FigureName.HAS_ANSWER_EXACT: (0.5, 2),
        FigureName.HAS_ANSWER_F1: (0.75, 2),
        FigureName.NO_ANSWER_EXACT: (1.0, 1),
    }


def test_abstention_has_precision_and_recall() -> None:
    """One rightly, one wrongly, one missed, and one of which nobody can say."""
    rows = [
        result("a", answerable=False, **ABSTAINED),
        result("b", answerable=True, **ABSTAINED),
        result("c", answerable=False),
        result("d", answerable=None, **ABSTAINED),
    ]
    figures = figures_of(rows)
    precision, recall = (
        figures[FigureName.ABSTENTION_PRECISION],
        figures[FigureName.ABSTENTION_RECALL],
    )
    assert (precision.value, precision.count) == (0.5, 2)
    assert (recall.value, recall.count) == (0.5, 2)


@given(st.lists(st.tuples(st.booleans(), st.booleans())))
def test_abstention_is_counted_over_questions_without_an_answer(
    pairs: list[tuple[bool, bool]],
) -> None:
    """How many abstentions were right, and how many such questions were abstained on."""
    rows = [
        result(str(n), answerable=answerable, **(ABSTAINED if abstained else {}))
        for n, (abstained, answerable) in enumerate(pairs)
    ]
    right = pairs.count((True, False))
    abstained = sum(abstained for abstained, _ in pairs)
    unanswerable = sum(not answerable for _, answerable in pairs)
    precision = MEASURES[FigureName.ABSTENTION_PRECISION].of(rows)
    recall = MEASURES[FigureName.ABSTENTION_RECALL].of(rows)
    assert (precision.value if precision else None) == (right / abstained if abstained else None)
    assert (recall.value if recall else None) == (right / unanswerable if unanswerable else None)


def test_a_failure_is_no_abstention() -> None:
    """It is missed, and not counted among those that were made."""
    figures = figures_of([result(answerable=False, status=None, error="ModelError: x")])
    assert FigureName.ABSTENTION_PRECISION not in figures
    assert figures[FigureName.ABSTENTION_RECALL].value == 0.0
    assert figures[FigureName.FAILED].value == 1.0


def test_validity_and_length_are_of_citations() -> None:
    """Not of answers: one with many counts as many."""
    rows = [
        result("a", citation_lengths=(4, 8, 6), valid_citations=2),
        result("b", citation_lengths=(10,), valid_citations=1),
        result("c"),
    ]
    figures = figures_of(rows)
    assert (
        figures[FigureName.CITATION_VALIDITY].value,
        figures[FigureName.CITATION_VALIDITY].count,
    ) == (0.75, 4)
    assert figures[FigureName.CITATION_LENGTH].value == 7.0


def test_evidence_and_entailment_have_their_parts() -> None:
    """Each under its own name."""
    scores = PrecisionRecall.of(0.5, 1.0)
    figures = figures_of([result(evidence=scores, entailment=scores)])
    assert figures[FigureName.EVIDENCE_PRECISION].value == 0.5
    assert figures[FigureName.EVIDENCE_RECALL].value == 1.0
    assert figures[FigureName.EVIDENCE_F1].value == pytest.approx(2 / 3)
    assert figures[FigureName.ENTAILMENT_PRECISION].value == 0.5
    assert figures[FigureName.ENTAILMENT_RECALL].value == 1.0


def test_cost_and_time_are_a_question_s() -> None:
    """Means of what was spent; median and 95th percentile of the seconds."""
    usages = [Usage(calls=n, input_tokens=100 * n, output_tokens=10 * n) for n in (1, 3)]
    rows = [result(str(n), usage=usages[n], seconds=float(n)) for n in range(2)]
    figures = figures_of(rows)
    values = [figures[name].value for name in list(FigureName)[-5:]]
    assert values == [2.0, 200.0, 20.0, 0.5, 1.0]
