"""Fixtures for all tests: a clean environment, and the folder of cassettes."""

from __future__ import annotations

import os
from pathlib import Path

import httpcore2  # noqa: F401
import openai  # noqa: F401
import pytest
from hypothesis import settings

# Some imports here are only for pytester: it unloads modules that its inner runs import first. C
# extensions cannot be imported twice, and the HTTP client knows errors by their first import.
import newsqa.testing.cassettes.recorder  # noqa: F401
from tests.installed import install  # noqa: F401  # a fixture

ROOT = Path(__file__).parent.parent
EXAMPLES = ROOT / "examples"

settings.register_profile("newsqa", deadline=None)  # a busy machine is not a bug
settings.load_profile("newsqa")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Start with the tests of a real server, so that no worker waits for them at the end."""
    items.sort(key=lambda item: "llama_server" not in getattr(item, "fixturenames", ()))


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in os.environ:
        if name.startswith(("NEWSQA_", "OPENAI_")) and not name.startswith("NEWSQA_RECORD_"):
            monkeypatch.delenv(name)


@pytest.fixture
def examples() -> Path:
    """Return the folder of example articles."""
    return EXAMPLES


@pytest.fixture(scope="module")
def vcr_cassette_dir(request: pytest.FixtureRequest) -> str:
    """Return the folder ``cassettes/<module>/``."""
    return str(ROOT / "cassettes" / request.module.__name__.rpartition(".")[2])
