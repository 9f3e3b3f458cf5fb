"""Checks: rules that look for words of a claim that its citations do not support.

A check reports findings. It proves nothing: a claim without findings may still be wrong in ways that
no rule sees.

A check of your own is a class with the members of ``Check``; pass it to ``NewsQA(checks=[...])``, or
register it under the entry-point group ``newsqa.checks``. A registered check runs once it is named, in
``checks=`` or in the policy, so that installing a package never changes an answer. The built-in checks
are listed in ``newsqa.checks.run``. ``docs/guides/checks.md`` shows how to write one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, Protocol, runtime_checkable

from newsqa.answers.finding import Derivation, Finding
from newsqa.checks.evidence import ClaimContext

__all__ = ["Action", "Check", "ClaimContext", "Derivation", "Finding", "Unjudged"]

Action = Literal["refuse", "mark", "ask", "off"]
"""``refuse`` drops a claim that still has findings after the re-ask, ``mark`` keeps it and shows
them, ``ask`` shows nothing and asks for a second opinion where one is set up, ``off`` does not look."""


@dataclass(frozen=True, slots=True)
class Unjudged:
    """Words of a claim that a check cannot judge.

    They are not a finding. The claim lists the check in ``not_checked``.
    """

    check: str
    words: str


@runtime_checkable
class Check(Protocol):
    """One kind of mistake that a claim can make.

    Any class with these members is a check. A class that inherits from ``Check`` gets
    ``default_action`` and ``compares_languages`` from it.
    """

    name: str
    """The name that findings and settings use, such as ``"figures"``."""

    default_action: Action = "mark"
    """The action for a claim with findings, unless the settings name another."""

    compares_languages: bool = False
    """True if the claim may be in another language than the article.

    A check that compares words cannot do that; one that compares numbers can.
    """

    def applies_to(self, language: str) -> bool:
        """Return whether the check can read articles in ``language``, an ISO 639-1 code."""
        ...

    def check(self, claim: str, context: ClaimContext) -> Iterable[Finding | Unjudged | Derivation]:
        """Yield the words of ``claim`` that ``context`` does not support, or that are unjudged.

        A check may also yield how a figure follows that is not in the evidence as it is.
        """
        ...
