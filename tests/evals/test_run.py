"""Running an evaluation: concurrency, failures, and evaluators of one's own."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Mapping

import pytest

from newsqa import Answer, NewsQA, Settings
from newsqa.article.reference import ArticleReference
from newsqa.errors import ConfigurationError, ModelUnavailableError, RecordingError
from newsqa.evals import (
    Case,
    Entailment,
    Expected,
    FigureName,
    Measure,
    Result,
    Scorecard,
    aevaluate,
    evaluate,
)
from newsqa.evals.cases import digest_of
from newsqa.models import Completion
from newsqa.testing import ScriptedModel
from newsqa.usage import Usage
from tests.evals.answering import ARTICLE

SPENT = Usage(calls=1, input_tokens=50, output_tokens=5)


def case(name: str, **expected: object) -> Case:
    """Return a case about the cranes."""
    return Case(
        id=name,
        article=ARTICLE,
        question="When did the cranes stop?",
        expected=Expected.model_validate(expected or {"short": "noon"}),
        tags=("even" if len(name) % 2 == 0 else "odd",),
    )


def says(words: str) -> Completion:
    """Return a model's answer that quotes these words of the first sentence."""
    claims = [{"evidence": [{"sentence": 1, "quote": words}], "text": f"It was {words}."}]
    draft = {"claims": claims, "short": words, "status": "answered"}
    return Completion(json.dumps(draft), "scripted-1", SPENT)


def asking(*script: Completion | Exception) -> NewsQA:
    """Return a NewsQA whose model gives the completions of ``script``."""
    return NewsQA(Settings(), model=ScriptedModel(*script))


def test_scorecard_holds_results_in_order_and_figures_by_tag() -> None:
    """Results are in the order of the cases, figures over all and by tag."""
    cases = [case("a"), case("bb"), case("c")]
    card = evaluate(cases, asking(says("noon"), says("Friday"), says("noon")), concurrency=1)
    assert [result.id for result in card.results] == ["a", "bb", "c"]
    assert [result.scores[FigureName.EXACT] for result in card.results] == [1.0, 0.0, 1.0]
    assert card.figures[FigureName.EXACT].value == pytest.approx(2 / 3)
    assert {tag: figures[FigureName.EXACT].value for tag, figures in card.by_tag.items()} == {
        "odd": 1.0,
        "even": 0.0,
    }


def test_each_result_says_what_was_asked_of_which_article() -> None:
    """A failed one, too, so that a scorecard becomes a table by itself."""
    card = evaluate([case("a"), case("bb")], asking(says("noon"), ModelUnavailableError("gone")))
    for result in card.results:
        assert result.question == "When did the cranes stop?"
        assert result.article == ArticleReference.of(ARTICLE)
        assert result.asked_at is not None


def test_scorecard_names_cases_model_prompt_and_cost() -> None:
    """Everything that its figures depend on is in the scorecard."""
    card = evaluate([case("a"), case("b")], asking(says("noon"), says("noon")))
    assert card.cases_sha256 == digest_of([case("a"), case("b")])
    assert card.model == "scripted"
    assert card.prompt is not None
    assert card.prompt.name == "answer"
    assert card.usage == SPENT + SPENT


def test_scorecard_round_trips_through_json() -> None:
    """Reading the JSON gives an equal scorecard."""
    card = evaluate([case("a"), case("b")], asking(says("noon"), says("Friday")))
    assert Scorecard.model_validate_json(card.model_dump_json()) == card


def test_failed_case_counts_as_wrong() -> None:
    """Its result has the error and its cost, and the other cases are still asked."""
    gone = ModelUnavailableError("The server is gone.", usage=SPENT)
    card = evaluate([case("a"), case("b")], asking(gone, says("noon")), concurrency=1)
    failed, answered = card.results
    assert failed.error == "ModelUnavailableError: The server is gone."
    assert (failed.scores[FigureName.EXACT], failed.usage, failed.status) == (0.0, SPENT, None)
    assert answered.scores[FigureName.EXACT] == 1.0


@pytest.mark.parametrize("error", [ConfigurationError("No."), RecordingError("No recording.")])
def test_configuration_error_ends_the_evaluation(error: Exception) -> None:
    """It would make every case fail, and the figures meaningless."""
    with pytest.raises(type(error), match=str(error)):
        evaluate([case("a"), case("b")], asking(error, error))


