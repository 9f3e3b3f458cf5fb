"""Results of the checks on the adversarial claims in ``tests/adversarial/claims``.

The claims were written to be hard, from the articles alone and before any check was run on them. The
shares do not estimate how often a model's claims are marked; see ``claim_checks`` for that. A miss is
outside if no check claims to cover this kind of wrong claim in this language. Claims of such a kind may
still be marked for another reason.

Run from the repository's root: ``python -m benchmarks.adversarial_claims``.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable

from newsqa.answers.finding import Finding
from tests.adversarial.claim_cases import ClaimCase, claim_cases
from tests.checks.claims import shown_findings

Outcome = tuple[ClaimCase, tuple[Finding, ...]]
"""A case, and the result of the checks on its claim."""

Row = Callable[[ClaimCase], str]
"""A function that returns the row of a table that a case counts in."""


def _kind(case: ClaimCase) -> str:
    return case.kind


def _language(case: ClaimCase) -> str:
    return case.source.language


def _print_refused(outcomes: Iterable[Outcome], by: Row) -> None:
    """Print the wrong claims, separately for cases that a check covers and cases that none covers."""
    refused = [outcome for outcome in outcomes if outcome[0].verdict == "refused"]
    print(f"{'claims to be marked':24}{'covered':>10}{'marked':>8}{'missed':>8}", end="")
    print(f"{'outside':>12}{'marked':>8}{'missed':>8}")
    for row in (*sorted({by(case) for case, _ in refused}), "all"):
        print(f"{row:24}", end="")
        for is_claimed, width in ((True, 10), (False, 12)):
            found = [
                findings
                for case, findings in refused
                if row in (by(case), "all") and case.is_claimed == is_claimed
            ]
            marked = sum(map(bool, found))
            print(f"{len(found):{width}}{marked:8}{len(found) - marked:8}", end="")
        print()
    print()


def _print_stands(outcomes: Iterable[Outcome], by: Row) -> None:
    """Print how many true claims are marked, and by which checks."""
    stands = [outcome for outcome in outcomes if outcome[0].verdict == "stands"]
    print(f"{'claims to be accepted':24}{'cases':>10}{'marked':>8}   by")
    for row in (*sorted({by(case) for case, _ in stands}), "all"):
        found = [findings for case, findings in stands if row in (by(case), "all")]
        checks = sorted({finding.check for findings in found for finding in findings})
        print(f"{row:24}{len(found):10}{sum(map(bool, found)):8}   {', '.join(checks)}")
    print()


def _print_wrong(outcomes: Iterable[Outcome]) -> None:
    for case, findings in outcomes:
        if case.verdict == "stands" and findings:
            print(f"marked, {case.id}: {case.claim}\n    {'; '.join(map(str, findings))}")
        if case.verdict == "refused" and not findings:
            where = "missed" if case.is_claimed else "missed, outside"
            print(f"{where}, {case.id}: {case.claim}")


def main() -> None:
    """Run from the command line; see ``--help``."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("--wrong", action="store_true", help="print each case that goes wrong")
    options = parser.parse_args()
    outcomes = [(case, shown_findings(case.claim, case.context)) for case in claim_cases()]
    for by in (_kind, _language):
        _print_refused(outcomes, by)
    for by in (_kind, _language):
        _print_stands(outcomes, by)
    if options.wrong:
        _print_wrong(outcomes)


if __name__ == "__main__":
    main()
