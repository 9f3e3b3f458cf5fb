"""Floors: the least that figures must reach, in a file that is kept with the cases."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, PositiveInt, ValidationError

from newsqa.errors import CaseError
from newsqa.evals.measures import Measure
from newsqa.evals.scorecards import MEASURES, Scorecard, format_value

DEFAULT_EPSILON_SHARE = 0.005
"""How far below its measured value a figure may fall: half a per cent."""


class MeasuredFigure(BaseModel):
    """A figure as it was measured, and over how many scores."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    value: float
    count: PositiveInt


class Floors(BaseModel):
    """The least that each figure must reach: what was measured, less ``epsilon``.

    Floors apply to the same cases and the same model only.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    cases_sha256: str
    model: str
    epsilon: float = Field(default=DEFAULT_EPSILON_SHARE, ge=0, lt=1)
    figures: dict[str, MeasuredFigure]

    @classmethod
    def of(cls, scorecard: Scorecard, *, epsilon: float = DEFAULT_EPSILON_SHARE) -> Self:
        """Return floors for all figures of quality in ``scorecard``."""
        return cls(
            cases_sha256=scorecard.cases_sha256,
            model=scorecard.model,
            epsilon=epsilon,
            figures={
                name: MeasuredFigure(value=round(figure.value, 6), count=figure.count)
                for name, figure in scorecard.figures.items()
                if scorecard.measures[name].is_quality
            },
        )

    @classmethod
    def read(cls, path: Path) -> Self:
        """Read the floors from a JSON file.

        Raises:
            CaseError: The file cannot be read, or does not hold floors.
        """
        try:
            return cls.model_validate_json(path.read_bytes())
        except OSError as error:
            raise CaseError(
                f"{str(path)!r} cannot be read: {error.strerror}; write it with --update-floors."
            ) from error
        except ValidationError as error:
            problem = error.errors()[0]
            where = ".".join(str(part) for part in problem["loc"]) or "the file"
            raise CaseError(
                f"{str(path)!r} does not hold floors: {where}: {problem['msg']}."
            ) from None

    def write(self, path: Path) -> None:
        """Write the floors to a JSON file."""
        path.write_text(self.model_dump_json(indent=2) + "\n", encoding="utf-8")

    def check_cases(self, cases_sha256: str) -> None:
        """Check that the floors are for the cases with this digest.

        Raises:
            CaseError: They are for other cases.
        """
        if cases_sha256 != self.cases_sha256:
            raise CaseError(
                "The floors are for other cases: these have changed, or only some were chosen. "
                "Measure all of them, and set new floors with --update-floors."
            )

    def check_model(self, name: str) -> None:
        """Check that the floors are for the model called ``name``.

        Raises:
            CaseError: They are for another model.
        """
        if name != self.model:
            raise CaseError(
                f"The floors are for {self.model!r}, not for {name!r}: name the other model, or set "
                "new floors with --update-floors."
            )

    def missed(self, scorecard: Scorecard) -> list[str]:
        """Return a line for each figure that is below its floor, or no longer measured.

        Raises:
            CaseError: The floors are for other cases or another model.
        """
        self.check_cases(scorecard.cases_sha256)
        self.check_model(scorecard.model)
        lines = [self._missed(name, floor, scorecard) for name, floor in self.figures.items()]
        return [line for line in lines if line]

    def _missed(self, name: str, floor: MeasuredFigure, scorecard: Scorecard) -> str:
        figure, measure = scorecard.figures.get(name), _measure(name, scorecard.measures)
        least = format_value(floor.value - self.epsilon, measure.unit)
        if figure is None:
            return f"{measure.title}: no longer measured; the floor is {least}"
        if figure.value < floor.value - self.epsilon:
            value = format_value(figure.value, measure.unit)
            return f"{measure.title}: {value} is below the floor of {least}"
        return ""

    def lowered(self, before: Floors) -> list[str]:
        """Return a line for each figure whose floor is lower here than in ``before``, or gone."""
        lines = []
        for name, old in before.figures.items():
            new, measure = self.figures.get(name), _measure(name, MEASURES)
            if new is None or new.value - self.epsilon < old.value - before.epsilon:
                now = format_value(new.value, measure.unit) if new else "nothing"
                was = format_value(old.value, measure.unit)
                lines.append(f"{measure.title}: from {was} to {now}")
        return lines


def _measure(name: str, measures: Mapping[str, Measure]) -> Measure:
    """Return the measure called ``name``, or a nameless one if nobody measures it any more."""
    return measures.get(name, Measure(title=name))
