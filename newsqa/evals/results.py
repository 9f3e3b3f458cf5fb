"""Result: how one case went."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, NonNegativeFloat, NonNegativeInt

from newsqa.answers.answer import Answer
from newsqa.answers.draft import Status
from newsqa.evals.metrics.precision_recall import PrecisionRecall
from newsqa.usage import Usage


class Result(BaseModel):
    """What was answered to a case, and how it stands to what was expected.

    What the case expects nothing of is ``None``. A case that failed with an error has no answer and
    no status, and is wrong in all that is expected.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    tags: tuple[str, ...] = ()
    answerable: bool | None
    """Whether the case says that the article answers the question; ``None`` if it leaves that open."""
    prediction: str
    """The short answer, or the whole text where there is no short one; empty on abstention."""
    status: Status | None
    right_status: bool
    exact: NonNegativeFloat | None
    """1 for an exact match with one of the short answers, or for the right abstention; else 0."""
    f1: NonNegativeFloat | None
    """F1 of the words, from 0 to 1."""
    hit: bool | None
    """Whether a citation touches a place where the answer stands."""
    evidence: PrecisionRecall | None
    """Of the sentences cited, against the gold evidence."""
    must_cite: bool | None
    """Whether citations hold all that they must."""
    must_not_say: bool | None
    """Whether the answer says nothing that it must not."""
    entailment: PrecisionRecall | None = None
    """ALCE's citation recall and precision, where there is a judge."""
    valid_citations: NonNegativeInt = 0
    """How many of the citations say what the article says at their offsets."""
    citation_lengths: tuple[NonNegativeInt, ...] = ()
    """Of each citation, in characters."""
    seconds: NonNegativeFloat
    """From the question to the answer."""
    usage: Usage
    answer: Answer | None
    error: str | None = None
    """The name of the error's class, and what it says."""

    @property
    def abstained(self) -> bool:
        """Whether it was said that the article does not answer; no failure is an abstention."""
        return self.status == "not_in_article"
