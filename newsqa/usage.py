"""Usage: what an answer cost."""

from __future__ import annotations

from typing import Self

from pydantic import BaseModel, ConfigDict, NonNegativeInt


class Usage(BaseModel):
    """What was spent on language models; adds up with ``+``.

    ``calls`` counts every request sent, ``retries`` those of them that repeated a failed one.
    Tokens are those the server reported, 0 where it reported none; ``cached_tokens`` is the part of
    ``input_tokens`` that came from the provider's prompt cache.
    """

    model_config = ConfigDict(frozen=True)

    calls: NonNegativeInt = 0
    retries: NonNegativeInt = 0
    input_tokens: NonNegativeInt = 0
    cached_tokens: NonNegativeInt = 0
    output_tokens: NonNegativeInt = 0

    def __add__(self, other: Self) -> Self:
        return type(self)(
            **{name: getattr(self, name) + getattr(other, name) for name in type(self).model_fields}
        )
