"""Every adversarial quote: found at its place, or rejected."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.adversarial.building import built_cases
from tests.adversarial.cases import QuoteCase, Verdict, written_cases

if TYPE_CHECKING:
    from _pytest.mark import ParameterSet

CASES = (*written_cases(), *built_cases())

MAX_KNOWN = 0.01
"""The share of quotes that stand in their article and may be refused all the same."""


def _of(verdict: Verdict) -> list[ParameterSet]:
    return [
        pytest.param(
            case,
            id=case.id,
            marks=[pytest.mark.xfail(reason=case.known, strict=True)] if case.known else [],
        )
        for case in CASES
        if case.verdict == verdict
    ]


@pytest.mark.parametrize("case", _of("found"))
def test_quote_of_the_article_is_found_at_its_place(case: QuoteCase) -> None:
    """The span is the article's own text, to the character."""
    match = case.source.article.locate(case.quote, near=case.near).match
    assert match is not None, f"{case.quote!r} is not found"
    assert _stretches(case, match.spans) == _stretches(case, case.places)
    assert match.spans == case.places


@pytest.mark.parametrize("case", _of("several"))
def test_repeated_quote_has_all_its_places_as_candidates(case: QuoteCase) -> None:
    """No place is chosen among them."""
    located = case.source.article.locate(case.quote)
    assert located.match is None
    assert tuple(candidate.spans[0] for candidate in located.candidates) == case.places


@pytest.mark.parametrize("case", _of("refused"))
def test_altered_quote_is_rejected(case: QuoteCase) -> None:
    """There is no candidate, whatever sentence is cited."""
    candidates = case.source.article.locate(case.quote, near=case.near).candidates
    taken = [_stretches(case, candidate.spans) for candidate in candidates]
    assert taken == [], f"{case.quote!r} is taken for {taken[0]}"


def test_cases_cover_many_scripts_and_kinds() -> None:
    """At least 400 cases in at least 6 scripts were written by hand and are all different."""
    written = written_cases()
    assert len(written) >= 400
    assert len({case.source.script for case in written}) >= 6
    assert len({(case.verdict, case.kind) for case in written}) >= 60
    assert len({case.id for case in CASES}) == len(CASES)
    assert len({(case.source.name, case.quote, case.near) for case in written}) == len(written)


def test_few_quotes_are_known_to_be_rejected_wrongly() -> None:
    """At most one in a hundred quotes of the article is not found, each with a reason."""
    present = [case for case in written_cases() if case.verdict == "found"]
    assert sum(bool(case.known) for case in present) <= MAX_KNOWN * len(present)


def _stretches(case: QuoteCase, spans: tuple[tuple[int, int], ...]) -> list[str]:
    return [case.text[start:end] for start, end in spans]
