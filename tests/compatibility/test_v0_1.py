"""Files written by newsqa 0.1 are still read.

Everything in ``v0_1`` was written by the released code of 0.1, apart from ``article.json`` and
``cases.yaml``, which a user writes. Never regenerate these files with newer code.
"""

from __future__ import annotations

import asyncio
import shutil
from pathlib import Path

import pytest

from newsqa import Answer, Article, NewsQA, Settings
from newsqa.evals import FigureName, Scorecard, load_cases
from newsqa.evals.cases import digest_of
from newsqa.evals.floors import Floors
from newsqa.evals.results import Journal
from newsqa.evals.scorecards import figures_of
from newsqa.models import Message, OutputSchema
from newsqa.models.cached import CachedModel
from newsqa.models.recorded import ReplayModel
from newsqa.testing import ScriptedModel

FILES = Path(__file__).parent / "v0_1"
ARTICLE = Article.from_file(FILES / "article.json")
MESSAGES = (Message("system", "Answer in JSON."), Message("user", "When did the bridge close?"))
SCHEMA = OutputSchema("draft", {"type": "object"})


def stored_answer(name: str) -> Answer:
    """Return an answer that 0.1 stored, after its spans are verified again."""
    answer = Answer.model_validate_json((FILES / name).read_bytes())
    answer.verify(ARTICLE)
    return answer


def test_an_answer_with_rejections_and_findings_loads() -> None:
    """Its rejection reasons are read under their present names."""
    answer = stored_answer("answer-with-rejections.json")
    reasons = [rejection.reason for rejection in answer.rejected]
    assert reasons == ["check_failed", "quote_not_found", "no_evidence"]
    assert [finding.words for claim in answer.claims for finding in claim.findings] == ["Smith"]


def test_an_answer_with_a_second_opinion_loads() -> None:
    """So does the rejection of the claim that the second opinion refused."""
    answer = stored_answer("answer-with-second-opinion.json")
    assert [rejection.reason for rejection in answer.rejected] == ["opinion_failed"]
    assert [c.opinion.verdict for c in answer.claims if c.opinion] == ["supported", "partly"]


@pytest.mark.parametrize("name", ["answer-with-rejections.json", "answer-with-second-opinion.json"])
def test_an_answer_of_0_1_survives_being_stored_again(name: str) -> None:
    """What is written now is read as the same answer."""
    answer = stored_answer(name)
    assert answer == Answer.model_validate_json(answer.model_dump_json())


def test_a_cache_answers_without_calling_the_model(tmp_path: Path) -> None:
    """The scripted model has nothing to give, so that a call would fail."""
    cache = shutil.copy(FILES / "cache.sqlite", tmp_path)

    async def complete() -> str:
        model = CachedModel(ScriptedModel(name="scripted"), cache)
        completion = await model.complete(MESSAGES, SCHEMA)
        await model.aclose()
        return completion.text

    assert "The bridge closed on Friday." in asyncio.run(complete())


def test_a_recording_is_replayed() -> None:
    """The folder of recordings answers in the model's place."""
    completion = asyncio.run(ReplayModel(FILES / "recordings").complete(MESSAGES, SCHEMA))
    assert "The bridge closed on Friday." in completion.text
    assert completion.model == "scripted"


def test_cases_have_the_same_digest_as_in_0_1() -> None:
    """Otherwise the scorecards and floors of 0.1 would belong to other cases."""
    cases = load_cases(FILES / "cases.yaml").cases
    assert [case.id for case in cases] == ["closed", "ferry", "either"]
    assert Floors.read(FILES / "floors.json").cases_sha256 == digest_of(cases)


def test_a_scorecard_meets_the_floors_that_were_made_of_it() -> None:
    """Both files are read, and no figure has changed its name."""
    scorecard = Scorecard.read(FILES / "scorecard.json")
    assert Floors.read(FILES / "floors.json").missed(scorecard) == []


def test_results_of_a_scorecard_give_its_figures_again() -> None:
    """The scores that 0.1 kept in fields of their own are all read."""
    scorecard = Scorecard.read(FILES / "scorecard.json")
    assert figures_of(scorecard.results) == scorecard.figures


def test_results_of_a_journal_are_read(tmp_path: Path) -> None:
    """Its first line is renewed, because it also names the version of newsqa and the settings."""
    cases, qa = load_cases(FILES / "cases.yaml").cases, NewsQA(Settings(model="newsqa-extractive"))
    path = tmp_path / "journal.jsonl"
    Journal(path, cases, qa)
    results = (FILES / "journal.jsonl").read_text(encoding="utf-8").split("\n")[1:]
    path.write_text(path.read_text(encoding="utf-8") + "\n".join(results), encoding="utf-8")
    journal = Journal(path, cases, qa)
    assert list(journal.done) == ["closed", "ferry", "either"]
    assert journal.done["closed"].scores[FigureName.EXACT] == 1.0
