"""GroundedClaim: a drafted claim with the citations that were found for it."""

from __future__ import annotations

from dataclasses import dataclass

from newsqa.answers.answer import Citation, Rejection
from newsqa.answers.draft import DraftClaim
from newsqa.answers.finding import Finding
from newsqa.answers.opinion import SecondOpinion


@dataclass(frozen=True, slots=True)
class GroundedClaim:
    """A drafted claim after the check: its citations, and why it was refused, if it was.

    What comes after grounding leaves its marks in ``findings``, ``not_checked`` and ``opinion``.
    """

    draft: DraftClaim
    citations: tuple[Citation, ...]
    rejections: tuple[Rejection, ...]
    findings: tuple[Finding, ...] = ()
    not_checked: tuple[str, ...] = ()
    opinion: SecondOpinion | None = None

    @property
    def is_grounded(self) -> bool:
        """Whether all its evidence is in the article: half a proof may prove the other half only."""
        return bool(self.citations) and not self.rejections

    @property
    def needs_reask(self) -> bool:
        """Whether it fell, or stands with findings: in either case its reader is asked again."""
        return not self.is_grounded or bool(self.findings)
