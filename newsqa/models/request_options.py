"""Headers and parameters of requests, as people write them in code, files and command lines."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping


def parse_headers(value: object) -> dict[str, object]:
    """Return headers by name.

    >>> parse_headers("api-key: 123")
    {'api-key': '123'}
    >>> parse_headers('{"X-Title": "Desk"}')
    {'X-Title': 'Desk'}

    Args:
        value: A mapping, JSON, or ``Name: value`` on a line or in an item each.

    Raises:
        ValueError: It is none of these. The message shows no value: it may be a key.
    """
    return _pairs(value, separator=":", example="'Name: value'")


def parse_parameters(value: object) -> dict[str, object]:
    """Return parameters by name. A value is JSON where it can be read as JSON, or else text.

    >>> parse_parameters(["temperature=0", "reasoning_effort=low", "seed=null"])
    {'temperature': 0, 'reasoning_effort': 'low', 'seed': None}

    Args:
        value: A mapping, JSON, or ``name=value`` on a line or in an item each.

    Raises:
        ValueError: It is none of these.
    """
    pairs = _pairs(value, separator="=", example="'temperature=0'")
    return {name: _decoded(item) for name, item in pairs.items()} if _is_text(value) else pairs


def _pairs(value: object, *, separator: str, example: str) -> dict[str, object]:
    if isinstance(value, Mapping):
        return {str(name): item for name, item in value.items()}
    if isinstance(value, str) and value.lstrip().startswith("{"):
        try:
            return dict(json.loads(value))
        except ValueError:
            raise ValueError("it begins as JSON and is not JSON") from None
    lines = value.splitlines() if isinstance(value, str) else value
    if not isinstance(lines, Iterable):
        raise ValueError(f"it must be a mapping, or lines such as {example}")  # noqa: TRY004  # pydantic reports no other
    return dict(_pair(str(line), separator, example) for line in lines if str(line).strip())


def _pair(line: str, separator: str, example: str) -> tuple[str, object]:
    name, separated, value = line.partition(separator)
    if not separated or not name.strip():
        raise ValueError(f"each line must look like {example}")
    return name.strip(), value.strip()


def _is_text(value: object) -> bool:
    return not isinstance(value, Mapping) and not str(value).lstrip().startswith("{")


def _decoded(item: object) -> object:
    try:
        value: object = json.loads(str(item))
    except ValueError:
        return item
    return value
