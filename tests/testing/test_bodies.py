"""Bodies: shown so that people can read them, and folded back into the same."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from newsqa.testing.cassettes.readable_yaml import fold, is_unfolded, same, unfold

TEXT = st.text(st.characters(codec="utf-8"), max_size=20)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=8,
)
OBJECTS = st.dictionaries(
    TEXT | st.sampled_from(["json", "json_text", "events"]), VALUES, max_size=3
)
LAYOUTS = st.sampled_from(
    [{}, {"separators": (",", ":")}, {"indent": 2}, {"ensure_ascii": True}, {"indent": 1}]
)
JSON_TEXTS = st.builds(
    lambda value, layout: json.dumps(value, **{"ensure_ascii": False, **layout}), OBJECTS, LAYOUTS
)
REPLIES = st.builds(lambda text: json.dumps({"content": text}), JSON_TEXTS | TEXT)
EVENTS = st.lists(
    st.tuples(st.sampled_from(["data", "event", "", "id", "no field"]), JSON_TEXTS | TEXT),
    max_size=4,
).map(lambda fields: "".join(f"{name}: {value}\n\n" for name, value in fields))


@given(JSON_TEXTS | REPLIES | EVENTS | TEXT)
@example('{"a": 1, "a": 2}')
@example('{"a": 1E400}')
@example('{"json": {"json_text": {"a": 1}}}')
@example('{"a": NaN}')
@example('data: {"a": 1}\nevent: x\n\ndata: [DONE]\n\n')
@example("[" * 5_000)
def test_folding_reverses_unfolding(text: str) -> None:
    """The result is equal as JSON; events may differ in white space between tokens."""
    shown = unfold(text)
    if shown is not None:
        assert is_unfolded(shown)
        folded = fold(shown)
        assert same(folded, text) or events_of(folded) == events_of(text)


def events_of(stream: str) -> list[list[tuple[str, object]]]:
    """Return the fields of each event, with JSON objects parsed."""
    blocks = stream.removesuffix("\n\n").split("\n\n")
    lines = [[line.partition(": ") for line in block.split("\n")] for block in blocks]
    return [[(name, _value(value)) for name, _, value in event] for event in lines]


def _value(text: str) -> object:
    try:
        value = json.loads(text)
    except ValueError:
        return text
    return value if isinstance(value, dict) else text


@given(JSON_TEXTS)
def test_text_inside_json_is_kept_exactly(words: str) -> None:
    """A model wrote it, whatever its layout."""
    shown = unfold(json.dumps({"content": words}))
    assert shown is None or json.loads(fold(shown)) == {"content": words}


@pytest.mark.parametrize("layout", [{}, {"separators": (",", ":")}, {"indent": 2}])
def test_json_inside_text_is_unfolded(layout: dict[str, Any]) -> None:
    """The three layouts that models write become values."""
    words = json.dumps({"short": "3 May", "claims": []}, **layout)
    shown = unfold(json.dumps({"content": words}))
    assert shown is not None
    [marked] = shown["json"]["content"].values()
    assert marked == {"short": "3 May", "claims": []}


def test_stream_becomes_a_list_of_events() -> None:
    """JSON in events is unfolded, and other data is kept."""
    stream = 'data: {"choices":[]}\n\n: still working\n\nevent: end\ndata: [DONE]\n\n'
    assert unfold(stream) == {
        "events": [
            {"data": {"json": {"choices": []}}},
            {"": "still working"},
            {"event": "end", "data": "[DONE]"},
        ]
    }


@pytest.mark.parametrize(
    "text",
    [
        "plain words",
        "[1, 2]",
        '{"a": 1, "a": 2}',
        '{"a": NaN}',
        "data: {}\r\n\r\n",
        "data: 1\ndata: 2\n\n",
        "no field\n\n",
        "data: 1",
        "",
    ],
)
def test_body_that_cannot_be_folded_back_is_not_unfolded(text: str) -> None:
    """Neither is a body that is not a JSON object or events."""
    assert unfold(text) is None
