"""The public names of ``newsqa.evals``."""

from __future__ import annotations

import doctest

import pytest

import newsqa.evals


def test_docstring_example_runs_as_printed() -> None:
    """The example in the docstring of the package is tested."""
    results = doctest.testmod(newsqa.evals)
    assert results.attempted > 0
    assert results.failed == 0


@pytest.mark.parametrize("name", newsqa.evals.__all__)
def test_every_public_name_can_be_imported(name: str) -> None:
    """Each name but those of the tables has a docstring."""
    value = getattr(newsqa.evals, name)
    assert name in ("EVALUATORS", "FORMATS", "MEASURES") or value.__doc__
