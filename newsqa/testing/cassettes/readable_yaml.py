"""A serializer for vcrpy that writes readable cassettes; it also reads vcrpy's own.

A body that would not survive a round trip is left as vcrpy has it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import yaml
from vcr.serializers import yamlserializer

from newsqa.optional import dump_yaml
from newsqa.testing.cassettes.bodies import fold, is_unfolded, unfold


def serialize(cassette: dict[str, Any]) -> str:
    """Return a cassette as YAML."""
    return dump_yaml(
        {**cassette, "interactions": [_map(i, _shown) for i in cassette["interactions"]]}
    )


def deserialize(text: str) -> dict[str, Any]:
    """Read a cassette in YAML, whether ``serialize`` or vcrpy wrote it."""
    cassette: dict[str, Any] = yamlserializer.deserialize(text)
    return {**cassette, "interactions": [_map(i, _read) for i in cassette["interactions"]]}


def readable(body: object) -> object:
    """Return ``body`` unfolded if possible, else unchanged."""
    return _shown(body)


def _map(interaction: dict[str, Any], change: Callable[[Any], Any]) -> dict[str, Any]:
    """Return ``interaction`` with both bodies changed; a response has its text one level deeper."""
    request, response = interaction["request"], interaction["response"]
    body = response["body"]
    changed = change(body["string"] if _is_plain(body) else body)
    return {
        **interaction,
        "request": {**request, "body": change(request["body"])},
        "response": {
            **response,
            "body": changed if isinstance(changed, dict) else {"string": changed},
        },
    }


def _is_plain(body: object) -> bool:
    return isinstance(body, dict) and set(body) == {"string"}


def _shown(body: Any) -> Any:  # noqa: ANN401  # whatever a body is to vcrpy
    try:
        text = body.decode() if isinstance(body, bytes) else body
    except UnicodeDecodeError:
        return body
    shown = unfold(text) if isinstance(text, str) else None
    return shown if shown is not None and _comes_back(shown) else body


def _comes_back(shown: dict[str, Any]) -> bool:
    """Return whether a value survives YAML, which some do not."""
    try:
        loaded = yamlserializer.deserialize(dump_yaml(shown))
    except (yaml.YAMLError, ValueError, RecursionError):
        return False
    return is_unfolded(loaded) and fold(loaded) == fold(shown)


def _read(body: Any) -> Any:  # noqa: ANN401  # whatever a body is to vcrpy
    return fold(body) if is_unfolded(body) else body
