"""Floors gate: compare figures with their floors, or set new floors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from newsqa.cli.console import print_note
from newsqa.errors import ConfigurationError
from newsqa.evals import Case, Floors, Scorecard
from newsqa.evals.cases import digest_of


@dataclass(frozen=True, slots=True)
class FloorsGate:
    """The file of floors, its contents if it exists, and whether to set new ones."""

    path: Path
    before: Floors | None
    update: bool
    lower: bool

    @classmethod
    def of(
        cls, cases: Sequence[Case], path: Path | None, *, update: bool, lower: bool
    ) -> Self | None:
        """Return the gate for these options; None without any.

        Raises:
            CaseError: The floors cannot be read, or are for other cases and not about to be replaced.
            ConfigurationError: Floors are to be set, and no file is named.
        """
        if path is None:
            if update or lower:
                raise ConfigurationError("Name the file of the floors with --floor.")
            return None
        is_new = update and not path.exists()
        before = None if is_new else Floors.read(path)
        if before and not update:
            before.check_cases(digest_of(cases))
        return cls(path, before, update, lower)

    def fails(self, scorecard: Scorecard) -> bool:
        """Print a line for each figure below its floor, and return whether there is one."""
        if self.update or self.before is None:
            self._set(Floors.of(scorecard))
            return False
        missed = self.before.missed(scorecard)
        for line in missed:
            print_note(f"newsqa: {line}")
        return bool(missed)

    def _set(self, floors: Floors) -> None:
        if self.before:
            floors = floors.model_copy(update={"epsilon": self.before.epsilon})
            lowered = floors.lowered(self.before)
            if lowered and not self.lower:
                raise ConfigurationError(
                    f"This would lower {len(lowered)} floors ({'; '.join(lowered)}); add --lower if "
                    "that is meant."
                )
        floors.write(self.path)
        print_note(f"note: wrote the floors to {str(self.path)!r}")
