"""Golden cases in YAML and JSON Lines."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from newsqa.errors import CaseError
from newsqa.evals import Case, load_cases

TEXT = "The bridge closed on 3 May. It opened again on 3 June."
YAML = """\
- id: bridge
  article: {file: story.txt, published_at: 2025-05-04}
  question: When did it close?
  expected:
    short: 3 May
    must_cite: [3 May]
  tags: [en]

- id: inline
  article:
    text: Der Hund schläft.
  question: Wer schläft?
  expected: {status: not_in_article}
"""


def golden(folder: Path, text: str, name: str = "cases.yaml") -> tuple[Case, ...]:
    """Load the cases in ``text``, next to a story."""
    (folder / "story.txt").write_text(TEXT, encoding="utf-8")
    (folder / name).write_text(text, encoding="utf-8")
    return load_cases(folder / name).cases


def test_yaml_list_of_cases_is_read(tmp_path: Path) -> None:
    """Articles are inline or in their own files."""
    bridge, inline = golden(tmp_path, YAML)
    assert bridge.article.text == TEXT
    assert str(bridge.article.published_at) == "2025-05-04"
    assert inline.article.text == "Der Hund schläft."


def test_json_lines_are_read(tmp_path: Path) -> None:
    """Blank lines are skipped."""
    case = {"id": "a", "article": TEXT, "question": "When?", "expected": {"short": "3 May"}}
    lines = json.dumps(case) + "\n\n" + json.dumps({**case, "id": "b"})
    assert [case.id for case in golden(tmp_path, lines, "cases.jsonl")] == ["a", "b"]


def test_cases_about_one_file_share_its_article(tmp_path: Path) -> None:
    """The file is read and split into sentences once."""
    plain = YAML.replace(", published_at: 2025-05-04", "")
    bridge, other, _ = golden(
        tmp_path, plain.split("\n\n")[0].replace("bridge", "b") + "\n" + plain
    )
    assert bridge.article is other.article


def test_language_argument_applies_to_cases_without_one(tmp_path: Path) -> None:
    """A case with a language keeps it."""
    (tmp_path / "story.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "cases.yaml").write_text(YAML + "  language: de\n", encoding="utf-8")
    cases = load_cases(tmp_path / "cases.yaml", language="fr").cases
    assert [case.language for case in cases] == ["fr", "de"]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "must_cite: [3 May]",
            "must_cite: [3 July]",
            "line 1, case 'bridge': the article does not",
        ),
        (
            "3 May\n",
            "3\n",
            "line 1, case 'bridge': expected.short.0: Input should be a valid string",
        ),
        ("story.txt", "gone.txt", "line 1, case 'bridge': There is no file"),
        ("id: inline", "id: bridge", "line 9: there are two cases 'bridge'; rename one"),
        ("id: inline", "name: inline", "line 9, case 'without an id': id: Field required"),
        ("published_at: 2025-05-04", "when: now", "line 1, case 'bridge': .*when"),
        ("- id: inline", "- [1]\n- id: inline", "line 9: a case is an object"),
    ],
)
def test_error_gives_file_line_and_case(tmp_path: Path, old: str, new: str, message: str) -> None:
    """The message also says what to do."""
    assert old in YAML
    with pytest.raises(CaseError, match=rf"cases\.yaml, {message}"):
        golden(tmp_path, YAML.replace(old, new))


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("cases.yaml", "- [", "is not YAML"),
        ("cases.yaml", "id: one", "is not a list of cases: begin each one with '- id:'"),
        ("cases.yaml", "", "is not a list of cases"),
        ("cases.yaml", "[]", "has no cases"),
        ("cases.jsonl", "\n{", "line 2 is not JSON.*one case a line"),
        ("cases.jsonl", "3", "line 1: a case is an object"),
        ("cases.jsonl", "", "has no cases"),
    ],
)
def test_file_of_another_kind_is_reported(
    tmp_path: Path, name: str, text: str, message: str
) -> None:
    """The error says what the file should be."""
    with pytest.raises(CaseError, match=message):
        golden(tmp_path, text, name)
