"""What the README says is true."""

from __future__ import annotations

import re
import shlex

import pytest

import newsqa.errors
from newsqa import Settings
from newsqa.cli import main
from tests.conftest import ROOT
from tests.documents import README


def test_the_first_two_commands_are_one_line_each() -> None:
    """A newcomer pastes one line for an answer, and one for the tests."""
    first, second, *_ = README.blocks("sh")
    assert first.count("\n") == second.count("\n") == 1
    assert "newsqa ask examples/" in first
    assert "pytest" in second


def test_sessions_run_as_printed() -> None:
    """Every interactive example gives what stands below it."""
    assert README.sessions
    assert README.run_sessions().failed == 0


@pytest.mark.parametrize("block", README.fragments)
def test_other_examples_compile(block: str) -> None:
    """Examples that need a model are Python at least."""
    compile(block, "README.md", "exec")


def test_every_setting_is_explained() -> None:
    """The table of settings leaves none out."""
    explained = set(re.findall(r"`(\w+)`", README.text))
    assert set(Settings.model_fields) - explained == set()


def test_the_error_tree_is_the_one_in_the_code() -> None:
    """Each line of the README's tree stands in the docstring of the module."""
    tree = next(block for block in README.blocks("") if "ModelRefusedError" in block)
    names = re.findall(r"\w+Error", tree)
    assert names == re.findall(r"\w+Error", newsqa.errors.__doc__.partition("``")[0])


def test_the_first_answer_is_the_one_shown(capsys: pytest.CaptureFixture[str]) -> None:
    """What a newcomer pastes prints what stands below it."""
    command = shlex.split(README.blocks("sh")[0].partition(".venv/bin/newsqa ")[2])
    _, article, question = command
    assert main(["ask", str(ROOT / article), question, "--model", "newsqa-extractive"]) == 0
    assert capsys.readouterr().out == README.blocks("console")[0]
