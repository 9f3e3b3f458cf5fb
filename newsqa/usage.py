"""Usage: what an answer cost."""

from __future__ import annotations

from typing import Self

from pydantic import BaseModel, ConfigDict, NonNegativeFloat, NonNegativeInt


class Usage(BaseModel):
    """The requests, tokens and dollars spent on language models.

    >>> total = Usage(calls=1, input_tokens=900, cost=0.002) + Usage(calls=1, retries=1, cost=0.001)
    >>> total.calls, total.input_tokens, total.cost
    (2, 900, 0.003)
    """

    model_config = ConfigDict(frozen=True)

    calls: NonNegativeInt = 0
    """Requests sent, with those that failed."""
    retries: NonNegativeInt = 0
    """Requests that repeated a failed one; they are among the ``calls``."""
    input_tokens: NonNegativeInt = 0
    """Tokens of prompts, as the server reported them; 0 if it reported none."""
    cached_tokens: NonNegativeInt = 0
    """The input tokens that came from the provider's prompt cache."""
    cache_write_tokens: NonNegativeInt = 0
    """The input tokens that were written to the provider's prompt cache, where that has a price."""
    output_tokens: NonNegativeInt = 0
    """Tokens of completions, as the server reported them."""
    reasoning_tokens: NonNegativeInt = 0
    """The output tokens that are reasoning, where the server reports them."""
    cost: NonNegativeFloat | None = None
    """Dollars for the reported tokens; ``None`` where a price or the tokens are not known."""

    @property
    def total_tokens(self) -> int:
        """The tokens of prompts and completions."""
        return self.input_tokens + self.output_tokens

    @property
    def summary(self) -> tuple[str, ...]:
        """Return what was spent, in words.

        >>> Usage(calls=2, input_tokens=1900, cached_tokens=900, output_tokens=56, cost=0.00014).summary
        ('2 calls', '1,900 tokens in (900 cached), 56 out', '$0.00014')
        """
        parts = []
        if self.calls:
            parts.append(f"{self.calls:,} call{'s' * (self.calls != 1)}")
        if self.total_tokens:
            cached = f" ({self.cached_tokens:,} cached)" if self.cached_tokens else ""
            parts.append(f"{self.input_tokens:,} tokens in{cached}, {self.output_tokens:,} out")
        if self.cost is not None:
            parts.append(f"${self.cost:.{2 if self.cost >= 1 else 4 if self.cost >= 0.01 else 5}f}")
        return tuple(parts)

    def __add__(self, other: Self) -> Self:
        """Return the sum. Its cost is known if the costs of both are, or one of them is ``Usage()``."""
        counts = {name: getattr(self, name) + getattr(other, name) for name in _COUNTS}
        return type(self)(**counts, cost=_sum_of_costs(self, other))

    def split(self, count: int) -> list[Self]:
        """Return ``count`` shares that add up to this usage, as even as whole numbers can be.

        >>> [share.input_tokens for share in Usage(input_tokens=900, calls=1).split(2)]
        [450, 450]
        >>> [share.calls for share in Usage(calls=1).split(2)]
        [1, 0]
        """
        parts = {name: divmod(getattr(self, name), count) for name in _COUNTS}
        cost = None if self.cost is None else self.cost / count
        return [
            type(self)(
                **{name: whole + (n < rest) for name, (whole, rest) in parts.items()}, cost=cost
            )
            for n in range(count)
        ]


_COUNTS = tuple(name for name in Usage.model_fields if name != "cost")


def _sum_of_costs(*usages: Usage) -> float | None:
    costs = [
        usage.cost
        for usage in usages
        if usage.cost is not None or any(getattr(usage, name) for name in _COUNTS)
    ]
    known = [cost for cost in costs if cost is not None]
    return sum(known) if costs and len(known) == len(costs) else None
