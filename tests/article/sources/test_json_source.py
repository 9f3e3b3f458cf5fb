"""JSON of extractors, publishers and others."""

from __future__ import annotations

import json
from typing import Any

import pytest

from newsqa.article import Article
from newsqa.errors import ArticleError


def _read(value: object, **options: Any) -> Article:
    return Article.from_bytes(json.dumps(value).encode(), suffix=".json", **options)


@pytest.mark.parametrize(
    "value",
    [
        {"body": "The ferry stops."},
        {"content": "<p>The ferry stops.</p>", "id": 7},
        {"story": "The ferry stops.", "unknown": {"text": "Other."}},
        {
            "version": "https://jsonfeed.org/version/1.1",
            "items": [{"content_text": "The ferry stops."}],
        },
        {"articles": [{"content": "The ferry stops."}]},
        {"data": {"article": {"text": "The ferry stops."}}},
        {"text": ["The ferry stops."]},
    ],
)
def test_a_text_is_found_under_any_usual_name(value: object) -> None:
    """Also one level down, in an envelope."""
    assert _read(value).text == "The ferry stops."


def test_a_post_of_wordpress_is_read() -> None:
    """Its interface wraps the title and the text, and has entities in both."""
    post = {
        "id": 7,
        "date": "2026-03-06T09:00:00",
        "modified": "2026-03-07T08:30:00",
        "link": "https://quay.example/ferry",
        "title": {"rendered": "Ferry stops &#8211; again"},
        "content": {"rendered": "<p>The ferry stops.</p>\n", "protected": False},
        "excerpt": {"rendered": "<p>It stops.</p>"},
    }
    article = _read([post])
    assert (article.title, article.text) == ("Ferry stops – again", "The ferry stops.")
    assert str(article.published_at)[:10] == "2026-03-06"
    assert str(article.modified_at)[:10] == "2026-03-07"
    assert article.origin is not None
    assert article.origin.format == "WordPress"


@pytest.mark.parametrize(
    "name", ["published_at", "publishedAt", "date", "pubDate", "date_published"]
)
def test_a_date_is_found_under_any_usual_name(name: str) -> None:
    """It decides what 'on Friday' means."""
    assert str(_read({"body": "x", name: "2026-03-06"}).published_at) == "2026-03-06"


def test_an_articles_own_json_is_kept_to_the_letter() -> None:
    """Entities and tags in its text are part of it."""
    article = Article(
        "A &amp; <b>B</b>\r\n", corrections=("It is May.",), pages=(0, 5), dateline="X"
    )
    assert _read(article.model_dump(mode="json")) == article


def test_one_of_several_articles_is_chosen() -> None:
    """By its number or title; otherwise the error lists them."""
    several = [{"title": "Ferry", "text": "It stops."}, {"title": "Fees", "text": "They rise."}]
    assert _read(several, item=2).text == _read(several, item="fees").text == "They rise."
    with pytest.raises(ArticleError, match=r"holds 2 articles; name one .*: 1 'Ferry', 2 'Fees'\."):
        _read(several)


def test_json_lines_are_articles() -> None:
    """One to a line, as extractors write them."""
    data = b'{"text": "It stops."}\n\n{"text": "They rise."}\n'
    assert Article.from_bytes(data, suffix=".jsonl", item=2).text == "They rise."
    assert Article.from_bytes(data, item=1).text == "It stops."


def test_a_broken_line_of_json_lines_is_named() -> None:
    """By its number."""
    with pytest.raises(ArticleError, match=r"is not JSON lines: .* \(line 2\)"):
        Article.from_bytes(b'{"text": "It stops."}\n{"text"\n', suffix=".jsonl")


def test_a_picture_of_an_agency_is_not_an_article() -> None:
    """Its caption is not one."""
    with pytest.raises(ArticleError, match="holds no article"):
        _read(
            {
                "uri": "x",
                "type": "picture",
                "headlines": [],
                "descriptions": [{"value": "A ferry."}],
            }
        )


def test_a_text_without_a_body_is_its_description() -> None:
    """Agencies send short texts so."""
    value = {"uri": "x", "type": "text", "headlines": [{"value": "Ferry"}]}
    article = _read({**value, "descriptions": [{"role": "text", "value": "It stops."}]})
    assert (article.title, article.text) == ("Ferry", "It stops.")


def test_the_format_is_named_by_the_origin() -> None:
    """And what read it."""
    origin = _read({"maintext": "It stops."}).origin
    assert origin
    assert str(origin) == "input (news-please, read by newsqa)"
