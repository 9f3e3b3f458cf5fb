"""Sets pytest-recording up for requests to a language model."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from vcr import VCR
from vcr.cassette import Cassette
from vcr.request import Request
from vcr.serialize import serialize

from newsqa.models.recorded import RequestText, diff, nearest
from newsqa.optional import dump_yaml
from newsqa.testing.cassettes import readable_yaml
from newsqa.testing.cassettes.readable_yaml import readable
from newsqa.testing.cassettes.scrubbing import Scrubber

_MAX_PLACES = 6
_MAX_TITLE_CHARS = 90


@dataclass(frozen=True, slots=True)
class Miss:
    """A request without a reply, and all the recorded requests of the cassette.

    ``was_played`` if it is recorded, and was sent more often than it was recorded.
    """

    request: Request
    recorded: tuple[Request, ...]
    was_played: bool


def describe_miss(miss: Miss, path: Path) -> str:
    """Return the failure message: the request, the nearest one in ``path``, and the difference."""
    sent = f"{path.name} has no recording for this request:\n  {title(miss.request)}\n"
    if not miss.recorded:
        return f"{sent}Nothing is recorded there yet: record it with --record-mode=once."
    if miss.was_played:
        return (
            f"{sent}It is recorded, and was sent more often than that: record again with "
            "--record-mode=rewrite, or mark the test with allow_playback_repeats=True."
        )
    request, recorded = _as_text(miss.request), [_as_text(other) for other in miss.recorded]
    number, count = nearest(request, recorded), len(recorded)
    places = _places(_value(miss.recorded[number]), _value(miss.request))
    which = "The recorded one" if count == 1 else f"The nearest of {count}, number {number + 1},"
    return (
        f"{sent}{which} differs in {', '.join(places) or 'the request line'}:\n\n"
        f"{diff(recorded[number], request)}\n\n"
        "If the change is intended, record again with --record-mode=rewrite."
    )


def describe_unused(requests: Sequence[Request], numbers: Sequence[int], path: Path) -> str:
    """Return a note about the ``requests`` recorded in ``path`` that were not sent."""
    shown = "\n".join(f"  {number}. {title(requests[number - 1])}" for number in numbers)
    return (
        f"{path.name}: {len(numbers)} of {len(requests)} recorded requests not sent; record again "
        f"with --record-mode=rewrite.\n{shown}"
    )


def title(request: Request) -> str:
    """Return a request in one line: method, path, model, and the last line of its last message."""
    value = _value(request)
    line = f"{request.method} {request.path}"
    if isinstance(value, dict) and "model" in value:
        line += f", {value['model']}"
    last_line = _last_line(value)
    return f"{line}: {last_line}" if last_line else line


def _last_line(value: object) -> str:
    """Return the last line of the last message, where a prompt usually has its question."""
    messages = value.get("messages") if isinstance(value, dict) else None
    last = messages[-1] if isinstance(messages, list) and messages else None
    content = last.get("content") if isinstance(last, dict) else None
    lines = content.strip().splitlines() if isinstance(content, str) else []
    line = lines[-1] if lines else ""
    return line if len(line) <= _MAX_TITLE_CHARS else f"{line[:_MAX_TITLE_CHARS]}…"


def _as_text(request: Request) -> RequestText:
    """Return a request as its cassette shows it."""
    target = request.uri.removeprefix(f"{request.scheme}://{request.host}")
    body = _body(request)
    shown = readable(body) if body else ""
    text = shown if isinstance(shown, str) else dump_yaml(shown)
    return RequestText(title(request), [f"{request.method} {target}", *text.splitlines()])


def _body(request: Request) -> str:
    body = request.body
    return body.decode(errors="replace") if isinstance(body, bytes) else str(body or "")


def _value(request: Request) -> Any:  # noqa: ANN401  # any JSON
    try:
        return json.loads(_body(request))
    except (ValueError, RecursionError):
        return _body(request)


def _places(one: object, other: object) -> list[str]:
    """Return the first few places where two values differ, such as ``messages[1].content``."""
    return list(_differing(one, other, ""))[:_MAX_PLACES]


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


MATCH_ON = ("method", "path", "query", "body")
"""The parts of a request that must match. Without the body, a changed prompt gets the old reply."""


class Recorder:
    """Records or replays one test, and collects the requests that have no recording.

    vcrpy raises an error for each of these ``misses``, which code under test may catch. Before that, it
    looks for similar recordings, and that is where they are noted.
    """

    cassette: Cassette

    def __init__(self) -> None:
        self.misses: list[Miss] = []
        self._scrubber = Scrubber()

    def set_up(self, vcr: VCR) -> None:
        """Set the defaults of ``vcr``; a user's own configuration takes precedence."""
        vcr.match_on = MATCH_ON
        vcr.decode_compressed_response = True
        vcr.before_record_request = self._scrubber.request
        vcr.before_record_response = self._scrubber.response
        vcr.register_serializer("yaml", readable_yaml)
        vcr.register_persister(_CassetteFile(vcr.persister, self._scrubber))

    def watch(self, cassette: Cassette) -> None:
        """Note misses and secrets of ``cassette`` from now on."""
        self.cassette = cassette
        find, append = cassette.find_requests_with_most_matches, cassette.append

        def find_and_note(request: Request) -> Any:  # noqa: ANN401  # vcrpy is untyped
            similar = find(request)
            self._note(request, was_played=any(not differing for _, _, differing in similar))
            return similar

        def learn_and_append(request: Request, response: dict[str, Any]) -> None:
            self._scrubber.learn(request)  # before a user's filters have changed the request
            append(request, response)

        cassette.find_requests_with_most_matches = find_and_note
        cassette.append = learn_and_append

    @property
    def path(self) -> Path:
        """The cassette's file."""
        return Path(self.cassette.path)

    def unused(self) -> list[int]:
        """Return the numbers, from 1, of unused recordings; empty while recording."""
        if not self.cassette.write_protected:
            return []
        played = self.cassette.play_counts
        return [n for n in range(1, len(self.cassette) + 1) if not played[n - 1]]

    def _note(self, request: Request, *, was_played: bool) -> None:
        sent = self.cassette.filter_request(request)
        self.misses.append(Miss(sent, tuple(self.cassette.requests), was_played))


class _CassetteFile:
    """Reads like ``persister``; writes UTF-8 without secrets, the same on every platform."""

    def __init__(self, persister: Any, scrubber: Scrubber) -> None:  # noqa: ANN401  # vcrpy is untyped
        self._scrubber = scrubber
        self.load_cassette = persister.load_cassette

    def save_cassette(self, path: str, cassette: dict[str, Any], serializer: Any) -> None:  # noqa: ANN401  # vcrpy is untyped
        text = serialize(self._scrubber.without_secrets(cassette), serializer)
        file = Path(path)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="\n")
