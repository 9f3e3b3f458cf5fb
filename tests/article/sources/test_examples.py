"""The examples in each format that is read: one story, eighteen times."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from newsqa.article import Article

EXAMPLES = Path(__file__).parents[3] / "examples"
FILES = sorted(EXAMPLES.joinpath("formats").iterdir())
STORY = json.loads(EXAMPLES.joinpath("ferry-timetable.json").read_text(encoding="utf-8"))
PARAGRAPHS = STORY["text"].removeprefix("SKERROW – ").split("\n\n")[3:6]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_an_example_is_read_as_the_story(path: Path) -> None:
    """Each of its paragraphs is found to the letter."""
    article = Article.from_file(path, item="ferry" if path.name == "feed.rss" else None)
    assert article.title == STORY["title"]
    for paragraph in PARAGRAPHS:
        match = article.locate(paragraph).match
        assert match
        assert match.tier == "exact"
    assert not any(junk in article.text for junk in ("<", "214 partners", "Pier café", "Page 1"))


def test_there_is_an_example_of_each_format() -> None:
    """Those of ``formats`` in this folder."""
    formats = {path.name for path in Path(__file__).with_name("formats").iterdir()}
    assert len(FILES) == len(formats)
