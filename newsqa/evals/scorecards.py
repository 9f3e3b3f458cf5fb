"""Scorecard: the figures of an evaluation, and the results they summarize."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from newsqa.answers.answer import PromptReference
from newsqa.api import NewsQA
from newsqa.errors import CaseError
from newsqa.evals.cases import Case, digest_of
from newsqa.evals.evaluators import EVALUATORS, Evaluator, measures_of
from newsqa.evals.figures import (
    MEASURES,
    Figures,
    figures_of,
    format_interval,
    format_value,
    with_run_measures,
)
from newsqa.evals.measures import Measure
from newsqa.evals.results import Result
from newsqa.output.html import notebook
from newsqa.usage import Usage

_COLUMNS = ("Figure", "Value", "95 % interval", "Count")


class Scorecard(BaseModel):
    """The figures of a model with a prompt, over all cases and by tag.

    ``cases_sha256`` is the digest of the cases, so that figures of other cases are not compared with
    these. ``measures`` says how each figure was taken; scorecards of newsqa 0.1 are read with the
    built-in ones. ``usage`` is the cost of all calls. ``model_dump_json`` and ``read`` lose nothing.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    newsqa: str
    cases_sha256: str
    model: str
    prompt: PromptReference | None
    measures: dict[str, Measure] = Field(default_factory=lambda: dict(MEASURES))
    figures: Figures
    by_tag: dict[str, Figures]
    usage: Usage
    results: tuple[Result, ...]

    def __repr__(self) -> str:
        return f"Scorecard(model={self.model!r}, {len(self.results)} cases, {len(self.figures)} figures)"

    @classmethod
    def of(
        cls,
        cases: Sequence[Case],
        results: Iterable[Result],
        qa: NewsQA,
        *,
        evaluators: Iterable[Evaluator] = (),
    ) -> Self:
        """Sum up ``results``, one for each of ``cases``, which ``qa`` answered.

        ``evaluators`` are those that scored the results besides the built-in ones.
        """
        by_id = {result.id: result for result in results}
        ordered = tuple(by_id[case.id] for case in cases)
        tags = dict.fromkeys(tag for result in ordered for tag in result.tags)
        measures = with_run_measures(measures_of([*EVALUATORS, *evaluators]))
        return cls(
            newsqa=version("newsqa"),
            cases_sha256=digest_of(cases),
            model=qa.name,
            prompt=qa.prompt,
            measures=measures,
            figures=figures_of(ordered, measures),
            by_tag={
                tag: figures_of([row for row in ordered if tag in row.tags], measures)
                for tag in tags
            },
            usage=sum((result.usage for result in ordered), Usage()),
            results=ordered,
        )

    def _repr_html_(self) -> str:
        """Return the table of figures, as a notebook shows it."""
        note = f"{self.model} · {len(self.results):,} cases"
        return notebook.figures("Evaluation", note, _COLUMNS, self._rows())

    def _rows(self) -> Iterator[tuple[str, str, str, str]]:
        for name, figure in self.figures.items():
            measure = self.measures[name]
            value = format_value(figure.value, measure.unit)
            interval = format_interval(figure, measure.unit)
            yield measure.title, value, interval, f"{figure.count:,}"

    @classmethod
    def read(cls, path: Path) -> Self:
        """Read the scorecard from a JSON file.

        Raises:
            CaseError: The file cannot be read, or is not a scorecard.
        """
        try:
            return cls.model_validate_json(path.read_bytes())
        except OSError as error:
            raise CaseError(f"{str(path)!r} cannot be read: {error.strerror}.") from error
        except ValidationError as error:
            problem = error.errors()[0]
            where = ".".join(str(part) for part in problem["loc"]) or "the file"
            raise CaseError(
                f"{str(path)!r} is not a scorecard: {where}: {problem['msg']}."
            ) from None
