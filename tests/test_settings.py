"""Settings: in code, or in the environment."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr, ValidationError

from newsqa.checks import CheckPolicy
from newsqa.errors import ConfigurationError
from newsqa.settings import Settings

VALUES: dict[str, tuple[Any, object]] = {
    "model": ("m", "m"),
    "base_url": ("http://localhost:1/v1", "http://localhost:1/v1"),
    "fallback_model": ("m-2", "m-2"),
    "cache": ("answers.db", Path("answers.db")),
    "record": ("recordings", Path("recordings")),
    "replay": ("recordings", Path("recordings")),
    "prompt": ("brief.md", Path("brief.md")),
    "cache_max_bytes": ("2000000", 2_000_000),
    "max_input_tokens": ("9000", 9_000),
    "max_output_tokens": ("900", 900),
    "timeout": ("1.5", 1.5),
    "deadline": ("90", 90.0),
    "max_attempts": ("2", 2),
    "max_concurrency": ("3", 3),
    "strict": ("true", True),
    "loosest_match": ("case", "case"),
    "checks": ("names=off", CheckPolicy(names="off")),
    "verify": ("model", "model"),
}
"""What stands in the environment, and what it means; the key has tests of its own."""


@pytest.mark.parametrize("field", VALUES)
def test_every_setting_can_come_from_the_environment(
    field: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As NEWSQA_ and its name."""
    written, meant = VALUES[field]
    monkeypatch.setenv(f"NEWSQA_{field.upper()}", written)
    assert getattr(Settings(), field) == meant


def test_no_setting_is_untested() -> None:
    """A new one belongs into the table."""
    assert {*VALUES, "api_key"} == set(Settings.model_fields)


@pytest.mark.parametrize("name", ["NEWSQA_API_KEY", "OPENAI_API_KEY"])
def test_the_key_can_come_from_the_environment(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Under OpenAI's name as well, which many machines have set."""
    monkeypatch.setenv(name, "sk-env")
    assert Settings().api_key == SecretStr("sk-env")


def test_openai_s_own_base_url_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """It goes with OpenAI's key."""
    monkeypatch.setenv("OPENAI_BASE_URL", "http://localhost:2/v1")
    assert Settings().base_url == "http://localhost:2/v1"


@pytest.mark.parametrize("field", ["api_key", "base_url"])
def test_newsqa_s_name_goes_before_openai_s(field: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """It was set for this library."""
    monkeypatch.setenv(f"OPENAI_{field.upper()}", "openai")
    monkeypatch.setenv(f"NEWSQA_{field.upper()}", "newsqa")
    assert getattr(Settings(), field) in ("newsqa", SecretStr("newsqa"))


@pytest.mark.parametrize("field", VALUES)
def test_code_goes_before_the_environment(field: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever it is set to there."""
    written, meant = VALUES[field]
    monkeypatch.setenv(f"NEWSQA_{field.upper()}", "17")
    assert getattr(Settings(**{field: written}), field) == meant


@pytest.mark.parametrize("name", ["NEWSQA_API_KEY", "OPENAI_API_KEY"])
def test_a_key_in_code_goes_before_the_environment(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Though the environment knows it by another name."""
    monkeypatch.setenv(name, "sk-env")
    assert Settings(api_key=SecretStr("sk-code")).api_key == SecretStr("sk-code")


def test_an_empty_variable_counts_as_unset(monkeypatch: pytest.MonkeyPatch) -> None:
    """Compose files and CI set variables to nothing."""
    for name in ("NEWSQA_MODEL", "NEWSQA_API_KEY", "NEWSQA_TIMEOUT", "OPENAI_BASE_URL"):
        monkeypatch.setenv(name, "")
    monkeypatch.setenv("OPENAI_API_KEY", "sk-env")
    settings = Settings()
    assert (settings.model, settings.base_url, settings.timeout) == (None, None, 60.0)
    assert settings.api_key == SecretStr("sk-env")


def test_another_program_s_variables_do_not_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    """Even if they begin alike."""
    monkeypatch.setenv("NEWSQA_RECORD_MODEL", "m")
    assert Settings().model is None


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("timeout", 0),
        ("timeout", "soon"),
        ("deadline", -1),
        ("max_attempts", 0),
        ("max_concurrency", 1.5),
        ("max_input_tokens", 0),
        ("max_output_tokens", -1),
        ("cache_max_bytes", 0),
        ("strict", "perhaps"),
        ("api_key", 12345),
        ("temprature", 0),
    ],
)
def test_a_value_that_cannot_be_is_named(field: str, value: Any) -> None:
    """As one of newsqa's own errors, in one sentence."""
    with pytest.raises(ConfigurationError, match=rf"^The setting '{field}' is not usable: .*\.$"):
        Settings(**{field: value})


def test_a_value_of_the_environment_that_cannot_be_is_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """In the same words."""
    monkeypatch.setenv("NEWSQA_TIMEOUT", "soon")
    with pytest.raises(ConfigurationError, match="The setting 'timeout' is not usable"):
        Settings()


def test_the_key_is_in_no_repr_and_no_json() -> None:
    """Settings get logged."""
    settings = Settings(api_key=SecretStr("sk-secret"))
    assert "sk-secret" not in f"{settings!r} {settings} {settings.model_dump_json()}"


def test_the_key_is_in_no_error() -> None:
    """Nor in what led to it."""
    with pytest.raises(ConfigurationError) as caught:
        Settings(api_key=["sk-secret"])  # type: ignore[arg-type]  # that is the test
    assert "sk-secret" not in str(caught.value)
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__


def test_settings_do_not_change() -> None:
    """Answers of one NewsQA are made in one way."""
    with pytest.raises(ValidationError, match="frozen"):
        Settings().strict = True  # type: ignore[misc]  # that is the test


def test_equal_settings_are_one_key() -> None:
    """Calls with the same settings share their connections."""
    one, other = Settings(model="m", timeout=5), Settings(model="m", timeout=5)
    assert one == other
    assert hash(one) == hash(other)
