"""Sniffing: the format of data, and what is refused by its name."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsqa.article import Article
from newsqa.article.sources import BY_FORMAT
from newsqa.article.sources.sniffing import WAYS_OUT, sniff
from newsqa.errors import ArticleError
from tests.article.sources.builders import make_docx, make_odt, make_pdf, make_zip

REFUSED = [
    (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "a PNG image"),
    (b"\xff\xd8\xff\xe0\0\x10JFIF", "a JPEG image"),
    (b"GIF89a\x01\0\x01\0", "a GIF image"),
    (b"RIFF\x24\0\0\0WEBPVP8 ", "a WebP image"),
    (b"II*\0\x08\0\0\0", "a TIFF image"),
    (b"\0\0\0\x18ftypheic\0\0\0\0", "a HEIC or AVIF image"),
    (b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>', "an SVG image"),
    (b"<svg><text>Fees rise</text></svg>", "an SVG image"),
    (b"ID3\x04\0\0\0\0\0", "an audio or video file"),
    (b"\0\0\0\x20ftypisom\0\0\0\0", "an audio or video file"),
    (b"RIFF\x24\0\0\0WAVEfmt ", "an audio or video file"),
    (rb"{\rtf1\ansi The ferry stops.}", "an RTF document"),
    (b"%!PS-Adobe-3.0\n(The ferry stops.) show", "a PostScript document"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0", "an old Office document (.doc, .xls, .ppt or .msg)"),
    (make_zip({"xl/workbook.xml": "<workbook/>"}), "an Excel workbook"),
    (make_zip({"ppt/presentation.xml": "<p/>"}), "a PowerPoint presentation"),
    (make_zip({"META-INF/container.xml": "<c/>"}), "an EPUB book"),
    (make_zip({"story.txt": "The ferry stops."}), "a ZIP archive"),
    (b"PK\x03\x04 and nothing more", "a ZIP archive"),
    (b"\x1f\x8b\x08\0\0\0\0\0", "a gzip archive"),
    (b"BZh91AY&SY\0\x01", "a bzip2 archive"),
    (b"\xfd7zXZ\0\0\x04", "an xz archive"),
    (b"7z\xbc\xaf\x27\x1c\0\x04", "a 7-Zip archive"),
    (b"Rar!\x1a\x07\x01\0", "a RAR archive"),
    (b"\x28\xb5\x2f\xfd\0\x58", "a Zstandard archive"),
    (b"bplist00\xd1\x01\x02", "a Safari web archive"),
    (b"PAR1\x15\x04\x15\0", "a Parquet file"),
    (b"SQLite format 3\0\x10\0", "an SQLite database"),
    (b"\x7fELF\x02\x01\x01\0", "a program"),
    (b'<?xml version="1.0"?><recipe><step>Stir.</step></recipe>', "XML"),
    (b"<recipe><step>Stir.</step></recipe>", "XML"),
]


@pytest.mark.parametrize("name", ["story.txt", "story.json", "story.html", "story"])
@pytest.mark.parametrize(("data", "kind"), REFUSED)
def test_what_is_not_read_is_refused_by_its_type(
    tmp_path: Path, data: bytes, kind: str, name: str
) -> None:
    """One sentence names the type and the way out, whatever the file is called."""
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(ArticleError) as raised:
        Article.from_file(path)
    assert str(raised.value) == f"{str(path)!r} is {kind}, which is not read: {WAYS_OUT[kind]}."


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("<!DOCTYPE html><html></html>", "html"),
        ("\n  <!-- saved page -->\n<!doctype HTML>\n<title>x</title>", "html"),
        ("<HTML><BODY>Fees rise", "html"),
        ("<p>Fees rise.</p>", "html"),
        ("<b>Fees</b> rise.", "html"),
        ("<?xml version='1.0'?><!DOCTYPE html PUBLIC 'x' 'y'><html/>", "html"),
        ("<?php echo 1 ?><div>Fees</div>", "html"),
        ("Fees rise\n<p>One.</p>\n<p>Two.</p>", "html"),
        ("<rss version='2.0'/>", "feed"),
        ("<?xml version='1.0'?><feed xmlns='http://www.w3.org/2005/Atom'/>", "feed"),
        ("<rdf:RDF xmlns:rdf='x'/>", "feed"),
        ("<atom:feed xmlns:atom='x'></atom:feed>", "feed"),
        ("<nitf><body/></nitf>", "newsml"),
        ("<?xml version='1.0'?><!-- x --><newsItem xmlns='y'/>", "newsml"),
        ("<nar:newsMessage xmlns:nar='y'/>", "newsml"),
        ("From: a@b.example\nTo: c@d.example\nSubject: Fees\n\nThey rise.", "mail"),
        ("Received: from x\n by y\nFrom: a\nDate: b\n\n<p>a</p><p>b</p>", "mail"),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_markup_and_mail_are_recognized(text: str, kind: str, encoding: str) -> None:
    """In any case and encoding, after comments and declarations."""
    assert sniff(text.encode(encoding)) == kind


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (make_pdf([["Fees rise."]]), "pdf"),
        (b"\0\0junk\n" + make_pdf([["Fees rise."]]), "pdf"),
        (make_docx(""), "docx"),
        (make_odt(""), "odt"),
    ],
)
def test_documents_are_recognized(data: bytes, kind: str) -> None:
    """By their first bytes, or what a ZIP archive holds."""
    assert sniff(data) == kind
    assert kind in BY_FORMAT


@pytest.mark.parametrize(
    "text",
    [
        "",
        "The ferry stops.",
        "<1,000 people came, and >5,000 watched.",
        "<Anna> Are you there?\n<Ben> Yes.",
        "Use x < y && y > z.",
        '{"text": "<p>One.</p><p>Two.</p>"}',
        "[1] The ferry stops.",
        "ID3 is a tag. BZh is a mark. PAR1 is a name.",
        "BZh is a mark.",
        "WARC/1.0 is a format of archives.",
        "The file began with %PDF-1.4, the court heard.",
        "From: the archive\n\nSubject: none.",
        "From: here to there.\nThe road is closed.",
        "Headline\n\nA line with one <br> and <b>bold</b>.",
        "PK wins.",
    ],
)
def test_text_is_text(text: str) -> None:
    """Also where it has signs of another format in it."""
    assert sniff(text.encode()) == "text"


@given(st.binary(max_size=300))
def test_any_bytes_have_a_format_that_is_known(data: bytes) -> None:
    """Nothing makes sniffing fail."""
    assert sniff(data) in {"text", *BY_FORMAT, *WAYS_OUT}


@pytest.mark.parametrize(
    "data",
    [b"<!--" * 50_000, b"<!>" * 50_000, b"<?" * 50_000, b"<!DOCTYPE [" * 20_000, b"<a " * 50_000],
)
def test_unclosed_markup_takes_no_time(data: bytes) -> None:
    """No regular expression tries every end; a minute of work would fail the test run."""
    assert sniff(data) in {"text", "html"}


def test_a_mark_of_bytes_is_not_needed_for_utf16() -> None:
    """Some programs save pages without one."""
    data = "<html><body><p>Fees rise in Köln.</p></body></html>".encode("utf-16-le")
    assert not data.startswith(codecs.BOM_UTF16_LE)
    assert Article.from_bytes(data).text == "Fees rise in Köln."
