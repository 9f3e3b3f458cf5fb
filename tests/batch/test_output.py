"""Outputs: JSON Lines, CSV, Parquet and pages, whole or not at all."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from newsqa.answers.answer import Answer, Failure
from newsqa.article import Article
from newsqa.batch.ledger import Entry
from newsqa.batch.output import write_output
from newsqa.errors import BatchError, ModelUnavailableError
from tests.batch.doubles import answer_with
from tests.output.html.reading import Page

ARTICLE = Article("The old bridge closed on Friday. Nobody was hurt.")


def entries() -> list[Entry]:
    """An answer, a failure, a row that could not be asked, and a question not answered yet."""
    return [
        Entry(1, "a", "When?", {"desk": "city"}, answer_with(ARTICLE, "When?")),
        Entry(1, "a", "Who?", {"desk": "city"}, Failure.of("Who?", ModelUnavailableError("Down."))),
        Entry(2, "b", None, {}, None, "Row 'b' has no question."),
        Entry(3, "c", "Where?", {}, None),
    ]


def test_json_lines_hold_the_whole_answer(tmp_path: Path) -> None:
    """A line can be turned back into an ``Answer``."""
    write_output(entries(), tmp_path / "out.jsonl")
    lines = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text().splitlines()]
    assert Answer.model_validate(lines[0]["answer"]).citations[0].text == ARTICLE.sentences[0].text
    assert [line.get("error") for line in lines] == [
        None,
        "Down.",
        "Row 'b' has no question.",
    ]


def test_a_table_holds_a_line_for_each_question(tmp_path: Path) -> None:
    """With the cited words and their offsets, and the fields that were carried along."""
    write_output(entries(), tmp_path / "out.csv")
    text = (tmp_path / "out.csv").read_text(encoding="utf-8-sig")
    first, second, third = csv.DictReader(io.StringIO(text))
    assert (first["quotes"], first["spans"], first["carried"]) == (
        "The old bridge closed on Friday.",
        "0:32",
        '{"desk": "city"}',
    )
    assert second["error"].endswith("Down.")
    assert third["id"] == "b"


def test_parquet_holds_the_same(tmp_path: Path) -> None:
    """The whole answer is in a column of its own, as JSON."""
    parquet = pytest.importorskip("pyarrow.parquet")
    write_output(entries(), tmp_path / "out.parquet")
    rows = parquet.read_table(tmp_path / "out.parquet").to_pylist()
    assert len(rows) == 3
    assert Answer.model_validate_json(rows[0]["answer"]).status == "answered"


def test_pages_have_an_index(tmp_path: Path) -> None:
    """Each answer has a page, and the index names every line."""
    write_output(entries(), tmp_path / "pages")
    index = Page((tmp_path / "pages" / "index.html").read_text())
    [link] = index.all("a")
    assert (tmp_path / "pages" / link.attributes["href"]).is_file()
    assert len(index.all("tr")) == 4


@pytest.mark.parametrize("name", ["out.jsonl", "out.csv"])
def test_an_output_is_replaced_as_a_whole(tmp_path: Path, name: str) -> None:
    """If writing fails, what was there before stays, and nothing else is left behind."""
    (tmp_path / name).write_text("before")

    def failing() -> Iterator[Entry]:
        yield entries()[0]
        raise OSError(28, "No space left on device")

    with pytest.raises(BatchError, match="No space left"):
        write_output(failing(), tmp_path / name)
    assert [file.name for file in tmp_path.iterdir()] == [name]
    assert (tmp_path / name).read_text() == "before"


def test_an_ending_that_names_no_format_is_refused(tmp_path: Path) -> None:
    """Before anything is asked."""
    with pytest.raises(BatchError, match="must end in"):
        write_output(entries(), tmp_path / "out.docx")


def test_cells_that_a_spreadsheet_would_compute_are_text(tmp_path: Path) -> None:
    """A question or an id can begin like a formula."""
    write_output([Entry(1, "=1+1", None, {}, None, "@bad")], tmp_path / "out.csv")
    [row] = csv.DictReader(io.StringIO((tmp_path / "out.csv").read_text(encoding="utf-8-sig")))
    assert (row["id"], row["error"]) == ("'=1+1", "'@bad")


def test_carried_fields_take_no_other_place(tmp_path: Path) -> None:
    """A row may carry fields that are called like those of the output."""
    carried = {"error": "mine", "text": "mine", "model": "mine"}
    entry = Entry(1, "a", "When?", carried, answer_with(ARTICLE, "When?"))
    write_output([entry], tmp_path / "out.jsonl")
    line = json.loads((tmp_path / "out.jsonl").read_text())
    assert line["carried"] == carried
    assert line["text"] == ARTICLE.sentences[0].text
    assert "error" not in line
