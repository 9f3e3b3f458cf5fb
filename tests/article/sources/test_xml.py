"""XML that attacks its reader."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsqa.article import Article
from newsqa.article.sources.markup import parse_xml
from newsqa.errors import ArticleError

LAUGHS = "".join(f"<!ENTITY l{n} '{f'&l{n - 1};' * 10}'>" for n in range(1, 12))
BOMB = f"<!DOCTYPE x [<!ENTITY l0 'ha'>{LAUGHS}]>"
OUTSIDE = '<!DOCTYPE x [<!ENTITY secret SYSTEM "file://{path}">]>'

DOCUMENTS = {
    "newsml": "<nitf><body><body.content><p>{entity}</p></body.content></body></nitf>",
    "rss": "<rss version='2.0'><channel><item><description>{entity}</description></item></channel></rss>",
    "atom": "<feed xmlns='http://www.w3.org/2005/Atom'><entry><summary>{entity}</summary></entry></feed>",
}


@pytest.mark.parametrize("document", DOCUMENTS.values(), ids=DOCUMENTS)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_not_expanded(document: str, encoding: str) -> None:
    """A thousand million laughs are refused before the first."""
    data = (BOMB + document.format(entity="&l11;")).encode(encoding)
    with pytest.raises(ArticleError, match="declares XML entities"):
        Article.from_bytes(data)


@pytest.mark.parametrize("document", DOCUMENTS.values(), ids=DOCUMENTS)
def test_no_other_file_is_read(document: str, tmp_path: Path) -> None:
    """An entity cannot bring one in."""
    secret = tmp_path / "secret.txt"
    secret.write_text("the key", encoding="utf-8")
    data = (OUTSIDE.format(path=secret) + document.format(entity="&secret;")).encode()
    with pytest.raises(ArticleError, match="declares XML entities"):
        Article.from_bytes(data)


def test_a_document_type_alone_is_harmless() -> None:
    """NITF names one, which is not fetched."""
    data = b'<!DOCTYPE nitf SYSTEM "http://127.0.0.1:1/nitf.dtd"><nitf><body/></nitf>'
    assert parse_xml(data, "x").tag == "nitf"


@pytest.mark.parametrize("data", [b"", b"<", b"<!-- only a comment -->", b"\xff\xfe\0"])
def test_what_has_no_element_is_refused(data: bytes) -> None:
    """By one kind of error."""
    with pytest.raises(ArticleError, match="is not XML that can be read"):
        parse_xml(data, "x")


def test_deep_xml_does_not_exhaust_the_stack() -> None:
    """The depth is limited by the parser."""
    data = b"<nitf><body><body.content>" + b"<p>" * 100_000 + b"x"
    with pytest.raises(ArticleError):
        Article.from_bytes(data)
