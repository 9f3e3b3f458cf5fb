"""Finding and SecondOpinion: what a check and a verifier say of a claim."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

from newsqa.text.spans import Span


class Finding(BaseModel):
    """Words of a claim that its citations do not support, as a check found them."""

    model_config = ConfigDict(frozen=True)

    check: str
    words: str
    span: Span
    reason: str

    @classmethod
    def at(cls, check: str, claim: str, start: int, end: int, reason: str) -> Finding:
        """Return the finding for the words from ``start`` to ``end`` of ``claim``."""
        span = Span(start=start, end=end)
        return cls(check=check, words=span.slice(claim), span=span, reason=reason)

    def __str__(self) -> str:
        return f"“{self.words}”: {self.reason}"


Verdict = Literal["supported", "partly", "no"]


class SecondOpinion(BaseModel):
    """A verifier's verdict on whether the cited sentences support a claim."""

    model_config = ConfigDict(frozen=True)

    verdict: Verdict
    """``supported``, ``partly`` or ``no``."""
    reason: str = ""
    """What the sentences do not say, if the verifier gave a reason."""

    def __str__(self) -> str:
        verdict = {
            "supported": "what it cites supports it",
            "partly": "what it cites supports it in part",
            "no": "what it cites does not support it",
        }[self.verdict]
        return f"{verdict}: {self.reason.rstrip('.')}" if self.reason else verdict
