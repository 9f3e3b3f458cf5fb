"""Every variable that the HTTP client reads, broken."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

import pytest

from newsqa.errors import ConfigurationError, NewsQAError
from newsqa.models.openai import OpenAIModel
from newsqa.models.transport import Transport
from tests.scripted_server import PROMPT, SCHEMA

VARIABLES = (
    "HTTP_PROXY HTTPS_PROXY ALL_PROXY NO_PROXY http_proxy https_proxy all_proxy no_proxy "
    "SSL_CERT_FILE SSL_CERT_DIR SSLKEYLOGFILE OPENAI_ORG_ID OPENAI_PROJECT_ID "
    "OPENAI_CUSTOM_HEADERS OPENAI_API_KEY OPENAI_BASE_URL OPENAI_ADMIN_KEY OPENAI_LOG "
    "OPENAI_WEBHOOK_SECRET"
).split()
VALUES = ("socks://127.0.0.1:1", "socks5://127.0.0.1:1", "http://[", "/nowhere/at/all", "Zoë", "a\nb", "::", "%")  # fmt: skip


@pytest.fixture(autouse=True)
def _clean(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)  # OpenSSL creates the file that SSLKEYLOGFILE names
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)


def complete(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> BaseException | None:
    """What a model raises with the variable ``name`` in the environment."""
    monkeypatch.setenv(name, value)
    try:
        model = OpenAIModel("tiny", transport=Transport(max_attempts=1, timeout=5.0))
        asyncio.run(model.complete(PROMPT, SCHEMA))
    except Exception as error:  # noqa: BLE001  # any is of interest
        return error
    return None


@pytest.mark.parametrize("value", VALUES)
@pytest.mark.parametrize("name", VARIABLES)
def test_whatever_a_variable_holds_the_error_is_ours(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    """No error of the client's own reaches the caller. Nothing listens at port 1."""
    if "\x00" in value or (os.name == "nt" and value == "::"):
        pytest.skip("no such value on this system")
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:1/v1")
    monkeypatch.setenv("OPENAI_API_KEY", "sk-secret-1234567890")
    assert isinstance(complete(monkeypatch, name, value), NewsQAError)


@pytest.mark.parametrize(
    ("name", "value", "problem"),
    [
        ("ALL_PROXY", "socks://127.0.0.1:9050", "proxy"),
        ("all_proxy", "gopher://proxy.test", "proxy"),
        ("HTTPS_PROXY", "http://", "no host"),
        ("SSL_CERT_FILE", "/old/venv/cacert.pem", "No such file"),
        ("SSL_CERT_DIR", "/old/certs", "no folder"),
        ("SSLKEYLOGFILE", "/nowhere/keys.log", "No such file"),
        ("OPENAI_ORG_ID", "Zoë", "header"),
    ],
)
def test_the_variable_is_named(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, problem: str
) -> None:
    """With what is wrong with it."""
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:1/v1")
    error = complete(monkeypatch, name, value)
    assert isinstance(error, ConfigurationError)
    assert f"The environment variable {name} is not usable" in str(error)
    assert problem in str(error)


def test_a_file_that_holds_no_certificates_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """As a half-written one."""
    file = tmp_path / "ca.pem"
    file.write_text("-----BEGIN CERTIFICATE-----\n")
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:1/v1")
    assert "SSL_CERT_FILE" in str(complete(monkeypatch, "SSL_CERT_FILE", str(file)))


def test_the_password_of_a_proxy_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    """The variable is enough to find it."""
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:1/v1")
    error = complete(monkeypatch, "ALL_PROXY", "socks9://me:hunter22@proxy.test")
    assert isinstance(error, ConfigurationError)
    assert "hunter22" not in str(error)
