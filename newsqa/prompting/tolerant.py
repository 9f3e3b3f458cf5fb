"""Reads JSON that almost fits its schema, as small models write it.

One pass before validation brings a value into the shape of its schema, where only one reading is
possible. It never changes text: a quote and the words of a claim stay as the model wrote them. It
returns what it cannot read unchanged, and validation rejects it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

Schema = Mapping[str, object]

_NUMBER = re.compile(
    r"[\[(\"'#\s]*(?:sentence|claim|line|no\.?|nr\.?|s)?[\[(#\s:]*(\d{1,9})(?:\.0+)?[\])\"'.\s]*",
    re.IGNORECASE,
)
"""A number as models write the one in brackets before a sentence."""

_MAX_WRAPPERS = 4
_JSON_DECODER = json.JSONDecoder(strict=False)


def conform(value: object, schema: Schema) -> object:
    """Return ``value`` in the shape of ``schema``, if it has that content in another form.

    >>> numbers = {"type": "array", "items": {"type": "integer"}}
    >>> conform('["[4]", "5"]', numbers)
    [4, 5]
    >>> status = {"type": "string", "enum": ["answered", "not_in_article"]}
    >>> conform("Not in article.", status)
    'not_in_article'

    Args:
        value: What the model wrote, parsed as JSON.
        schema: The JSON schema, with references in place, as ``portable_schema`` returns it.
    """
    if "enum" in schema:
        return _as_choice(value, schema)
    readers = {
        "object": _as_object,
        "array": _as_list,
        "integer": _as_integer,
        "string": _as_text,
    }
    reader = readers.get(str(schema.get("type")))
    return reader(value, schema) if reader else value


def _as_object(value: object, schema: Schema) -> object:
    value = _unwrapped(_decoded(value), schema)
    if not isinstance(value, Mapping):
        return _from_number(value, schema)
    properties = _properties(schema)
    keys = {_key(name): name for name in properties}
    exact = {name: item for name, item in value.items() if name in properties}
    named: dict[str, object] = {
        keys.get(_key(n), str(n)): item for n, item in value.items()
    } | exact
    named = _with_inlined_items(named, properties)
    # A string that is left out is empty, but not where its text may be under another key.
    has_others = bool(named.keys() - properties.keys())
    filled = named if has_others else _defaults(properties) | named
    return {
        name: conform(item, properties[name]) for name, item in filled.items() if name in properties
    }


def _with_inlined_items(
    value: dict[str, object], properties: Mapping[str, Schema]
) -> dict[str, object]:
    """Return ``value`` with a list of one item that was written into the object around the list."""
    for name, inner in properties.items():
        items = inner.get("items")
        if name in value or not isinstance(items, Mapping) or not _fits(value, items):
            continue
        keys = {_key(key) for key in _properties(items)}
        item = {key: part for key, part in value.items() if _key(key) in keys}
        return {key: part for key, part in value.items() if key not in item} | {name: [item]}
    return value


def _as_list(value: object, schema: Schema) -> object:
    value = _decoded(value)
    items = schema.get("items")
    inner = items if isinstance(items, Mapping) else {}
    if isinstance(value, Mapping):
        value = list(value.values()) if _is_map_of_items(value, inner) else [value]
    elif value is None:
        value = []
    elif isinstance(value, int) and not isinstance(value, bool):
        value = [value]
    return [conform(item, inner) for item in value] if isinstance(value, list) else value


def _as_integer(value: object, _: Schema) -> object:
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    match = _NUMBER.fullmatch(value) if isinstance(value, str) else None
    return int(match[1]) if match else value


def _as_text(value: object, _: Schema) -> object:
    if value is None:
        return ""
    if isinstance(value, list) and len(value) == 1 and isinstance(value[0], str):
        return value[0]
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _as_choice(value: object, schema: Schema) -> object:
    choices = schema["enum"]
    if isinstance(value, str) and isinstance(choices, list):
        keys = {_key(choice): choice for choice in choices if isinstance(choice, str)}
        return keys.get(_key(value), value)
    return value


def _key(name: str) -> str:
    """Return ``name`` without regard to case, spaces, hyphens and underscores."""
    return re.sub(r"[\W_]+", "", name).casefold()


def _decoded(value: object) -> object:
    """Return the object or list that a string holds as JSON, where no string is expected."""
    for _ in range(_MAX_WRAPPERS):
        if not isinstance(value, str) or value.strip()[:1] not in {"{", "[", '"'}:
            return value
        try:
            decoded: object = _JSON_DECODER.decode(value.strip())
        except (ValueError, RecursionError):
            return value
        value = decoded
    return value


def _unwrapped(value: object, schema: Schema) -> object:
    """Return the only object inside ``value`` that has the required keys, if ``value`` has none."""
    for _ in range(_MAX_WRAPPERS):
        if _fits(value, schema):
            return value
        inner = list(value.values()) if isinstance(value, Mapping) else value
        if not isinstance(inner, list) or (isinstance(value, Mapping) and _has_some(value, schema)):
            return value
        objects = [item for item in map(_decoded, inner) if isinstance(item, (Mapping, list))]
        fitting = [item for item in objects if _fits(item, schema)] or objects
        if len(fitting) != 1:
            return value
        value = fitting[0]
    return value


def _from_number(value: object, schema: Schema) -> object:
    """Return an object for a bare number, if a number is all that the object needs."""
    properties = _properties(schema)
    integers = [name for name, inner in properties.items() if inner.get("type") == "integer"]
    number = _as_integer(value, {})
    if len(integers) != 1 or isinstance(number, bool) or not isinstance(number, int):
        return value
    filled = _defaults(properties) | {integers[0]: number}
    return filled if filled.keys() == properties.keys() else value


def _defaults(properties: Mapping[str, Schema]) -> dict[str, object]:
    return {
        name: ""
        for name, inner in properties.items()
        if inner.get("type") == "string" and "enum" not in inner
    }


def _is_map_of_items(value: Mapping[str, object], items: Schema) -> bool:
    """Return whether ``value`` holds the items of a list, by number or by name."""
    values = value.values()
    return (
        bool(value)
        and not _has_some(value, items)
        and all(isinstance(item, Mapping) and _has_some(item, items) for item in values)
    )


def _fits(value: object, schema: Schema) -> bool:
    """Return whether ``value`` has all keys of ``schema`` that have no default."""
    if not isinstance(value, Mapping):
        return False
    properties = _properties(schema)
    return {_key(n) for n in properties.keys() - _defaults(properties).keys()} <= set(
        map(_key, value)
    )


def _has_some(value: Mapping[str, object], schema: Schema) -> bool:
    return bool(set(map(_key, _properties(schema))) & set(map(_key, value)))


def _properties(schema: Schema) -> Mapping[str, Schema]:
    properties = schema.get("properties")
    return properties if isinstance(properties, Mapping) else {}
