"""What is known of models: one table, which arguments of a model override."""

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
    """The limits that a model is used within, and what OpenAI's own servers are told about it."""

    max_input_tokens: int
    """Of a whole prompt."""

    max_output_tokens: int = 4_096
    """Of a completion, reasoning included."""

    openai_parameters: Mapping[str, object] = field(default_factory=dict)
    """Sent to OpenAI and Azure OpenAI only: other servers may reject them."""


_FACTS = {
    # GPT-5 and 6 hold more, but a prompt above 272,000 tokens costs double.
    "gpt-6": ModelFacts(272_000, 32_000),
    "gpt-6-luna": ModelFacts(272_000, openai_parameters=_NO_REASONING),
    "gpt-5": ModelFacts(272_000, 32_000),
    "gpt-5.6-luna": ModelFacts(272_000, openai_parameters=_NO_REASONING),
    "gpt-5.4-mini": ModelFacts(272_000, openai_parameters=_NO_REASONING),
    "gpt-4.1": ModelFacts(272_000),
    "gpt-4o": ModelFacts(120_000),
}
"""By the beginning of the name; the longest that fits counts.

Models that may reason are left 32,000 tokens of output, because reasoning is part of it. Sources:
the model pages and the types of the ``openai`` client, 2026-11.
"""

UNKNOWN_MODEL = ModelFacts(8_000)
"""For every other model.

Low on purpose: many local servers cut a longer prompt in silence, so that an article would be read
without its end. Whoever knows the context says so with ``max_input_tokens``.
"""


def facts_of(name: str) -> ModelFacts:
    """What is known of the model called ``name``, with or without a vendor before it."""
    bare = name.rpartition("/")[2]
    known = [
        start for start in _FACTS if bare == start or bare.startswith((f"{start}-", f"{start}."))
    ]
    return _FACTS[max(known, key=len)] if known else UNKNOWN_MODEL
