"""GroundedClaim: a drafted claim with its citations, rejections and findings."""

from __future__ import annotations

from dataclasses import dataclass

from newsqa.answers.answer import Citation, Rejection
from newsqa.answers.draft import DraftClaim
from newsqa.answers.finding import Finding, SecondOpinion


@dataclass(frozen=True, slots=True)
class GroundedClaim:
    """A drafted claim after grounding, with what the later stages add.

    Grounding sets ``citations`` and ``rejections``, checks set ``findings`` and ``not_checked``, the
    verifier sets ``opinion``.
    """

    draft: DraftClaim
    citations: tuple[Citation, ...]
    rejections: tuple[Rejection, ...]
    findings: tuple[Finding, ...] = ()
    not_checked: tuple[str, ...] = ()
    opinion: SecondOpinion | None = None

    @property
    def is_grounded(self) -> bool:
        """True if all its evidence was found and nothing rejected it.

        Half of the evidence is not enough: it may support the other half of the claim.
        """
        return bool(self.citations) and not self.rejections

    @property
    def needs_reask(self) -> bool:
        """True if it was rejected or has findings, so that the reader is asked about it again."""
        return not self.is_grounded or bool(self.findings)
