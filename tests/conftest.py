"""What all tests share: a clean environment, and cassettes that are matched by all that counts."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings

from tests import readable_yaml

if TYPE_CHECKING:
    from vcr import VCR
    from vcr.request import Request

ROOT = Path(__file__).parent.parent
EXAMPLES = ROOT / "examples"

settings.register_profile("newsqa", deadline=None)  # a busy machine is no defect of the code
settings.load_profile("newsqa")

_KEPT_HEADERS = {"content-type", "retry-after", "retry-after-ms", "x-should-retry"}
"""All others stay out of cassettes: keys, cookies, organisations, ids of machines."""


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in os.environ:
        if name.startswith(("NEWSQA_", "OPENAI_")) and not name.startswith("NEWSQA_RECORD_"):
            monkeypatch.delenv(name)


@pytest.fixture
def examples() -> Path:
    """The folder of example articles."""
    return EXAMPLES


@pytest.fixture(scope="session")
def vcr_config() -> dict[str, Any]:
    """Match what is asked, not where; keep only headers that say something."""
    return {
        "match_on": ["method", "path", "body"],
        "decode_compressed_response": True,
        "before_record_request": _without_origin,
        "before_record_response": _without_noise,
    }


@pytest.fixture(scope="module")
def vcr_cassette_dir(request: pytest.FixtureRequest) -> str:
    """``cassettes/<module>/``."""
    return str(ROOT / "cassettes" / request.module.__name__.rpartition(".")[2])


def pytest_recording_configure(config: pytest.Config, vcr: VCR) -> None:
    """Write cassettes as readable YAML, in UTF-8 on every machine."""
    vcr.register_serializer("yaml", readable_yaml)
    vcr.persister.save_cassette = staticmethod(_save)


def _save(path: str, cassette: dict[str, Any], serializer: Any) -> None:
    from vcr.serialize import serialize

    file = Path(path)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(serialize(cassette, serializer), encoding="utf-8", newline="\n")


def _without_origin(request: Request) -> Request:
    request.uri = "http://model.invalid" + request.path
    request.headers = _kept(request.headers)
    return request


def _without_noise(response: dict[str, Any]) -> dict[str, Any]:
    return {**response, "headers": _kept(response["headers"])}


def _kept(headers: Any) -> dict[str, Any]:
    return {name: value for name, value in headers.items() if name.lower() in _KEPT_HEADERS}
