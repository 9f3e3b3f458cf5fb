"""The seam for data sets: who reads a file of questions into cases."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from newsqa.evals.cases import Case


@dataclass(frozen=True, slots=True)
class RejectedRow:
    """A row of a data set that does not hold, where it stands, and why."""

    place: str
    id: str
    reason: str

    def __str__(self) -> str:
        return f"{self.place}, {self.id!r}: {self.reason}"


@dataclass(frozen=True, slots=True)
class LoadedCases:
    """The cases in a file, and the rows that are none."""

    cases: tuple[Case, ...]
    rejected: tuple[RejectedRow, ...] = ()


class Format(Protocol):
    """Anything that reads a file of questions."""

    def __call__(self, path: Path, *, language: str | None = None) -> LoadedCases:
        """The cases in the file at ``path``.

        ``language`` is an ISO 639-1 code where the file itself tells none. Offsets are held against
        the text, and a row whose offsets do not hold is rejected with the reason. Raises ``CaseError``
        when the file as a whole cannot be read.
        """
