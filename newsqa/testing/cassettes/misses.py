"""What to tell about a request that has no recording, and about a recording without a request."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher, unified_diff
from pathlib import Path
from typing import Any

from vcr.request import Request

from newsqa.optional import dump_yaml
from newsqa.testing.cassettes.readable_yaml import readable

_MOST_LINES = 80
"""Of a diff; above that, a look at the cassette says more."""

_MOST_PLACES = 6
_TITLE_LENGTH = 90


@dataclass(frozen=True, slots=True)
class Miss:
    """A request that had no reply left for it, and all the requests that were recorded.

    ``was_played``: it is recorded as it is, and was sent more often than it was recorded.
    """

    request: Request
    recorded: tuple[Request, ...]
    was_played: bool


def describe_miss(miss: Miss, path: Path) -> str:
    """What was asked for, the nearest that was recorded in ``path``, and what differs."""
    asked = f"{path.name} has no recording for this request:\n  {title(miss.request)}\n"
    if not miss.recorded:
        return f"{asked}Nothing is recorded there yet: record it with --record-mode=once."
    if miss.was_played:
        return (
            f"{asked}It is recorded, and was sent more often than that: record again with "
            "--record-mode=rewrite, or mark the test with allow_playback_repeats=True."
        )
    number, nearest = _nearest(miss)
    places = ", ".join(_places(_value(nearest), _value(miss.request))) or "the request line"
    count = len(miss.recorded)
    which = (
        "The one that is recorded" if count == 1 else f"The nearest of {count}, number {number},"
    )
    diff = "\n".join(_diff(_lines(nearest), _lines(miss.request)))
    return (
        f"{asked}{which} differs in {places}:\n\n{diff}\n\n"
        "If the change is meant, record again with --record-mode=rewrite."
    )


def describe_unused(requests: Sequence[Request], numbers: Sequence[int], path: Path) -> str:
    """Which of the ``requests`` recorded in ``path`` were not sent."""
    shown = "\n".join(f"  {number}. {title(requests[number - 1])}" for number in numbers)
    return (
        f"{path.name}: {len(numbers)} of {len(requests)} recorded requests not sent; record again "
        f"with --record-mode=rewrite.\n{shown}"
    )


def title(request: Request) -> str:
    """A request in one line: method, path, model, and how its last message ends."""
    value = _value(request)
    line = f"{request.method} {request.path}"
    if isinstance(value, dict) and "model" in value:
        line += f", {value['model']}"
    said = _last_line(value)
    return f"{line}: {said}" if said else line


def _last_line(value: object) -> str:
    """The last line of the last message, where a prompt mostly has its question."""
    messages = value.get("messages") if isinstance(value, dict) else None
    last = messages[-1] if isinstance(messages, list) and messages else None
    content = last.get("content") if isinstance(last, dict) else None
    lines = content.strip().splitlines() if isinstance(content, str) else []
    line = lines[-1] if lines else ""
    return line if len(line) <= _TITLE_LENGTH else f"{line[:_TITLE_LENGTH]}…"


def _nearest(miss: Miss) -> tuple[int, Request]:
    """The recorded request with most lines in common, and its number from 1.

    Of several questions about one article all have as many: then the most similar one.
    """
    lines, words = _lines(miss.request), title(miss.request)

    def likeness(numbered: tuple[int, Request]) -> tuple[float, float]:
        recorded = numbered[1]
        return _ratio(_lines(recorded), lines), _ratio(title(recorded), words)

    return max(enumerate(miss.recorded, 1), key=likeness)


def _ratio(one: Sequence[str], other: Sequence[str]) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def _lines(request: Request) -> list[str]:
    """A request as its cassette shows it."""
    target = request.uri.removeprefix(f"{request.scheme}://{request.host}")
    body = _text(request)
    shown = readable(body) if body else ""
    text = shown if isinstance(shown, str) else dump_yaml(shown)
    return [f"{request.method} {target}", *text.splitlines()]


def _text(request: Request) -> str:
    body = request.body
    return body.decode(errors="replace") if isinstance(body, bytes) else str(body or "")


def _value(request: Request) -> Any:  # noqa: ANN401  # any JSON
    try:
        return json.loads(_text(request))
    except (ValueError, RecursionError):
        return _text(request)


def _places(one: object, other: object, place: str = "") -> list[str]:
    """Where two values differ, such as ``messages[1].content``: the first few places."""
    return list(_differing(one, other, place))[:_MOST_PLACES]


def _differing(one: object, other: object, place: str) -> Iterator[str]:
    if isinstance(one, dict) and isinstance(other, dict):
        for key in dict.fromkeys([*one, *other]):
            inner = f"{place}.{key}" if place else str(key)
            yield from _differing(one.get(key), other.get(key), inner)
    elif isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        for number, (item, changed) in enumerate(zip(one, other, strict=True)):
            yield from _differing(item, changed, f"{place}[{number}]")
    elif one != other:
        yield place or "the body"


def _diff(recorded: Sequence[str], sent: Sequence[str]) -> list[str]:
    lines = list(unified_diff(recorded, sent, "recorded", "sent now", n=2, lineterm=""))
    if len(lines) > _MOST_LINES:
        return [*lines[:_MOST_LINES], f"… {len(lines) - _MOST_LINES} more lines"]
    return lines
