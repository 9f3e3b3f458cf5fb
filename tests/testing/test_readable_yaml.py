"""Cassettes in YAML: readable, and the same when they are read."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from vcr.serializers import yamlserializer

from newsqa.testing.cassettes.readable_yaml import deserialize, same, serialize
from tests.conftest import ROOT
from tests.testing.test_bodies import EVENTS, JSON_TEXTS, REPLIES, TEXT, events_of


def cassette(sent: Any, received: Any) -> dict[str, Any]:
    """Return a cassette with one request and reply, as vcrpy passes it to a serializer."""
    return {
        "version": 1,
        "interactions": [
            {
                "request": {"method": "POST", "uri": "http://x/", "body": sent, "headers": {}},
                "response": {
                    "status": {"code": 200, "message": "OK"},
                    "headers": {},
                    "body": {"string": received},
                },
            }
        ],
    }


def bodies(whole: dict[str, Any]) -> tuple[Any, Any]:
    """Return the bodies of the request and the reply."""
    [exchange] = whole["interactions"]
    return exchange["request"]["body"], exchange["response"]["body"]["string"]


@given(st.one_of(JSON_TEXTS, REPLIES, TEXT), st.one_of(JSON_TEXTS, REPLIES, TEXT))
@example('{"a": "\\ud800"}', "\x85\n")
@example('{"a": "x\u2028y\\n"}', "\ufeff")
@example('{"a": "\\n\\n  b"}', " \n x")
@example('{"a": " \\n"}', "a\r\nb")
@example('{"a": 1e16, "b": 1.0, "c": 0.10}', "'\n#: |")
def test_bodies_survive_a_round_trip(sent: str, received: str) -> None:
    """They are the same JSON, or the same text."""
    read = bodies(deserialize(serialize(cassette(sent, received))))
    assert same(read[0], sent)
    assert same(read[1], received)


@given(EVENTS)
def test_streams_survive_a_round_trip(stream: str) -> None:
    """Events and fields are the same."""
    _, received = bodies(deserialize(serialize(cassette("", stream))))
    assert events_of(received) == events_of(stream)


@given(st.binary(max_size=20))
@example(b"\xff\xfe")
def test_binary_bodies_survive_a_round_trip(data: bytes) -> None:
    """Images and compressed data are not changed."""
    _, received = bodies(deserialize(serialize(cassette(None, data))))
    assert received in (data, data.decode(errors="replace"))


def test_serialize_does_not_change_its_argument() -> None:
    """Vcrpy goes on using the cassette."""
    whole = cassette('{"a": "x"}', '{"b": 1}')
    before = copy.deepcopy(whole)
    serialize(whole)
    assert whole == before


def test_prompts_are_blocks_of_lines() -> None:
    """They are neither wrapped nor escaped."""
    prompt = "Läs detta.\n\n[1] En mening: " + "lång " * 40 + "slut"
    text = serialize(cassette(json.dumps({"content": prompt}), ""))
    assert "content: |-\n          Läs detta.\n\n          [1] En mening: lång" in text


def test_cassettes_of_vcrpy_are_read() -> None:
    """A project can switch to newsqa without recording again."""
    whole = cassette('{"a":1}', '{"b": [1]}')
    assert deserialize(yamlserializer.serialize(whole)) == whole


@pytest.mark.parametrize(
    "file", sorted((ROOT / "cassettes").rglob("*.yaml")), ids=lambda file: file.stem
)
def test_cassettes_of_this_project_have_this_form(file: Any) -> None:
    """Writing them again gives the same files."""
    text = file.read_text(encoding="utf-8")
    assert serialize(deserialize(text)) == text
