"""HTTP bodies as people read them, and back: JSON as values, JSON inside of it too, events as a list.

Only what comes back the same is changed. For the JSON of a body that is its value: the white space
between its tokens and the way its letters are escaped are not kept. For JSON that a model wrote,
which is text inside of that, it is every character.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from decimal import Decimal
from typing import Any, Never

JSON, EVENTS = "json", "events"
"""Keys that mark a body as unfolded."""

_LAYOUTS: dict[str, dict[str, Any]] = {
    "json_text": {},
    "json_text_compact": {"separators": (",", ":")},
    "json_text_indented": {"indent": 2},
}
"""Keys that mark text as unfolded JSON, and how that JSON was laid out."""

_EVENT_END = "\n\n"
_FIELD_SEPARATOR = ": "


def unfold(text: str) -> dict[str, Any] | None:
    """``text`` as something to read, or ``None`` if it is neither a JSON object nor events."""
    return _unfold_json(text) or _unfold_events(text)


def fold(shown: dict[str, Any]) -> str:
    """The text that ``unfold`` made ``shown`` of."""
    return _fold_events(shown[EVENTS]) if EVENTS in shown else _fold_json(shown)


def is_unfolded(body: object) -> bool:
    """Whether ``body`` is what ``unfold`` makes."""
    return isinstance(body, dict) and len(body) == 1 and not body.keys().isdisjoint({JSON, EVENTS})


def same(one: str, other: str) -> bool:
    """Whether two texts are equal, or equal as JSON: numbers by value, members in order."""
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
    """Server-sent events: blocks of ``field: value`` lines, each ended by an empty line."""
    if not text.endswith(_EVENT_END):
        return None
    events = [_unfold_event(block) for block in text[: -len(_EVENT_END)].split(_EVENT_END)]
    return {EVENTS: events} if all(events) else None


def _unfold_event(block: str) -> dict[str, Any] | None:
    """The fields of one event; ``None`` if a line is no field, or two have the same name."""
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
    """All that JSON says, members that are given twice included; ``None`` if it is none."""
    try:
        return json.loads(
            text,
            object_pairs_hook=lambda pairs: ("object", pairs),
            parse_int=lambda digits: ("number", Decimal(digits)),
            parse_float=lambda digits: ("number", Decimal(digits)),
            parse_constant=_no_json,
        )
    except (ValueError, RecursionError):
        return None


def _no_json(name: str) -> Never:
    raise ValueError(f"{name} is no JSON")
