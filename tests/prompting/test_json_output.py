"""Finding the JSON in what a model wrote."""

from __future__ import annotations

import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsqa.prompting.json_output import MAX_DEPTH, MAX_LENGTH, ItemReader, parse_json

PROSE = st.text(st.characters(exclude_characters='<{"', exclude_categories=["Cs"]), max_size=20)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
OBJECTS = st.dictionaries(st.text(), VALUES, min_size=1, max_size=4)


@given(PROSE, OBJECTS, PROSE)
def test_an_object_is_found_whatever_prose_surrounds_it(
    before: str, value: dict[str, object], after: str
) -> None:
    """It comes out as it went in."""
    assert parse_json(before + json.dumps(value) + after) == value


@given(OBJECTS, OBJECTS)
def test_the_last_of_two_objects_counts(first: dict[str, object], last: dict[str, object]) -> None:
    """The first may be quoted from the article."""
    assert parse_json(json.dumps(first) + "\n" + json.dumps(last, indent=2)) == last


@given(st.text(max_size=200))
def test_any_text_is_an_object_or_a_value_error(text: str) -> None:
    """And nothing else."""
    try:
        found: object = parse_json(text)
    except ValueError:
        return
    assert isinstance(found, dict)


@pytest.mark.parametrize(
    "text",
    [
        '```json\n{"a": 1}\n```',
        'Here it is:\n```\n{"a": 1}\n```\nI hope {this} helps.',
        '<think>perhaps {"a": 2}, or {"x</think>{"a": 1}',
        'perhaps {"a": 2}</think>\n\n{"a": 1}',
        '{ {"a": 1}',
        '{"a" 5} {"a": 1}',
        '{"b": {"a": 2}} {"a": 1}',
        '\ufeff{"a": 1}',
        '{\n  "a": 1}',
    ],
)
def test_fences_thoughts_and_stray_braces_are_left_out(text: str) -> None:
    """What models put around their answers."""
    assert parse_json(text) == {"a": 1}


def test_an_end_of_thought_inside_of_a_string_is_text() -> None:
    """The article may be about such models."""
    assert parse_json('So: {"a": "x</think>{\\"b\\": 1}"}') == {"a": 'x</think>{"b": 1}'}


def test_raw_control_characters_are_accepted_in_strings() -> None:
    """The grammars of some servers let them through."""
    assert parse_json('{"a": "one\ntwo\x00"}') == {"a": "one\ntwo\x00"}


def test_an_object_that_was_only_thought_is_none() -> None:
    """The model decided otherwise."""
    with pytest.raises(ValueError, match="holds no JSON object"):
        parse_json('<think>say {"a": 1}?</think> I cannot answer in JSON.')


def test_an_empty_object_is_one_only_by_itself() -> None:
    """In prose it is a pair of braces."""
    assert parse_json(" {} ") == {}
    assert parse_json('{"a": 1} {}') == {"a": 1}


@pytest.mark.parametrize("text", ["", "I cannot say.", "[1, 2]", '"text"', "{not json}", "null"])
def test_a_reply_without_an_object_is_said_to_have_none(text: str) -> None:
    """Lists and plain values are none."""
    with pytest.raises(ValueError, match="holds no JSON object"):
        parse_json(text)


@pytest.mark.parametrize(
    "text",
    ['{"a": [{"b": 1}], "c', '{"a": [{"b": 1}], ', '{"a": [{"b": 1}]', '{"a": {"b": "x'],
)
def test_a_cut_reply_is_not_replaced_by_an_object_inside_of_it(text: str) -> None:
    """An inner object would be a wrong answer."""
    with pytest.raises(ValueError, match="ends in the middle"):
        parse_json(text)


@pytest.mark.parametrize(
    "text",
    [
        '{"a": [{"b": 1}], "c": "He said "no"", "d": 2}',
        '{"a": "He said "no"", "c": [{"b": 1}]}',
        '{"a": 1,}',
    ],
)
def test_a_broken_reply_is_not_replaced_by_an_object_inside_of_it(text: str) -> None:
    """The message says where it broke."""
    with pytest.raises(ValueError, match=r"JSON is broken: .* line 1 column"):
        parse_json(text)


