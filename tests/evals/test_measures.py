"""Evaluators: the scores of one answer, compared with what its case expects."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsqa.answers.answer import Answer
from newsqa.errors import ConfigurationError
from newsqa.evals.cases import Case, Expected
from newsqa.evals.measures import (
    EVALUATORS,
    Entailment,
    FigureName,
    Measure,
    Score,
    forbidden_words,
    measures_of,
    prediction_of,
)
from newsqa.evals.run import score, score_failure
from tests.evals.answering import ARTICLE, answer, cite

NOON = ("They stopped at noon.", [cite("noon")])
ABSTENTION = answer()


def case(language: str | None = None, **expected: Any) -> Case:
    """Return a case about the cranes."""
    return Case(
        id="cranes",
        article=ARTICLE,
        question="When did the cranes stop?",
        expected=Expected.model_validate(expected),
        language=language,
        tags=("port",),
    )


def scores(given: Answer, made: Case) -> dict[str, Score]:
    """Return the scores by the built-in evaluators."""
    return score(made, given, EVALUATORS)


def short(words: str, *claims: Any, **changed: Any) -> Answer:
    """Return an answer with this short form."""
    return answer(*(claims or (NOON,))).model_copy(update={"short": words, **changed})


def test_short_answer_is_compared_with_the_best_gold_answer() -> None:
    """The gold answer with the highest F1 counts."""
    given = scores(short("noon on Friday"), case(short=["Friday", "at noon on Friday"]))
    assert given[FigureName.EXACT] == 0.0
    assert given[FigureName.F1] == pytest.approx(6 / 7)


def test_other_languages_are_compared_by_their_own_rules() -> None:
    """The German article "der" is ignored in German and a word in English."""
    german, english = case("de", short="Freitag"), case("en", short="Freitag")
    assert scores(short("der Freitag"), german)[FigureName.EXACT] == 1.0
    assert scores(short("der Freitag"), english)[FigureName.EXACT] == 0.0


def test_text_is_compared_if_there_is_no_short_form() -> None:
    """An answer without a short form does not pass for an abstention."""
    assert prediction_of(answer(NOON)) == "They stopped at noon."
    assert scores(answer(NOON), case(status="not_in_article"))[FigureName.EXACT] == 0.0


def test_abstention_is_right_for_a_question_without_an_answer() -> None:
    """It is an exact match with the empty prediction, and has the right status."""
    given = scores(ABSTENTION, case(status="not_in_article"))
    assert prediction_of(ABSTENTION) == ""
    assert (given[FigureName.EXACT], given[FigureName.F1]) == (1.0, 1.0)
    assert given[FigureName.RIGHT_STATUS] == 1.0


def test_abstention_is_wrong_for_a_question_with_an_answer() -> None:
    """Even if its claims say something else about the subject."""
    abstention = short("noon", status="not_in_article")
    given = scores(abstention, case(short="noon"))
    assert prediction_of(abstention) == ""
    assert (given[FigureName.EXACT], given[FigureName.RIGHT_STATUS]) == (0.0, 0.0)


def test_case_may_allow_both_answer_and_abstention() -> None:
    """Either is right, and neither counts in precision or recall of abstentions."""
    made = case(status=["not_in_article", "answered"], short="noon")
    assert scores(ABSTENTION, made)[FigureName.EXACT] == 1.0
    assert scores(short("noon"), made)[FigureName.EXACT] == 1.0
    assert scores(short("Friday"), made)[FigureName.EXACT] == 0.0
    assert FigureName.ABSTENTION_PRECISION not in scores(ABSTENTION, made)
    assert FigureName.ABSTENTION_RECALL not in scores(ABSTENTION, made)


@pytest.mark.parametrize(
    ("expected", "applies"),
    [
        ({"short": "noon"}, {FigureName.HAS_ANSWER_EXACT, FigureName.HAS_ANSWER_F1}),
        ({"status": "not_in_article"}, {FigureName.NO_ANSWER_EXACT}),
        ({"status": ["not_in_article", "answered"], "short": "noon"}, set()),
    ],
)
def test_exact_match_is_also_given_by_whether_there_is_an_answer(
    expected: dict[str, Any], applies: set[str]
) -> None:
    """As in SQuAD 2.0; a case that allows both is in neither group."""
    by_answer = {
        FigureName.HAS_ANSWER_EXACT,
        FigureName.HAS_ANSWER_F1,
        FigureName.NO_ANSWER_EXACT,
    }
    assert by_answer & scores(ABSTENTION, case(**expected)).keys() == applies


@given(st.booleans(), st.booleans())
def test_abstentions_have_precision_and_recall(abstains: bool, answerable: bool) -> None:
    """Precision is scored for abstentions, recall for questions without an answer."""
    made = case(short="noon") if answerable else case(status="not_in_article")
    given = scores(ABSTENTION if abstains else short("noon"), made)
    precision, recall = FigureName.ABSTENTION_PRECISION, FigureName.ABSTENTION_RECALL
    assert given.get(precision) == (float(not answerable) if abstains else None)
    assert given.get(recall) == (None if answerable else float(abstains))


def test_measures_without_an_expectation_do_not_apply() -> None:
    """A case that expects only a citation has no scores for anything else."""
    given = scores(short("noon"), case(must_cite="noon"))
    assert given.keys() == {
        FigureName.RIGHT_STATUS,
        FigureName.MUST_CITE,
        FigureName.CITATION_VALIDITY,
        FigureName.CITATION_LENGTH,
    }


def test_citation_that_overlaps_an_expected_span_is_a_hit() -> None:
    """Overlapping any of the spans is enough."""
    hit = scores(answer(NOON), case(spans=["noon on Friday", "a week"]))
    miss = scores(answer(NOON), case(spans="a week"))
    assert (hit[FigureName.CITATION_HIT], miss[FigureName.CITATION_HIT]) == (1.0, 0.0)


def test_cited_sentences_are_compared_with_the_evidence() -> None:
    """One of two evidence sentences cited, and one other sentence."""
    given = answer(NOON, ("Nobody was hurt.", [cite("Nobody")]))
    made = scores(given, case(evidence=["noon", "two days"]))
    assert made[FigureName.EVIDENCE_PRECISION] == 0.5
    assert made[FigureName.EVIDENCE_RECALL] == 0.5
    assert made[FigureName.EVIDENCE_F1] == 0.5


@pytest.mark.parametrize(
    ("must_cite", "cited"),
    [
        ("noon", 1.0),
        ("noon on", 0.0),
        (1, 1.0),
        (2, 0.0),
        ({"start": 22, "end": 26}, 1.0),
        (["noon", "two days"], 0.0),
    ],
)
def test_each_place_must_be_cited(must_cite: object, cited: float) -> None:
    """Words must be covered by one citation; a sentence by its number must be overlapped."""
    assert scores(answer(NOON), case(must_cite=must_cite))[FigureName.MUST_CITE] == cited


@pytest.mark.parametrize(
    ("must_not_say", "forbidden"),
    [
        ("NOON", ["NOON"]),
        ("midnight", []),
        ({"pattern": r"\bno+n\b"}, [r"\bno+n\b"]),
        (["midnight", "stopped", "Friday"], ["stopped", "Friday"]),
    ],
)
def test_forbidden_words_are_searched_in_text_and_short_form(
    must_not_say: object, forbidden: list[str]
) -> None:
    """Words are found in any case, patterns as they are written."""
    made, given = case(must_not_say=must_not_say), short("Friday")
    assert forbidden_words(made, given) == forbidden
    assert scores(given, made)[FigureName.MUST_NOT_SAY] == float(not forbidden)


def test_every_citation_of_every_claim_is_scored() -> None:
    """A citation that two claims share counts twice."""
    given = answer(NOON, ("At noon on Friday.", [cite("noon"), cite("Friday")]))
    made = scores(given, case(short="noon"))
    assert made[FigureName.CITATION_LENGTH] == [4, 4, 6]
    assert made[FigureName.CITATION_VALIDITY] == [1, 1, 1]


def test_forged_citation_is_not_valid() -> None:
    """Its text is not what the article says at its offsets."""
    forged = cite("noon").model_copy(update={"text": "dusk"})
    made = scores(answer(("At dusk.", [forged])), case(short="noon"))
    assert made[FigureName.CITATION_VALIDITY] == [0.0]


def test_entailment_asks_its_judge() -> None:
    """ALCE's recall and precision are measured with the judge that was passed."""
    entailment = Entailment(lambda _premise, _claim: True)
    made = score(case(short="noon"), answer(NOON), [entailment])
    assert made == {FigureName.ENTAILMENT_RECALL: 1.0, FigureName.ENTAILMENT_PRECISION: 1.0}


