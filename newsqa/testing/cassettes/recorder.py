"""Sets pytest-recording up for requests to a language model."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from vcr import VCR
from vcr.cassette import Cassette
from vcr.request import Request
from vcr.serialize import serialize

from newsqa.testing.cassettes import readable_yaml
from newsqa.testing.cassettes.misses import Miss
from newsqa.testing.cassettes.scrubbing import Scrubber

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
