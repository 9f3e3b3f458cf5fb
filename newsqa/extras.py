"""Libraries that come with an extra of the package, loaded where they are first needed."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType

from newsqa.errors import ConfigurationError


def load_extra(module: str, *, wanted_for: str, extra: str = "evals") -> ModuleType:
    """The module called ``module``; ``wanted_for`` begins the sentence that says it is not there.

    Raises ``ConfigurationError`` where it is not installed.
    """
    try:
        return import_module(module)
    except ImportError as error:
        raise ConfigurationError(
            f"{wanted_for} need {module.partition('.')[0]}: pip install 'newsqa[{extra}]'."
        ) from error
