"""The journal: an evaluation that was interrupted goes on where it was."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsqa import CheckPolicy, NewsQA, Settings
from newsqa.evals.journal import Journal
from newsqa.testing import ScriptedModel
from tests.evals.results import result
from tests.evals.test_run import case

CASES = [case("a"), case("b")]


def asking(**changed: str) -> NewsQA:
    """A NewsQA with a model that is never asked."""
    return NewsQA(Settings(), model=ScriptedModel(**changed))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the journal lies, with one result in it."""
    path = tmp_path / "made" / "out.json.journal"
    Journal(path, CASES, asking()).add(result("a"))
    return path


def test_results_of_the_same_evaluation_are_there(path: Path) -> None:
    """To the letter."""
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
def test_those_of_another_evaluation_are_written_over(
    path: Path, cases: list[object], qa: NewsQA
) -> None:
    """Other cases, another model, other settings: and that is told."""
    journal = Journal(path, cases, qa)  # type: ignore[arg-type]
    assert (journal.done, journal.replaced) == ({}, True)
    assert len(path.read_text(encoding="utf-8").splitlines()) == 1


def test_another_prompt_is_another_evaluation(path: Path, tmp_path: Path) -> None:
    """Its words shape every answer."""
    prompt = tmp_path / "short.md"
    prompt.write_text("# system\nBe short.\n# user\n$passage $selection $question\n")
    qa = NewsQA(Settings(prompt=prompt), model=ScriptedModel())
    assert Journal(path, CASES, qa).replaced


def test_a_new_journal_replaces_nothing(tmp_path: Path) -> None:
    """There is nothing to tell."""
    assert not Journal(tmp_path / "j", CASES, asking()).replaced


def test_a_line_that_was_cut_short_is_passed_over(path: Path) -> None:
    """The case is asked again, and the file is whole again."""
    with path.open("a", encoding="utf-8") as file:
        file.write(result("b").model_dump_json()[:40])
    assert set(Journal(path, CASES, asking()).done) == {"a"}
    Journal(path, CASES, asking()).add(result("b"))
    assert set(Journal(path, CASES, asking()).done) == {"a", "b"}


def test_strange_line_ends_in_an_answer_end_no_line(path: Path) -> None:
    """JSON leaves them as they are."""
    strange = result("b", prediction="a\u2028b\x85c")
    Journal(path, CASES, asking()).add(strange)
    assert Journal(path, CASES, asking()).done["b"] == strange


def test_failures_are_tried_again(path: Path) -> None:
    """The server may be there by now."""
    Journal(path, CASES, asking()).add(result("b", error="ModelUnavailableError: gone"))
    assert set(Journal(path, CASES, asking()).done) == {"a"}
