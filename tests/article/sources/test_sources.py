"""Article sources: which format a file is read in."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from newsqa.article import Article
from newsqa.article.fields import Origin
from newsqa.article.sources import find_source
from newsqa.article.sources.json_source import JSONSource
from newsqa.article.sources.text import TextSource
from newsqa.errors import ArticleError, ConfigurationError
from tests.article.sources.builders import make_pdf
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


FORMATS = Path(__file__).parent / "formats"


def test_the_origin_does_not_count_when_articles_are_compared() -> None:
    """Nor for their hash, nor in their JSON."""
    read = Article.from_bytes(b"One.", name="a.txt")
    assert read.origin
    assert read == Article("One.")
    assert hash(read) == hash(Article("One."))
    assert "origin" not in read.model_dump()


def test_a_copy_keeps_the_origin() -> None:
    """A pickle, too."""
    read = Article.from_bytes(b"One.", name="a.txt")
    assert read.model_copy(update={"title": "T"}).origin == read.origin
    assert pickle.loads(pickle.dumps(read)).origin == read.origin  # noqa: S301  # our own


def test_the_json_of_an_article_without_the_new_fields_is_that_of_0_1() -> None:
    """Digests of cases depend on it."""
    assert set(Article("One.").model_dump()) == {
        *("text", "title", "published_at", "source", "url", "author", "language"),
    }


def test_an_origin_reads_as_a_sentence_would_have_it() -> None:
    """For logs and reports."""
    origin = Origin(format="RSS", reader="feedparser 6", name="feed.xml", item=2)
    assert str(origin) == "feed.xml, item 2 (RSS, read by feedparser 6)"


@pytest.mark.parametrize(
    ("name", "library", "extra"),
    [
        ("html/en.html", "trafilatura", "html"),
        ("rss/en.xml", "feedparser", "xml"),
        ("nitf/en.xml", "lxml", "xml"),
        ("pdf/en.pdf", "pypdf", "pdf"),
        ("docx/en.docx", "lxml", "xml"),
    ],
)
def test_a_missing_library_is_named_with_its_extra(
    monkeypatch: pytest.MonkeyPatch, name: str, library: str, extra: str
) -> None:
    """And the article is not read in some other way."""
    monkeypatch.setitem(__import__("sys").modules, library, None)
    monkeypatch.setitem(__import__("sys").modules, f"{library}.etree", None)
    with pytest.raises(
        ConfigurationError, match=rf"need {library}: pip install 'newsqa\[{extra}\]'"
    ):
        Article.from_file(FORMATS / name)


@pytest.mark.parametrize("item", [2, "Fees", "2"], ids=repr)
def test_a_file_with_one_article_has_no_second(item: int | str) -> None:
    """Nothing is taken in its place."""
    with pytest.raises(ArticleError, match="holds no article"):
        Article.from_bytes(b"One.", item=item)


def test_a_pdf_is_read_from_its_path_or_content(tmp_path: Path) -> None:
    """The origin names the path."""
    data = make_pdf([["Fees rise."]])
    (tmp_path / "a.pdf").write_bytes(data)
    article = Article.from_pdf(tmp_path / "a.pdf")
    assert article == Article.from_pdf(data)
    assert article.origin
    assert article.origin.name == str(tmp_path / "a.pdf")


def test_what_is_not_a_pdf_is_refused_as_one() -> None:
    """It is not taken for text."""
    with pytest.raises(ArticleError, match="is a PDF that cannot be read"):
        Article.from_pdf(b"Fees rise.")
