"""Every adversarial claim: accepted where it is true, marked where it is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from newsqa.checks.run import check_claim
from tests.adversarial.claim_cases import (
    CHECK_OF,
    ClaimCase,
    Verdict,
    claim_cases,
    known_reasons,
)

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
def test_what_an_honest_model_would_write_is_not_marked(case: ClaimCase) -> None:
    """Paraphrase, other notations and resolved dates are no reason to look."""
    findings = check_claim(case.claim, case.context).findings
    assert findings == (), f"{case.claim} | {'; '.join(map(str, findings))}"


@pytest.mark.parametrize("case", _of("refused"))
def test_what_an_editor_would_strike_out_is_marked(case: ClaimCase) -> None:
    """There is a finding, of whatever check."""
    assert check_claim(case.claim, case.context).findings, f"{case.claim} is not marked"


def test_the_claims_are_many_and_of_many_scripts_and_kinds() -> None:
    """At least 120 stand and 280 do not, in at least 6 scripts, none twice, every kind placed."""
    cases = claim_cases()
    refused = [case for case in cases if case.verdict == "refused"]
    assert len(refused) >= 280
    assert len(cases) - len(refused) >= 120
    assert len({case.source.script for case in cases}) >= 6
    assert {case.kind for case in refused} == set(CHECK_OF)
    assert len({case.id for case in cases}) == len(cases)
    assert len({(case.source.name, case.claim, case.context.cited) for case in cases}) == len(cases)


def test_what_is_known_to_go_wrong_is_a_case() -> None:
    """A reason for a case that is gone says nothing."""
    assert set(known_reasons()) <= {case.id for case in claim_cases()}
