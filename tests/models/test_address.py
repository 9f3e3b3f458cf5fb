"""Base URLs as people write them."""

from __future__ import annotations

import pytest

from newsqa.errors import ConfigurationError
from newsqa.models.address import parse_address


@pytest.mark.parametrize(
    ("url", "endpoint"),
    [
        ("https://models.test/v1", "https://models.test/v1/chat/completions"),
        ("https://models.test/v1/", "https://models.test/v1/chat/completions"),
        (" 'https://models.test/v1' \n", "https://models.test/v1/chat/completions"),
        ("https://models.test", "https://models.test/chat/completions"),
        ("https://models.test/v1/chat/completions", "https://models.test/v1/chat/completions"),
        ("https://models.test/v1/chat/completions//", "https://models.test/v1/chat/completions"),
        ("https://models.test/v1/models", "https://models.test/v1/chat/completions"),
        (
            "https://models.test/deployments/x/chat/completions?api-version=2026-01-01&a=b%20c",
            "https://models.test/deployments/x/chat/completions?api-version=2026-01-01&a=b%20c",
        ),
        ("http://localhost:11434/api/chat", "http://localhost:11434/v1/chat/completions"),
        ("http://127.0.0.1:11434/api", "http://127.0.0.1:11434/v1/chat/completions"),
        ("https://models.test/api", "https://models.test/api/chat/completions"),
        ("http://me:pw@models.test/v1", "http://me:pw@models.test/v1/chat/completions"),
    ],
)
def test_requests_go_where_the_address_points(url: str, endpoint: str) -> None:
    """A query stays one, and the end of a pasted address is not doubled."""
    assert parse_address(url).endpoint == endpoint


@pytest.mark.parametrize(
    ("url", "hint"),
    [
        ("localhost:11434/v1", "'http://localhost:11434/v1'"),
        ("192.168.1.7:8000", "'http://192.168.1.7:8000'"),
        ("gpu-box:8000/v1", "'http://gpu-box:8000/v1'"),
        ("api.models.example/v1", "'https://api.models.example/v1'"),
    ],
)
def test_a_missing_scheme_is_named(url: str, hint: str) -> None:
    """With the address as it should be."""
    with pytest.raises(ConfigurationError, match="has no scheme") as raised:
        parse_address(url)
    assert f"write {hint}" in str(raised.value)


@pytest.mark.parametrize("key", ["sk-proj-Ab12.Cd34", "eyJhbG.eyJz.SflKx9", "0a1b2c3d4e.Zx9Yw8Vu7"])
def test_what_may_be_a_key_is_not_shown(key: str) -> None:
    """It happens with environment variables."""
    with pytest.raises(ConfigurationError) as raised:
        parse_address(key)
    assert key not in str(raised.value)


@pytest.mark.parametrize(
    ("url", "is_loopback", "is_local"),
    [
        ("http://localhost/v1", True, True),
        ("http://127.0.0.53:1/v1", True, True),
        ("http://[::1]:1/v1", True, True),
        ("http://0.0.0.0:8000/v1", True, True),
        ("http://10.1.2.3/v1", False, True),
        ("http://gpu-box/v1", False, True),
        ("http://mac.local:1234/v1", False, True),
        ("https://api.models.example/v1", False, False),
        ("https://8.8.8.8/v1", False, False),
    ],
)
def test_addresses_of_this_machine_and_network_are_recognized(
    url: str, is_loopback: bool, is_local: bool
) -> None:
    """Servers there may have any context."""
    address = parse_address(url)
    assert (address.is_loopback, address.is_local) == (is_loopback, is_local)
