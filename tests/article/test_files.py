"""Reading the fields of an article from a file."""

from __future__ import annotations

import codecs
import json
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsqa.article.fields import MAX_BYTES, read_file
from newsqa.article.sources import ArticleFields, find_source
from newsqa.errors import ArticleError


def parse_fields(data: bytes, *, name: str, suffix: str) -> ArticleFields:
    """Return the fields of the article in ``data``."""
    read = find_source(data, suffix).read(data, name=name)
    assert isinstance(read, Mapping)
    return {field: value for field, value in read.items() if field != "origin"}


def read_fields(path: Path) -> ArticleFields:
    """Return the fields of the article in a file."""
    return parse_fields(read_file(path), name=str(path), suffix=path.suffix)


def _of_json(value: object) -> ArticleFields:
    return parse_fields(json.dumps(value).encode(), name="a.json", suffix=".json")


def _error(data: bytes, *, suffix: str = ".txt") -> str:
    with pytest.raises(ArticleError) as raised:
        parse_fields(data, name="a.txt", suffix=suffix)
    return str(raised.value)


@given(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"])))
def test_utf8_text_is_kept_to_the_letter(text: str) -> None:
    """Line ends of any kind, marks and all else stay; only a byte order mark is no text."""
    data = codecs.BOM_UTF8 + text.encode()
    assert parse_fields(data, name="a.txt", suffix=".txt") == {"text": text}


@pytest.mark.parametrize(
    "mark", [b"", codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_LE]
)
def test_a_byte_order_mark_tells_the_encoding_and_is_no_text(mark: bytes) -> None:
    """UTF-16 and 32 are read where their mark stands, and the mark itself is left out."""
    encoding = {
        codecs.BOM_UTF16_LE: "utf-16-le",
        codecs.BOM_UTF16_BE: "utf-16-be",
        codecs.BOM_UTF32_LE: "utf-32-le",
    }.get(mark, "utf-8")
    data = mark + "Feuer\r\nin Köln 🔥\r".encode(encoding)
    assert parse_fields(data, name="a", suffix=".txt") == {"text": "Feuer\r\nin Köln 🔥\r"}


@pytest.mark.parametrize(
    ("data", "encoding", "byte"),
    [
        (b"caf\xe9 noir", "UTF-8", 3),
        (codecs.BOM_UTF8 + b"caf\xe9", "UTF-8", 6),
        (codecs.BOM_UTF16_LE + b"a\0b", "UTF-16-LE", 4),
    ],
)
def test_bytes_in_another_encoding_are_named_by_their_offset(
    data: bytes, encoding: str, byte: int
) -> None:
    """The offset is that in the file, mark included, so that it can be looked up there."""
    assert f"'a.txt' is not {encoding} text: byte {byte} (" in _error(data)


def test_binary_data_is_not_text() -> None:
    """NUL bytes mean some other file, even where they would decode."""
    assert _error(b"BANK\x03\x04\0\0") == "'a.txt' is not text: it holds NUL bytes."


def test_a_missing_file_is_said_to_be_missing(tmp_path: Path) -> None:
    """The path is in the message."""
    with pytest.raises(ArticleError, match=r"There is no file '.*gone\.txt'\."):
        read_fields(tmp_path / "gone.txt")


@pytest.mark.parametrize("name", ["nul\0.txt", "half\ud800.txt"])
def test_a_name_no_file_can_have_is_no_file(tmp_path: Path, name: str) -> None:
    """What the system refuses as a name is no other kind of error."""
    with pytest.raises(ArticleError, match="There is no file"):
        read_fields(tmp_path / name)


def test_a_folder_is_said_to_be_one(tmp_path: Path) -> None:
    """And what to give instead."""
    with pytest.raises(ArticleError, match="is a folder; name the file of an article in it"):
        read_fields(tmp_path)


def test_a_path_through_a_file_cannot_be_read(tmp_path: Path) -> None:
    """Other errors of the system are passed on in its words."""
    (tmp_path / "a.txt").write_text("x", encoding="utf-8")
    with pytest.raises(ArticleError, match="cannot be read: Not a directory"):
        read_fields(tmp_path / "a.txt" / "b.txt")


def test_a_file_without_permission_cannot_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Simulated, because tests may run as root, whom no permission stops."""

    def refuse(_: Path, _mode: str) -> None:
        raise PermissionError(13, "Permission denied")

    (tmp_path / "a.txt").write_text("x", encoding="utf-8")
    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(ArticleError, match="cannot be read: Permission denied"):
        read_fields(tmp_path / "a.txt")


def test_a_huge_file_is_refused_unread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """200 MB are refused by their size alone; opening the file would fail this test."""
    path = tmp_path / "a.txt"
    with path.open("wb") as file:
        file.truncate(200_000_000)
    monkeypatch.delattr(Path, "open")
    with pytest.raises(ArticleError, match="cannot be read: an article has at most 40 MB"):
        read_fields(path)


def test_a_file_of_the_greatest_size_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The limit itself is allowed."""
    monkeypatch.setattr("newsqa.article.fields.MAX_BYTES", 4)
    (tmp_path / "a.txt").write_bytes(b"abcd")
    assert read_fields(tmp_path / "a.txt") == {"text": "abcd"}
    assert MAX_BYTES == 40_000_000


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="needs an endless device")
def test_a_device_without_an_end_is_read_to_the_limit_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its size is 0, so that asking for the size is not enough."""
    monkeypatch.setattr("newsqa.article.fields.MAX_BYTES", 1_000)
    with pytest.raises(ArticleError, match="cannot be read"):
        read_fields(Path("/dev/zero"))


@pytest.mark.parametrize("suffix", [".json", ".jsonld", ".JSON"])
def test_the_suffix_tells_json_from_text(tmp_path: Path, suffix: str) -> None:
    """A text that looks like JSON is still text in a .txt file."""
    for name in ("a.txt", f"a{suffix}"):
        (tmp_path / name).write_text('{"text": "x"}', encoding="utf-8")
    assert read_fields(tmp_path / "a.txt") == {"text": '{"text": "x"}'}
    assert read_fields(tmp_path / f"a{suffix}") == {"text": "x"}


def test_a_json_object_with_a_text_gives_its_fields() -> None:
    """As they are, but for those that an Article does not have."""
    fields = {"text": "x", "title": "t"}
    assert _of_json({**fields, "extra": 1}) == _of_json(fields) == fields


NEWS = {
    "@context": "https://schema.org",
    "@type": "NewsArticle",
    "headline": "Bridge closes",
    "articleBody": "The bridge closed.",
    "datePublished": "2025-03-14T08:00:00Z",
    "inLanguage": "en-GB",
    "url": "https://example.com/bridge",
    "publisher": {"@type": "Organization", "name": "The Example"},
    "author": [{"@type": "Person", "name": "A. Roe"}, "B. Doe", {"@id": "#c"}, {"@type": "Person"}],
}
FIELDS = {
    "text": "The bridge closed.",
    "title": "Bridge closes",
    "published_at": "2025-03-14T08:00:00Z",
    "source": "The Example",
    "url": "https://example.com/bridge",
    "author": "A. Roe, B. Doe, #c",
    "language": "en-GB",
}


@pytest.mark.parametrize(
    "document",
    [
        NEWS,
        [NEWS],
        [{"@type": "BreadcrumbList"}, NEWS],
        {"@graph": [{"@type": "WebPage"}, NEWS]},
        [{"@graph": [[NEWS]]}],
        {"@graph": NEWS},
        [{"articleBody": ""}, {"articleBody": None}, NEWS, {"articleBody": "Another."}],
    ],
)
def test_a_schema_org_article_is_found_wherever_it_stands(document: object) -> None:
    """Alone, in a list, or in a graph: the first node with a body is the article."""
    assert _of_json(document) == FIELDS


@pytest.mark.parametrize("nothing", [None, "", [], {}, [{}], {"name": None}])
def test_an_empty_schema_org_property_is_an_unknown_one(nothing: object) -> None:
    """Publishing systems write empty boxes; they must not make a title or a date of nothing."""
    node = {"articleBody": "x", "datePublished": nothing, "author": nothing, "headline": nothing}
    assert _of_json(node) == {"text": "x"}


@pytest.mark.parametrize("document", [5, None, "text", [], {}, {"title": "t"}, [{"text": ""}]])
def test_json_without_an_article_is_refused(document: object) -> None:
    """And the message says what is wanted."""
    with pytest.raises(ArticleError, match=r"'a\.json' holds no article: wanted is a JSON object"):
        _of_json(document)


@pytest.mark.parametrize("data", [b"", b"{", b"{'text': 1}", b"[" * 100_000, b"9" * 5_000])
def test_broken_json_is_refused(data: bytes) -> None:
    """Cut, with wrong quotes, nested too deep, or with a number too long."""
    assert _error(data, suffix=".json").startswith(("'a.txt' is not JSON: ",))


@pytest.mark.parametrize("depth", [100, 700, 900])
def test_json_just_not_too_deep_is_searched_to_its_bottom(depth: int) -> None:
    """The search does not give up before the parser does."""
    data = "[" * depth + '{"articleBody": "x"}' + "]" * depth
    assert parse_fields(data.encode(), name="a", suffix=".json") == {"text": "x"}
