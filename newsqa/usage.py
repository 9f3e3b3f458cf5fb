"""Usage: what an answer cost."""

from __future__ import annotations

from typing import Self

from pydantic import BaseModel, ConfigDict, NonNegativeInt


class Usage(BaseModel):
    """The requests and tokens spent on language models.

    >>> Usage(calls=1, input_tokens=900) + Usage(calls=2, retries=1)
    Usage(calls=3, retries=1, input_tokens=900, cached_tokens=0, output_tokens=0)
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
    output_tokens: NonNegativeInt = 0
    """Tokens of completions, as the server reported them."""

    def __add__(self, other: Self) -> Self:
        return type(self)(
            **{name: getattr(self, name) + getattr(other, name) for name in type(self).model_fields}
        )

    def split(self, count: int) -> list[Self]:
        """Return ``count`` shares that add up to this usage, as even as whole numbers can be.

        >>> [share.input_tokens for share in Usage(input_tokens=900, calls=1).split(2)]
        [450, 450]
        >>> [share.calls for share in Usage(calls=1).split(2)]
        [1, 0]
        """
        parts = {name: divmod(getattr(self, name), count) for name in type(self).model_fields}
        return [
            type(self)(**{name: whole + (n < rest) for name, (whole, rest) in parts.items()})
            for n in range(count)
        ]
