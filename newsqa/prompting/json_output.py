"""Finds the JSON in a model's reply, whole or while it is being written."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

MAX_LENGTH = 1_000_000
"""Characters: far more than any model writes in one reply."""

MAX_DEPTH = 32
"""Levels of objects and arrays. A draft has four."""

_MAX_FALSE_STARTS = 100
"""Pieces that look like the beginning of an object and are not. Keeps the time linear."""

_START = re.compile(r'\{\s*"')
_STRUCTURE = re.compile(r'["{}\[\]]')
_IN_STRING = re.compile(r'[^"\\]*+(?:\\.[^"\\]*+)*+', re.DOTALL)
"""The characters of a string that have come; a backslash at the end waits for the next one."""

_THOUGHT_BEGINS = "<think>"
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


class ItemReader:
    """Reads the objects in one array of a JSON object, each as soon as it is closed.

    >>> reader = ItemReader("claims", print)
    >>> reader.feed('Here: {"claims": [{"text": "At ni')
    >>> reader.feed('ne."}, {"te')
    {'text': 'At nine.'}

    Prose, fences and thoughts before the object are passed over, as ``parse_json`` does; an object that
    is not JSON is not passed on.

    Args:
        key: The key of the array in the outermost object.
        on_item: Called with each object.
    """

    def __init__(self, key: str, on_item: Callable[[dict[str, object]], None]) -> None:
        self._key = key
        self._on_item = on_item
        self._text = ""
        self._at = 0
        """Everything before has been read."""
        self._depth = 0
        self._string_start: int | None = None
        self._item_start: int | None = None
        self._last_string = ""
        """The last string in the outermost object; before a bracket it is the array's key."""
        self._is_in_array = False

    def feed(self, text: str) -> None:
        """Read the next piece of the reply."""
        self._text += text
        while self._read_one():
            pass
        kept = [start for start in (self._string_start, self._item_start) if start is not None]
        self._forget(min([*kept, self._at]))

    def _read_one(self) -> bool:
        """Read to the next character of the structure. Return whether it has come yet."""
        if self._string_start is not None:
            return self._end_string(self._string_start)
        if not self._depth:
            return self._begin()
        found = _STRUCTURE.search(self._text, self._at)
        self._at = found.end() if found else len(self._text)
        if found:
            self._enter(found[0], found.start())
        return found is not None

    def _begin(self) -> bool:
        """Go to the beginning of the next outermost object."""
        if _THOUGHT_BEGINS in self._text and _THOUGHT not in self._text:
            return False
        start = _START.search(self._text, max(self._at, self._text.rfind(_THOUGHT)))
        if start:
            self._at, self._depth = start.start() + 1, 1
        else:  # only its bracket may have come
            self._at = max(self._at, len(self._text.rstrip()) - 1)
        return start is not None

    def _end_string(self, start: int) -> bool:
        read = _IN_STRING.match(self._text, self._at)
        assert read, "the pattern matches no character, too"
        self._at = read.end()
        if not self._text.startswith('"', self._at):
            return False
        if self._depth == 1:
            self._last_string = self._text[start : self._at]
        self._at, self._string_start = self._at + 1, None
        return True

    def _enter(self, mark: str, position: int) -> None:
        """Take note of a quotation mark or a bracket."""
        if mark == '"':
            self._string_start = position + 1
        elif mark in "{[":
            if self._depth == 1:
                self._is_in_array = mark == "[" and self._last_string == self._key
            elif self._depth == 2 and self._is_in_array and mark == "{":
                self._item_start = position
            self._depth += 1
        else:
            self._depth -= 1
            if self._depth == 2 and self._item_start is not None:
                self._close_item(self._item_start)

    def _close_item(self, start: int) -> None:
        self._item_start = None
        try:
            item = _DECODER.decode(self._text[start : self._at])
        except (ValueError, RecursionError):
            return  # the reply as a whole is judged when it is complete
        self._on_item(item)

    def _forget(self, end: int) -> None:
        """Drop the text before ``end``, which is not needed any more."""
        if not self._depth:
            return  # what comes before an object may be a thought that has not ended
        self._text, self._at = self._text[end:], self._at - end
        if self._string_start is not None:
            self._string_start -= end
        if self._item_start is not None:
            self._item_start -= end
