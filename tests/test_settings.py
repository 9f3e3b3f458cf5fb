"""Settings: in code, or in the environment."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr, ValidationError

from newsqa.checks.policy import CheckPolicy
from newsqa.errors import ConfigurationError
from newsqa.models.known_models import Price
from newsqa.settings import Settings

VALUES: dict[str, tuple[Any, object]] = {
    "model": ("m", "m"),
    "base_url": ("http://localhost:1/v1", "http://localhost:1/v1"),
    "headers": ('{"x-title": "Desk"}', {"x-title": SecretStr("Desk")}),
    "parameters": (
        "temperature=0\nreasoning_effort=low",
        {"temperature": 0, "reasoning_effort": "low"},
    ),
    "fallback_model": ("m-2", "m-2"),
    "cache": ("answers.db", Path("answers.db")),
    "record": ("recordings", Path("recordings")),
    "replay": ("recordings", Path("recordings")),
    "prompt": ("brief.md", Path("brief.md")),
    "cache_max_bytes": ("2000000", 2_000_000),
    "max_input_tokens": ("9000", 9_000),
    "windows": ("5", 5),
    "max_output_tokens": ("900", 900),
    "timeout": ("1.5", 1.5),
    "deadline": ("90", 90.0),
    "max_attempts": ("2", 2),
    "max_concurrency": ("3", 3),
    "http_client": ("aiohttp", "aiohttp"),
    "max_calls": ("20", 20),
    "max_tokens": ("50000", 50_000),
    "max_cost": ("0.5", 0.5),
    "requests_per_minute": ("60", 60),
    "tokens_per_minute": ("90000", 90_000),
    "prices": ('{"m": {"input": 0.1, "output": 0.5}}', {"m": Price(input=0.1, output=0.5)}),
    "strict": ("true", True),
    "loosest_match": ("case", "case"),
    "checks": ("names=off", CheckPolicy(names="off")),
    "otel": ("true", True),
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


@pytest.mark.parametrize(
    "headers",
    [{"api-key": "k"}, '{"api-key": "k"}', "api-key: k", ["api-key: k"], "\n api-key :k\n"],
)
def test_headers_are_read_as_people_write_them(headers: Any) -> None:
    """In code, as JSON, or as lines."""
    assert Settings(headers=headers).headers == {"api-key": SecretStr("k")}


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("0", 0),
        ("0.2", 0.2),
        ("true", True),
        ("null", None),
        ("low", "low"),
        ("[1]", [1]),
        ("", ""),
    ],
)
def test_the_value_of_a_parameter_is_json_or_text(written: str, value: object) -> None:
    """As the body of a request needs it."""
    assert Settings(parameters=[f"x={written}"]).parameters == {"x": value}  # type: ignore[arg-type]  # as the command line gives it


def test_a_value_in_code_stays_as_it_is() -> None:
    """Only text from outside is decoded."""
    assert Settings(parameters={"user": "12"}).parameters == {"user": "12"}


@pytest.mark.parametrize("headers", ["k", "{broken", "{1}", ": k", 4])
def test_headers_that_are_none_are_refused_unseen(headers: Any) -> None:
    """The message shows no value: it may be a key."""
    with pytest.raises(ConfigurationError, match="The setting 'headers' is not usable") as raised:
        Settings(headers=headers)
    assert (
        "k" not in str(raised.value).replace("look", "").replace("like", "").partition("usable")[2]
    )


def test_a_header_is_not_shown() -> None:
    """It may be a key."""
    assert "hunter22" not in repr(Settings(headers={"api-key": "hunter22"}))  # type: ignore[dict-item]  # pydantic makes it secret


def test_settings_with_headers_can_be_the_key_of_a_cache() -> None:
    """As those of ``ask``, which keeps connections between calls."""
    one, other = Settings(parameters={"seed": 1}), Settings(parameters={"seed": 2})
    assert len({one, other, Settings(parameters={"seed": 1})}) == 2


@pytest.mark.parametrize(
    ("name", "nearest"), [("modle", "model"), ("time_out", "timeout"), ("max_token", "max_")]
)
def test_a_misspelt_setting_is_named_with_the_nearest_one(name: str, nearest: str) -> None:
    """In code."""
    misspelt: dict[str, Any] = {name: 1}
    with pytest.raises(ConfigurationError, match=f"no setting '{name}': did you mean '{nearest}"):
        Settings(**misspelt)


def test_a_setting_that_is_like_no_other_is_named() -> None:
    """Where there is nothing to suggest."""
    misspelt: dict[str, Any] = {"colour": "green"}
    with pytest.raises(ConfigurationError, match=r"There is no setting 'colour'\.$"):
        Settings(**misspelt)


@pytest.mark.parametrize(
    ("name", "nearest"), [("NEWSQA_MODLE", "NEWSQA_MODEL"), ("NEWSQA_CHECK", "NEWSQA_CHECKS")]
)
def test_a_misspelt_variable_is_named_with_the_nearest_one(
    name: str, nearest: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A guard that was meant to be on must not stay off."""
    monkeypatch.setenv(name, "x")
    with pytest.raises(ConfigurationError, match=f"no setting {name}: did you mean {nearest}?"):
        Settings()


def test_a_variable_that_is_like_no_setting_is_a_warning_at_the_callers_line(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It may belong to the program around newsqa."""
    monkeypatch.setenv("NEWSQA_DESK_COLOUR", "green")
    with pytest.warns(UserWarning, match="NEWSQA_DESK_COLOUR is not a setting") as caught:
        Settings()
    assert caught[0].filename == __file__


@pytest.mark.parametrize("name", ["NEWSQA_RECORD_MODEL", "NEWSQA_TEST_SEEDS"])
def test_variables_of_newsqas_tests_are_no_misspelt_settings(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The pytest plugin reads them."""
    monkeypatch.setenv(name, "x")
    Settings()
