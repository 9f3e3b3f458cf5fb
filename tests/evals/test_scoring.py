"""An answer held against what its case expects."""

from __future__ import annotations

from typing import Any

import pytest

from newsqa.answers.answer import Answer
from newsqa.errors import GroundingError
from newsqa.evals.cases import Case
from newsqa.evals.expectations import Expected
from newsqa.evals.metrics.precision_recall import PrecisionRecall
from newsqa.evals.results import Result
from newsqa.evals.scoring import said_against, score_answer, score_failure
from newsqa.usage import Usage
from tests.evals.answering import ARTICLE, answer, cite

NOON = ("They stopped at noon.", [cite("noon")])
NOTHING = answer()


def case(language: str | None = None, **expected: Any) -> Case:
    """A case about the cranes."""
    return Case(
        id="cranes",
        article=ARTICLE,
        question="When did the cranes stop?",
        expected=Expected.model_validate(expected),
        language=language,
        tags=("port",),
    )


def scored(given: Answer, made: Case) -> Result:
    """The result of an answer that took no time."""
    return score_answer(made, given, seconds=0.0)


def short(words: str, *claims: Any, **changed: Any) -> Answer:
    """An answer with this short form."""
    return answer(*(claims or (NOON,))).model_copy(update={"short": words, **changed})


def test_the_short_answer_is_compared_with_every_gold_one() -> None:
    """The best one counts."""
    result = scored(short("noon on Friday"), case(short=["Friday", "at noon on Friday"]))
    assert result.exact == 0.0
    assert result.f1 == pytest.approx(6 / 7)
    assert result.prediction == "noon on Friday"


def test_other_languages_have_their_own_rules() -> None:
    """A German article is no word of an answer."""
    assert scored(short("der Freitag"), case("de", short="Freitag")).exact == 1.0
    assert scored(short("der Freitag"), case("en", short="Freitag")).exact == 0.0


def test_without_a_short_form_the_text_is_what_was_predicted() -> None:
    """Or an answer to what has none would pass for an abstention."""
    result = scored(answer(NOON), case(status="not_in_article"))
    assert (result.prediction, result.exact) == ("They stopped at noon.", 0.0)


def test_abstaining_is_right_where_there_is_no_answer() -> None:
    """And is the empty prediction."""
    result = scored(NOTHING, case(status="not_in_article"))
    assert (result.prediction, result.exact, result.f1) == ("", 1.0, 1.0)
    assert result.abstained
    assert result.right_status


def test_abstaining_is_wrong_where_there_is_one() -> None:
    """Also when the claims say what the article says instead."""
    instead = short("noon", status="not_in_article")
    result = scored(instead, case(short="noon"))
    assert (result.prediction, result.exact, result.right_status) == ("", 0.0, False)


def test_a_case_may_leave_open_whether_there_is_an_answer() -> None:
    """Then abstaining is right, and so is the answer, and neither is counted among abstentions."""
    made = case(status=["not_in_article", "answered"], short="noon")
    assert scored(NOTHING, made).exact == 1.0
    assert scored(short("noon"), made).exact == 1.0
    assert scored(short("Friday"), made).exact == 0.0
    assert scored(NOTHING, made).answerable is None


def test_what_is_not_expected_is_not_judged() -> None:
    """It would only be guessed."""
    result = scored(short("noon"), case(must_cite="noon"))
    judged = (result.exact, result.f1, result.hit, result.evidence, result.must_not_say)
    assert judged == (None, None, None, None, None)


def test_a_citation_that_touches_the_answer_is_a_hit() -> None:
    """Any of the places will do."""
    assert scored(answer(NOON), case(spans=["noon on Friday", "a week"])).hit is True
    assert scored(answer(NOON), case(spans="a week")).hit is False


def test_cited_sentences_are_held_against_the_evidence() -> None:
    """One of two, and one that proves nothing."""
    given = answer(NOON, ("Nobody was hurt.", [cite("Nobody")]))
    result = scored(given, case(evidence=["noon", "two days"]))
    assert result.evidence == PrecisionRecall.of(0.5, 0.5)


@pytest.mark.parametrize(
    ("must_cite", "held"),
    [
        ("noon", True),
        ("noon on", False),
        (1, True),
        (2, False),
        ({"start": 22, "end": 26}, True),
        (["noon", "two days"], False),
    ],
)
def test_each_place_must_be_held_by_a_citation(must_cite: object, held: bool) -> None:
    """A sentence by its number must only be touched."""
    assert scored(answer(NOON), case(must_cite=must_cite)).must_cite is held


@pytest.mark.parametrize(
    ("must_not_say", "against"),
    [
        ("NOON", ["NOON"]),
        ("midnight", []),
        ({"pattern": r"\bno+n\b"}, [r"\bno+n\b"]),
        (["midnight", "stopped", "Friday"], ["stopped", "Friday"]),
    ],
)
def test_what_must_not_be_said_is_found(must_not_say: object, against: list[str]) -> None:
    """In the text or the short form, words in any case and patterns as they are."""
    made, given = case(must_not_say=must_not_say), short("Friday")
    assert said_against(made, given) == against
    assert scored(given, made).must_not_say is not bool(against)


def test_citations_are_counted_and_measured() -> None:
    """Each claim's own, repeated ones too."""
    given = answer(NOON, ("At noon on Friday.", [cite("noon"), cite("Friday")]))
    result = scored(given, case(short="noon"))
    assert result.citation_lengths == (4, 4, 6)
    assert result.valid_citations == 3


def test_a_forged_citation_is_not_valid() -> None:
    """It says what the article does not say there."""
    forged = cite("noon").model_copy(update={"text": "dusk"})
    assert scored(answer(("At dusk.", [forged])), case(short="noon")).valid_citations == 0


def test_a_judge_gives_entailment() -> None:
    """Without one there is none."""
    result = score_answer(case(short="noon"), answer(NOON), seconds=0.0, judge=lambda _, __: True)
    assert result.entailment == PrecisionRecall.of(1.0, 1.0)
    assert scored(answer(NOON), case(short="noon")).entailment is None


def test_a_failure_is_wrong_in_all_that_is_expected() -> None:
    """And it is no abstention."""
    made = case(short="noon", spans="noon", evidence=1, must_cite=1, must_not_say="x")
    error = GroundingError("It fell.")
    result = score_failure(made, error, seconds=2.0, usage=Usage(calls=3))
    assert (result.exact, result.f1, result.hit, result.must_cite) == (0.0, 0.0, False, False)
    assert result.evidence == PrecisionRecall.of(0.0, 0.0)
    assert result.must_not_say is False
    assert not result.abstained
    assert result.error == "GroundingError: It fell."
    assert (result.seconds, result.usage.calls) == (2.0, 3)


def test_a_failure_is_wrong_where_abstaining_would_be_right() -> None:
    """It said nothing, and did not say that there is nothing."""
    failed = score_failure(
        case(status="not_in_article"), GroundingError("x"), seconds=0.0, usage=Usage()
    )
    assert (failed.exact, failed.right_status, failed.hit) == (0.0, False, None)


def test_a_result_comes_back_from_json() -> None:
    """With its answer."""
    result = scored(answer(NOON), case(short="noon", evidence=1))
    assert Result.model_validate_json(result.model_dump_json()) == result