def test_on_result_is_called_with_each_result() -> None:
    """A progress bar and the journal depend on it."""
    seen: list[Result] = []
    card = evaluate(
        [case("a"), case("b")], asking(says("noon"), says("noon")), on_result=seen.append
    )
    assert sorted(seen, key=lambda result: result.id) == list(card.results)


class Crowd(ScriptedModel):
    """A model that counts how many calls are under way at once."""

    under_way = most = 0

    async def complete(self, *_: object) -> Completion:
        """Answer after other tasks had their turn."""
        self.under_way += 1
        self.most = max(self.most, self.under_way)
        for _turn in range(5):
            await asyncio.sleep(0)
        self.under_way -= 1
        return says("noon")


@pytest.mark.parametrize(("concurrency", "most"), [(1, 1), (3, 3)])
def test_concurrency_limits_cases_under_way(concurrency: int, most: int) -> None:
    """Ten cases never exceed the limit."""
    crowd = Crowd()
    cases = [case(str(number)) for number in range(10)]
    evaluate(cases, NewsQA(Settings(), model=crowd), concurrency=concurrency)
    assert crowd.most == most


def test_missing_extra_is_reported_before_a_model_is_asked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """No completion is paid for in vain."""
    monkeypatch.setitem(sys.modules, "scipy.stats", None)
    model = ScriptedModel(says("noon"))
    with pytest.raises(ConfigurationError, match="scipy"):
        evaluate([case("a")], NewsQA(Settings(), model=model))
    assert model.requests == []


def test_concurrency_must_be_positive() -> None:
    """Zero would wait for ever."""
    with pytest.raises(ConfigurationError, match="concurrency"):
        evaluate([case("a")], asking(says("noon")), concurrency=0)


def test_aevaluate_runs_in_the_callers_event_loop() -> None:
    """Async code awaits it."""
    card = asyncio.run(aevaluate([case("a")], asking(says("noon"))))
    assert card.results[0].scores[FigureName.EXACT] == 1.0


def test_entailment_judge_gets_cited_sentences_and_claim() -> None:
    """ALCE's figures are measured with a judge that is passed as an evaluator."""
    asked: list[tuple[str, str]] = []

    def judge(premise: str, claim: str) -> bool:
        asked.append((premise, claim))
        return True

    card = evaluate([case("a")], asking(says("noon")), evaluators=[Entailment(judge)])
    assert card.figures[FigureName.ENTAILMENT_RECALL].value == 1.0
    assert asked == [("The cranes stopped at noon on Friday.", "It was noon.")]


class Words:
    """Counts the words of an answer's text."""

    measures: Mapping[str, Measure] = {
        "words": Measure(title="Words", summary="median", unit="words", is_quality=False)
    }

    def evaluate(self, case: Case, answer: Answer) -> Mapping[str, float | None]:
        """Count them."""
        return {"words": len(answer.text.split())}


def test_own_evaluator_adds_its_figure_to_the_scorecard() -> None:
    """The figure comes in all and by tag, with its title and unit, after the built-in ones."""
    cases = [case("a"), case("bb")]
    card = evaluate(cases, asking(says("noon"), says("noon")), evaluators=[Words()])
    assert card.figures["words"].value == 3
    assert {tag: figures["words"].value for tag, figures in card.by_tag.items()} == {
        "odd": 3,
        "even": 3,
    }
    assert card.measures["words"].title == "Words"
    assert Scorecard.model_validate_json(card.model_dump_json()) == card


def test_own_evaluator_with_a_taken_name_is_reported_before_a_model_is_asked() -> None:
    """Two measures of one name raise at once."""
    model = ScriptedModel(says("noon"))
    with pytest.raises(ConfigurationError, match="Two evaluators measure 'words'"):
        evaluate([case("a")], NewsQA(Settings(), model=model), evaluators=[Words(), Words()])
    assert model.requests == []


def test_scorecard_names_the_embedded_reader() -> None:
    """It has neither a model nor a prompt."""
    card = evaluate([case("a")], NewsQA(Settings(model="newsqa-extractive")))
    assert (card.model, card.prompt) == ("newsqa-extractive", None)
