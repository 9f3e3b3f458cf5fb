"""Feeds, NewsML-G2 and NITF are read as the news that they hold."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsqa.article import Article
from newsqa.errors import ArticleError


def _feed(*items: str) -> bytes:
    return f"<rss version='2.0'><channel><title>Bay Post</title>{''.join(items)}</channel></rss>".encode()


ITEMS = [
    "<item><title>Ferry stops</title><description>It stops on Friday.</description></item>",
    "<item><title>Fees rise</title><description>They rise by 4%.</description></item>",
    "<item><title>Fees fall</title><description>They fall by 4%.</description></item>",
]


@pytest.mark.parametrize("item", [2, "2", "Fees rise", " fees  RISE ", "rise"], ids=repr)
def test_an_item_is_named_by_its_number_or_title(item: int | str) -> None:
    """A part of the title is enough where no other has it."""
    article = Article.from_bytes(_feed(*ITEMS), item=item)
    assert article.text == "They rise by 4%."
    assert article.origin
    assert article.origin.item == 2


def test_a_feed_of_several_items_asks_which() -> None:
    """And lists them."""
    with pytest.raises(
        ArticleError,
        match=r"holds 3 articles; name one .*: 1 'Ferry stops', 2 'Fees rise', 3 'Fees fall'\.",
    ):
        Article.from_bytes(_feed(*ITEMS))


@pytest.mark.parametrize(
    ("item", "message"),
    [
        (
            "fees",
            r"holds 2 articles with 'fees' in their titles; .*: 2 'Fees rise', 3 'Fees fall'\.",
        ),
        (4, r"holds no article 4 among its 3"),
        (0, r"holds no article 0 among its 3"),
        ("Tram", r"holds no article 'Tram' among its 3"),
    ],
    ids=repr,
)
def test_an_item_that_is_not_one_is_an_error(item: int | str, message: str) -> None:
    """No item is taken in its place."""
    with pytest.raises(ArticleError, match=message):
        Article.from_bytes(_feed(*ITEMS), item=item)


def test_a_long_feed_is_not_listed_whole() -> None:
    """An error is one sentence."""
    with pytest.raises(ArticleError, match=r"10 'Ferry stops' and 20 more\."):
        Article.from_bytes(_feed(*ITEMS[:1] * 30))


def test_a_feed_without_items_is_refused() -> None:
    """It may be a new one."""
    with pytest.raises(ArticleError, match="is a feed without items"):
        Article.from_bytes(_feed())


def test_an_item_without_a_text_is_empty() -> None:
    """Its title is not an article."""
    with pytest.raises(ArticleError, match="is empty"):
        Article.from_bytes(_feed("<item><title>Ferry stops</title></item>"))


def test_the_full_content_goes_before_the_summary() -> None:
    """Of several contents the longest."""
    item = (
        "<item xmlns:content='http://purl.org/rss/1.0/modules/content/'><title>Ferry</title>"
        "<description>It stops.</description>"
        "<content:encoded>&lt;p&gt;It stops on Friday.&lt;/p&gt;</content:encoded></item>"
    )
    assert Article.from_bytes(_feed(item)).text == "It stops on Friday."


def test_a_feed_that_is_not_well_formed_is_read() -> None:
    """Many are not."""
    item = "<item><title>Tom & Anna</title><description>Fees&nbsp;rise.</description></item>"
    article = Article.from_bytes(_feed(item))
    assert (article.title, article.text) == ("Tom & Anna", "Fees\xa0rise.")


@pytest.mark.parametrize("encoding", ["utf-8", "iso-8859-1", "utf-16"])
def test_a_feed_is_decoded_as_it_says(encoding: str) -> None:
    """In its XML declaration."""
    text = (
        f"<?xml version='1.0' encoding='{encoding}'?>"
        + _feed(
            "<item><title>Köln</title><description>Brücke gesperrt.</description></item>"
        ).decode()
    )
    assert Article.from_bytes(text.encode(encoding)).text == "Brücke gesperrt."


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
