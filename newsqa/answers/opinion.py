"""SecondOpinion: whether cited sentences support a claim, in the judgement of whoever was asked."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

Verdict = Literal["supported", "partly", "no"]


class SecondOpinion(BaseModel):
    """A verdict on a claim, and what its sentences do not say, in words, where that was told."""

    model_config = ConfigDict(frozen=True)

    verdict: Verdict
    reason: str = ""

    def __str__(self) -> str:
        told = {
            "supported": "what it cites supports it",
            "partly": "what it cites supports it in part",
            "no": "what it cites does not support it",
        }[self.verdict]
        return f"{told}: {self.reason.rstrip('.')}" if self.reason else told
