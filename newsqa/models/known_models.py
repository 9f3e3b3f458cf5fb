"""Facts about models by their names: token limits; constructor arguments override them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

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

Compared by a test with ``genai-prices``, which is not imported here: it loads an HTTP client, and a
prompt must not depend on what is installed. Source: its version 0.2.3, 2026-11.
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
