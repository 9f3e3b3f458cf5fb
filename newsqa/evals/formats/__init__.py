"""The seam for data sets: a format reads a file of questions into cases."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from newsqa.evals.cases import Case


@dataclass(frozen=True, slots=True)
class RejectedRow:
    """A row of a data set that is not a usable case, its place in the file, and the reason."""

    place: str
    id: str
    reason: str

    def __str__(self) -> str:
        return f"{self.place}, {self.id!r}: {self.reason}"


@dataclass(frozen=True, slots=True)
class LoadedCases:
    """The cases in a file, and the rows that were rejected."""

    cases: tuple[Case, ...]
    rejected: tuple[RejectedRow, ...] = ()


class Format(Protocol):
    """Anything that reads a file of questions."""

    def __call__(self, path: Path, *, language: str | None = None) -> LoadedCases:
        """Read the cases in the file at ``path``.

        Verify offsets against the text, and reject a row whose offsets are wrong with the reason.

        Args:
            path: The file.
            language: The ISO 639-1 code of cases that do not give theirs.

        Raises:
            CaseError: The file as a whole cannot be read.
        """
