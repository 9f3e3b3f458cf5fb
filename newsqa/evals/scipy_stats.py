"""SciPy's statistics, which come with the extra ``newsqa[evals]``."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType

from newsqa.errors import ConfigurationError


def load_stats() -> ModuleType:
    """``scipy.stats``; raises ``ConfigurationError`` where SciPy is not installed."""
    try:
        return import_module("scipy.stats")
    except ImportError as error:
        raise ConfigurationError(
            "Intervals and significance need SciPy: pip install 'newsqa[evals]'."
        ) from error
