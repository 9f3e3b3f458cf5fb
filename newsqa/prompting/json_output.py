"""Finds the JSON in a model's reply."""

from __future__ import annotations

import json
import re

MAX_LENGTH = 1_000_000
"""Characters: far more than any model writes in one reply."""

MAX_DEPTH = 32
"""Levels of objects and arrays. A draft has four."""

_MAX_FALSE_STARTS = 100
"""Pieces that look like the beginning of an object and are not. Keeps the time linear."""

_START = re.compile(r'\{\s*"')
_THOUGHT = "</think>"
"""The end of a thought; servers often leave out its beginning."""

_TOO_DEEP = f"The reply's JSON is nested more than {MAX_DEPTH} levels deep."

# Grammars of some servers let raw control characters into strings, which strict JSON forbids.
_DECODER = json.JSONDecoder(strict=False)


def parse_json(text: str) -> dict[str, object]:
    """Return the last JSON object in ``text`` that is not inside another one.

    Markdown fences, ``<think>`` blocks and prose around it are ignored. The last object counts, because
    an earlier one may be quoted from the article or part of a thought.

    >>> parse_json('Here: {"a": {"b": 1}}. Bye!')
    {'a': {'b': 1}}

    Raises:
        ValueError: There is no object, it ends early, or it exceeds ``MAX_LENGTH`` or ``MAX_DEPTH``.
    """
    if len(text) > MAX_LENGTH:
        raise ValueError(f"The reply has {len(text)} characters; at most {MAX_LENGTH} are read.")
    text = _unquoted(text)
    if text.strip() == "{}":
        return {}
    last = _last_object(text)
    if _depth(last) > MAX_DEPTH:
        raise ValueError(_TOO_DEEP)
    return last


def _unquoted(text: str) -> str:
    """Return the text that a reply holds as one JSON string, or the reply if it is not one."""
    bare = text.strip()
    if bare.startswith("```"):
        bare = bare.partition("\n")[2].rpartition("```")[0].strip()
    if not bare.startswith('"'):
        return text
    try:
        unquoted = _DECODER.decode(bare)
    except ValueError:
        return text
    return unquoted if isinstance(unquoted, str) else text


def _last_object(text: str) -> dict[str, object]:
    last: dict[str, object] | None = None
    problems: list[ValueError] = []
    position = end = 0
    while start := _START.search(text, position):
        try:
            last, position = _DECODER.raw_decode(text, start.start())
            end = position
        except RecursionError:
            raise ValueError(_TOO_DEEP) from None
        except ValueError as error:
            if _is_cut(error, text):
                raise ValueError("The reply ends in the middle of its JSON.") from None
            problems.append(error)
            position = start.end()
            if len(problems) > _MAX_FALSE_STARTS:
                raise ValueError("The reply is too tangled to find its JSON.") from None
    rest = text[end:]
    if problems and (last is None or _closes_more(rest)):
        raise ValueError(f"The reply's JSON is broken: {problems[0]}.")
    # An object before the end of a thought is part of the thought.
    if last is None or _THOUGHT in rest:
        raise ValueError("The reply holds no JSON object.")
    return last


def _closes_more(rest: str) -> bool:
    """Return whether an object before ``rest`` was inside another one, which is then broken."""
    return rest.count("}") > rest.count("{")


def _is_cut(error: ValueError, text: str) -> bool:
    """Return whether an object is unfinished, so that the objects inside it are not the reply."""
    if not isinstance(error, json.JSONDecodeError):
        return False
    return error.pos >= len(text.rstrip()) or error.msg.startswith("Unterminated string")


def _depth(value: object) -> int:
    level, depth = [value], 0
    while level:
        depth += 1
        level = [child for item in level for child in _children(item)]
    return depth - 1


def _children(value: object) -> list[object]:
    if isinstance(value, dict):
        return list(value.values())
    return value if isinstance(value, list) else []
