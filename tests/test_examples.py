"""The recorded answers in examples/recordings, which a newcomer replays without a key."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from newsqa import Answer, Article, NewsQA, Settings
from newsqa.cli import main
from newsqa.models.recorded import ReplayModel
from tests.conftest import EXAMPLES

RECORDINGS = EXAMPLES / "recordings"
_ROW = re.compile(r"^\| `(\S+)` \| (.+?) \| `(\w+)` \|$", re.MULTILINE)
ROWS: list[tuple[str, str, str]] = _ROW.findall(
    (RECORDINGS / "README.md").read_text(encoding="utf-8")
)
"""Article, question and status of each answer that the README lists."""


@pytest.mark.parametrize(("article", "question", "status"), ROWS)
def test_listed_answer_replays_on_the_command_line(
    article: str, question: str, status: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each answer in the README has its listed status and verifies against its article."""
    path = EXAMPLES / article
    code = main(["ask", str(path), question, "--replay", str(RECORDINGS), "--json"])
    answer = Answer.model_validate(json.loads(capsys.readouterr().out))
    assert code == (3 if status == "not_in_article" else 0)
    assert answer.status == status
    assert answer.rejected == ()
    answer.verify(Article.from_file(path))


def test_every_recording_is_listed() -> None:
    """Replaying the README's questions uses every recording in the folder."""
    model = ReplayModel(RECORDINGS)
    with NewsQA(Settings(), model=model) as qa:
        for article, question, _ in ROWS:
            qa.ask(Article.from_file(EXAMPLES / article), question)
    assert model.unused == ()


def test_unrecorded_question_gets_the_nearest_recording(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The error shows the recorded question beside the one that was asked."""
    path: Path = EXAMPLES / "harbour-strike.txt"
    code = main(["ask", str(path), "When did it begin?", "--replay", str(RECORDINGS)])
    assert code == 2
    message = capsys.readouterr().err
    assert "When did it begin?" in message
    assert "When did the strike begin, and how long will it last?" in message
