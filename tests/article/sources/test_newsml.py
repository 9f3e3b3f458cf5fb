"""NewsML-G2 and NITF beyond the files in ``formats``."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsqa.article import Article
from newsqa.errors import ArticleError

FORMATS = Path(__file__).parent / "formats"


@pytest.mark.parametrize("name", ["newsml-g2/en.xml", "nitf/en.xml"])
def test_corrections_and_the_dateline_are_read(name: str) -> None:
    """They reach the prompt."""
    article = Article.from_file(FORMATS / name)
    assert article.corrections == ("An earlier version gave the cost as £1.9 million.",)
    assert article.dateline == "QUAYSIDE"


def test_a_note_to_editors_is_not_a_correction() -> None:
    """Unless the item is marked as one."""
    data = (FORMATS / "newsml-g2/en.xml").read_bytes().replace(b"sig:correction", b"sig:update")
    assert Article.from_bytes(data).corrections == ()


@pytest.mark.parametrize(
    "xml",
    [
        "<newsItem xmlns='http://iptc.org/std/nar/2006-10-01/'><contentSet><remoteContent href='x'/></contentSet></newsItem>",
        "<packageItem xmlns='http://iptc.org/std/nar/2006-10-01/'/>",
        "<nitf><body/></nitf>",
    ],
)
def test_an_item_without_a_text_is_refused(xml: str) -> None:
    """A picture, a package, or only a headline."""
    with pytest.raises(ArticleError, match="in XML without a text"):
        Article.from_bytes(xml.encode())
