"""Facts about models by their names: token limits and prices. What the caller says comes first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict, NonNegativeFloat

from newsqa.usage import Usage

if TYPE_CHECKING:
    from decimal import Decimal

    from genai_prices.types import ModelInfo, ModelPrice, TieredPrices

DEFAULT_MODEL = "gpt-6-luna"
"""OpenAI's recommended start for work that GPT-4.x did; 0.10 $ per million input tokens (2026-11)."""

_NO_REASONING: Mapping[str, object] = MappingProxyType({"reasoning_effort": "none"})
"""Reading what an article says needs none, and reasoning lowers abstention (AbstentionBench)."""


@dataclass(frozen=True, slots=True)
class ModelFacts:
    """The token limits of a model, and what OpenAI's own servers are sent for it."""

    max_input_tokens: int
    """Of a whole prompt."""

    max_output_tokens: int = 4_096
    """Of a completion, reasoning included."""

    openai_parameters: Mapping[str, object] = field(default_factory=dict)
    """Sent to OpenAI and Azure OpenAI only: other servers may reject them."""

    is_cached_by_mark: bool = False
    """Whether OpenAI caches a prompt up to marked places only, and not every prefix seen before."""


_FACTS = {
    # GPT-5 and 6 hold more, but a prompt above 272,000 tokens costs double.
    "gpt-6": ModelFacts(272_000, 32_000, is_cached_by_mark=True),
    "gpt-6-luna": ModelFacts(272_000, openai_parameters=_NO_REASONING, is_cached_by_mark=True),
    "gpt-5": ModelFacts(272_000, 32_000),
    "gpt-5.6": ModelFacts(272_000, 32_000, is_cached_by_mark=True),
    "gpt-5.6-luna": ModelFacts(272_000, openai_parameters=_NO_REASONING, is_cached_by_mark=True),
    "gpt-5.4-mini": ModelFacts(272_000, openai_parameters=_NO_REASONING),
    "gpt-4.1": ModelFacts(272_000),
    "gpt-4o": ModelFacts(120_000),
}
"""By the beginning of the name; the longest one that fits counts.

Models that may reason get 32,000 tokens of output, because reasoning is part of it. Sources: the
model pages and the types of the ``openai`` client, 2026-11.
"""

MAX_HOSTED_INPUT_TOKENS = 100_000
"""No article is longer, and above it some providers charge several times as much for a token."""

_REASONING = ModelFacts(MAX_HOSTED_INPUT_TOKENS, 16_000)
_PLAIN = ModelFacts(MAX_HOSTED_INPUT_TOKENS)
_HOSTED_FACTS = {
    "claude": ModelFacts(MAX_HOSTED_INPUT_TOKENS, 8_000),
    "command": _PLAIN,
    "deepseek": ModelFacts(MAX_HOSTED_INPUT_TOKENS, 8_000),
    "deepseek-chat": ModelFacts(56_000, 8_000),
    "gemini": _REASONING,
    "glm": _REASONING,
    "gpt-oss": _REASONING,
    "grok": _REASONING,
    "kimi": _REASONING,
    "llama-3.3": _PLAIN,
    "llama-4": _PLAIN,
    "magistral": ModelFacts(32_000, 8_000),
    "ministral": _PLAIN,
    "mistral": _PLAIN,
    "qwen3.8": _REASONING,
}
"""The same for models at a provider. On your own server, the same model often has a smaller context.

Compared by a test with ``genai-prices``, but not read from it: a prompt must not depend on which
version of it is installed. Source: its version 0.2.3, 2026-11.
"""

UNKNOWN_MODEL = ModelFacts(8_000)
"""For every other model.

Low on purpose: many local servers cut a longer prompt silently, so an article would be read without
a part of it. If you know the context, set ``max_input_tokens``.
"""


def facts_of(name: str, *, hosted: bool = False) -> ModelFacts:
    """Return the limits of a model.

    >>> facts_of("openai/gpt-4o-mini").max_input_tokens
    120000
    >>> facts_of("anthropic/claude-sonnet-5-5", hosted=True).max_input_tokens
    100000
    >>> facts_of("qwen3:8b") == UNKNOWN_MODEL
    True

    Args:
        name: The model's name, with or without a vendor before it.
        hosted: Whether a provider runs it. Your own server may have any context.
    """
    bare = name.rpartition("/")[2]
    facts = _longest_match(bare, _FACTS)
    if facts is None and hosted:
        facts = _longest_match(bare, _HOSTED_FACTS)
    return facts or UNKNOWN_MODEL


