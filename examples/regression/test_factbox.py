"""What fact boxes say, pinned by recorded replies of a language model; none of this uses a network."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from factbox import fact_box

from newsqa import Article, Settings, ask
from newsqa.testing import FaultyModel, assert_grounded

pytestmark = pytest.mark.no_model_requests

STORY = Article.from_file(Path(__file__).with_name("story.txt"))


@pytest.fixture
def settings() -> Settings:
    """The model that was recorded; its name is part of every request, its address is not."""
    return Settings(
        model=os.environ.get("NEWSQA_MODEL", "relay"),
        base_url=os.environ.get("OPENAI_BASE_URL", "http://model.invalid/v1"),
    )


@pytest.mark.newsqa_vcr
def test_opening_hours_come_with_their_proof(settings: Settings) -> None:
    """The new hours, and not the day on which the council meant to close."""
    [line] = fact_box(STORY, ["When will volunteers open the library?"], settings=settings)
    assert "4 October" in line
    assert "10 a.m. to 2 p.m. every Saturday" in line
    assert "1 October" not in line


@pytest.mark.newsqa_vcr
def test_a_corrected_figure_is_the_one_that_counts(settings: Settings) -> None:
    """Monday's figure was overtaken by Wednesday's."""
    answer = ask(STORY, "How many people have signed up to help?", settings=settings)
    assert_grounded(answer, STORY)
    assert "34" in answer.short
    assert "27" not in answer.short


@pytest.mark.newsqa_vcr
def test_what_is_not_decided_is_not_answered(settings: Settings) -> None:
    """The story hour is mentioned; who would read at it is not."""
    question = "Who will read at the children's story hour?"
    assert fact_box(STORY, [question], settings=settings) == [
        f"{question} – The story does not say."
    ]


def test_an_outage_costs_one_line() -> None:
    """The model times out once, and has nothing to say the second time."""
    nothing = {"claims": [], "short": "", "status": "not_in_article"}
    model = FaultyModel([nothing], ["timeout"])
    assert fact_box(STORY, ["Who?", "When?"], model=model) == [
        "Who? – No answer at the moment.",
        "When? – The story does not say.",
    ]
