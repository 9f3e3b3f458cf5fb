"""Article sources: which format a file is read in."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsqa.article import Article
from newsqa.article.sources import find_source
from newsqa.article.sources.json_source import JSONSource
from newsqa.article.sources.text import TextSource
from newsqa.errors import ArticleError
from tests.installed import Install

OBJECT = b'{"text": "The bridge closed.", "title": "Bridge"}'

LINES = """
class plugin:
    def matches(self, data):
        return data.startswith(b"LINES")

    def read(self, data, *, name):
        return {"text": data.decode().removeprefix("LINES").strip(), "title": name}
"""


@pytest.mark.parametrize(
    ("suffix", "kind"),
    [(".txt", TextSource), (".json", JSONSource), (".jsonld", JSONSource), (".JSON", JSONSource)],
)
def test_the_ending_of_a_file_decides(suffix: str, kind: type) -> None:
    """Even against its content."""
    assert isinstance(find_source(OBJECT, suffix), kind)


@pytest.mark.parametrize("suffix", ["", ".article"])
@pytest.mark.parametrize(
    ("data", "kind"),
    [(OBJECT, JSONSource), (b"[1, 2]", TextSource), (b"{closed}", TextSource), (b"", TextSource)],
)
def test_the_content_decides_where_the_ending_says_nothing(
    suffix: str, data: bytes, kind: type
) -> None:
    """A JSON object is an article in JSON; everything else is text."""
    assert isinstance(find_source(data, suffix), kind)


def test_a_registered_source_reads_files_with_its_ending(install: Install, tmp_path: Path) -> None:
    """The name of the entry point is the ending."""
    install("source_a", "newsqa.sources", "lines", LINES)
    file = tmp_path / "story.lines"
    file.write_text("The bridge closed.", encoding="utf-8")
    article = Article.from_file(file)
    assert (article.text, article.title) == ("The bridge closed.", str(file))


def test_a_registered_source_recognizes_its_content(install: Install) -> None:
    """As on standard input, which has no ending."""
    install("source_b", "newsqa.sources", "lines", LINES)
    assert Article.from_bytes(b"LINES The bridge closed.").text == "The bridge closed."
    assert Article.from_bytes(b"The bridge closed.").text == "The bridge closed."


def test_a_registered_source_goes_before_the_built_in_one(install: Install) -> None:
    """A newsroom may have JSON of its own."""
    install("source_c", "newsqa.sources", "json", LINES)
    assert Article.from_bytes(b"LINES closed.", suffix=".json").text == "closed."


def test_fields_that_an_article_does_not_have_are_an_error(install: Install) -> None:
    """It names the field."""
    code = LINES.replace('"title"', '"headline"')
    install("source_d", "newsqa.sources", "lines", code)
    with pytest.raises(ArticleError, match="'headline' is not usable"):
        Article.from_bytes(b"LINES closed.")
