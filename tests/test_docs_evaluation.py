"""The commands, sessions and tables of docs/evaluation.md."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest

from newsqa.answers.draft import Draft
from newsqa.api import NewsQA
from newsqa.cli import main, options
from newsqa.evals import FORMATS
from newsqa.evals.cases import Expected
from newsqa.models import Completion
from newsqa.settings import Settings
from newsqa.testing import ScriptedModel
from newsqa.usage import Usage
from tests.conftest import EXAMPLES
from tests.documents import Document

PAGE = Document("docs/evaluation.md")
NOTHING = Draft(claims=(), short="", status="not_in_article").model_dump_json()


COMMANDS = [
    line for block in PAGE.blocks("sh") for line in block.splitlines() if "newsqa eval" in line
]


class Silent(ScriptedModel):
    """A model that abstains on every question."""

    async def complete(self, *_: object) -> Completion:
        """Abstain."""
        return Completion(NOTHING, self.name, Usage(calls=1))


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Change to a folder with the examples and the cases of the page."""
    shutil.copytree(EXAMPLES, tmp_path / "examples")
    (tmp_path / "cases.yaml").write_text(PAGE.blocks("yaml")[0], encoding="utf-8")
    (tmp_path / "prompts").mkdir()
    for name in ("prompts/answer.md", "new.md"):
        text = f"# system\n{name}\n# user\n$passage $selection $question\n"
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def asked(settings: Settings) -> NewsQA:
    """Return a NewsQA that asks no server."""
    is_asking = settings.model != "newsqa-extractive" and not settings.replay
    return NewsQA(settings, model=Silent(name=settings.model or "") if is_asking else None)


def test_commands_of_the_page_run_in_order(
    checkout: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Somebody who follows the page gets what it shows; the models are scripted."""
    monkeypatch.setattr(options, "NewsQA", asked)
    printed = {}
    for command in COMMANDS:
        code = main(shlex.split(command)[1:])
        shown = capsys.readouterr()
        assert code == 0, (command, shown.err)
        printed[command] = shown.out
    assert len(COMMANDS) >= 8
    for line in PAGE.blocks("console")[0].splitlines():
        assert line in printed[COMMANDS[0]].splitlines()
    assert (checkout / "out.html").is_file()


@pytest.mark.usefixtures("checkout")
def test_sessions_run_as_printed() -> None:
    """Every session of the page prints what it shows."""
    results = PAGE.run_sessions()
    assert results.attempted > 0
    assert results.failed == 0


def test_tables_explain_every_expectation_and_format() -> None:
    """No field of Expected and no format is missing."""
    explained = set(re.findall(r"^\| `(\w+)` \|", PAGE.text, re.MULTILINE))
    assert set(Expected.model_fields) | set(FORMATS) <= explained
