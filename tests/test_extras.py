"""Libraries of extras: loaded when needed, and asked for by name when they are not there."""

from __future__ import annotations

import sys

import pytest

from newsqa.errors import ConfigurationError
from newsqa.extras import load_extra


def test_a_library_that_is_there_is_loaded() -> None:
    """By its full name."""
    assert load_extra("json.decoder", wanted_for="Tests").__name__ == "json.decoder"


def test_one_that_is_missing_is_named_with_what_needs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """And with the command that installs it."""
    monkeypatch.setitem(sys.modules, "yaml", None)
    with pytest.raises(ConfigurationError, match=r"Recordings need yaml: .*'newsqa\[evals\]'"):
        load_extra("yaml", wanted_for="Recordings")
