"""Schemas: the JSON schema of a pydantic model, as strict structured output takes it everywhere."""

from __future__ import annotations

from functools import cache

from pydantic import BaseModel


@cache
def portable_schema(kind: type[BaseModel]) -> dict[str, object]:
    """The JSON schema of ``kind`` in the subset that all providers take.

    One static value: providers compile each schema they have not seen. Titles are left out and
    references written in place, because some servers refuse ``$defs``. Docstrings and descriptions
    stay: they are prompt text.
    """
    schema = kind.model_json_schema()
    definitions = schema.pop("$defs", {})
    return {key: _in_place(value, definitions) for key, value in schema.items() if key != "title"}


def _in_place(node: object, definitions: dict[str, object]) -> object:
    if isinstance(node, list):
        return [_in_place(item, definitions) for item in node]
    if not isinstance(node, dict):
        return node
    if "$ref" in node:
        return _in_place(definitions[node["$ref"].rpartition("/")[2]], definitions)
    return {key: _in_place(value, definitions) for key, value in node.items() if key != "title"}
