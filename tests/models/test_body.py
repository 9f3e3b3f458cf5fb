"""Bodies as servers, gateways and proxies send them."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsqa.models.body import EventStream, read_body

BODY: dict[str, Any] = {
    "choices": [{"message": {"content": '{"short": "naïve Zoë – 5 £"}'}, "finish_reason": "stop"}],
    "model": "tiny",
}
TEXT = json.dumps(BODY, ensure_ascii=False)


def chunk(delta: dict[str, Any], finish: str | None = None) -> dict[str, Any]:
    """A part of a streamed completion."""
    return {"choices": [{"index": 0, "delta": delta, "finish_reason": finish}], "model": "tiny"}


def stream(*events: object, separator: str = "\n\n") -> bytes:
    """An event stream."""
    return "".join(f"data: {json.dumps(event)}{separator}" for event in events).encode()


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(TEXT.encode(), id="plain"),
        pytest.param(b"\xef\xbb\xbf" + TEXT.encode(), id="byte order mark"),
        pytest.param(TEXT.encode("utf-16"), id="UTF-16"),
        pytest.param(b"\n\n  \n" + TEXT.encode() + b"\n", id="blank lines"),
        pytest.param(b": PROCESSING\n\n:\n" + TEXT.encode(), id="comments"),
        pytest.param(b"\x00\x00" + TEXT.encode(), id="null bytes"),
        pytest.param(TEXT.encode() + b";", id="semicolon"),
        pytest.param(TEXT.encode() + b"\n[DONE]", id="done"),
        pytest.param(TEXT.encode() + b"\ndata: [DONE]\n", id="done as an event"),
        pytest.param(TEXT.encode() * 2, id="twice"),
        pytest.param(b")]}',\n" + TEXT.encode(), id="guard"),
        pytest.param(stream(BODY) + b"data: [DONE]\n\n", id="one event"),
        pytest.param(b"event: message\r\nid: 1\r\ndata:" + TEXT.encode() + b"\r\n\r\n", id="CRLF"),
        pytest.param(
            b"data: " + json.dumps(BODY, indent=1).replace("\n", "\ndata: ").encode(), id="lines"
        ),
    ],
)
def test_json_is_read_whatever_surrounds_it(data: bytes) -> None:
    """The value is the one that was sent, to the character."""
    assert read_body(data) == BODY


@pytest.mark.parametrize("charset", [None, "iso-8859-1", "ascii", "no-such-charset", "utf-8"])
def test_a_body_in_utf_8_is_read_as_utf_8_whatever_its_header_says(charset: str | None) -> None:
    """RFC 8259 knows no other encoding."""
    assert read_body(TEXT.encode(), charset=charset) == BODY


def test_a_body_that_is_not_unicode_is_read_in_the_charset_of_its_header() -> None:
    """Rather than with replaced letters."""
    text = '{"content": "Zoë"}'
    assert read_body(text.encode("latin-1"), charset="iso-8859-1") == {"content": "Zoë"}


@pytest.mark.parametrize("separator", ["\n\n", "\r\n\r\n", "\n"])
def test_the_parts_of_a_stream_are_one_completion(separator: str) -> None:
    """Texts are joined; the finish and the usage are those of the last parts."""
    payload = read_body(
        stream(
            chunk({"role": "assistant", "content": ""}),
            chunk({"content": '{"short"'}),
            chunk({"content": ': "nine"}'}),
            chunk({}, "length"),
            {"choices": [], "usage": {"prompt_tokens": 3}},
            separator=separator,
        )
    )
    assert isinstance(payload, dict)
    assert payload["choices"] == [
        {
            "message": {"role": "assistant", "content": '{"short": "nine"}'},
            "finish_reason": "length",
        }
    ]
    assert (payload["usage"], payload["model"]) == ({"prompt_tokens": 3}, "tiny")


def test_the_arguments_of_a_streamed_call_are_joined() -> None:
    """By the index of the call."""
    payload = read_body(
        stream(
            chunk({"tool_calls": [{"index": 0, "function": {"name": "f", "arguments": '{"a"'}}]}),
            chunk({"tool_calls": [{"index": 0, "function": {"arguments": ": 1}"}}]}, "tool_calls"),
        )
    )
    assert isinstance(payload, dict)
    (call,) = payload["choices"][0]["message"]["tool_calls"]
    assert call["function"]["arguments"] == '{"a": 1}'


def test_an_error_in_a_stream_is_the_answer() -> None:
    """Whatever was written before it."""
    payload = read_body(stream(chunk({"content": "{"}), {"error": {"message": "Broke."}}))
    assert payload == {"error": {"message": "Broke."}}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Bad gateway",
        "<html><script>var x = {}</script></html>",
        '{"choices": [{"message": {"cont',
        '{"a": {"choices": []}, "b',
        "data: [DONE]\n\n",
    ],
)
def test_what_is_not_json_stays_text(text: str) -> None:
    """A page, a part of a body: no object inside it is the answer."""
    assert read_body(text.encode()) == text


@given(st.binary(max_size=80) | st.text(alphabet='{}[]":, data\n1', max_size=40).map(str.encode))
def test_no_body_is_too_strange(data: bytes) -> None:
    """It is read, or it stays text."""
    read_body(data)


PARTS = st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=8), max_size=6)


@given(PARTS, st.data(), st.sampled_from(["\n\n", "\r\n\r\n", "\n"]))
def test_a_stream_cut_at_any_byte_is_read_as_a_whole(
    texts: list[str], data: st.DataObject, separator: str
) -> None:
    """The text comes out in pieces, and the payload is the one that the whole body has."""
    events = [chunk({"content": text}) for text in texts]
    body = stream(*events, chunk({}, "stop"), separator=separator)
    received, written = EventStream(), []
    while body:
        size = data.draw(st.integers(1, len(body)))
        written += received.feed(body[:size])
        body = body[size:]
    assert "".join(written) == "".join(texts)
    assert received.payload() == read_body(stream(*events, chunk({}, "stop"), separator=separator))


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(TEXT.encode(), id="no stream"),
        pytest.param(
            b'data: {"choices": [],\ndata:  "model": "tiny"}\n\n', id="two lines an event"
        ),
        pytest.param(b'{"message": {"content": "a"}, "done": true}\n', id="lines of JSON"),
        pytest.param(stream(chunk({"content": "{}"})) + b"data: {broken\n\n", id="broken event"),
        pytest.param(b'data: {"choices": []}', id="no end of line"),
        pytest.param(b"<html>", id="a page"),
        pytest.param(b"", id="nothing"),
    ],
)
def test_any_other_body_is_read_at_its_end(body: bytes) -> None:
    """Whatever a server sends when it was asked for a stream."""
    received = EventStream()
    received.feed(body)
    assert received.payload() == read_body(body)
