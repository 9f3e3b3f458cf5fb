"""SciPy's statistics, which come with the extra ``newsqa[evals]``."""

from __future__ import annotations

from types import ModuleType

from newsqa.optional import load_extra


def load_stats() -> ModuleType:
    """``scipy.stats``; raises ``ConfigurationError`` where SciPy is not installed."""
    return load_extra("scipy.stats", wanted_for="Intervals and significance")