def test_entailment_does_not_apply_to_an_answer_without_claims() -> None:
    """ALCE leaves such answers out."""
    entailment = Entailment(lambda _premise, _claim: True)
    assert score(case(short="noon"), ABSTENTION, [entailment]) == {}


def test_failure_scores_0_in_everything_that_is_expected() -> None:
    """A case that failed is wrong, and is not an abstention."""
    made = case(short="noon", spans="noon", evidence=1, must_cite=1, must_not_say="x")
    failed = score_failure(made, EVALUATORS)
    assert set(failed.values()) == {0.0}
    assert failed.keys() == {
        FigureName.EXACT,
        FigureName.F1,
        FigureName.HAS_ANSWER_EXACT,
        FigureName.HAS_ANSWER_F1,
        FigureName.RIGHT_STATUS,
        FigureName.CITATION_HIT,
        FigureName.EVIDENCE_PRECISION,
        FigureName.EVIDENCE_RECALL,
        FigureName.EVIDENCE_F1,
        FigureName.MUST_CITE,
        FigureName.MUST_NOT_SAY,
    }


def test_failure_scores_0_where_an_abstention_would_be_right() -> None:
    """It counts in the recall of abstentions, and not in their precision."""
    failed = score_failure(case(status="not_in_article"), EVALUATORS)
    assert failed == {
        FigureName.EXACT: 0.0,
        FigureName.F1: 0.0,
        FigureName.NO_ANSWER_EXACT: 0.0,
        FigureName.RIGHT_STATUS: 0.0,
        FigureName.ABSTENTION_RECALL: 0.0,
    }


