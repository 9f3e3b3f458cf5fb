"""JSON-LD, in files and in scripts of pages."""

from __future__ import annotations

import pytest

from newsqa.article.sources.jsonld import (
    body_of,
    fields_of_node,
    is_article,
    objects_in,
    parse_json,
    parse_script,
)

NODE = {"@type": "NewsArticle", "articleBody": "The ferry stops."}


@pytest.mark.parametrize(
    "document",
    [
        NODE,
        [NODE],
        {"@graph": [{"@type": "WebPage"}, NODE]},
        {"@type": "WebPage", "mainEntity": NODE},
        {"@type": "WebPage", "mainEntityOfPage": NODE},
        {"@type": "CollectionPage", "hasPart": [NODE]},
        {"@type": "ItemList", "itemListElement": [{"@type": "ListItem", "item": NODE}]},
    ],
)
def test_an_article_is_found_wherever_it_is(document: object) -> None:
    """Alone, in a list, in a graph, or as a part of something else."""
    assert [node for node in objects_in(document) if is_article(node)] == [NODE]


@pytest.mark.parametrize(
    "kind",
    [
        "NewsArticle",
        "http://schema.org/ReportageNewsArticle",
        "schema:LiveBlogPosting",
        ["Thing", "Article"],
    ],
)
def test_types_of_articles(kind: object) -> None:
    """With or without the address of schema.org."""
    assert is_article({"@type": kind})


@pytest.mark.parametrize("kind", ["WebPage", "Person", "ArticleList", None, 5, []])
def test_other_types_are_no_articles(kind: object) -> None:
    """Also where the word is in the name."""
    assert not is_article({"@type": kind})


@pytest.mark.parametrize(
    "script",
    [
        '{"a": "b\nc\td"}',
        ' <!-- {"a": "b\nc\td"} --> ',
        '//<![CDATA[\n{"a": "b\nc\td"}\n//]]>',
        '{"a": "b\nc\td"};',
        "{&quot;a&quot;: &quot;b\nc\td&quot;}",
    ],
)
def test_scripts_are_read_as_pages_have_them(script: str) -> None:
    """With raw control characters, in comment marks, escaped, or with a semicolon."""
    assert parse_script(script) == {"a": "b\nc\td"}


@pytest.mark.parametrize("script", ["", "{", "var x = 1;", "[" * 100_000])
def test_a_broken_script_is_passed_over(script: str) -> None:
    """The page may say the rest in other ways."""
    assert parse_script(script) is None


def test_control_characters_are_kept_in_strings() -> None:
    """Strict JSON refuses them; systems write them."""
    assert parse_json('{"articleBody": "One.\n\tTwo."}') == {"articleBody": "One.\n\tTwo."}


def test_a_live_blog_is_its_updates() -> None:
    """In the order given, each with its headline."""
    updates = [
        {"headline": "Noon", "articleBody": "<p>It stops.</p>"},
        {"articleBody": "It sails."},
    ]
    node = {"@type": "LiveBlogPosting", "articleBody": "Today.", "liveBlogUpdate": updates}
    assert body_of(node) == "Today.\n\nNoon\n\nIt stops.\n\nIt sails."


def test_people_are_named_elsewhere_in_the_document() -> None:
    """By a reference to another object."""
    author = {"@type": "Person", "@id": "#lena", "name": "Lena Hollis"}
    node = {**NODE, "author": [{"@id": "#lena"}]}
    assert fields_of_node(node, {"@graph": [node, author]})["author"] == "Lena Hollis"


def test_all_that_is_known_of_an_article_is_read() -> None:
    """Dates, dateline and corrections among it."""
    node = {
        **NODE,
        "headline": "Ferry &amp; fees",
        "datePublished": "2026-03-06",
        "dateModified": "2026-03-07T10:00:00Z",
        "dateline": "HARROW BAY",
        "mainEntityOfPage": {"@id": "https://bay.example/ferry"},
        "inLanguage": {"@type": "Language", "name": "en"},
        "correction": [{"@type": "CorrectionComment", "text": "It stops on Friday."}],
    }
    fields = dict(fields_of_node(node))
    del fields["origin"]
    assert fields == {
        "text": "The ferry stops.",
        "title": "Ferry & fees",
        "published_at": "2026-03-06",
        "modified_at": "2026-03-07T10:00:00Z",
        "dateline": "HARROW BAY",
        "url": "https://bay.example/ferry",
        "language": "en",
        "corrections": ("It stops on Friday.",),
    }
