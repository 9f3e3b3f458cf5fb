"""Results: how each case went, and the journal from which an interrupted evaluation continues."""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from pydantic import (
    AwareDatetime,
    BaseModel,
    ConfigDict,
    NonNegativeFloat,
    ValidationError,
    model_validator,
)

from newsqa.answers.answer import Answer
from newsqa.answers.draft import AnswerStatus
from newsqa.api import NewsQA
from newsqa.article.reference import ArticleReference
from newsqa.errors import CaseError
from newsqa.evals.cases import Case, digest_of
from newsqa.evals.measures import Evaluator, FigureName, measures_of
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
    """Return whether the article answers the question; ``None`` if the case allows either."""
    question: str = ""
    """The question; empty in results of newsqa 0.1, as are the article and the time."""
    article: ArticleReference | None = None
    """A reference to the article, which is also there for a case that failed."""
    asked_at: AwareDatetime | None = None
    """When the question was asked."""
    prediction: str
    """The short answer, or the whole text if there is no short one; empty for an abstention."""
    status: AnswerStatus | None
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
        """Return whether the answer is that the article does not say; a failure is not an abstention."""
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


class Journal:
    """The results of one evaluation in a JSON Lines file, whose first line identifies it.

    Results for the same cases, model, prompt and evaluators are kept; failures are retried. Anything
    else in the file is overwritten, and ``replaced`` is then true.
    """

    def __init__(
        self, path: Path, cases: Sequence[Case], qa: NewsQA, evaluators: Sequence[Evaluator] = ()
    ) -> None:
        self._path = path
        self._head = json.dumps({"evaluation": _identity(cases, qa, evaluators)})
        text = path.read_text(encoding="utf-8") if path.is_file() else ""
        lines = text.split("\n") if text else []  # not splitlines: answers hold other line ends
        is_ours = lines[:1] == [self._head]
        self.replaced = bool(lines) and not is_ours
        """Return whether the file held results of another evaluation."""
        self.done = _results(lines[1:]) if is_ours else {}
        """The results in the file, by id."""
        kept = [self._head, *(result.model_dump_json() for result in self.done.values())]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("".join(f"{line}\n" for line in kept), encoding="utf-8")

    def add(self, result: Result) -> None:
        """Append a result to the file."""
        self.done[result.id] = result
        with self._path.open("a", encoding="utf-8") as file:
            file.write(result.model_dump_json() + "\n")


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Lock the file at ``path``, which is created if need be, until the end of the block or process.

    Raises:
        CaseError: Another run has locked it.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("ab") as file:
        try:
            _lock(file.fileno())
        except OSError:
            raise CaseError(
                f"Another run is writing to {str(path)!r}: wait for it, or name another file."
            ) from None
        yield


def _lock(descriptor: int) -> None:
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _identity(cases: Sequence[Case], qa: NewsQA, evaluators: Sequence[Evaluator]) -> str:
    """Return a digest of all that shapes the results."""
    parts: list[object] = [digest_of(cases), qa.identity]
    if evaluators:
        parts.append(sorted(measures_of(evaluators)))
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def _results(lines: Sequence[str]) -> dict[str, Result]:
    """Return the complete results in ``lines``; the last line may have been cut off."""
    results: dict[str, Result] = {}
    for line in lines:
        try:
            result = Result.model_validate_json(line)
        except ValidationError:
            continue
        if not result.error:
            results[result.id] = result
    return results
