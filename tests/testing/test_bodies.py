"""Bodies: shown so that people can read them, and folded back into the same."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from newsqa.testing.cassettes.bodies import fold, is_unfolded, same, unfold

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
def test_what_is_unfolded_folds_into_the_same(text: str) -> None:
    """The same JSON, or for events the same but for white space between the tokens of JSON."""
    shown = unfold(text)
    if shown is not None:
        assert is_unfolded(shown)
        folded = fold(shown)
        assert same(folded, text) or events_of(folded) == events_of(text)


def events_of(stream: str) -> list[list[tuple[str, object]]]:
    """The fields of each event, with the value of what is a JSON object."""
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
def test_a_model_s_words_are_kept_to_the_letter(words: str) -> None:
    """Text inside of JSON is what somebody wrote, however it is laid out."""
    shown = unfold(json.dumps({"content": words}))
    assert shown is None or json.loads(fold(shown)) == {"content": words}


@pytest.mark.parametrize("layout", [{}, {"separators": (",", ":")}, {"indent": 2}])
def test_json_that_a_model_wrote_is_unfolded(layout: dict[str, Any]) -> None:
    """In the three layouts that models write, so that its values can be read one by one."""
    words = json.dumps({"short": "3 May", "claims": []}, **layout)
    shown = unfold(json.dumps({"content": words}))
    assert shown is not None
    [marked] = shown["json"]["content"].values()
    assert marked == {"short": "3 May", "claims": []}


def test_a_stream_is_a_list_of_events() -> None:
    """With the JSON of each unfolded, and what is none left as it is."""
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
def test_what_would_not_come_back_is_left_alone(text: str) -> None:
    """And what is neither a JSON object nor events."""
    assert unfold(text) is None
