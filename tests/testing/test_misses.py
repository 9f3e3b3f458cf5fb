"""Messages about requests without a recording, and recordings without a request."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from vcr.request import Request

from newsqa.testing.cassettes.recorder import Miss, describe_miss, describe_unused, title

CASSETTE = Path("cassettes/test_app/test_it.yaml")


def asked(question: str, *, path: str = "/v1/chat", **more: Any) -> Request:
    """Return a request with a question."""
    messages = [{"role": "user", "content": f"Read.\n\nQuestion: {question}"}]
    body = json.dumps({"model": "tiny", "messages": messages, **more}).encode()
    return Request("POST", f"http://model.invalid{path}", body, {})


def message_for(sent: Request, *recorded: Request, was_played: bool = False) -> str:
    """Return the failure message of a test."""
    return describe_miss(Miss(sent, recorded, was_played), CASSETTE)


def test_request_is_compared_with_the_most_similar_question() -> None:
    """Several recordings differ from it in one line each."""
    message = message_for(
        asked("When was it?"), asked("Who paid?"), asked("When is it?"), asked("Why?")
    )
    assert "nearest of 3, number 2" in message
    assert "-      Question: When is it?\n+      Question: When was it?" in message


@pytest.mark.parametrize(
    ("recorded", "sent", "places"),
    [
        (asked("A?"), asked("B?"), "messages[0].content"),
        (asked("A?"), asked("A?", seed=1), "seed"),
        (asked("A?", tools=[{"a": 1}]), asked("A?", tools=[]), "tools"),
        (asked("A?"), asked("A?", path="/v2"), "the request line"),
        (asked("A?"), Request("POST", "http://model.invalid/v1/chat", b"text", {}), "the body"),
        (asked("A?"), Request("GET", "http://model.invalid/v1/chat", None, {}), "the body"),
    ],
)
def test_message_says_where_the_requests_differ(
    recorded: Request, sent: Request, places: str
) -> None:
    """Places are paths into the JSON body."""
    assert f"The recorded one differs in {places}:" in message_for(sent, recorded)


def test_long_diff_is_truncated() -> None:
    """The message says how many lines were left out."""
    one, other = (asked("\n".join(f"{word} {n}" for n in range(200))) for word in ("old", "new"))
    message = message_for(one, other)
    assert message.count("\n") < 100
    assert "more lines" in message


def test_many_places_are_truncated() -> None:
    """The diff shows the others."""
    parameters: dict[str, Any] = {f"p{n}": 1 for n in range(20)}
    message = message_for(asked("A?", **parameters), asked("A?"))
    assert "p5:" in message.partition("\n\n")[0]
    assert "p6" not in message.partition("\n\n")[0]


def test_recording_that_was_used_up_is_named() -> None:
    """The request matches, and its reply was given already."""
    message = message_for(asked("A?"), asked("A?"), was_played=True)
    assert "sent more often than that" in message
    assert "differs" not in message


def test_unused_recordings_are_listed_by_number_and_question() -> None:
    """Numbers are those of the recordings in the file."""
    message = describe_unused([asked("A?"), asked("B?"), asked("C?")], [1, 3], CASSETTE)
    assert message.startswith("test_it.yaml: 2 of 3 recorded requests not sent")
    assert message.endswith(
        "  1. POST /v1/chat, tiny: Question: A?\n  3. POST /v1/chat, tiny: Question: C?"
    )


@pytest.mark.parametrize("body", [None, b"", b"text", b"\xff", b"[]", b"{}", b'{"messages": [1]}'])
def test_any_request_has_a_title(body: bytes | None) -> None:
    """Requests other than prompts are recorded, too."""
    assert title(Request("GET", "http://model.invalid/x?y=1", body, {})) == "GET /x"


def test_long_question_is_truncated_in_a_title() -> None:
    """A title is one line."""
    assert len(title(asked("very " * 100))) < 130
