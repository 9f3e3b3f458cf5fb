"""Pages: what is read from their metadata, and what is not part of their article."""

from __future__ import annotations

import pytest

from newsqa.article import Article
from newsqa.errors import ArticleError

BODY = (
    "<article><h1>Tram to the harbour delayed</h1><p>The tram line to the harbour will open in "
    "September, four months late, the builder Karsten &amp; Roe said on Monday.</p><p>Cracks were found "
    "in 31 of the line's 400 concrete ties, and they all have to be replaced before the tests.</p></article>"
)


def _page(head: str = "", body: str = BODY) -> Article:
    return Article.from_html(f"<!doctype html><html><head>{head}</head><body>{body}</body></html>")


def _jsonld(json: str) -> str:
    return f'<script type="application/ld+json">{json}</script>'


def test_json_ld_goes_before_meta_elements() -> None:
    """And what it does not have is taken from them."""
    article = _page(
        _jsonld(
            '{"@type": "NewsArticle", "headline": "Tram delayed", "datePublished": "2026-03-02"}'
        )
        + '<meta property="og:title" content="Tram | Bay Post"><meta name="author" content="Lena Hollis">'
    )
    assert (article.title, str(article.published_at), article.author) == (
        "Tram delayed",
        "2026-03-02",
        "Lena Hollis",
    )


@pytest.mark.parametrize(
    "head",
    [
        '<meta property="article:published_time" content="2026-03-02T10:00:00Z">',
        '<meta name="DC.date" content="2026-03-02">',
        '<meta itemprop="datePublished" content="2026-03-02">',
        '<meta name="date" content="Mon, 02 Mar 2026 10:00:00 GMT">',
    ],
)
def test_the_date_is_read_from_meta_elements(head: str) -> None:
    """Under any of their usual names."""
    assert str(_page(head).published_at).startswith("2026-03-02")


def test_the_date_is_read_from_a_time_element() -> None:
    """The one that is marked as the date of publication goes first."""
    times = '<time datetime="2026-05-05">x</time><time itemprop="datePublished" datetime="2026-03-02">y</time>'
    assert str(_page(body=BODY + times).published_at) == "2026-03-02"


def test_of_several_articles_in_json_ld_the_pages_own_is_taken() -> None:
    """Teasers of others are articles, too."""
    article = _page(
        '<meta property="og:title" content="Tram delayed">'
        + _jsonld(
            '[{"@type": "NewsArticle", "headline": "Fees rise", "datePublished": "2026-01-01"},'
            '{"@type": "NewsArticle", "headline": "Tram delayed", "datePublished": "2026-03-02"}]'
        )
    )
    assert str(article.published_at) == "2026-03-02"


def test_a_broken_script_does_not_hide_a_good_one() -> None:
    """Each is read by itself."""
    good = _jsonld('{"@type": "NewsArticle", "datePublished": "2026-03-02"}')
    assert str(_page(_jsonld("{broken") + good).published_at) == "2026-03-02"


def test_corrections_are_read() -> None:
    """They change what the article means."""
    head = _jsonld(
        '{"@type": "NewsArticle", "headline": "Tram", "correction": "It is 31 ties, not 13."}'
    )
    assert _page(head).corrections == ("It is 31 ties, not 13.",)


def test_what_surrounds_an_article_is_left_out() -> None:
    """Banners for consent, navigation, teasers and footers."""
    around = (
        '<div id="CookieConsent"><p>We store 77 cookies on your device for two years. Accept?</p></div>'
        '<nav><a href="/">Home</a></nav>'
        f"{BODY}<aside><a href='/x'>Fees rise by 9%</a></aside><footer>Imprint</footer>"
    )
    text = _page(body=around).text
    assert "Cracks were found" in text
    assert "Karsten & Roe" in text
    assert not any(junk in text for junk in ("77 cookies", "Home", "Fees rise", "Imprint", "<"))


def test_a_page_that_needs_a_script_is_read_from_its_json_ld() -> None:
    """The body there is the article."""
    body = "The tram line to the harbour will open in September. " * 3
    head = _jsonld(f'{{"@type": "NewsArticle", "articleBody": "{body}"}}')
    article = _page(head, body='<div id="app">Loading</div>')
    assert article.text == body.strip()


@pytest.mark.parametrize("body", ["", "<div id='root'></div>", "<script>render()</script>"])
def test_a_page_without_a_text_is_refused(body: str) -> None:
    """With the way out."""
    with pytest.raises(
        ArticleError, match="HTML without the text of an article: save the page after"
    ):
        _page(body=body)


def test_a_fragment_is_read_whole() -> None:
    """As content systems hand on bodies."""
    article = Article.from_html("<p>The tram is late.</p><p>Cracks were found.</p>")
    assert article.text == "The tram is late.\n\nCracks were found."


@pytest.mark.parametrize("charset", ["windows-1252", "iso-8859-1", "iso-8859-15", "shift_jis"])
def test_pages_are_decoded_as_they_say(charset: str) -> None:
    """Windows-1252 where they say ISO 8859-1, as browsers do."""
    word = (
        "橋は閉鎖" if charset == "shift_jis" else "Café “Köln”" if "125" in charset else "Café Köln"
    )
    page = f'<html><head><meta charset="{charset}"></head><body><p>{word}</p></body></html>'
    assert word in Article.from_html(page.encode(charset)).text


def test_utf8_is_believed_before_what_a_page_says() -> None:
    """Servers and templates name the wrong encoding more often than UTF-8 comes by chance."""
    page = f'<html><head><meta charset="iso-8859-1"></head><body>{BODY.replace("Roe", "Røe")}</body></html>'
    assert "Karsten & Røe" in Article.from_html(page.encode()).text


def test_an_unknown_encoding_is_named() -> None:
    """It cannot be guessed."""
    with pytest.raises(ArticleError, match="unknown encoding 'klingon'"):
        Article.from_html(b"<html><meta charset=klingon><p>caf\xe9</p></html>")


def test_a_url_that_is_given_is_the_articles() -> None:
    """Where the page names none itself."""
    assert Article.from_html(
        f"<html><body>{BODY}</body></html>", url="https://bay.example/tram"
    ).url == ("https://bay.example/tram")


def test_a_page_that_escapes_its_own_markup_is_read_as_markup() -> None:
    """Some templates do."""
    escaped = BODY.replace("&amp;", "and").replace("<", "&lt;").replace(">", "&gt;")
    assert "<" not in _page(body=f"<main><div>{escaped}</div></main>").text
