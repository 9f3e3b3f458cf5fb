"""Reads the body of a response: JSON, whatever its headers say and whatever surrounds it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping

_DECODER = json.JSONDecoder(strict=False)
_COMMENT = re.compile(r"^:.*$", re.MULTILINE)
"""A comment of an event stream, which servers send to keep a connection alive."""

_MAX_VALUES = 100_000
"""Events in one body; far above what any completion takes."""


def read_body(data: bytes, *, charset: str | None = None) -> object:
    r"""Return the JSON value in ``data``, or its text where there is none.

    The body of an event stream becomes the one completion that its events add up to. Byte order
    marks, comments before the JSON, and whatever follows it are passed over.

    >>> read_body(b': waiting\n\n{"choices": []};')
    {'choices': []}
    >>> read_body(b'<html>')
    '<html>'

    Args:
        data: The body.
        charset: The charset that the headers name, for a body that is not in Unicode.
    """
    text = _decode(data, charset)
    try:
        value: object = json.loads(text, strict=False)
    except RecursionError:
        return text
    except ValueError:
        values = list(_values(text))
        return _one_of(values) if values else text
    return value


class EventStream:
    r"""The body of a response that arrives piece by piece.

    >>> stream = EventStream()
    >>> stream.feed(b'data: {"choices": [{"delta": {"content": "At ni')
    []
    >>> stream.feed(b'ne."}}]}\n\n')
    ['At nine.']

    A body that is not an event stream yields no text; ``payload`` reads it all the same.
    """

    def __init__(self) -> None:
        self._received = bytearray()
        self._read = 0
        self._parts: list[Mapping[str, object]] = []
        self._is_simple = True

    def feed(self, data: bytes) -> list[str]:
        """Return the pieces of text in the lines that ``data`` completes."""
        self._received += data
        end = self._received.rfind(b"\n", self._read) + 1
        lines = self._received[self._read : end].splitlines()
        self._read = max(end, self._read)
        parts = [part for line in lines if (part := self._part(line)) is not None]
        self._parts += parts
        return [text for text in map(_new_text, parts) if text]

    def payload(self, charset: str | None = None) -> object:
        """Return the value of the whole body, as ``read_body`` does."""
        if self._is_simple and self._parts and self._read == len(self._received):
            return _one_of(list(self._parts))
        return read_body(bytes(self._received), charset=charset)

    def _part(self, line: bytes | bytearray) -> Mapping[str, object] | None:
        """Return the JSON object in a line; a line of another kind makes the stream less simple."""
        stripped = line.strip()
        data = stripped.removeprefix(b"data:").strip()
        if not stripped.startswith(b"data:") or data == b"[DONE]":
            self._is_simple = self._is_simple and not stripped.startswith(b"{")
            return None
        try:
            value = json.loads(data, strict=False)
        except (ValueError, RecursionError):
            value = None
        self._is_simple = self._is_simple and isinstance(value, dict)
        return value if isinstance(value, dict) else None


def _new_text(part: Mapping[str, object]) -> str:
    """Return the text that a part of a stream adds: content, or the arguments of a tool call."""
    for choice in _choices(part)[:1]:
        delta = choice.get("delta")
        if not isinstance(delta, Mapping):
            return _string(choice.get("text"))
        calls = delta.get("tool_calls")
        listed = calls if isinstance(calls, list) else []
        functions = [call.get("function") for call in listed if isinstance(call, Mapping)]
        arguments = [f.get("arguments") for f in functions if isinstance(f, Mapping)]
        return _string(delta.get("content")) or "".join(map(_string, arguments))
    return ""


def _string(value: object) -> str:
    return value if isinstance(value, str) else ""


def _decode(data: bytes, charset: str | None) -> str:
    for encoding in (json.detect_encoding(data), charset):
        try:
            return data.decode(encoding or "utf-8").lstrip("\ufeff")
        except (LookupError, UnicodeDecodeError):
            continue
    return data.decode("utf-8", "replace")


def _values(text: str) -> Iterator[object]:
    """Yield the JSON objects in ``text``, one after the other."""
    if text.lstrip().startswith("<"):  # a web page may hold JSON that is not the answer
        return
    streamed = [value for event in _events(text) for value in _objects(event)]
    yield from streamed or _objects(_COMMENT.sub("", text))


def _events(text: str) -> Iterator[str]:
    """Yield the data of each event in an event stream."""
    for block in re.split(r"(?:\r\n|\r|\n){2,}", text):
        lines = (line.strip() for line in block.splitlines())
        data = [line.removeprefix("data:") for line in lines if line.startswith("data:")]
        # Some servers leave out the blank line between events: each line is one then.
        joined = "\n".join(data)
        yield from [joined] if _is_json(joined) else data


def _is_json(text: str) -> bool:
    try:
        json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return False
    return True


def _objects(text: str) -> Iterator[object]:
    position = text.find("{")
    for _ in range(_MAX_VALUES):
        if position < 0:
            return
        try:
            value, end = _DECODER.raw_decode(text, position)
        except (ValueError, RecursionError):
            return  # what is inside a broken object is not the answer
        yield value
        position = text.find("{", end)


def _one_of(values: list[object]) -> object:
    """Return the value that holds an answer or an error, or the sum of the parts of a stream."""
    for value in values:
        if _is_whole(value):
            return value
    return _joined(value for value in values if isinstance(value, Mapping))


def _is_whole(value: object) -> bool:
    """Return whether ``value`` is more than a part of a stream."""
    if not isinstance(value, Mapping) or value.get("error"):
        return True
    choices = value.get("choices")
    if not isinstance(choices, list):
        return "message" not in value or value.get("done") is None
    return any(isinstance(choice, Mapping) and "message" in choice for choice in choices)


def _joined(parts: Iterable[Mapping[str, object]]) -> dict[str, object]:
    """Return the completion that the ``parts`` of a stream add up to: its first choice alone."""
    whole: dict[str, object] = {}
    message: dict[str, object] = {}
    finish: object = None
    for part in parts:
        whole |= {key: value for key, value in part.items() if value is not None}
        for choice in _choices(part):
            finish = choice.get("finish_reason") or finish
            _add(message, choice.get("delta") or {"content": choice.get("text")})
        if "done" in part:  # the stream of Ollama's own API
            finish = part.get("done_reason") or finish
            _add(message, part.get("message"))
    whole["choices"] = [{"message": message, "finish_reason": finish}] if message or finish else []
    return whole


def _choices(part: Mapping[str, object]) -> list[Mapping[str, object]]:
    choices = part.get("choices")
    listed = choices if isinstance(choices, list) else []
    return [c for c in listed if isinstance(c, Mapping) and not c.get("index")]


def _add(message: dict[str, object], delta: object) -> None:
    """Add a part of a message to what there is of it."""
    for key, value in delta.items() if isinstance(delta, Mapping) else ():
        before = message.get(key)
        if isinstance(value, str) and isinstance(before, str) and key not in {"role", "id", "type"}:
            message[key] = before + value
        elif isinstance(value, list) and key == "tool_calls":
            message[key] = _add_calls(before if isinstance(before, list) else [], value)
        elif isinstance(value, Mapping) and isinstance(before, dict):
            _add(before, value)
        elif value is not None:
            message[key] = dict(value) if isinstance(value, Mapping) else value


def _add_calls(calls: list[object], parts: list[object]) -> list[object]:
    for part in parts:
        fields = part if isinstance(part, Mapping) else {}
        index = fields.get("index")
        at = index if isinstance(index, int) and 0 <= index <= len(calls) else len(calls)
        if at == len(calls):
            calls.append({})
        call = calls[at]
        if isinstance(call, dict):
            _add(call, fields)
    return calls
