"""SecondOpinion: a verifier's verdict on a claim."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

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
