"""Token limits by model name; constructor arguments override them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

DEFAULT_MODEL = "gpt-6-luna"
"""OpenAI's recommended start for work that GPT-4.x did; 0.10 $ per million input tokens (2026-11)."""

_NO_REASONING: Mapping[str, object] = MappingProxyType({"reasoning_effort": "none"})
"""Reading an article needs no reasoning, and reasoning lowers abstention (AbstentionBench)."""


@dataclass(frozen=True, slots=True)
class ModelFacts:
    """The limits of a model, and the parameters that it takes at OpenAI."""

    max_input_tokens: int
    """The most tokens that a whole prompt may have."""

    max_output_tokens: int = 4_096
    """The most tokens that a completion may have, reasoning included."""

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
"""By the beginning of the name; the longest match counts.

Models that may reason get 32,000 tokens of output, because reasoning is part of it. Sources:
the model pages and the types of the ``openai`` client, 2026-11.
"""

UNKNOWN_MODEL = ModelFacts(8_000)
"""The limits of every other model.

They are low on purpose: many local servers truncate a longer prompt silently, and an article would be
read without its end. If you know the context, set ``max_input_tokens``.
"""


def facts_of(name: str) -> ModelFacts:
    """Return the limits of a model, whose name may have a vendor before it.

    >>> facts_of("openai/gpt-4o-mini").max_input_tokens
    120000
    >>> facts_of("qwen3:8b") == UNKNOWN_MODEL
    True
    """
    bare = name.rpartition("/")[2]
    known = [
        start for start in _FACTS if bare == start or bare.startswith((f"{start}-", f"{start}."))
    ]
    return _FACTS[max(known, key=len)] if known else UNKNOWN_MODEL
