"""What ``newsqa.evals`` says of itself."""

from __future__ import annotations

import doctest

import pytest

import newsqa.evals


def test_the_example_runs_as_printed() -> None:
    """In the docstring of the package."""
    results = doctest.testmod(newsqa.evals)
    assert results.attempted > 0
    assert results.failed == 0


@pytest.mark.parametrize("name", newsqa.evals.__all__)
def test_every_public_name_can_be_imported(name: str) -> None:
    """And, but for the two tables, has a docstring."""
    value = getattr(newsqa.evals, name)
    assert name in ("FORMATS", "MEASURES") or value.__doc__
