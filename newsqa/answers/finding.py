"""Findings of checks, opinions of verifiers, and rejections: why a claim is doubtful or left out."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from newsqa.text.spans import Span


def _is_empty(value: str) -> bool:
    """Return whether a field is left out of JSON, which then reads as that of version 0.1."""
    return not value


class Finding(BaseModel):
    """Words of a claim that its citations do not support, as a check found them."""

    model_config = ConfigDict(frozen=True)

    check: str
    words: str
    span: Span
    reason: str
    rule: str = Field(default="", exclude_if=_is_empty)
    """The rule of the check that found it, if the policy may treat that apart."""

    @classmethod
    def at(
        cls, check: str, claim: str, start: int, end: int, reason: str, *, rule: str = ""
    ) -> Finding:
        """Return the finding for the words from ``start`` to ``end`` of ``claim``."""
        span = Span(start=start, end=end)
        return cls(check=check, words=span.slice(claim), span=span, reason=reason, rule=rule)

    def __str__(self) -> str:
        return f"“{self.words}”: {self.reason}"


class Derivation(BaseModel):
    """A figure of a claim that the cited sentences do not have, and that follows from theirs."""

    model_config = ConfigDict(frozen=True)

    words: str
    span: Span
    formula: str
    """How it follows, in the cited words: ``447 lumes − 412 lumes``."""
    numbers: tuple[Span, ...]
    """The cited numbers that the formula uses, as spans of the article."""

    def __str__(self) -> str:
        return f"“{self.words}” = {self.formula}"


Voice = Literal["quoted", "reported", "newsroom"]
"""``quoted``: in the speaker's words; ``reported``: in the article's; ``newsroom``: nobody's word."""


class Speaker(BaseModel):
    """Whose word the cited sentences of a claim are."""

    model_config = ConfigDict(frozen=True)

    voice: Voice
    name: str = ""
    """The name or description as in the article; empty for the newsroom, or if it is left open."""
    span: Span | None = None
    """The place of the name in the article."""

    def __str__(self) -> str:
        return (
            f"{self.name or 'somebody'} ({self.voice})" if self.voice != "newsroom" else "newsroom"
        )


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


RejectionReason = Literal[
    "no_evidence",
    "sentence_not_shown",
    "quote_not_found",
    "quote_ambiguous",
    "check_failed",
    "opinion_failed",
    "withdrawn",
]

_REASONS_OF_0_1 = {"not_borne_out": "check_failed", "not_supported": "opinion_failed"}
"""Rejection reasons under their names in version 0.1, which stored answers may still hold."""


def _present_name(reason: object) -> object:
    return _REASONS_OF_0_1.get(reason, reason) if isinstance(reason, str) else reason


class Rejection(BaseModel):
    """A claim that was left out of the answer, or one piece of its evidence, with the reason.

    A claim that the reader corrected after the re-ask leaves its rejection here, too.
    """

    model_config = ConfigDict(frozen=True)

    claim: str
    """The claim's text."""
    reason: Annotated[RejectionReason, BeforeValidator(_present_name)]
    """Why it was rejected.

    The claim cites nothing (``no_evidence``); a sentence that the reader was not shown
    (``sentence_not_shown``); a quote that is not in the article (``quote_not_found``) or is there more
    than once (``quote_ambiguous``). A check refuses it (``check_failed``), or the second opinion does
    (``opinion_failed``). The reader took it back when it was asked about a finding (``withdrawn``).
    """
    sentence: int | None = None
    """The sentence number that was cited, if that was the problem."""
    quote: str = ""
    """The quote that was not found."""
    nearest: str = ""
    """The article's most similar sentence, for a person to read. It is never cited."""
    finding: Finding | None = None
    """The finding, if a check refused the claim or it was withdrawn."""
    opinion: SecondOpinion | None = None
    """The second opinion that refused the claim."""

    def __str__(self) -> str:
        why = {
            "no_evidence": "it cites nothing",
            "sentence_not_shown": f"there is no sentence [{self.sentence}]",
            "quote_not_found": f"the article nowhere says “{self.quote}”",
            "quote_ambiguous": f"the article says “{self.quote}” more than once, and not in "
            f"sentence [{self.sentence}]",
            "check_failed": str(self.finding),
            "opinion_failed": str(self.opinion),
            "withdrawn": f"its reader took it back, asked about {self.finding}",
        }[self.reason]
        near = f"; nearest is: “{self.nearest}”" if self.nearest else ""
        return f"“{self.claim}” was refused: {why}{near}"
