"""What is known of models."""

from __future__ import annotations

import re

import genai_prices
import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsqa.models.known_models import DEFAULT_MODEL, UNKNOWN_MODEL, Price, Pricing, facts_of
from newsqa.usage import Usage
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


PROVIDERS = {
    "gpt-6-luna": "https://api.openai.com/v1",
    "gpt-6.1-terra": "https://api.openai.com/v1",
    "claude-sonnet-5-5": "https://api.anthropic.com/v1",
    "gemini-3.8-flash": "https://generativelanguage.googleapis.com/v1beta/openai",
    "deepseek-flash": "https://api.deepseek.com",
    "mistral-large-4": "https://api.mistral.ai/v1",
    "grok-4": "https://api.x.ai/v1",
}


@pytest.mark.parametrize("input_tokens", [3_000, 300_000])
@pytest.mark.parametrize("name", PROVIDERS)
def test_a_cost_is_what_the_price_list_calculates(name: str, input_tokens: int) -> None:
    """Also above the length from which a token costs more."""
    usage = Usage(
        input_tokens=input_tokens, cached_tokens=2_000, cache_write_tokens=500, output_tokens=100
    )
    theirs = genai_prices.calc_price(
        genai_prices.Usage(
            input_tokens=input_tokens,
            cache_read_tokens=2_000,
            cache_write_tokens=500,
            output_tokens=100,
        ),
        name,
        provider_api_url=PROVIDERS[name],
    )
    ours = Pricing(name, PROVIDERS[name]).cost_of(usage)
    assert ours == pytest.approx(float(theirs.total_price))


def test_a_model_that_is_priced_by_the_request_has_no_known_cost() -> None:
    """Its tokens alone would be a part of the bill."""
    pricing = Pricing("sonar", "https://api.perplexity.ai")
    assert pricing.cost_of(Usage(input_tokens=1_000)) is None


@given(
    cached=st.integers(0, 1_000),
    written=st.integers(0, 1_000),
    plain=st.integers(0, 1_000),
    output=st.integers(0, 1_000),
)
def test_no_request_costs_more_than_its_highest_cost(
    cached: int, written: int, plain: int, output: int
) -> None:
    """However its tokens divide between cache and prompt."""
    price = Price(input=1.0, output=4.0, cached=0.1, cache_write=1.25)
    pricing = Pricing("m", None, {"m": price})
    used = Usage(
        input_tokens=cached + written + plain,
        cached_tokens=cached,
        cache_write_tokens=written,
        output_tokens=output,
    )
    most = pricing.highest_cost(
        Usage(input_tokens=used.input_tokens, output_tokens=used.output_tokens)
    )
    assert most is not None
    assert price.cost_of(used) <= most + 1e-12
