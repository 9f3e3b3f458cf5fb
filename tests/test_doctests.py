"""The examples in docstrings are true."""

from __future__ import annotations

import doctest
import importlib
from pathlib import Path

import pytest

import newsqa

ROOT = Path(newsqa.__file__).parent


def modules_with_examples() -> list[str]:
    """Return the names of all modules that have a doctest."""
    return sorted(
        ".".join(("newsqa", *file.relative_to(ROOT).with_suffix("").parts)).removesuffix(
            ".__init__"
        )
        for file in ROOT.rglob("*.py")
        if ">>> " in file.read_text(encoding="utf-8")
    )


def test_there_are_modules_with_examples() -> None:
    """The test below runs over a list that is not empty."""
    assert "newsqa.text.spans" in modules_with_examples()


@pytest.mark.parametrize("name", modules_with_examples())
def test_the_examples_of_a_module_are_true(name: str) -> None:
    """Each does what its docstring shows."""
    results = doctest.testmod(importlib.import_module(name))
    assert results.attempted > 0
    assert results.failed == 0
