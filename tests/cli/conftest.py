"""A shell that runs the command line in this process, with a scripted model."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from newsqa import cli
from newsqa.api import NewsQA
from newsqa.cli import options
from newsqa.settings import Settings
from newsqa.testing import ScriptedModel

TEXT = (
    "Ferry crews will strike on 16 May, and again on 2 June. "
    "The union has \tnot said how long each strike lasts. [bold]Nobody[/bold] was hurt."
)
QUESTION = "When is the strike?"


def draft(
    *claims: tuple[str, Sequence[tuple[int, str]]], short: str = "", status: str = "answered"
) -> str:
    """Return a model's draft: claims, each with sentences and quotes."""
    said = [
        {"evidence": [{"sentence": n, "quote": quote} for n, quote in evidence], "text": text}
        for text, evidence in claims
    ]
    return json.dumps({"claims": said, "short": short, "status": status})


DATES = draft(
    ("The first strike is on 16 May.", [(1, "16 May")]),
    ("The second is on 2 June.", [(1, "2 June")]),
    short="16 May; 2 June",
)
NOTHING = draft(status="not_in_article")
INVENTED = draft(("It lasts a week.", [(2, "lasts a week")]), status="answered")


class Shell:
    """Runs the command line in this process with a scripted model."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self._monkeypatch = monkeypatch
        self._capsys = capsys
        self.settings: list[Settings] = []

    def answers(self, *script: str | Exception) -> None:
        """Let the model give the completions of ``script``."""
        model = ScriptedModel(*script)

        def scripted(settings: Settings) -> NewsQA:
            self.settings.append(settings)
            return NewsQA(settings, model=model)

        self._monkeypatch.setattr(options, "NewsQA", scripted)

    def types(self, data: str | bytes) -> None:
        """Put ``data`` on standard input."""
        raw = data.encode() if isinstance(data, str) else data
        self._monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw)))

    def run(self, *arguments: str) -> tuple[int, str, str]:
        """Return the exit code, standard output and standard error."""
        code = cli.main(arguments)
        return code, *self._capsys.readouterr()


@pytest.fixture
def shell(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Shell:
    """Return a shell whose model knows the dates of the strike."""
    monkeypatch.delenv("FORCE_COLOR", raising=False)
    shell = Shell(monkeypatch, capsys)
    shell.answers(DATES)
    return shell


@pytest.fixture
def article(tmp_path: Path) -> str:
    """Return the path of an article."""
    path = tmp_path / "article.txt"
    path.write_bytes(TEXT.encode())
    return str(path)
