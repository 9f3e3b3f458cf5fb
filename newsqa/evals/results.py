"""Result: how one case went."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import BaseModel, ConfigDict, NonNegativeFloat, model_validator

from newsqa.answers.answer import Answer
from newsqa.answers.draft import Status
from newsqa.evals.measures import FigureName
from newsqa.usage import Usage


class Result(BaseModel):
    """The answer to a case, and its scores.

    A case that failed with an error has no answer and no status; it scores 0 in every quality measure
    that applies to it. Results stored by newsqa 0.1 are read as well.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    tags: tuple[str, ...] = ()
    answerable: bool | None
    """Whether the article answers the question; ``None`` if the case allows either."""
    prediction: str
    """The short answer, or the whole text if there is no short one; empty for an abstention."""
    status: Status | None
    scores: dict[str, float | tuple[float, ...]]
    """By the name of the measure; what does not apply to the case is left out."""
    seconds: NonNegativeFloat
    """From the question to the answer."""
    usage: Usage
    answer: Answer | None
    error: str | None = None
    """The class and the message of the error."""

    @model_validator(mode="before")
    @classmethod
    def _read_0_1(cls, fields: Any) -> Any:  # noqa: ANN401  # whatever is to be validated
        if not isinstance(fields, Mapping) or "right_status" not in fields:
            return fields
        kept = {name: value for name, value in fields.items() if name in cls.model_fields}
        return {**kept, "scores": dict(_scores_of_0_1(fields))}

    @property
    def abstained(self) -> bool:
        """Whether the answer is that the article does not say; a failure is not an abstention."""
        return self.status == "not_in_article"

    def score(self, name: str) -> float | None:
        """Return the score in the measure ``name``; None if there is none, or one a citation."""
        score = self.scores.get(name)
        return None if isinstance(score, tuple) else score


def _scores_of_0_1(fields: Mapping[str, Any]) -> Iterator[tuple[str, float | list[float]]]:
    """Yield the scores of a result of newsqa 0.1, which had a field for each."""
    answerable, abstained = fields["answerable"], fields["status"] == "not_in_article"
    exact, f1 = fields["exact"], fields["f1"]
    evidence, entailment = fields["evidence"] or {}, fields.get("entailment") or {}
    lengths, valid = fields.get("citation_lengths", ()), fields.get("valid_citations", 0)
    scores: dict[str, float | None] = {
        FigureName.EXACT: exact,
        FigureName.F1: f1,
        FigureName.HAS_ANSWER_EXACT: exact if answerable else None,
        FigureName.HAS_ANSWER_F1: f1 if answerable else None,
        FigureName.NO_ANSWER_EXACT: exact if answerable is False else None,
        FigureName.RIGHT_STATUS: fields["right_status"],
        FigureName.ABSTENTION_PRECISION: (
            None if answerable is None or not abstained else not answerable
        ),
        FigureName.ABSTENTION_RECALL: abstained if answerable is False else None,
        FigureName.CITATION_HIT: fields["hit"],
        FigureName.EVIDENCE_PRECISION: evidence.get("precision"),
        FigureName.EVIDENCE_RECALL: evidence.get("recall"),
        FigureName.EVIDENCE_F1: evidence.get("f1"),
        FigureName.MUST_CITE: fields["must_cite"],
        FigureName.MUST_NOT_SAY: fields["must_not_say"],
        FigureName.ENTAILMENT_RECALL: entailment.get("recall"),
        FigureName.ENTAILMENT_PRECISION: entailment.get("precision"),
    }
    yield from ((str(name), float(value)) for name, value in scores.items() if value is not None)
    if fields["answer"] is not None:
        yield FigureName.CITATION_VALIDITY, [float(n < valid) for n in range(len(lengths))]
        yield FigureName.CITATION_LENGTH, [float(length) for length in lengths]
