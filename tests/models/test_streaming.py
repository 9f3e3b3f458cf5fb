"""OpenAIModel while somebody waits for what it writes."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import httpx2
import pytest

from newsqa.errors import ModelRequestError, ModelTruncatedError, ModelUnavailableError
from newsqa.events import Event, RequestCompleted, RequestFailed, listening
from newsqa.models import Completion, begin_text, listening_to_text
from newsqa.models.fallback import FallbackModel
from newsqa.models.limits import Budget, Limits
from newsqa.models.openai import OpenAIModel
from tests.scripted_server import (
    PROMPT,
    SCHEMA,
    TEXT,
    USED,
    Pieces,
    ScriptedServer,
    answer,
    chunk,
    complete,
    error,
    pieces_of,
    sent,
    streamed,
)


class Heard:
    """The texts of the completions that were begun, and the events."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.events: list[Event] = []

    def begin(self) -> Any:
        """Return what takes the text of one more completion."""
        self.texts.append("")
        number = len(self.texts) - 1

        def on_text(text: str) -> None:
            self.texts[number] += text

        return on_text

    def complete(self, model: OpenAIModel | FallbackModel) -> Completion:
        """Return the completion of ``model``."""

        async def run() -> Completion:
            with listening_to_text(self.begin), listening(self.events.append):
                return await model.complete(PROMPT, SCHEMA)

        return asyncio.run(run())


def test_the_output_is_passed_on_piece_by_piece_and_complete_at_the_end() -> None:
    """The completion is the one that a request without a stream has."""
    heard = Heard()
    completion = heard.complete(ScriptedServer(streamed(pieces_of(TEXT))).model())
    assert heard.texts == [TEXT]
    assert completion == ScriptedServer(answer()).complete()


def test_a_stream_is_asked_for_with_its_usage() -> None:
    """Servers leave the usage out otherwise."""
    server = ScriptedServer(streamed(pieces_of(TEXT)))
    Heard().complete(server.model())
    [body] = server.bodies
    assert (body["stream"], body["stream_options"]) == (True, {"include_usage": True})


def test_no_stream_is_asked_for_if_nobody_listens() -> None:
    """A request is what it always was."""
    server = ScriptedServer(answer())
    server.complete()
    assert not {"stream", "stream_options"} & server.bodies[0].keys()


def test_a_server_that_ignores_the_wish_still_answers() -> None:
    """With its usual body, and no text before it."""
    heard = Heard()
    assert heard.complete(ScriptedServer(answer()).model()).text == TEXT
    assert heard.texts == []


@pytest.mark.parametrize(
    ("refusal", "left"),
    [
        (error(422, "body.stream_options: extra_forbidden"), {"stream"}),
        (error(400, "Streaming is not supported for this model"), set()),
        (error(400, "json_schema is not supported with stream"), set()),
        (error(400, "Bad Request"), set()),
    ],
)
def test_a_server_that_refuses_a_stream_is_asked_without(
    refusal: httpx2.Response, left: set[str]
) -> None:
    """The schema stays, and it is remembered."""
    server = ScriptedServer(refusal, answer(), answer())
    model = server.model()
    assert Heard().complete(model).text == TEXT
    assert Heard().complete(model).text == TEXT
    for body in server.bodies[1:]:
        assert {"stream", "stream_options"} & body.keys() == left
        assert body["response_format"]["type"] == "json_schema"


def test_parameters_of_the_caller_win() -> None:
    """Who does not want streams can say so."""
    server = ScriptedServer(answer())
    Heard().complete(server.model(parameters={"stream": None, "stream_options": None}))
    assert not {"stream", "stream_options"} & server.bodies[0].keys()


def test_a_failure_before_the_first_text_is_retried() -> None:
    """As without a stream."""
    broken = Pieces(httpx2.ReadError("reset by peer"))
    server = ScriptedServer(error(503), streamed(broken), streamed(pieces_of(TEXT)))
    heard = Heard()
    completion = heard.complete(server.model())
    assert (completion.text, completion.usage.calls, completion.usage.retries) == (TEXT, 3, 2)
    assert heard.texts == [TEXT]


@pytest.mark.parametrize(
    "failure",
    [
        httpx2.ReadError("reset by peer"),
        httpx2.RemoteProtocolError("incomplete chunked read"),
        httpx2.ReadTimeout("too slow"),
    ],
)
def test_a_failure_after_the_first_text_is_not_retried(failure: Exception) -> None:
    """What has been passed on cannot be taken back."""
    server = ScriptedServer(streamed(Pieces(chunk('{"short"'), failure)))
    with pytest.raises(ModelUnavailableError):
        Heard().complete(server.model())
    assert server.calls == 1


def test_an_error_among_the_events_is_raised() -> None:
    """As an error in a 200 always is, but without a retry."""
    event = b'data: {"error": {"message": "overloaded", "code": 503}}\n\n'
    server = ScriptedServer(streamed(Pieces(chunk('{"short"'), event)))
    with pytest.raises(ModelUnavailableError, match="overloaded"):
        Heard().complete(server.model())
    assert server.calls == 1


