"""``newsqa verify``."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import QUESTION, TEXT, Shell


@pytest.fixture
def stored(shell: Shell, article: str, tmp_path: Path) -> Path:
    """Return the path of a stored answer about the article."""
    path = tmp_path / "answer.json"
    path.write_text(shell.run("ask", "--json", article, QUESTION)[1], encoding="utf-8")
    return path


def test_stored_answer_is_verified(shell: Shell, article: str, stored: Path) -> None:
    """An answer passes if its article has not changed."""
    code, out, err = shell.run("verify", str(stored), article)
    assert (code, out, err) == (0, "All citations are in the article (2).\n", "")


def test_changed_article_fails_verification(shell: Shell, article: str, stored: Path) -> None:
    """An article that has changed no longer proves the answer."""
    Path(article).write_text(TEXT.replace("16 May", "17 May"), encoding="utf-8")
    code, out, err = shell.run("verify", str(stored), article)
    assert (code, out) == (1, "")
    assert err.startswith("newsqa: This is not the article that was asked")


def test_forged_citation_fails_verification(shell: Shell, article: str, stored: Path) -> None:
    """A citation that was changed is detected."""
    stored.write_text(stored.read_text(encoding="utf-8").replace('"2 June"', '"3 June"'), "utf-8")
    code, _, err = shell.run("verify", str(stored), article)
    assert code == 1
    assert "The article does not say '3 June'" in err


def test_forged_text_fails_verification(shell: Shell, article: str, stored: Path) -> None:
    """A sentence that was added is detected."""
    forged = json.loads(stored.read_text(encoding="utf-8"))
    forged["text"] += " Nobody is sorry."
    stored.write_text(json.dumps(forged), "utf-8")
    code, _, err = shell.run("verify", str(stored), article)
    assert code == 1
    assert "Nobody is sorry." in err


def test_missing_article_exits_with_2(shell: Shell, stored: Path) -> None:
    """It is a usage error, not a failed verification."""
    expected = (2, "", "newsqa: There is no file 'nowhere.txt'.\n")
    assert shell.run("verify", str(stored), "nowhere.txt") == expected


def test_file_that_is_not_an_answer_exits_with_2(shell: Shell, article: str) -> None:
    """The error is one line that names the file."""
    code, out, err = shell.run("verify", article, article)
    assert (code, out) == (2, "")
    assert f"{article!r} is not an answer of newsqa: Invalid JSON" in err
    assert err.count("\n") == 1
