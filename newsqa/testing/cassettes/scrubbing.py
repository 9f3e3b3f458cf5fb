"""What of an exchange stays out of its recording: addresses, keys, whatever identifies somebody."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

from vcr.request import Request

SERVER = "http://model.invalid"
"""Stands for the server's address."""

STRUCK = "***"
"""Stands for a secret."""

_KEPT_HEADERS = frozenset(
    {"content-type", "content-encoding", "retry-after", "retry-after-ms", "x-should-retry"}
)
"""All others stay out: keys, cookies, organisations, ids of machines."""

_NAME = (
    r"(?:(?:api|access|auth|client|secret|private|refresh|subscription|session)[-_]?"
    r"(?:key|token|secret|id_token)|authorization|passw(?:or)?d|secret|signature|credentials?)"
)
_IN_JSON = re.compile(rf'("{_NAME}"\s*:\s*")(?:[^"\\]|\\.)*(?=")', re.IGNORECASE)
_IN_FORM = re.compile(rf"((?:^|&){_NAME}=)[^&]*", re.IGNORECASE)
_FORM = re.compile(r"[\w.%+*-]+=[^\s\"{}]*")
_PARAMETER = re.compile(rf"{_NAME}|.*key|.*token|sig|code", re.IGNORECASE)
_HEADER = re.compile(r"auth|key|token|secret|cookie|session|signature", re.IGNORECASE)

_SHORTEST = 8
"""Characters; a shorter key, such as the "none" of servers that ask for no key, is a word."""


class Scrubber:
    """Takes out what is secret, and learns from the requests what that is.

    Of headers only a list is kept, and the server's address is replaced. In JSON, forms and queries
    the values that go by a secret's name are struck out. A key that was sent, in a header, the query
    or the address, is struck out wherever it stands: servers repeat it.
    """

    def __init__(self) -> None:
        self._learnt: set[str] = set()

    def request(self, request: Request) -> Request:
        """``request`` as it is matched."""
        parts = urlsplit(request.uri)
        request.uri = SERVER + parts.path + _query(parts.query)
        request.headers = _kept(request.headers)
        if isinstance(request.body, bytes):
            request.body = _without_named(request.body)
        return request

    def response(self, response: dict[str, Any]) -> dict[str, Any]:
        """``response`` as it is kept."""
        body = dict(response["body"])
        if isinstance(body.get("string"), bytes):
            body["string"] = _without_named(body["string"])
        kept = {name: value for name, value in response.items() if name != "url"}
        return {**kept, "headers": _kept(response["headers"]), "body": body}

    def learn(self, request: Request) -> None:
        """Remember the keys that ``request`` is sent with."""
        parts = urlsplit(request.uri)
        found = [value for name, value in parse_qsl(parts.query) if _PARAMETER.fullmatch(name)]
        found += [unquote(value) for value in (parts.username, parts.password) if value]
        for name, value in request.headers.items():
            if name.lower() not in _KEPT_HEADERS and _HEADER.search(name):
                found += _as_text(value).split()  # a scheme such as Bearer, and the key
        self._learnt.update(_spellings(value for value in found if len(value) >= _SHORTEST))

    def without_learnt(self, value: Any) -> Any:  # noqa: ANN401  # whatever a cassette holds
        """``value`` with every key struck out that ``learn`` has seen."""
        if isinstance(value, Request):
            parts = (value.uri, value.body, dict(value.headers))
            return Request(value.method, *map(self.without_learnt, parts))
        if isinstance(value, dict):
            return {key: self.without_learnt(item) for key, item in value.items()}
        if isinstance(value, list):
            return [self.without_learnt(item) for item in value]
        if isinstance(value, bytes):
            for secret in self._longest_first():
                value = value.replace(secret.encode(), STRUCK.encode())
        elif isinstance(value, str):
            for secret in self._longest_first():
                value = value.replace(secret, STRUCK)
        return value

    def _longest_first(self) -> list[str]:
        """Or what is left of a key that begins with another would give it away."""
        return sorted(self._learnt, key=len, reverse=True)


def _as_text(value: str | bytes) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else value


def _spellings(secrets: Iterable[str]) -> Iterable[str]:
    """Each as it is, as JSON writes it and as an address does."""
    for secret in secrets:
        yield from (secret, json.dumps(secret)[1:-1], quote(secret, safe=""))


def _query(query: str) -> str:
    shown = [
        (name, STRUCK if _PARAMETER.fullmatch(name) else value)
        for name, value in parse_qsl(query, keep_blank_values=True)
    ]
    return f"?{urlencode(shown, safe='*')}" if shown else ""


def _without_named(body: bytes) -> bytes:
    try:
        text = body.decode()
    except UnicodeDecodeError:
        return body
    pattern = _IN_FORM if _FORM.fullmatch(text) else _IN_JSON
    return pattern.sub(rf"\g<1>{STRUCK}", text).encode()


def _kept(headers: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in headers.items() if name.lower() in _KEPT_HEADERS}
