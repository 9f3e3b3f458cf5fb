"""Floors: figures that must not fall, in a file that is kept with the cases."""

from __future__ import annotations

from pathlib import Path
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, PositiveInt, ValidationError

from newsqa.errors import CaseError
from newsqa.evals.measures import MEASURES, FigureName
from newsqa.evals.scorecards import Scorecard

EPSILON = 0.005
"""How far below what was measured a figure may come, as a share: half a per cent."""


class Measured(BaseModel):
    """A figure as it was measured, and over how many values."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    value: float
    count: PositiveInt


class Floors(BaseModel):
    """What was measured, less ``epsilon``, is the least that is allowed; for the same cases only."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    cases_sha256: str
    model: str
    epsilon: float = Field(default=EPSILON, ge=0, lt=1)
    figures: dict[FigureName, Measured]

    @classmethod
    def of(cls, scorecard: Scorecard, *, epsilon: float = EPSILON) -> Self:
        """Floors under all that ``scorecard`` measures of quality."""
        return cls(
            cases_sha256=scorecard.cases_sha256,
            model=scorecard.model,
            epsilon=epsilon,
            figures={
                name: Measured(value=round(figure.value, 6), count=figure.count)
                for name, figure in scorecard.figures.items()
                if MEASURES[name].is_quality
            },
        )

    @classmethod
    def read(cls, path: Path) -> Self:
        """The floors in a file of JSON. Raises ``CaseError`` for anything else."""
        try:
            return cls.model_validate_json(path.read_bytes())
        except OSError as error:
            raise CaseError(
                f"{str(path)!r} cannot be read: {error.strerror}; write it with --update-floors."
            ) from error
        except ValidationError as error:
            problem = error.errors()[0]
            where = ".".join(str(part) for part in problem["loc"]) or "the file"
            raise CaseError(f"{str(path)!r} holds no floors: {where}: {problem['msg']}.") from None

    def write(self, path: Path) -> None:
        """Write them to a file of JSON."""
        path.write_text(self.model_dump_json(indent=2) + "\n", encoding="utf-8")

    def check_cases(self, cases_sha256: str) -> None:
        """Raise ``CaseError`` unless the floors are for the cases with this digest."""
        if cases_sha256 != self.cases_sha256:
            raise CaseError(
                "The floors are for other cases: these have changed, or were chosen from. Measure "
                "all of them, and set the floors anew with --update-floors."
            )

    def missed(self, scorecard: Scorecard) -> list[str]:
        """A line for each figure that is below its floor, or not measured any more.

        Raises ``CaseError`` when the floors are for other cases or another model.
        """
        self.check_cases(scorecard.cases_sha256)
        if scorecard.model != self.model:
            raise CaseError(f"The floors are for {self.model!r}, and not for {scorecard.model!r}.")
        lines = [self._missed(name, floor, scorecard) for name, floor in self.figures.items()]
        return [line for line in lines if line]

    def _missed(self, name: FigureName, floor: Measured, scorecard: Scorecard) -> str:
        figure, title = scorecard.figures.get(name), MEASURES[name].title
        least = floor.value - self.epsilon
        if figure is None:
            return f"{title}: not measured any more; the floor is {least:.1%}"
        if figure.value < least:
            return f"{title}: {figure.value:.1%} is below the floor of {least:.1%}"
        return ""

    def lowered(self, before: Floors) -> list[str]:
        """A line for each figure whose floor is lower here than it was ``before``, or gone."""
        lines = []
        for name, old in before.figures.items():
            new = self.figures.get(name)
            if new is None or new.value - self.epsilon < old.value - before.epsilon:
                now = f"{new.value:.1%}" if new else "nothing"
                lines.append(f"{MEASURES[name].title}: from {old.value:.1%} to {now}")
        return lines
