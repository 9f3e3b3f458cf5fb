"""Every adversarial claim: true ones are accepted, and wrong ones are marked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.adversarial.claim_cases import (
    CHECK_OF,
    ClaimCase,
    Verdict,
    claim_cases,
    known_reasons,
)
from tests.checks.claims import shown_findings

if TYPE_CHECKING:
    from _pytest.mark import ParameterSet


def _of(verdict: Verdict) -> list[ParameterSet]:
    return [
        pytest.param(
            case,
            id=case.id,
            marks=[pytest.mark.xfail(reason=case.known, strict=True)] if case.known else [],
        )
        for case in claim_cases()
        if case.verdict == verdict
    ]


@pytest.mark.parametrize("case", _of("stands"))
def test_true_claim_is_not_marked(case: ClaimCase) -> None:
    """Paraphrases, other notations and resolved dates are accepted."""
    findings = shown_findings(case.claim, case.context)
    assert findings == (), f"{case.claim} | {'; '.join(map(str, findings))}"


@pytest.mark.parametrize("case", _of("refused"))
def test_wrong_claim_is_marked(case: ClaimCase) -> None:
    """There is a finding, by any check."""
    assert shown_findings(case.claim, case.context), f"{case.claim} is not marked"


def test_claims_cover_many_scripts_and_kinds() -> None:
    """At least 120 true and 280 wrong claims in at least 6 scripts are all different."""
    cases = claim_cases()
    refused = [case for case in cases if case.verdict == "refused"]
    assert len(refused) >= 280
    assert len(cases) - len(refused) >= 120
    assert len({case.source.script for case in cases}) >= 6
    assert {case.kind for case in refused} == set(CHECK_OF)
    assert len({case.id for case in cases}) == len(cases)
    assert len({(case.source.name, case.claim, case.context.cited) for case in cases}) == len(cases)


def test_known_failures_are_cases() -> None:
    """A reason must not outlive its case."""
    assert set(known_reasons()) <= {case.id for case in claim_cases()}
