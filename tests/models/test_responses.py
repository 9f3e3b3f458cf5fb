"""Reading what servers really send."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsqa.models.complaints import Complaint, read_complaint, read_error
from newsqa.models.responses import Reply, failed_generation, read_reply
from newsqa.usage import Usage

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["choices", "message", "content", "usage", "error", "code", "loc"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


def reply(usage: dict[str, Any] | None = None, **message: Any) -> Reply:
    """The reply of a payload with this message."""
    found = read_reply({"choices": [{"message": message}], "usage": usage})
    assert found is not None
    return found


@given(JSON)
def test_no_payload_is_too_strange_to_be_read(payload: object) -> None:
    """It is a reply or none, an error or none."""
    assert isinstance(read_reply(payload), Reply | None)
    assert isinstance(read_error(payload), Complaint | None)
    assert read_complaint(payload, 400).status == 400
    assert isinstance(failed_generation(payload), str)


@pytest.mark.parametrize(
    ("message", "text"),
    [
        ({"content": "{}"}, "{}"),
        ({"content": None, "reasoning_content": 'So {"a": 1}'}, 'So {"a": 1}'),
        ({"content": " \n", "reasoning": '{"a": 1}'}, '{"a": 1}'),
        ({"content": "", "reasoning_content": "no object here"}, ""),
        ({"content": '{"a": 1}', "reasoning_content": '{"b": 2}'}, '{"a": 1}'),
        (
            {
                "content": [
                    {"type": "thinking", "thinking": [{"type": "text", "text": "hm"}]},
                    {"type": "text", "text": '{"a":'},
                    {"type": "text", "text": " 1}"},
                ]
            },
            '{"a": 1}',
        ),
        ({}, ""),
    ],
)
def test_the_text_is_found_where_servers_put_it(message: dict[str, Any], text: str) -> None:
    """In the content, in parts of it, or with none in the reasoning."""
    assert reply(**message).text == text


@pytest.mark.parametrize(
    ("usage", "counted"),
    [
        (None, Usage()),
        ({"prompt_tokens": 9, "completion_tokens": 2}, Usage(input_tokens=9, output_tokens=2)),
        ({"input_tokens": 9, "output_tokens": 2}, Usage(input_tokens=9, output_tokens=2)),
        ({"prompt_tokens": None, "completion_tokens": -1, "total_tokens": "x"}, Usage()),
        (
            {"prompt_tokens": 9, "prompt_tokens_details": {"cached_tokens": 4}},
            Usage(input_tokens=9, cached_tokens=4),
        ),
        (
            {"prompt_tokens": 9, "prompt_cache_hit_tokens": 5},
            Usage(input_tokens=9, cached_tokens=5),
        ),
        (
            {
                "prompt_tokens": 9,
                "completion_tokens": 2,
                "total_tokens": 31,
                "completion_tokens_details": {"reasoning_tokens": 20},
            },
            Usage(input_tokens=9, output_tokens=22),
        ),
    ],
    ids=["missing", "openai", "responses", "nonsense", "cached", "deepseek", "xai"],
)
def test_tokens_are_counted_as_each_server_reports_them(
    usage: dict[str, Any] | None, counted: Usage
) -> None:
    """Zero where it reports none; reasoning that is only in the total is output, too."""
    assert reply(usage, content="x").usage == counted


def test_a_finish_without_a_reason_is_neither_cut_nor_filtered() -> None:
    """Several servers give none."""
    found = reply(content="x")
    assert not found.is_truncated
    assert not found.is_filtered


@pytest.mark.parametrize(
    "finish", ["error", "abort", "network_error", "insufficient_system_resource"]
)
def test_a_completion_that_the_server_broke_off_is_none(finish: str) -> None:
    """Whatever it holds."""
    choice = {"message": {"content": '{"a": 1}'}, "finish_reason": finish}
    assert read_reply({"choices": [choice]}) is None


@pytest.mark.parametrize(
    ("error", "status"),
    [
        ({"code": 429}, 429),
        ({"code": "503"}, 503),
        ({"code": "invalid_api_key"}, 401),
        ({"code": None, "type": "invalid_request_error"}, 400),
        ({"code": 3001}, 200),
        ({"code": 200}, 200),
        ("Something broke.", 200),
    ],
)
def test_the_status_of_an_error_inside_of_a_200(error: object, status: int) -> None:
    """By its code, a number or a name; a code of the server's own means nothing here."""
    found = read_error({"error": error})
    assert found is not None
    assert found.status == status


@pytest.mark.parametrize(
    ("payload", "said"),
    [
        ({"error": {"message": "No."}}, "No."),
        ({"error": "No."}, "No."),
        ({"message": "No.", "object": "error"}, "No."),
        ({"detail": "No."}, "No."),
        ([{"error": {"message": "No."}}], "No."),
        ("No.", "No."),
        ("<html>No.</html>", ""),
        ({}, ""),
        (None, ""),
        (
            {"detail": [{"type": "missing", "loc": ["body", 0], "msg": "No.", "input": "SECRET"}]},
            "body.0: missing: No.",
        ),
        ({"message": {"detail": [{"loc": ["a"]}, {"loc": ["b"]}]}}, "a; b"),
    ],
)
def test_the_words_of_a_complaint_are_found_wherever_they_are(payload: object, said: str) -> None:
    """But not the input that it repeats, and no web page."""
    assert read_complaint(payload, 400).message == said


def test_a_complaint_has_code_type_and_parameter() -> None:
    """As OpenAI, llama.cpp (a number for a code) and Azure (an inner code) send them."""
    error = {"code": 400, "type": "t", "param": "p", "innererror": {"code": "Inner"}}
    assert read_complaint({"error": error}, 400) == Complaint(
        400, code="400 Inner", kind="t", parameter="p"
    )