def test_a_refusal_among_the_events_is_reported_with_its_status() -> None:
    """It broke off what it had begun, and is final, but is no less a 429."""
    event = b'data: {"error": {"message": "Rate limit reached", "code": 429}}\n\n'
    server = ScriptedServer(streamed(Pieces(chunk('{"short"'), event)))
    heard = Heard()
    with pytest.raises(ModelUnavailableError):
        heard.complete(server.model())
    [failed] = [event for event in heard.events if isinstance(event, RequestFailed)]
    assert (failed.status, server.calls) == (429, 1)


def test_a_refusal_among_the_events_slows_down_all_requests() -> None:
    """As any 429 does."""
    event = b'data: {"error": {"message": "Rate limit reached", "code": 429}}\n\n'
    broken = streamed(Pieces(chunk('{"short"'), event))
    server = ScriptedServer(broken, answer(), answer())
    model = server.model()
    with pytest.raises(ModelUnavailableError):
        Heard().complete(model)
    for _ in range(2):
        complete(model)
    assert sum(server.slept) > 1


def test_a_request_that_an_error_broke_off_counts_as_fully_used() -> None:
    """The server has written a part of it."""
    event = b'data: {"error": {"message": "overloaded", "code": 503}}\n\n'
    server = ScriptedServer(streamed(Pieces(chunk('{"short"'), event)))
    budget = Budget(max_tokens=10_000)
    with pytest.raises(ModelUnavailableError):
        Heard().complete(server.model(limits=Limits(budget), max_output_tokens=100))
    assert budget.spent.total_tokens > 100


def test_a_rejection_among_the_events_is_not_rephrased() -> None:
    """The beginning would be passed on twice."""
    event = b'data: {"error": {"message": "response_format is not supported", "code": 400}}\n\n'
    server = ScriptedServer(streamed(Pieces(chunk('{"short"'), event)))
    with pytest.raises(ModelRequestError):
        Heard().complete(server.model())
    assert server.calls == 1


def test_an_output_that_ends_at_its_limit_is_truncated() -> None:
    """With what there was."""
    pieces = Pieces(chunk('{"short"'), chunk(finish_reason="length"), USED)
    with pytest.raises(ModelTruncatedError) as caught:
        Heard().complete(ScriptedServer(streamed(pieces)).model())
    assert caught.value.partial == '{"short"'
    assert caught.value.usage.output_tokens == 5


def test_a_fallback_begins_a_text_of_its_own() -> None:
    """After the half of the first model's."""
    broken = ScriptedServer(streamed(Pieces(chunk('{"sh'), httpx2.ReadError("reset"))))
    second = ScriptedServer(streamed(pieces_of(TEXT)))
    heard = Heard()
    heard.complete(FallbackModel(broken.model(), second.model()))
    assert heard.texts == ['{"sh', TEXT]


def test_the_arguments_of_a_tool_call_are_text() -> None:
    """Some servers turn the schema into a tool."""
    calls = [{"index": 0, "function": {"arguments": TEXT}}]
    pieces = Pieces(chunk(delta={"tool_calls": calls}), chunk(finish_reason="stop"), USED)
    heard = Heard()
    assert heard.complete(ScriptedServer(streamed(pieces)).model()).text == TEXT
    assert heard.texts == [TEXT]


def test_cancelling_closes_the_response() -> None:
    """A server that writes for nobody costs money."""
    pieces = pieces_of(TEXT)

    async def run() -> None:
        has_begun = asyncio.Event()
        with listening_to_text(lambda: lambda _: has_begun.set()):
            model = ScriptedServer(streamed(pieces)).model()
            task = asyncio.create_task(model.complete(PROMPT, SCHEMA))
        await has_begun.wait()
        task.cancel()
        await asyncio.wait([task])

    asyncio.run(run())
    assert pieces.is_closed
    assert pieces.sent < len(pieces.pieces)


def test_a_request_is_reported_with_what_became_of_it() -> None:
    """Its tokens, its end, and when its text began."""
    heard = Heard()
    heard.complete(ScriptedServer(sent(429, {}), streamed(pieces_of(TEXT))).model())
    names = [event.name for event in heard.events]
    assert names == [
        "request_sent",
        "request_failed",
        "retry_scheduled",
        "request_sent",
        "request_completed",
    ]
    [failed] = [event for event in heard.events if isinstance(event, RequestFailed)]
    assert (failed.error, failed.status) == ("ModelUnavailableError", 429)
    [completed] = [event for event in heard.events if isinstance(event, RequestCompleted)]
    assert (completed.completed_by, completed.finish_reasons) == ("tiny-2026", ("stop",))
    assert completed.response_id == "chatcmpl-1"
    assert completed.usage.output_tokens == 5
    assert completed.first_text_seconds == 0  # by the server's clock


def test_no_event_holds_the_key_or_the_prompt() -> None:
    """Or what the model wrote."""
    heard = Heard()
    heard.complete(ScriptedServer(error(503, "sk-secret"), streamed(pieces_of(TEXT))).model())
    shown = json.dumps([event.model_dump(mode="json") for event in heard.events])
    assert not [word for word in ("sk-secret", "ferry", "at nine") if word in shown]


def test_nothing_listens_outside_of_the_block() -> None:
    """A later completion is nobody's."""
    with listening_to_text(Heard().begin):
        pass
    assert begin_text() is None
