"""Running cases: how many at once, what a failure is, and what ends it all."""

from __future__ import annotations

import asyncio
import json
import sys

import pytest

from newsqa import NewsQA, Settings
from newsqa.errors import ConfigurationError, ModelUnavailableError, RecordingError
from newsqa.evals import Case, Expected, FigureName, Result, Scorecard, aevaluate, evaluate
from newsqa.evals.cases import digest_of
from newsqa.models import Completion
from newsqa.testing import ScriptedModel
from newsqa.usage import Usage
from tests.evals.answering import ARTICLE

SPENT = Usage(calls=1, input_tokens=50, output_tokens=5)


def case(name: str, **expected: object) -> Case:
    """A case about the cranes."""
    return Case(
        id=name,
        article=ARTICLE,
        question="When did the cranes stop?",
        expected=Expected.model_validate(expected or {"short": "noon"}),
        tags=("even" if len(name) % 2 == 0 else "odd",),
    )


def says(words: str) -> Completion:
    """A model's answer in these words of the first sentence."""
    claims = [{"evidence": [{"sentence": 1, "quote": words}], "text": f"It was {words}."}]
    draft = {"claims": claims, "short": words, "status": "answered"}
    return Completion(json.dumps(draft), "scripted-1", SPENT)


def asking(*script: Completion | Exception) -> NewsQA:
    """A NewsQA whose model says ``script``."""
    return NewsQA(Settings(), model=ScriptedModel(*script))


def test_a_scorecard_holds_figures_and_results() -> None:
    """In the order of the cases, in all and by tag."""
    cases = [case("a"), case("bb"), case("c")]
    card = evaluate(cases, asking(says("noon"), says("Friday"), says("noon")), concurrency=1)
    assert [result.id for result in card.results] == ["a", "bb", "c"]
    assert [result.exact for result in card.results] == [1.0, 0.0, 1.0]
    assert card.figures[FigureName.EXACT].value == pytest.approx(2 / 3)
    assert {tag: figures[FigureName.EXACT].value for tag, figures in card.by_tag.items()} == {
        "odd": 1.0,
        "even": 0.0,
    }


def test_a_scorecard_says_what_it_is_of() -> None:
    """The cases, the model, the prompt and what was spent."""
    card = evaluate([case("a"), case("b")], asking(says("noon"), says("noon")))
    assert card.cases_sha256 == digest_of([case("a"), case("b")])
    assert card.model == "scripted"
    assert card.prompt is not None
    assert card.prompt.name == "answer"
    assert card.usage == SPENT + SPENT


def test_a_scorecard_comes_back_from_json() -> None:
    """With everything."""
    card = evaluate([case("a"), case("b")], asking(says("noon"), says("Friday")))
    assert Scorecard.model_validate_json(card.model_dump_json()) == card


def test_a_case_that_fails_is_a_result_and_wrong() -> None:
    """With the error and what it cost; the others go on."""
    gone = ModelUnavailableError("The server is gone.", usage=SPENT)
    card = evaluate([case("a"), case("b")], asking(gone, says("noon")), concurrency=1)
    failed, answered = card.results
    assert failed.error == "ModelUnavailableError: The server is gone."
    assert (failed.exact, failed.usage, failed.status) == (0.0, SPENT, None)
    assert answered.exact == 1.0


@pytest.mark.parametrize("error", [ConfigurationError("No."), RecordingError("No recording.")])
def test_what_would_fail_them_all_ends_the_evaluation(error: Exception) -> None:
    """A figure over it would mean nothing."""
    with pytest.raises(type(error), match=str(error)):
        evaluate([case("a"), case("b")], asking(error, error))


def test_each_result_is_told_as_it_comes() -> None:
    """For a progress bar or a journal."""
    seen: list[Result] = []
    card = evaluate(
        [case("a"), case("b")], asking(says("noon"), says("noon")), on_result=seen.append
    )
    assert sorted(seen, key=lambda result: result.id) == list(card.results)


class Crowd(ScriptedModel):
    """A model that counts how many ask it at once."""

    under_way = most = 0

    async def complete(self, *_: object) -> Completion:  # type: ignore[override]
        """Noon, after others had their turn."""
        self.under_way += 1
        self.most = max(self.most, self.under_way)
        for _turn in range(5):
            await asyncio.sleep(0)
        self.under_way -= 1
        return says("noon")


@pytest.mark.parametrize(("concurrency", "most"), [(1, 1), (3, 3)])
def test_no_more_are_under_way_than_was_said(concurrency: int, most: int) -> None:
    """However many cases there are."""
    crowd = Crowd()
    cases = [case(str(number)) for number in range(10)]
    evaluate(cases, NewsQA(Settings(), model=crowd), concurrency=concurrency)
    assert crowd.most == most


def test_what_is_not_installed_is_found_before_a_model_is_asked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It would be paid for in vain."""
    monkeypatch.setitem(sys.modules, "scipy.stats", None)
    model = ScriptedModel(says("noon"))
    with pytest.raises(ConfigurationError, match="scipy"):
        evaluate([case("a")], NewsQA(Settings(), model=model))
    assert model.requests == []


def test_none_at_once_is_a_mistake() -> None:
    """It would wait for ever."""
    with pytest.raises(ConfigurationError, match="concurrency"):
        evaluate([case("a")], asking(says("noon")), concurrency=0)


def test_async_code_awaits_it() -> None:
    """In its own event loop."""
    card = asyncio.run(aevaluate([case("a")], asking(says("noon"))))
    assert card.results[0].exact == 1.0


def test_a_judge_gives_alce_s_figures() -> None:
    """Called with a premise out of the article, and the claim."""
    asked: list[tuple[str, str]] = []

    def judge(premise: str, claim: str) -> bool:
        asked.append((premise, claim))
        return True

    card = evaluate([case("a")], asking(says("noon")), judge=judge)
    assert card.figures[FigureName.ENTAILMENT_RECALL].value == 1.0
    assert asked == [("The cranes stopped at noon on Friday.", "It was noon.")]


def test_the_embedded_reader_is_named() -> None:
    """It has no model and no prompt."""
    card = evaluate([case("a")], NewsQA(Settings(model="newsqa-extractive")))
    assert (card.model, card.prompt) == ("newsqa-extractive", None)
