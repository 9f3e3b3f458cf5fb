"""Scorecard: the figures of an evaluation, and the results they were taken of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Self

from pydantic import BaseModel, ConfigDict, ValidationError

from newsqa.answers.answer import PromptReference
from newsqa.api import NewsQA
from newsqa.errors import CaseError
from newsqa.evals.cases import Case, digest_of
from newsqa.evals.measures import Figures, figures_of
from newsqa.evals.results import Result
from newsqa.usage import Usage


class Scorecard(BaseModel):
    """How a model with a prompt did on cases, in all and by tag.

    ``cases_sha256`` is the digest of the cases, so that figures of other cases are not mistaken for
    these. ``usage`` is what all of it cost. ``model_dump_json`` and ``read`` lose nothing.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    newsqa: str
    cases_sha256: str
    model: str
    prompt: PromptReference | None
    figures: Figures
    by_tag: dict[str, Figures]
    usage: Usage
    results: tuple[Result, ...]

    @classmethod
    def of(cls, cases: Sequence[Case], results: Iterable[Result], qa: NewsQA) -> Self:
        """The scorecard of ``results``, one for each of ``cases``, which ``qa`` has answered."""
        by_id = {result.id: result for result in results}
        ordered = tuple(by_id[case.id] for case in cases)
        tags = dict.fromkeys(tag for result in ordered for tag in result.tags)
        return cls(
            newsqa=version("newsqa"),
            cases_sha256=digest_of(cases),
            model=qa.name,
            prompt=qa.prompt,
            figures=figures_of(ordered),
            by_tag={tag: figures_of([r for r in ordered if tag in r.tags]) for tag in tags},
            usage=sum((result.usage for result in ordered), Usage()),
            results=ordered,
        )

    @classmethod
    def read(cls, path: Path) -> Self:
        """The scorecard in a file of JSON. Raises ``CaseError`` for anything else."""
        try:
            return cls.model_validate_json(path.read_bytes())
        except OSError as error:
            raise CaseError(f"{str(path)!r} cannot be read: {error.strerror}.") from error
        except ValidationError as error:
            problem = error.errors()[0]
            where = ".".join(str(part) for part in problem["loc"]) or "the file"
            raise CaseError(f"{str(path)!r} is no scorecard: {where}: {problem['msg']}.") from None