def _longest_match(name: str, facts: Mapping[str, ModelFacts]) -> ModelFacts | None:
    starts = [
        start for start in facts if name == start or name.startswith((f"{start}-", f"{start}."))
    ]
    return facts[max(starts, key=len)] if starts else None


class Price(BaseModel):
    """What a model's tokens cost, in dollars for a million.

    >>> Price(input=0.10, output=0.50, cached=0.01).cost_of(
    ...     Usage(input_tokens=2_000_000, cached_tokens=1_000_000)
    ... )
    0.11
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    input: NonNegativeFloat
    output: NonNegativeFloat
    cached: NonNegativeFloat | None = None
    """Of an input token that comes from the provider's cache; by default as ``input``."""
    cache_write: NonNegativeFloat | None = None
    """Of an input token that is written to the provider's cache; by default as ``input``."""

    def cost_of(self, usage: Usage) -> float:
        """Return the dollars that the tokens of ``usage`` cost."""
        plain = usage.input_tokens - usage.cached_tokens - usage.cache_write_tokens
        cached = self.input if self.cached is None else self.cached
        written = self.input if self.cache_write is None else self.cache_write
        dollars = (
            plain * self.input
            + usage.cached_tokens * cached
            + usage.cache_write_tokens * written
            + usage.output_tokens * self.output
        )
        return dollars / 1_000_000


class Pricing:
    """The prices of one model at one address.

    They come from the caller's table, or else from ``genai-prices``, which knows the providers by their
    addresses: discounts for a cache, higher prices for long prompts, prices by the time of day. It is
    imported at the first call, because that takes 0.1 s.

    >>> Pricing("gpt-6-luna", "https://api.openai.com/v1").cost_of(Usage(input_tokens=1_000_000))
    0.2
    >>> Pricing("llama", "http://localhost:8080/v1").cost_of(Usage(input_tokens=1_000_000)) is None
    True

    Args:
        name: The model's name.
        url: The address of its server, if a provider may run it.
        prices: The caller's table, by the names of models.
    """

    def __init__(
        self, name: str, url: str | None, prices: Mapping[str, Price] | None = None
    ) -> None:
        self.name = name
        self._url = url
        self._own = (prices or {}).get(name)

    def cost_of(self, usage: Usage) -> float | None:
        """Return the dollars that the tokens of one request cost, or ``None`` if no price is known."""
        price = self._price(usage.input_tokens)
        return None if price is None else price.cost_of(usage)

    def highest_cost(self, usage: Usage) -> float | None:
        """Return the most that one request may cost with the tokens of ``usage`` at most.

        That is without any cached token, and with all of them written to the cache where that is
        dearer.
        """
        price = self._price(usage.input_tokens)
        if price is None:
            return None
        dearest = max(price.input, price.cache_write or 0)
        return Price(input=dearest, output=price.output).cost_of(usage)

    def _price(self, input_tokens: int) -> Price | None:
        if self._own is not None or self._listed is None:
            return self._own
        return _as_price(self._listed.get_prices(datetime.now(UTC)), input_tokens)

    @cached_property
    def _listed(self) -> ModelInfo | None:
        if self._url is None:
            return None
        from genai_prices.data_snapshot import get_snapshot

        try:
            _, model = get_snapshot().find_provider_model(self.name, None, None, self._url)
        except LookupError:
            return None
        return model


def _as_price(listed: ModelPrice, input_tokens: int) -> Price | None:
    """Return the price of a request with ``input_tokens``; ``None`` if it is not by the token alone."""

    def dollars(name: str) -> float | None:
        return _at(getattr(listed, name, None), input_tokens)

    read, written = dollars("input_mtok"), dollars("output_mtok")
    if read is None or written is None or dollars("requests_kcount") is not None:
        return None
    return Price.model_construct(
        input=read,
        output=written,
        cached=dollars("cache_read_mtok"),
        cache_write=dollars("cache_write_mtok"),
    )


def _at(price: Decimal | TieredPrices | None, input_tokens: int) -> float | None:
    """Return the dollars for a million tokens, in a request with ``input_tokens``."""
    reached = [tier.price for tier in getattr(price, "tiers", ()) if input_tokens > tier.start]
    base: Any = getattr(price, "base", price)
    value = reached[-1] if reached else base
    return None if value is None else float(value)
