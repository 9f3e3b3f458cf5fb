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
    "words", ["35", "3.50", "yes", "No", "2026-05-03", "1e3", "12:30", "0x10", "007", "1_000"]
)
def test_words_in_yaml_are_read_as_they_are_written(tmp_path: Path, words: str) -> None:
    """Not as the numbers, dates and truth values that YAML takes them for."""
    (case, _) = golden(tmp_path, YAML.replace("short: 3 May", f"short: [{words}, on 3 May]"))
    assert case.expected.short == (words, "on 3 May")
    (case, _) = golden(tmp_path, YAML.replace("id: bridge", f"id: {words}"))
    assert case.id == words


def test_place_in_yaml_that_is_a_number_is_a_sentence(tmp_path: Path) -> None:
    """Other values are words of the article."""
    text = YAML.replace("must_cite: [3 May]", "must_cite: [2]").replace(
        "tags: [en]", "tags: [2026]"
    )
    case = golden(tmp_path, text)[0]
    assert (case.expected.must_cite, case.tags) == ((2,), ("2026",))


@pytest.mark.parametrize(("written", "words"), [("35", "35"), ("3.50", "3.50"), ("-1", "-1")])
def test_number_in_json_is_read_as_it_is_written(tmp_path: Path, written: str, words: str) -> None:
    """3.50 is not 3.5."""
    line = f'{{"id": 7, "article": "A.", "question": "Q?", "expected": {{"short": {written}}}}}'
    (case,) = golden(tmp_path, line, "cases.jsonl")
    assert (case.id, case.expected.short) == ("7", (words,))


def test_json_list_of_cases_is_read(tmp_path: Path) -> None:
    """A file need not be JSON Lines; an error names the case by its number."""
    case = {"id": "a", "article": TEXT, "question": "When?", "expected": {"short": "3 May"}}
    text = json.dumps([case, {**case, "id": "b"}], indent=1)
    assert [case.id for case in golden(tmp_path, text, "cases.json")] == ["a", "b"]
    with pytest.raises(CaseError, match=r"cases\.json, case 2: a case is an object"):
        golden(tmp_path, json.dumps([case, 1]), "cases.json")


def test_other_json_is_refused_with_what_to_do(tmp_path: Path) -> None:
    """A data set of another format has its name as an option."""
    with pytest.raises(CaseError, match=r"is one JSON object .* such as --format squad"):
        golden(tmp_path, json.dumps({"data": []}, indent=1), "dev.json")


CSV = """\
id,File,Published at,question,short,must cite,status,tags
a,story.txt,2025-05-04,"When, exactly, did it close?",3 May|on 3 May,1,,en | dates
b,story.txt,,Who closed it?,,,not in article,
"""


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_table_of_cases_is_read(tmp_path: Path, delimiter: str) -> None:
    """As spreadsheets write it, in any country, with a byte order mark."""
    rows = [row.replace(",", delimiter) for row in CSV.splitlines()]
    rows[1] = rows[1].replace(f"When{delimiter} exactly{delimiter} did", "When, exactly, did")
    first, second = golden(tmp_path, "\ufeff" + "\r\n".join(rows), "cases.csv")
    assert (first.id, first.question) == ("a", "When, exactly, did it close?")
    assert first.expected.short == ("3 May", "on 3 May")
    assert (first.expected.must_cite, first.tags) == ((1,), ("en", "dates"))
    assert str(first.article.published_at) == "2025-05-04"
    assert second.expected.status == ("not_in_article",)


def test_row_without_an_id_is_named_by_its_number(tmp_path: Path) -> None:
    """As a spreadsheet counts rows."""
    text = "article,question,short\nThe bridge closed.,What closed?,the bridge\n"
    (case,) = golden(tmp_path, text, "cases.csv")
    assert (case.id, case.article.text) == ("row 2", "The bridge closed.")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("id,questoin\n", "has a column 'questoin', which no case has: did you mean 'question'"),
        ("article,question,short\nA, b,Q?,x\n", "row 2 has 4 cells for 3 columns"),
        ("article,question\nA.,Q?\n", "row 2, case 'row 2': expected: nothing is expected"),
    ],
)
def test_error_in_a_table_gives_the_row(tmp_path: Path, text: str, message: str) -> None:
    """The message also says what to do."""
    with pytest.raises(CaseError, match=message):
        golden(tmp_path, text, "cases.csv")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "must_cite: [3 May]",
            "must_cite: [3 July]",
            "line 1, case 'bridge': the article does not",
        ),
        (
            "short: 3 May\n",
            "short: {day: 3}\n",
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
