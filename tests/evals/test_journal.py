"""The journal, with which an interrupted evaluation continues."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from newsqa import CheckPolicy, NewsQA, Settings
from newsqa.errors import CaseError
from newsqa.evals.results import Journal, locked
from newsqa.testing import ScriptedModel
from tests.evals.results import result
from tests.evals.test_run import Words, case

CASES = [case("a"), case("b")]


def asking(**changed: Any) -> NewsQA:
    """Return a NewsQA with a model that is never asked."""
    return NewsQA(Settings(), model=ScriptedModel(**changed))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return the path of a journal with one result."""
    path = tmp_path / "made" / "out.json.journal"
    Journal(path, CASES, asking()).add(result("a"))
    return path


def test_results_of_the_same_evaluation_are_kept(path: Path) -> None:
    """Opening the journal again gives the results in it."""
    journal = Journal(path, CASES, asking())
    assert journal.done == {"a": result("a")}
    assert not journal.replaced


@pytest.mark.parametrize(
    ("cases", "qa"),
    [
        (CASES[:1], asking()),
        (CASES, asking(name="other")),
        (CASES, asking(fingerprint="other")),
        (CASES, NewsQA(Settings(strict=True), model=ScriptedModel())),
        (CASES, NewsQA(Settings(checks=CheckPolicy(names="off")), model=ScriptedModel())),
        (CASES, NewsQA(Settings(loosest_match="exact"), model=ScriptedModel())),
        (CASES, NewsQA(Settings(verify="model"), model=ScriptedModel())),
        (CASES, NewsQA(Settings(model="newsqa-extractive"))),
    ],
)
def test_results_of_another_evaluation_are_overwritten(
    path: Path, cases: list[object], qa: NewsQA
) -> None:
    """Different cases, model or settings replace the journal."""
    journal = Journal(path, cases, qa)  # type: ignore[arg-type]
    assert (journal.done, journal.replaced) == ({}, True)
    assert len(path.read_text(encoding="utf-8").splitlines()) == 1


def test_another_prompt_replaces_the_journal(path: Path, tmp_path: Path) -> None:
    """The prompt shapes every answer."""
    prompt = tmp_path / "short.md"
    prompt.write_text("# system\nBe short.\n# user\n$passage $selection $question\n")
    qa = NewsQA(Settings(prompt=prompt), model=ScriptedModel())
    assert Journal(path, CASES, qa).replaced


def test_other_evaluators_replace_the_journal(path: Path) -> None:
    """Results in it lack the scores of an evaluator that was added."""
    assert Journal(path, CASES, asking(), [Words()]).replaced
    assert not Journal(path, CASES, asking(), [Words()]).replaced


def test_new_journal_replaces_nothing(tmp_path: Path) -> None:
    """``replaced`` is false if there was no file."""
    assert not Journal(tmp_path / "j", CASES, asking()).replaced


def test_incomplete_line_is_skipped(path: Path) -> None:
    """Its case is asked again, and the file is repaired."""
    with path.open("a", encoding="utf-8") as file:
        file.write(result("b").model_dump_json()[:40])
    assert set(Journal(path, CASES, asking()).done) == {"a"}
    Journal(path, CASES, asking()).add(result("b"))
    assert set(Journal(path, CASES, asking()).done) == {"a", "b"}


def test_unicode_line_ends_in_an_answer_do_not_split_a_line(path: Path) -> None:
    """JSON does not escape them."""
    strange = result("b", prediction="a\u2028b\x85c")
    Journal(path, CASES, asking()).add(strange)
    assert Journal(path, CASES, asking()).done["b"] == strange


def test_failures_are_retried(path: Path) -> None:
    """The server may be available again."""
    Journal(path, CASES, asking()).add(result("b", error="ModelUnavailableError: gone"))
    assert set(Journal(path, CASES, asking()).done) == {"a"}


def test_locked_file_cannot_be_locked_again(tmp_path: Path) -> None:
    """Until the first one is done."""
    path = tmp_path / "out.json.journal"
    with locked(path), pytest.raises(CaseError, match="Another run is writing to"), locked(path):
        pass
    with locked(path):
        assert path.exists()