class Words:
    """Counts the words of an answer, and its exclamation marks."""

    measures: Mapping[str, Measure] = {
        "words": Measure(title="Words", summary="mean", unit="words", is_quality=False),
        "calm": Measure(title="Calm"),
    }

    def evaluate(self, case: Case, answer: Answer) -> Mapping[str, float | None]:
        """Score both."""
        return {"words": len(answer.text.split()), "calm": float("!" not in answer.text)}


class Undeclared(Words):
    """Gives a score that it does not declare."""

    measures: Mapping[str, Measure] = {"calm": Measure(title="Calm")}


def test_failure_scores_0_in_quality_measures_of_ones_own() -> None:
    """A measure that is not one of quality has no score for a failure."""
    assert score_failure(case(short="noon"), [Words()]) == {"calm": 0.0}


def test_score_must_be_declared_as_a_measure() -> None:
    """The error names the evaluator and the score."""
    with pytest.raises(ConfigurationError, match="Undeclared gives a score for 'words'"):
        score(case(short="noon"), answer(NOON), [Undeclared()])


def test_measures_have_different_names() -> None:
    """Two measures called the same cannot be told apart in a scorecard."""
    with pytest.raises(ConfigurationError, match="Two evaluators measure 'calm'"):
        measures_of([*EVALUATORS, Words(), Undeclared()])
