"""Finding: words of a claim that its citations do not support."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from newsqa.text.spans import Span


class Finding(BaseModel):
    """Words of a claim that its evidence does not bear out: which check found them, where, and why.

    ``span`` counts code points of the claim's text; ``reason`` is one sentence.
    """

    model_config = ConfigDict(frozen=True)

    check: str
    words: str
    span: Span
    reason: str

    @classmethod
    def at(cls, check: str, claim: str, start: int, end: int, reason: str) -> Finding:
        """The finding of what stands from ``start`` to ``end`` in ``claim``."""
        span = Span(start=start, end=end)
        return cls(check=check, words=span.slice(claim), span=span, reason=reason)

    def __str__(self) -> str:
        return f"“{self.words}”: {self.reason}"
