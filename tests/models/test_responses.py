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
            Usage(input_tokens=9, output_tokens=22, reasoning_tokens=20),
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


DRAFT = '{"short": "nine"}'
CALL = {"name": "draft", "arguments": DRAFT}


@pytest.mark.parametrize(
    "payload",
    [
        pytest.param({"choices": [{"message": {"content": [DRAFT]}}]}, id="list of strings"),
        pytest.param({"choices": [{"message": {"content": ['{"short"', ': "nine"}']}}]}, id="two strings"),
        pytest.param({"choices": [{"message": {"content": {"type": "text", "text": DRAFT}}}]}, id="a part"),
        pytest.param({"choices": [{"message": {"content": {"parts": [{"text": DRAFT}]}}}]}, id="parts inside"),
        pytest.param({"choices": [{"message": {"content": {"short": "nine"}}}]}, id="an object"),
        pytest.param({"choices": [{"message": {"content": [{"short": "nine"}]}}]}, id="an object in a list"),
        pytest.param({"choices": [{"message": {"content": None, "tool_calls": [{"function": CALL}]}}]}, id="call"),
        pytest.param({"choices": [{"message": {"content": "I call.", "tool_calls": [{"function": CALL}]}}]},
                     id="a call after prose"),
        pytest.param({"choices": [{"message": {"tool_calls": [{"function": {"arguments": {"short": "nine"}}}]}}]},
                     id="arguments as an object"),
        pytest.param({"choices": [{"message": {"content": "", "function_call": CALL}}]}, id="function call"),
        pytest.param({"choices": [{"text": DRAFT, "finish_reason": "stop"}]}, id="text"),
        pytest.param({"choices": [{"message": None, "text": DRAFT}]}, id="text beside no message"),
        pytest.param({"choices": [{"delta": {"content": DRAFT}}]}, id="delta"),
        pytest.param({"choices": [{"message": DRAFT}]}, id="a message that is text"),
        pytest.param({"choices": {"message": {"content": DRAFT}}}, id="one choice without a list"),
        pytest.param({"choices": [{}, {"message": {"content": DRAFT}}]}, id="after an empty choice"),
        pytest.param({"choices": [{"message": {"content": ""}}, {"message": {"content": DRAFT}}]},
                     id="after a choice without text"),
        pytest.param({"code": 0, "data": {"choices": [{"message": {"content": DRAFT}}]}}, id="data"),
        pytest.param({"result": {"choices": [{"message": {"content": DRAFT}}]}, "success": True}, id="result"),
        pytest.param({"candidates": [{"content": {"parts": [{"text": DRAFT}]}, "finishReason": "STOP"}]},
                     id="candidates"),
        pytest.param({"message": {"role": "assistant", "content": DRAFT}, "done": True}, id="Ollama's own"),
    ],
)  # fmt: skip
def test_the_reply_is_read_wherever_it_is(payload: dict[str, Any]) -> None:
    """It is the same reply, to the character."""
    found = read_reply(payload)
    assert found is not None
    assert found.text == DRAFT


def test_usage_is_read_beside_what_a_gateway_wrapped() -> None:
    """Inside or outside of it."""
    choices = [{"message": {"content": "x"}}]
    for payload in (
        {"data": {"choices": choices, "usage": {"prompt_tokens": 9}}},
        {"data": {"choices": choices}, "usage": {"prompt_tokens": 9}},
    ):
        found = read_reply(payload)
        assert found is not None
        assert found.usage.input_tokens == 9


def test_tokens_from_the_cache_are_part_of_the_input() -> None:
    """Anthropic counts them apart."""
    usage = {"input_tokens": 5, "cache_read_input_tokens": 90, "cache_creation_input_tokens": 5}
    assert reply(usage, content="x").usage == Usage(
        input_tokens=100, cached_tokens=90, cache_write_tokens=5
    )


TRUNCATED = "length LENGTH max_tokens MAX_TOKENS maxTokens model_length FinishReason.MAX_TOKENS max-tokens".split()
FILTERED = (
    "content_filter contentFilter CONTENT_FILTERED SAFETY FINISH_REASON_SAFETY recitation PROHIBITED_CONTENT "
    "BLOCKLIST SPII sensitive guardrail_intervened refusal"
).split()


@pytest.mark.parametrize("message", [{"content": ""}, {"content": None}, None])
@pytest.mark.parametrize("finish", [*TRUNCATED, *FILTERED, "content_filter: RECITATION"])
def test_an_end_is_recognized_by_any_of_its_names(finish: str, message: object) -> None:
    """In any case, with a prefix or an explanation, and also without a message."""
    found = read_reply({"choices": [{"index": 0, "message": message, "finish_reason": finish}]})
    assert found is not None
    assert (found.is_truncated, found.is_filtered) == (finish in TRUNCATED, finish not in TRUNCATED)


@pytest.mark.parametrize("finish", ["stop", "STOP", "end_turn", "tool_calls", "eos", ""])
def test_other_ends_are_neither(finish: str) -> None:
    """The output is whole."""
    found = read_reply({"choices": [{"message": {"content": "x"}, "finish_reason": finish}]})
    assert found is not None
    assert not (found.is_truncated)
    assert not (found.is_filtered)


@pytest.mark.parametrize("key", ["finishReason", "native_finish_reason", "stop_reason"])
def test_an_end_is_read_under_other_keys(key: str) -> None:
    """Of gateways that pass a vendor's own on."""
    found = read_reply({"choices": [{"message": {"content": ""}, key: "refusal"}]})
    assert found is not None
    assert found.is_filtered


def test_a_blocked_prompt_without_a_choice_is_filtered() -> None:
    """As Gemini sends it."""
    found = read_reply({"choices": [], "promptFeedback": {"blockReason": "PROHIBITED_CONTENT"}})
    assert found is not None
    assert found.is_filtered


def test_a_refusal_among_the_parts_is_one() -> None:
    """It is not the text of a reply."""
    found = reply(content=[{"type": "refusal", "refusal": "I would rather not."}])
    assert (found.text, found.refusal) == ("", "I would rather not.")
