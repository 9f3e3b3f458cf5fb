"""A serializer for vcrpy that writes readable cassettes; it also reads vcrpy's own.

A body that would not survive a round trip is left as vcrpy has it.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from decimal import Decimal
from typing import Any, Never

import yaml
from vcr.serializers import yamlserializer

from newsqa.optional import dump_yaml

JSON, EVENTS = "json", "events"
"""The keys of an unfolded body."""

_LAYOUTS: dict[str, dict[str, Any]] = {
    "json_text": {},
    "json_text_compact": {"separators": (",", ":")},
    "json_text_indented": {"indent": 2},
}
"""The keys of unfolded JSON text, and the layout that the JSON had."""

_EVENT_END = "\n\n"
_FIELD_SEPARATOR = ": "


def unfold(text: str) -> dict[str, Any] | None:
    """Return ``text`` in a readable form; None if it is neither a JSON object nor events."""
    return _unfold_json(text) or _unfold_events(text)


def fold(shown: dict[str, Any]) -> str:
    """Return the text that ``unfold`` turned into ``shown``."""
    return _fold_events(shown[EVENTS]) if EVENTS in shown else _fold_json(shown)


def is_unfolded(body: object) -> bool:
    """Return whether ``body`` is a result of ``unfold``."""
    return isinstance(body, dict) and len(body) == 1 and not body.keys().isdisjoint({JSON, EVENTS})


def same(one: str, other: str) -> bool:
    """Return whether two texts are equal as text or as JSON, with members in the same order."""
    return one == other or (_tokens(one) is not None and _tokens(one) == _tokens(other))


def _unfold_json(text: str) -> dict[str, Any] | None:
    value = _parsed(text)
    if not isinstance(value, dict):
        return None
    shown = {JSON: _map_text(value, _unfold_text)}
    return shown if same(_fold_json(shown), text) else None


def _fold_json(shown: dict[str, Any]) -> str:
    return json.dumps(_fold_texts(shown[JSON]), ensure_ascii=False, separators=(",", ":"))


def _unfold_text(text: str) -> Any:  # noqa: ANN401  # any JSON
    value = _parsed(text) if text.lstrip()[:1] == "{" else None
    for key, layout in _LAYOUTS.items():
        if isinstance(value, dict) and json.dumps(value, ensure_ascii=False, **layout) == text:
            return {key: value}
    return text


def _fold_texts(value: Any) -> Any:  # noqa: ANN401  # any JSON
    if isinstance(value, list):
        return [_fold_texts(item) for item in value]
    if not isinstance(value, dict):
        return value
    if len(value) == 1 and (key := next(iter(value))) in _LAYOUTS:
        return json.dumps(value[key], ensure_ascii=False, **_LAYOUTS[key])
    return {key: _fold_texts(item) for key, item in value.items()}


def _unfold_events(text: str) -> dict[str, Any] | None:
    """Unfold server-sent events: blocks of ``field: value`` lines, each ended by an empty line."""
    if not text.endswith(_EVENT_END):
        return None
    events = [_unfold_event(block) for block in text[: -len(_EVENT_END)].split(_EVENT_END)]
    return {EVENTS: events} if all(events) else None


def _unfold_event(block: str) -> dict[str, Any] | None:
    """Return the fields of one event; None if a line is not a field, or two have the same name."""
    lines = [line.partition(_FIELD_SEPARATOR) for line in block.split("\n")]
    names = {name for name, separator, _ in lines if separator and (not name or name.isalpha())}
    if len(names) < len(lines):
        return None
    return {name: _unfold_json(value) or value for name, _, value in lines}


def _fold_events(events: list[dict[str, Any]]) -> str:
    return "".join(
        "\n".join(_fold_field(*field) for field in e.items()) + _EVENT_END for e in events
    )


def _fold_field(name: str, value: str | dict[str, Any]) -> str:
    return name + _FIELD_SEPARATOR + (value if isinstance(value, str) else _fold_json(value))


def _map_text(value: Any, change: Callable[[str], Any]) -> Any:  # noqa: ANN401  # any JSON
    if isinstance(value, dict):
        return {key: _map_text(item, change) for key, item in value.items()}
    if isinstance(value, list):
        return [_map_text(item, change) for item in value]
    return change(value) if isinstance(value, str) else value


def _parsed(text: str) -> Any:  # noqa: ANN401  # any JSON
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _tokens(text: str) -> Any:  # noqa: ANN401  # any JSON
    """Parse JSON without loss, with repeated members and exact numbers; None if it is not JSON."""
    try:
        return json.loads(
            text,
            object_pairs_hook=lambda pairs: ("object", pairs),
            parse_int=lambda digits: ("number", Decimal(digits)),
            parse_float=lambda digits: ("number", Decimal(digits)),
            parse_constant=_reject_constant,
        )
    except (ValueError, RecursionError):
        return None


def _reject_constant(name: str) -> Never:
    raise ValueError(f"{name} is not JSON")


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
