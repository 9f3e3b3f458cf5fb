"""Cassettes in YAML: readable, and the same when they are read."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from vcr.serializers import yamlserializer

from newsqa.testing.cassettes.bodies import same
from newsqa.testing.cassettes.readable_yaml import deserialize, serialize
from tests.conftest import ROOT
from tests.testing.test_bodies import EVENTS, JSON_TEXTS, REPLIES, TEXT, events_of


def cassette(sent: Any, received: Any) -> dict[str, Any]:
    """A cassette with one exchange, as vcrpy hands it to a serializer."""
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
    """What was sent and received."""
    [exchange] = whole["interactions"]
    return exchange["request"]["body"], exchange["response"]["body"]["string"]


@given(st.one_of(JSON_TEXTS, REPLIES, TEXT), st.one_of(JSON_TEXTS, REPLIES, TEXT))
@example('{"a": "\\ud800"}', "\x85\n")
@example('{"a": "x\u2028y\\n"}', "\ufeff")
@example('{"a": "\\n\\n  b"}', " \n x")
@example('{"a": " \\n"}', "a\r\nb")
@example('{"a": 1e16, "b": 1.0, "c": 0.10}', "'\n#: |")
def test_bodies_come_back(sent: str, received: str) -> None:
    """As the same JSON, or to the letter."""
    read = bodies(deserialize(serialize(cassette(sent, received))))
    assert same(read[0], sent)
    assert same(read[1], received)


@given(EVENTS)
def test_streams_come_back(stream: str) -> None:
    """Event by event and field by field."""
    _, received = bodies(deserialize(serialize(cassette("", stream))))
    assert events_of(received) == events_of(stream)


@given(st.binary(max_size=20))
@example(b"\xff\xfe")
def test_bytes_that_are_no_text_come_back(data: bytes) -> None:
    """An image, or what was compressed."""
    _, received = bodies(deserialize(serialize(cassette(None, data))))
    assert received in (data, data.decode(errors="replace"))


def test_what_is_serialized_is_not_changed() -> None:
    """Vcrpy goes on using it."""
    whole = cassette('{"a": "x"}', '{"b": 1}')
    before = copy.deepcopy(whole)
    serialize(whole)
    assert whole == before


def test_prompts_are_blocks_of_lines() -> None:
    """Unwrapped and unescaped."""
    prompt = "Läs detta.\n\n[1] En mening: " + "lång " * 40 + "slut"
    text = serialize(cassette(json.dumps({"content": prompt}), ""))
    assert "content: |-\n          Läs detta.\n\n          [1] En mening: lång" in text


def test_cassettes_of_vcrpy_are_read() -> None:
    """So that a project can change over without recording again."""
    whole = cassette('{"a":1}', '{"b": [1]}')
    assert deserialize(yamlserializer.serialize(whole)) == whole


@pytest.mark.parametrize(
    "file", sorted((ROOT / "cassettes").rglob("*.yaml")), ids=lambda file: file.stem
)
def test_the_project_s_own_cassettes_are_in_this_form(file: Any) -> None:
    """To the letter: written again, they are the same files."""
    text = file.read_text(encoding="utf-8")
    assert serialize(deserialize(text)) == text
