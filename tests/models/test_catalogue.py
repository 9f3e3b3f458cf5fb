"""What is known of models."""

from __future__ import annotations

import pytest

from newsqa.models.catalogue import DEFAULT_MODEL, UNKNOWN_MODEL, facts_of


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
