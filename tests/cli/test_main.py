"""The program: version, help, terminals and pipes."""

from __future__ import annotations

import os
import re
import subprocess
import sys

import pytest

from newsqa import cli
from newsqa.cli import options
from tests.cli.conftest import QUESTION, Shell


def test_version_is_printed(shell: Shell) -> None:
    """--version prints the name and the version."""
    code, out, _ = shell.run("--version")
    assert code == 0
    assert re.fullmatch(r"newsqa \d+\.\d+\.\d+\S*\n", out)


def test_no_arguments_show_the_help(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    """Plain ``newsqa`` is ``newsqa --help``."""
    monkeypatch.setattr(sys, "argv", ["newsqa"])
    assert cli.main() == 0


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ([], ["ask", "verify", "Exit codes:", "newsqa ask article.txt"]),
        (["ask"], ["OPENAI_API_KEY", "OPENAI_BASE_URL", "NEWSQA_<NAME>", "NO_COLOR", "130"]),
    ],
)
def test_help_lists_environment_and_exit_codes(
    shell: Shell, monkeypatch: pytest.MonkeyPatch, command: list[str], words: list[str]
) -> None:
    """Help is complete, plain when piped, and no wider than 80 columns."""
    monkeypatch.setenv("COLUMNS", "80")
    code, out, _ = shell.run(*command, "--help")
    assert code == 0
    assert "\x1b" not in out
    assert not [word for word in words if word not in out]
    assert all(len(line) <= 80 for line in out.splitlines())


def program(*arguments: str) -> list[str]:
    """Return the command line that runs newsqa in its own process."""
    return [sys.executable, "-c", "import sys, newsqa.cli; sys.exit(newsqa.cli.main())", *arguments]


@pytest.fixture
def colourful(monkeypatch: pytest.MonkeyPatch) -> None:
    """Set an environment whose terminals have colours."""
    monkeypatch.setenv("TERM", "xterm-256color")
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
@pytest.mark.usefixtures("colourful")
def test_program_highlights_on_a_terminal(article: str) -> None:
    """On a real terminal the embedded reader's citation is highlighted."""
    ours, theirs = os.openpty()
    done = subprocess.run(  # noqa: S603  # our own interpreter
        program("ask", "--model", "newsqa-extractive", article, QUESTION), stdout=theirs, check=True
    )
    os.close(theirs)
    with open(ours, "rb", buffering=0) as screen:  # noqa: PTH123  # a descriptor has no path
        shown = screen.read(4_096).decode()
    assert done.returncode == 0
    assert re.search(r"\x1b\[1;32m[^\x1b]*16 May", shown)
    assert "**" not in shown


@pytest.mark.usefixtures("colourful")
def test_program_pipes_plain_text_and_one_note(article: str) -> None:
    """A pipe gets no escape codes, and standard error the note that no model is set up."""
    done = subprocess.run(  # noqa: S603  # our own interpreter
        program("ask", article, QUESTION), capture_output=True, check=True, encoding="utf-8"
    )
    assert re.search(r"\*\*[^*]*16 May", done.stdout)
    assert "\x1b" not in done.stdout + done.stderr
    assert done.stderr == f"note: {options.NO_MODEL}\n"


@pytest.mark.parametrize("arguments", [["--help"], ["ask", "--json", "ARTICLE", QUESTION]])
def test_program_ends_quietly_when_nobody_reads(article: str, arguments: list[str]) -> None:
    """A pipe that the reader closes, as ``head`` does, is not reported as an error."""
    given = [article if argument == "ARTICLE" else argument for argument in arguments]
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(  # noqa: S603  # our own interpreter
        program(*given), stdout=writing, stderr=subprocess.PIPE, check=False, encoding="utf-8"
    )
    os.close(writing)
    assert done.returncode == 1
    assert done.stderr.replace(f"note: {options.NO_MODEL}\n", "") == ""


def test_import_of_newsqa_loads_no_terminal_library() -> None:
    """Importing newsqa does not import typer or rich."""
    loaded = "import sys, newsqa.api; print({'typer', 'rich', 'newsqa.output.terminal'} & set(sys.modules))"
    done = subprocess.run(  # noqa: S603  # our own interpreter
        [sys.executable, "-c", loaded], capture_output=True, text=True, check=True
    )
    assert done.stdout == "set()\n"


@pytest.mark.parametrize("command", [[], ["ask"], ["verify"], ["eval"]])
def test_short_option_prints_the_help(shell: Shell, command: list[str]) -> None:
    """``-h`` is ``--help``, for every command."""
    short, long = (shell.run(*command, option) for option in ("-h", "--help"))
    assert short == long
    assert short[0] == 0
