"""The gate: figures are held against their floors, or floors set under them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from newsqa.cli.console import tell
from newsqa.errors import ConfigurationError
from newsqa.evals import Case, Floors, Scorecard
from newsqa.evals.cases import digest_of


@dataclass(frozen=True, slots=True)
class Gate:
    """The floors in the file at ``path``, where there are any, and whether they are set anew."""

    path: Path
    before: Floors | None
    update: bool
    lower: bool

    @classmethod
    def of(
        cls, cases: Sequence[Case], path: Path | None, *, update: bool, lower: bool
    ) -> Self | None:
        """The gate that the options ask for; ``None`` if they ask for none.

        Raises ``CaseError`` for floors that cannot be read or are for other cases, unless they are
        about to be written.
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

    def fell(self, scorecard: Scorecard) -> bool:
        """Whether a figure is below its floor, each of which is told."""
        if self.update or self.before is None:
            self._set(Floors.of(scorecard))
            return False
        missed = self.before.missed(scorecard)
        for line in missed:
            tell(f"newsqa: {line}")
        return bool(missed)

    def _set(self, floors: Floors) -> None:
        if self.before:
            floors = floors.model_copy(update={"epsilon": self.before.epsilon})
            lowered = floors.lowered(self.before)
            if lowered and not self.lower:
                raise ConfigurationError(
                    f"This would lower {len(lowered)} floors ({'; '.join(lowered)}); give --lower if "
                    "it is meant."
                )
        floors.write(self.path)
        tell(f"note: wrote the floors to {str(self.path)!r}")