def test_a_sketch_before_the_object_is_left_out() -> None:
    """Models repeat the shape that they were asked for."""
    assert parse_json('As {"a": ..., "b": [...]}:\n{"a": 1}') == {"a": 1}


@pytest.mark.parametrize("depth", [MAX_DEPTH + 1, 100_000])
def test_deep_nesting_is_refused(depth: int) -> None:
    """Before anything recurses over it."""
    with pytest.raises(ValueError, match="levels deep"):
        parse_json('{"a":' * depth + "1" + "}" * depth)


def test_nesting_up_to_the_limit_is_read() -> None:
    """The limit itself is allowed."""
    assert parse_json('{"a":' * MAX_DEPTH + "1" + "}" * MAX_DEPTH)


def test_a_reply_that_is_too_long_is_refused() -> None:
    """By its number of characters."""
    with pytest.raises(ValueError, match=f"at most {MAX_LENGTH}"):
        parse_json(" " * (MAX_LENGTH + 1))


@pytest.mark.parametrize(
    "piece", ["{", '{"', '{"a"', '{ "a": [1, ', '{"a":[', '"{', "{ ", '{"a":"\\']
)
def test_time_is_linear_in_a_hostile_reply(piece: str) -> None:
    """Half a million characters take well below the seconds that quadratic time would."""
    text = piece * (500_000 // len(piece))
    started = time.process_time()
    with pytest.raises(ValueError, match="The reply"):
        parse_json(text)
    assert time.process_time() - started < 2


ITEMS = st.lists(OBJECTS, max_size=3)


def read_in_pieces(text: str, cuts: st.DataObject) -> list[dict[str, object]]:
    """Return the items that are read from ``text``, cut at random places."""
    items: list[dict[str, object]] = []
    reader = ItemReader("claims", items.append)
    while text:
        size = cuts.draw(st.integers(1, len(text)))
        reader.feed(text[:size])
        text = text[size:]
    return items


@given(PROSE, ITEMS, OBJECTS, st.booleans(), st.data())
def test_items_are_read_wherever_the_text_is_cut(
    before: str,
    claims: list[dict[str, object]],
    others: dict[str, object],
    is_ascii: bool,
    cuts: st.DataObject,
) -> None:
    """In strings, escapes, numbers and brackets; other keys of the object do not matter."""
    value = {**others, "claims": claims, "z": [{"claims": [{"a": 1}]}]}
    text = before + json.dumps(value, ensure_ascii=is_ascii)
    assert read_in_pieces(text, cuts) == claims


def test_an_item_is_read_when_it_is_closed_and_not_before() -> None:
    """Its last bracket completes it."""
    items: list[dict[str, object]] = []
    reader = ItemReader("claims", items.append)
    reader.feed('{"claims": [{"text": "}", "evidence": [{"sentence": 1}]')
    assert items == []
    reader.feed("}")
    assert items == [{"text": "}", "evidence": [{"sentence": 1}]}]


@pytest.mark.parametrize(
    "text",
    [
        '<think>{"claims": [{"text": "no"}]}',
        '{"draft": {"claims": [{"text": "no"}]}}',
        '{"claims": {"text": "no"}}',
        '{"short": "claims", "others": [{"text": "no"}]}',
        '{"claims": [{"text": no}]}',
        '"{\\"claims\\": [{}]}"',
    ],
)
def test_what_is_not_an_item_is_not_read(text: str) -> None:
    """In a thought, at another depth, under another key, or not JSON."""
    items: list[dict[str, object]] = []
    ItemReader("claims", items.append).feed(text)
    assert items == []


def test_the_items_after_a_thought_are_read() -> None:
    """The thought may hold a draft of the draft."""
    items: list[dict[str, object]] = []
    reader = ItemReader("claims", items.append)
    for piece in ('<think>{"claims": [{"a": 1}]} no</thi', 'nk>{"claims": [{"a"', ": 2}]}"):
        reader.feed(piece)
    assert items == [{"a": 2}]


def test_a_long_thought_takes_linear_time() -> None:
    """Text that has been searched is not searched again."""
    reader = ItemReader("claims", print)

    def seconds(pieces: int) -> float:
        started = time.perf_counter()
        for _ in range(pieces):
            reader.feed("{ so ")
        return time.perf_counter() - started

    seconds(1_000)
    assert seconds(20_000) < 5
