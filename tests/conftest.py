"""Fixtures for all tests: a clean environment, and the folder of cassettes."""

from __future__ import annotations

import os
from pathlib import Path

import openai  # noqa: F401
import pytest
from hypothesis import settings

# The two imports that nothing here uses are for pytester: it forgets what is first imported in a run
# inside of a test, and C extensions do not bear being imported a second time.
import newsqa.testing.cassettes.recorder  # noqa: F401
from tests.installed import install  # noqa: F401  # a fixture

ROOT = Path(__file__).parent.parent
EXAMPLES = ROOT / "examples"

settings.register_profile("newsqa", deadline=None)  # a busy machine is no defect of the code
settings.load_profile("newsqa")


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in os.environ:
        if name.startswith(("NEWSQA_", "OPENAI_")) and not name.startswith("NEWSQA_RECORD_"):
            monkeypatch.delenv(name)


@pytest.fixture
def examples() -> Path:
    """The folder of example articles."""
    return EXAMPLES


@pytest.fixture(scope="module")
def vcr_cassette_dir(request: pytest.FixtureRequest) -> str:
    """``cassettes/<module>/``."""
    return str(ROOT / "cassettes" / request.module.__name__.rpartition(".")[2])
