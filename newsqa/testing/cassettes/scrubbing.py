"""Removes keys, addresses and identifying headers from recordings."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

from vcr.request import Request

SERVER = "http://model.invalid"
"""Replaces the server's address."""

REDACTED = "***"
"""Replaces a secret."""

_KEPT_HEADERS = frozenset(
    {"content-type", "content-encoding", "retry-after", "retry-after-ms", "x-should-retry"}
)
"""All others are removed: keys, cookies, organisations, ids of machines."""

_NAME = (
    r"(?:(?:api|access|auth|client|secret|private|refresh|subscription|session)[-_]?"
    r"(?:key|token|secret|id_token)|authorization|passw(?:or)?d|secret|signature|credentials?)"
)
_IN_JSON = re.compile(rf'("{_NAME}"\s*:\s*")(?:[^"\\]|\\.)*(?=")', re.IGNORECASE)
_IN_FORM = re.compile(rf"((?:^|&){_NAME}=)[^&]*", re.IGNORECASE)
_FORM = re.compile(r"[\w.%+*-]+=[^\s\"{}]*")
_PARAMETER = re.compile(rf"{_NAME}|.*key|.*token|sig|code", re.IGNORECASE)
_HEADER = re.compile(r"auth|key|token|secret|cookie|session|signature", re.IGNORECASE)

_MIN_SECRET_CHARS = 8
"""A shorter key is a word, such as the "none" that is sent to servers without keys."""


class Scrubber:
    """Removes secrets, and learns from requests what is secret.

    Only the listed headers are kept, and the server's address is replaced. In JSON, forms and queries,
    values named like a secret are replaced. A key that was sent in a header, the query or the address
    is replaced wherever it occurs, because servers repeat it.
    """

    def __init__(self) -> None:
        self._secrets: set[str] = set()

    def request(self, request: Request) -> Request:
        """Scrub ``request`` in place; it is matched in this form."""
        parts = urlsplit(request.uri)
        request.uri = SERVER + parts.path + _query(parts.query)
        request.headers = _kept(request.headers)
        if isinstance(request.body, bytes):
            request.body = _without_named(request.body)
        return request

    def response(self, response: dict[str, Any]) -> dict[str, Any]:
        """Return ``response`` as it is stored."""
        body = dict(response["body"])
        if isinstance(body.get("string"), bytes):
            body["string"] = _without_named(body["string"])
        kept = {name: value for name, value in response.items() if name != "url"}
        return {**kept, "headers": _kept(response["headers"]), "body": body}

    def learn(self, request: Request) -> None:
        """Remember the keys that ``request`` carries."""
        parts = urlsplit(request.uri)
        secrets = [value for name, value in parse_qsl(parts.query) if _PARAMETER.fullmatch(name)]
        secrets += [unquote(value) for value in (parts.username, parts.password) if value]
        for name, value in request.headers.items():
            if name.lower() not in _KEPT_HEADERS and _HEADER.search(name):
                secrets += _as_text(value).split()  # a scheme such as Bearer, and the key
        self._secrets.update(
            _spellings(value for value in secrets if len(value) >= _MIN_SECRET_CHARS)
        )

    def without_secrets(self, value: Any) -> Any:  # noqa: ANN401  # whatever a cassette holds
        """Return ``value`` with every key replaced that ``learn`` has seen."""
        if isinstance(value, Request):
            parts = (value.uri, value.body, dict(value.headers))
            return Request(value.method, *map(self.without_secrets, parts))
        if isinstance(value, dict):
            return {key: self.without_secrets(item) for key, item in value.items()}
        if isinstance(value, list):
            return [self.without_secrets(item) for item in value]
        if isinstance(value, bytes):
            for secret in self._longest_first():
                value = value.replace(secret.encode(), REDACTED.encode())
        elif isinstance(value, str):
            for secret in self._longest_first():
                value = value.replace(secret, REDACTED)
        return value

    def _longest_first(self) -> list[str]:
        """Longest first, or the rest of a key that begins with another one would remain."""
        return sorted(self._secrets, key=len, reverse=True)


def _as_text(value: str | bytes) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else value


def _spellings(secrets: Iterable[str]) -> Iterable[str]:
    """Yield each secret as it is, as JSON escapes it and as an address does."""
    for secret in secrets:
        yield from (secret, json.dumps(secret)[1:-1], quote(secret, safe=""))


def _query(query: str) -> str:
    shown = [
        (name, REDACTED if _PARAMETER.fullmatch(name) else value)
        for name, value in parse_qsl(query, keep_blank_values=True)
    ]
    return f"?{urlencode(shown, safe='*')}" if shown else ""


def _without_named(body: bytes) -> bytes:
    try:
        text = body.decode()
    except UnicodeDecodeError:
        return body
    pattern = _IN_FORM if _FORM.fullmatch(text) else _IN_JSON
    return pattern.sub(rf"\g<1>{REDACTED}", text).encode()


def _kept(headers: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in headers.items() if name.lower() in _KEPT_HEADERS}
