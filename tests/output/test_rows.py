"""Rows of an answer for spreadsheets, as values, CSV and JSON Lines."""

from __future__ import annotations

import csv
import io
import json

import pytest

from newsqa.article import Article
from newsqa.output.rows import COLUMNS, to_csv, to_json_lines
from tests.output.html.test_page import ARTICLE, BRIDGE, answer_of


def test_each_citation_of_each_claim_is_a_row() -> None:
    """With the claim, the cited words and where they are."""
    rows = BRIDGE.to_rows()
    assert [(row["claim"], row["quote"]) for row in rows] == [
        ("It closed on Friday.", "The old bridge closed on Friday."),
        ("The old bridge is 120 years old.", "old bridge"),
        ("The old bridge is 120 years old.", "It is 120 years old"),
    ]
    assert all(ARTICLE.text[row["start"] : row["end"]] == row["quote"] for row in rows)


def test_an_answer_without_claims_is_one_row() -> None:
    """Its status is what there is to say."""
    [row] = answer_of(ARTICLE, {}, status="not_in_article").to_rows()
    assert (row["status"], row["quote"], row["start"]) == ("not_in_article", "", None)


def test_all_rows_have_the_same_columns_in_the_same_order() -> None:
    """So that tables of several answers can be joined."""
    for row in (*BRIDGE.to_rows(), *answer_of(ARTICLE, {}).to_rows()):
        assert tuple(row) == COLUMNS


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t"])
def test_a_cell_that_a_spreadsheet_would_compute_is_text(sign: str) -> None:
    """A claim can begin like a formula, and a model can be made to write one."""
    article = Article(f"{sign}HYPERLINK(1) and more.")
    answer = answer_of(article, {f"{sign}cmd": (article.text.strip(),)})
    [row] = csv.DictReader(io.StringIO(to_csv([answer])))
    assert row["claim"] == f"'{sign}cmd"


def test_json_lines_hold_an_object_each() -> None:
    """With numbers as numbers."""
    lines = [json.loads(line) for line in to_json_lines([BRIDGE]).splitlines()]
    assert lines == BRIDGE.to_rows()
