"""Cassettes that people can read: JSON bodies as YAML, prompts as blocks of lines.

What would not come out the same after a round trip is left as it was.
"""

from __future__ import annotations

import json
from typing import Any

from vcr.serializers import yamlserializer

from newsqa.yaml_text import dump_yaml

JSON = "json"
NESTED = "json_text"
"""Marks text that is itself JSON, as a model's structured reply is, and is shown unfolded."""


def serialize(cassette: dict[str, Any]) -> str:
    """The cassette as YAML."""
    shown = {**cassette, "interactions": [_both(_unfold, i) for i in cassette["interactions"]]}
    return dump_yaml(shown)


def deserialize(text: str) -> dict[str, Any]:
    """The cassette in YAML that ``serialize`` wrote; vcrpy's own form is read too."""
    cassette: dict[str, Any] = yamlserializer.deserialize(text)
    return {**cassette, "interactions": [_both(_fold, i) for i in cassette["interactions"]]}


def _both(change: Any, interaction: dict[str, Any]) -> dict[str, Any]:
    request, response = interaction["request"], interaction["response"]
    body = response["body"]
    if isinstance(body, dict) and set(body) == {"string"}:
        body = change(body["string"])
        body = body if isinstance(body, dict) else {"string": body}
    else:
        body = {"string": change(body)} if JSON in body else body
    return {
        **interaction,
        "request": {**request, "body": change(request["body"])},
        "response": {**response, "body": body},
    }


def _unfold(body: Any) -> Any:
    text = body.decode() if isinstance(body, bytes) else body
    value = _parsed(text)
    if not isinstance(value, dict):
        return body
    shown = {JSON: _map_text(value, _unfold_text)}
    return shown if json.loads(_fold(shown)) == value else body


def _fold(body: Any) -> Any:
    if not isinstance(body, dict) or set(body) != {JSON}:
        return body
    return json.dumps(_map_nested(body[JSON]), ensure_ascii=False, separators=(",", ":"))


def _parsed(text: Any) -> Any:
    try:
        return json.loads(text)
    except (TypeError, ValueError):
        return None


def _map_text(value: Any, change: Any) -> Any:
    if isinstance(value, dict):
        return {key: _map_text(item, change) for key, item in value.items()}
    if isinstance(value, list):
        return [_map_text(item, change) for item in value]
    return change(value) if isinstance(value, str) else value


def _unfold_text(text: str) -> Any:
    value = _parsed(text)
    if isinstance(value, dict) and json.dumps(value, ensure_ascii=False) == text:
        return {NESTED: value}
    return text


def _map_nested(value: Any) -> Any:
    if isinstance(value, dict):
        if set(value) == {NESTED}:
            return json.dumps(value[NESTED], ensure_ascii=False)
        return {key: _map_nested(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_map_nested(item) for item in value]
    return value
