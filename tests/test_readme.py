"""The README is short, and what it says is true."""

from __future__ import annotations

import shlex

import pytest

from newsqa.cli import main
from tests.conftest import ROOT
from tests.documents import README

MAX_LINES = 120
MAX_COMMAND_COLUMNS = 100
"""A code block on a repository's front page shows about as many columns without scrolling."""


def test_the_first_two_commands_are_one_short_line_each() -> None:
    """A newcomer pastes one line for an answer, and one for the tests."""
    first, second, *_ = README.blocks("sh")
    assert first.count("\n") == second.count("\n") == 1
    assert max(len(first), len(second)) <= MAX_COMMAND_COLUMNS
    assert "newsqa ask examples/" in first
    assert "pytest" in second


def test_the_readme_fits_one_screen_or_two() -> None:
    """Everything else is in the documentation."""
    assert README.text.count("\n") <= MAX_LINES


def test_sessions_run_as_printed() -> None:
    """Every interactive example prints what follows it."""
    assert README.sessions
    assert README.run_sessions().failed == 0


@pytest.mark.parametrize("block", README.fragments)
def test_other_examples_compile(block: str) -> None:
    """Examples that need a model are at least Python."""
    compile(block, "README.md", "exec")


def test_the_first_answer_is_the_one_shown(capsys: pytest.CaptureFixture[str]) -> None:
    """What a newcomer pastes prints what follows it."""
    command = shlex.split(README.blocks("sh")[0].partition("&& newsqa ")[2])
    _, article, question = command
    assert main(["ask", str(ROOT / article), question, "--model", "newsqa-extractive"]) == 0
    assert capsys.readouterr().out == README.blocks("console")[0]
