"""Rows from JSON Lines, tables, folders and patterns."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsqa.batch import BadRow, Row, read_rows
from newsqa.batch.rows import in_shard
from newsqa.errors import BatchError

STORY = "The old bridge closed on 3 May."


def written(folder: Path, name: str, text: str) -> Path:
    """Write a file and return its path."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_json_lines_are_read_with_their_other_fields(tmp_path: Path) -> None:
    """An id, an article, a question, and whatever else there is."""
    line = json.dumps({"id": "a", "article": STORY, "question": "When?", "desk": "city"})
    [row] = read_rows(written(tmp_path, "rows.jsonl", line))
    assert isinstance(row, Row)
    assert (row.id, row.questions, row.carried) == ("a", ("When?",), {"desk": "city"})
    assert row.load().text == STORY


def test_an_article_may_be_given_by_its_fields(tmp_path: Path) -> None:
    """The fields are those of any JSON that is read as an article."""
    values = {"article": {"text": STORY, "title": "Bridge"}, "question": "When?"}
    [row] = read_rows(written(tmp_path, "rows.jsonl", json.dumps(values)))
    assert isinstance(row, Row)
    assert row.load().title == "Bridge"


def test_paths_are_relative_to_the_file_of_rows(tmp_path: Path) -> None:
    """A folder with rows and articles can be moved."""
    written(tmp_path, "story.txt", STORY)
    table = "article_path,question,desk\nstory.txt,When?,city\n"
    [row] = read_rows(written(tmp_path, "rows.csv", table))
    assert isinstance(row, Row)
    assert row.load().text == STORY


def test_a_table_can_hold_several_questions_in_a_cell(tmp_path: Path) -> None:
    """As a list in JSON."""
    table = 'article\tquestions\nA story.\t["When?", "Who?"]\n'
    [row] = read_rows(written(tmp_path, "rows.tsv", table))
    assert isinstance(row, Row)
    assert row.questions == ("When?", "Who?")


def test_each_file_of_a_folder_is_an_article(tmp_path: Path) -> None:
    """Hidden files are not."""
    for name in ("b.txt", "a.txt", ".hidden"):
        written(tmp_path, name, STORY)
    assert [row.id for row in read_rows(tmp_path, questions=["When?"])] == ["a.txt", "b.txt"]


def test_a_pattern_chooses_files(tmp_path: Path) -> None:
    """As on a shell."""
    for name in ("a.txt", "b.html"):
        written(tmp_path, name, STORY)
    [row] = read_rows(f"{tmp_path}/*.txt", questions=["When?"])
    assert row.id.endswith("a.txt")


def test_parquet_is_read(tmp_path: Path) -> None:
    """In batches, without nulls."""
    arrow, parquet = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    values = {"article": [STORY, None], "question": ["When?", "Who?"]}
    parquet.write_table(arrow.table(values), tmp_path / "rows.parquet")
    first, second = read_rows(tmp_path / "rows.parquet")
    assert isinstance(first, Row)
    assert isinstance(second, BadRow)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("not json", "not JSON"),
        ("[1, 2]", "not an object"),
        ('{"article": "x"}', "no question"),
        ('{"question": "Who?"}', "no article"),
        ('{"article": "x", "questions": [1]}', "must be text"),
        ('{"article": "x", "question": 5}', "must be text"),
        ('{"article": "x", "questions": 5}', "must be text"),
        ('{"article": "x", "questions": null}', "no question"),
        ('{"article": "x", "question": "\\ud800?"}', "half a character"),
    ],
)
def test_a_row_that_cannot_be_asked_has_a_reason(tmp_path: Path, line: str, reason: str) -> None:
    """The rows after it are read."""
    good = '{"article": "x", "question": "Who?"}'
    bad, after = read_rows(written(tmp_path, "rows.jsonl", f"{line}\n{good}\n"))
    assert isinstance(bad, BadRow)
    assert reason in bad.reason
    assert isinstance(after, Row)


def test_a_torn_last_line_is_a_bad_row(tmp_path: Path) -> None:
    """A file that is still being written ends anywhere."""
    text = '{"article": "x", "question": "Who?"}\n{"article": "y", "ques'
    first, torn = read_rows(written(tmp_path, "rows.jsonl", text))
    assert isinstance(first, Row)
    assert isinstance(torn, BadRow)


@pytest.mark.parametrize("name", ["missing.jsonl", "rows.docx"])
def test_what_cannot_be_read_is_named(tmp_path: Path, name: str) -> None:
    """Before anything is asked."""
    if name == "rows.docx":
        written(tmp_path, name, "x")
    with pytest.raises(BatchError, match=name):
        read_rows(tmp_path / name)


def test_no_rows_is_an_error(tmp_path: Path) -> None:
    """An empty file is a mistake more often than a wish."""
    with pytest.raises(BatchError, match="holds no rows"):
        read_rows(written(tmp_path, "rows.jsonl", "\n"))


@given(st.text(max_size=20), st.integers(1, 9))
def test_each_row_is_in_exactly_one_shard(name: str, shards: int) -> None:
    """Whatever its id."""
    row = BadRow(name, 1, "")
    assert sum(in_shard(row, shard, shards) for shard in range(1, shards + 1)) == 1


def test_a_question_that_begins_like_a_list_is_a_question(tmp_path: Path) -> None:
    """In a table, only a whole list in JSON is one."""
    [row] = read_rows(written(tmp_path, "rows.csv", 'article,questions\nx,"[When?"\n'))
    assert isinstance(row, Row)
    assert row.questions == ("[When?",)
