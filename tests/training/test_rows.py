"""Rows, their files and the measure of agreement."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.training.rows import row
from training.rows import NONE, Row, f1, joined, medoid, read_rows, write_rows
from training.sources import news


def test_rows_are_read_as_they_were_written(tmp_path: Path) -> None:
    """A file of rows gives the same rows back."""
    asked = row("Who opened it?", "Ada Brook")
    rows = [asked, asked.without_answer("near miss")]
    write_rows(tmp_path / "rows.jsonl", rows)
    assert list(read_rows(tmp_path / "rows.jsonl")) == rows


def test_empty_answer_is_refused() -> None:
    """A span of white space answers nothing."""
    with pytest.raises(ValueError, match="empty answer"):
        Row("Who?", "a b", 1, 2, "test", "title")


def test_agreement_counts_shared_words_without_articles_and_case() -> None:
    """Two of three words shared on one side and two of two on the other make 0.8."""
    assert f1("The Old Bridge", "old bridge!") == 1
    assert f1("old stone bridge", "old bridge") == pytest.approx(0.8)


def test_answer_that_agrees_best_is_chosen() -> None:
    """The odd one out is not."""
    assert medoid(["a ferry", "old bridge", "the old bridge"])[0] == 1


def test_treebank_tokens_are_joined_as_plain_text() -> None:
    """Each token's place is where it stands in the text."""
    text, places = joined(["He", "did", "n't", "-LRB-", "yet", "-RRB-", "."])
    assert text == "He didn't (yet)."
    assert [text[a:b] for a, b in places] == ["He", "did", "n't", "(", "yet", ")", "."]


def test_news_questions_are_all_there_with_their_answers() -> None:
    """The file holds as many as its README says."""
    rows = list(news())
    assert len({r.title for r in rows}) == 231
    assert sum(r.answerable for r in rows) == 3233
    assert sum(r.start == NONE for r in rows) == 1319
