"""SciPy's statistics, which come with an extra."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable

import pytest

from newsqa.errors import ConfigurationError
from newsqa.evals.scipy_stats import load_stats
from newsqa.evals.significance import mcnemar
from newsqa.evals.statistics import bootstrap, wilson


def test_scipy_is_there_for_those_who_asked_for_it() -> None:
    """The extra for development holds the one for evaluation."""
    assert load_stats().__name__ == "scipy.stats"


@pytest.mark.parametrize(
    "measure",
    [
        pytest.param(lambda: wilson(1, 2), id="wilson"),
        pytest.param(lambda: bootstrap([0.1, 0.2]), id="bootstrap"),
        pytest.param(lambda: mcnemar([True], [False]), id="mcnemar"),
    ],
)
def test_without_scipy_the_error_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, measure: Callable[[], object]
) -> None:
    """A missing extra is a matter of set-up."""
    monkeypatch.setitem(sys.modules, "scipy.stats", None)
    with pytest.raises(ConfigurationError, match=r"pip install 'newsqa\[evals\]'"):
        measure()


def test_measures_that_need_no_scipy_load_without_it() -> None:
    """Nor does naming those that do load it: that takes longer than all of newsqa."""
    metrics = "alce, citations, mlqa, squad"
    code = (
        "import sys; from newsqa.evals import significance, statistics; "
        f"from newsqa.evals.metrics import {metrics}; print(*sys.modules)"
    )
    loaded = subprocess.check_output([sys.executable, "-c", code], text=True)  # noqa: S603  # our own script
    assert not {"scipy", "numpy"} & set(loaded.split())
