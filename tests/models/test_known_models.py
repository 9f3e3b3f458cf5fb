"""What is known of models."""

from __future__ import annotations

import re

import pytest

from newsqa.models.known_models import DEFAULT_MODEL, UNKNOWN_MODEL, facts_of
from tests.conftest import ROOT


def test_the_default_model_is_known_and_does_not_reason() -> None:
    """It would need more output tokens, and abstain less."""
    facts = facts_of(DEFAULT_MODEL)
    assert facts.openai_parameters == {"reasoning_effort": "none"}
    assert (facts.max_input_tokens, facts.max_output_tokens) == (272_000, 4_096)


@pytest.mark.parametrize("name", ["gpt-6-luna-2026-09-22", "openai/gpt-6-luna"])
def test_versions_and_vendors_do_not_hide_a_model(name: str) -> None:
    """It is the same model."""
    assert facts_of(name) == facts_of("gpt-6-luna")


def test_models_that_may_reason_have_room_for_it_and_no_effort_of_ours() -> None:
    """Some of them reject the effort ``none``."""
    facts = facts_of("gpt-6.1-sol")
    assert facts.max_output_tokens == 32_000
    assert not facts.openai_parameters


@pytest.mark.parametrize("name", ["qwen3:8b", "gpt-oss-20b", "gpt-60", "", "gpt-4"])
def test_an_unknown_model_is_given_a_short_prompt(name: str) -> None:
    """A name that only begins alike is unknown."""
    assert facts_of(name) is UNKNOWN_MODEL


def test_hosted_models_have_room_and_others_of_the_same_name_do_not() -> None:
    """A server of one's own may have any context."""
    assert facts_of("deepseek-r1:8b") == UNKNOWN_MODEL
    assert facts_of("deepseek-reasoner", hosted=True).max_input_tokens == 100_000


@pytest.mark.parametrize(
    "name",
    "claude-haiku-5-5 claude-sonnet-5-5 gemini-3.8-flash gemini-3.5-flash-lite deepseek-flash "
    "deepseek-v4-pro mistral-large-4 grok-4 gpt-6-luna gpt-6.1-terra gpt-5.4-mini".split(),
)
def test_no_limit_is_above_what_a_price_list_says(name: str) -> None:
    """The list is of somebody else, and counts prompt and output together."""
    snapshot = pytest.importorskip("genai_prices.data_snapshot").get_snapshot()
    _, model = snapshot.find_provider_model(name, None, None, None)
    facts = facts_of(name, hosted=True)
    assert facts != UNKNOWN_MODEL
    assert facts.max_input_tokens + facts.max_output_tokens <= model.context_window


SHUT_DOWN_SOON = ("gpt-4", "gpt-3.5", "o1", "o3", "o4-mini", "gpt-5-mini", "gpt-5-nano")


def test_no_default_and_no_example_is_a_model_that_is_shut_down_soon() -> None:
    """By 14 January 2027; the page on OpenAI says so."""
    assert not DEFAULT_MODEL.startswith(SHUT_DOWN_SOON)
    for page in [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]:
        if page.name == "openai.md" or "design" in page.parts:
            continue
        text = page.read_text(encoding="utf-8")
        assert not re.findall(
            rf"\b(?:{'|'.join(map(re.escape, SHUT_DOWN_SOON))})\b[\w.-]*", text
        ), page
