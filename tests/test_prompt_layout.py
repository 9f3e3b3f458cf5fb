"""The order of a prompt's parts, and what ten questions about one article cost with it."""

from __future__ import annotations

import pytest

from newsqa import Article
from tests.conftest import ROOT
from tests.prompt_caches import (
    QUESTIONS,
    MarkedCache,
    PrefixCache,
    bodies,
    charges,
    text_of,
    without_marks,
)
from tests.scripted_server import LOCAL_URL, OPENAI_URL

ARTICLE = Article.from_file(ROOT / "examples/harbour-strike.txt")


def test_at_openai_the_rules_and_the_article_are_parts_that_end_at_a_mark() -> None:
    """The question is in a part of its own after them."""
    [system, user] = bodies(ARTICLE, QUESTIONS[:1])[0]["messages"]
    [rules] = system["content"]
    [article, question] = user["content"]
    mark = {"mode": "explicit"}
    assert rules["prompt_cache_breakpoint"] == article["prompt_cache_breakpoint"] == mark
    assert ARTICLE.sentences[-1].text in article["text"]
    assert question == {"type": "text", "text": "Question: Who is it about?"}


def test_questions_about_one_article_have_one_cache_key() -> None:
    """It sends them to the machine that has the article, and is none of its words."""
    sent = bodies(ARTICLE, QUESTIONS)
    assert len({body["prompt_cache_key"] for body in sent}) == 1
    assert {body["prompt_cache_options"]["mode"] for body in sent} == {"explicit"}


@pytest.mark.parametrize(
    ("url", "name"),
    [
        (LOCAL_URL, "gpt-6-luna"),
        ("https://us.openai.azure.com/openai/v1", "gpt-6-luna"),
        (OPENAI_URL, "gpt-5.4-mini"),
    ],
)
def test_elsewhere_a_prompt_is_strings_without_marks(url: str, name: str) -> None:
    """Some servers take nothing else, and they cache every prefix."""
    for body in bodies(ARTICLE, QUESTIONS[:1], url=url, name=name):
        assert {type(message["content"]) for message in body["messages"]} == {str}
        assert not [key for key in body if "cache" in key]


def test_the_text_is_the_same_with_and_without_marks() -> None:
    """The marks only cut it."""
    marked, plain = bodies(ARTICLE, QUESTIONS), bodies(ARTICLE, QUESTIONS, url=LOCAL_URL)
    assert [[*map(text_of, body["messages"])] for body in marked] == [
        [*map(text_of, body["messages"])] for body in plain
    ]


def test_prompts_of_one_article_differ_in_the_last_line_alone() -> None:
    """Every byte before it is the same, which is what caches of prefixes recognise."""
    prompts = [
        "\n".join(map(text_of, body["messages"]))
        for body in bodies(ARTICLE, QUESTIONS, url=LOCAL_URL)
    ]
    assert len({prompt.rpartition("\n")[0] for prompt in prompts}) == 1


def test_ten_questions_cost_at_most_1_8_times_one_at_openai() -> None:
    """In input-token equivalents at OpenAI's prices."""
    sent = bodies(ARTICLE, QUESTIONS)
    assert charges(MarkedCache().charge, sent) <= 1.8 * charges(MarkedCache().charge, sent[:1])


def test_without_marks_ten_questions_would_cost_ten_times_one_at_openai() -> None:
    """Each would write its prompt to the cache, and none would find it."""
    sent = [without_marks(body) for body in bodies(ARTICLE, QUESTIONS)]
    assert charges(MarkedCache().charge, sent) > 9 * charges(MarkedCache().charge, sent[:1])


def test_ten_questions_cost_at_most_1_3_times_one_at_a_server_that_reads_its_cache_for_nothing() -> (
    None
):
    """As llama.cpp and vLLM on a machine of one's own do, counted in tokens to compute."""
    sent = bodies(ARTICLE, QUESTIONS, url=LOCAL_URL)
    one = charges(PrefixCache(read=0).charge, sent[:1])
    assert charges(PrefixCache(read=0).charge, sent) <= 1.3 * one
