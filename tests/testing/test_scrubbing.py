"""What stays out of a recording, and what stays in."""

from __future__ import annotations

from typing import Any

import pytest
from vcr.request import Request

from newsqa.testing.cassettes.scrubbing import Scrubber

KEY = "sk-1a2b3c4d5e"


def sent(
    uri: str = "https://api.example/v1", *, body: bytes | None = b"{}", **headers: str
) -> Request:
    """A request; the underscores of a header's name stand for hyphens."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Request("POST", uri, body, named)


def received(body: bytes, **headers: list[str]) -> dict[str, Any]:
    """Return a response as vcrpy has it."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return {"status": {"code": 200}, "headers": named, "body": {"string": body}}


def test_only_listed_headers_are_kept() -> None:
    """Headers of requests and responses are compared in any case."""
    request = Scrubber().request(
        sent(Content_Type="application/json", authorization=KEY, x_team="a")
    )
    assert dict(request.headers) == {"Content-Type": "application/json"}
    response = received(b"", retry_after=["3"], set_cookie=["a"], x_request_id=["b"])
    assert Scrubber().response(response)["headers"] == {"retry-after": ["3"]}


@pytest.mark.parametrize(
    ("uri", "kept"),
    [
        ("https://api.example/v1/chat", "http://model.invalid/v1/chat"),
        (f"https://me:{KEY}@api.example:8/v1", "http://model.invalid/v1"),
        (f"https://a/v1?key={KEY}&v=2&empty=", "http://model.invalid/v1?key=***&v=2&empty="),
        (f"https://a/v1?API-Key={KEY}", "http://model.invalid/v1?API-Key=***"),
        ("https://a/v1?access_token=x&sig=y", "http://model.invalid/v1?access_token=***&sig=***"),
    ],
)
def test_addresses_keep_path_and_harmless_parameters(uri: str, kept: str) -> None:
    """Scrubbing twice gives the same, because replayed cassettes are scrubbed, too."""
    once = Scrubber().request(sent(uri))
    assert once.uri == kept
    assert Scrubber().request(once).uri == kept


@pytest.mark.parametrize(
    ("body", "kept"),
    [
        (b'{"api_key": "abc", "a": 1}', b'{"api_key": "***", "a": 1}'),
        (b'{"a": {"clientSecret":"x\\"y"}}', b'{"a": {"clientSecret":"***"}}'),
        (b'{"password": 5, "token": "of a text"}', b'{"password": 5, "token": "of a text"}'),
        (
            b'{"content": "{\\"api_key\\": \\"abc\\"}"}',
            b'{"content": "{\\"api_key\\": \\"abc\\"}"}',
        ),
        (b"grant_type=refresh&refresh_token=abc&x=1", b"grant_type=refresh&refresh_token=***&x=1"),
        (b"\xff\xfe", b"\xff\xfe"),
    ],
)
def test_values_named_like_a_secret_are_replaced(body: bytes, kept: bytes) -> None:
    """Names are found in JSON and forms, not in the words of a model or an article."""
    assert Scrubber().request(sent(body=body)).body == kept
    assert Scrubber().response(received(body))["body"]["string"] == kept


@pytest.mark.parametrize(
    "request_with_key",
    [
        sent(authorization=f"Bearer {KEY}"),
        sent(api_key=KEY),
        sent(f"https://api.example/v1?key={KEY}"),
        sent(f"https://me:{KEY}@api.example/v1"),
    ],
    ids=["authorization", "api-key", "query", "address"],
)
def test_sent_key_is_replaced_everywhere(request_with_key: Request) -> None:
    """Earlier and later requests and replies are scrubbed, too."""
    scrubber = Scrubber()
    scrubber.learn(request_with_key)
    cassette = {
        "requests": [sent(f"https://a/{KEY}", body=f"say {KEY}".encode())],
        "responses": [received(f"you sent {KEY}".encode()), {"note": [KEY]}],
    }
    saved = scrubber.without_secrets(cassette)
    assert saved["requests"][0].uri == "https://a/***"
    assert saved["requests"][0].body == b"say ***"
    assert saved["responses"][0]["body"]["string"] == b"you sent ***"
    assert saved["responses"][1] == {"note": ["***"]}


def test_key_is_replaced_in_its_escaped_forms() -> None:
    """JSON and addresses escape some characters."""
    scrubber = Scrubber()
    scrubber.learn(sent(authorization='Bearer a/b"c+123456'))
    assert scrubber.without_secrets('a/b\\"c+123456 a%2Fb%22c%2B123456') == "*** ***"


def test_longer_key_is_replaced_first() -> None:
    """Otherwise the rest of the longer key would remain."""
    scrubber = Scrubber()
    scrubber.learn(sent(authorization="Bearer 12345678", api_key="12345678-and-more"))
    assert scrubber.without_secrets("12345678-and-more") == "***"


@pytest.mark.parametrize("word", ["none", "ollama", "EMPTY"])
def test_placeholder_key_is_not_a_secret(word: str) -> None:
    """It is an ordinary word, which an article may contain."""
    scrubber = Scrubber()
    scrubber.learn(sent(authorization=f"Bearer {word}"))
    assert scrubber.without_secrets(f"There is {word}.") == f"There is {word}."


def test_streams_and_missing_bodies_pass() -> None:
    """There is nothing to search."""
    assert Scrubber().request(sent(body=None)).body is None
    assert Scrubber().response({**received(b""), "body": {}})["body"] == {}
