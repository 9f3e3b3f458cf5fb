"""How a request is phrased, and what is learnt from its rejection."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from newsqa.models import Message, OutputSchema
from newsqa.models.complaints import Complaint
from newsqa.models.dialect import Dialect, is_openai
from newsqa.models.known_models import ModelFacts

SCHEMA = OutputSchema("draft", {"type": "object"})


def dialect(parameters: Mapping[str, object] | None = None) -> Dialect:
    """Of a server that is not OpenAI's."""
    url = "http://models.test/v1"
    return Dialect("tiny", url=url, facts=ModelFacts(9, 5), parameters=parameters or {})


def body(server: Dialect) -> dict[str, Any]:
    """The next request to it."""
    return server.body([Message("user", "Hello")], SCHEMA)


@pytest.mark.parametrize(
    "message",
    [
        "This response_format type is unavailable now",
        "json_schema is not supported",
        "Invalid schema: oneOf",
        "strict mode is not available",
        "Failed to parse grammar",
        "Structured outputs are not enabled",
    ],
)
@pytest.mark.parametrize("status", [400, 422])
def test_a_complaint_about_the_format_is_a_step_down(message: str, status: int) -> None:
    """However it names it."""
    server = dialect()
    assert server.learn_from(Complaint(status, message), body(server))
    assert body(server)["response_format"] == {"type": "json_object"}


@pytest.mark.parametrize(
    "complaint",
    [
        Complaint(400, "restricted schematic"),
        Complaint(400, "messages must alternate"),
        Complaint(403, "no response_format here"),
        Complaint(503, "json_schema"),
        Complaint(500),
    ],
)
def test_other_complaints_change_nothing(complaint: Complaint) -> None:
    """Only statuses that servers reject a format with, and only whole words."""
    server = dialect()
    before = body(server)
    assert not server.learn_from(complaint, before)
    assert body(server) == before


def test_below_the_last_step_there_is_none() -> None:
    """The prompt alone has no format to complain about."""
    server = dialect()
    complaint = Complaint(400, "response_format")
    assert server.learn_from(complaint, body(server))
    assert server.learn_from(complaint, body(server))
    assert "response_format" not in body(server)
    assert not server.learn_from(complaint, body(server))


def test_a_late_complaint_does_not_step_twice() -> None:
    """It is about what was sent, not about what would be sent now."""
    server = dialect()
    sent = body(server)
    complaint = Complaint(400, "json_schema")
    assert server.learn_from(complaint, sent)
    assert server.learn_from(complaint, sent)
    assert body(server)["response_format"] == {"type": "json_object"}


def test_a_limit_that_is_known_by_neither_name_is_not_sent() -> None:
    """First the other name, then none."""
    server = dialect()
    for name in ("max_tokens", "max_completion_tokens"):
        assert body(server)[name] == 5
        assert server.learn_from(Complaint(422, f"body.{name}: extra_forbidden"), body(server))
    assert not {"max_tokens", "max_completion_tokens"} & set(body(server))


def test_several_unknown_parameters_are_dropped_at_once() -> None:
    """One rejection, one more call."""
    server = Dialect(
        "gpt-6-luna",
        url="https://api.openai.com/v1",
        facts=ModelFacts(9, openai_parameters={"reasoning_effort": "none"}),
        parameters={},
    )
    message = "body.store: extra_forbidden; body.reasoning_effort: extra_forbidden"
    assert server.learn_from(Complaint(422, message), body(server))
    assert not {"store", "reasoning_effort"} & set(body(server))


def test_the_named_parameter_counts_before_others_in_the_message() -> None:
    """The message may recommend another one."""
    server = dialect()
    complaint = Complaint(400, "Unsupported: use max_tokens instead", parameter="tools")
    assert not server.learn_from(complaint, body(server))


@pytest.mark.parametrize(
    ("url", "openai"),
    [
        ("https://api.openai.com/v1", True),
        ("https://API.OpenAI.com/v1", True),
        ("https://eu.api.openai.com/v1", True),
        ("https://us.openai.azure.com/openai/v1", True),
        ("https://notapi.openai.com.example/v1", False),
        ("https://evilapi.openai.com/v1", False),
        ("http://localhost/api.openai.com", False),
    ],
)
def test_openais_own_hosts_are_recognised(url: str, openai: bool) -> None:
    """By the whole host name."""
    assert is_openai(url) is openai


MESSAGES = [Message("system", "Answer in JSON."), Message("user", "Hello")]
CLOSED = OutputSchema(
    "draft",
    {
        "type": "object",
        "additionalProperties": False,
        "properties": {
            "a": {"type": "array", "items": {"type": "object", "additionalProperties": False}}
        },
    },
)


@pytest.mark.parametrize("status", [400, 404, 405, 422, 500, 501])
@pytest.mark.parametrize(
    "message",
    [
        "JSON mode is not enabled for this deployment",
        "Guided decoding is unavailable",
        "this model cannot do constrained output",
        "No endpoints found that support the parameters",
        "该模型不支持结构化输出",
        "暂不支持该输出格式",
        "Unable to compile outlines",
        "response schema: unsupported",
    ],
)
def test_a_format_is_recognized_in_other_words(message: str, status: int) -> None:
    """With any of the statuses that servers have for it."""
    server = dialect()
    assert server.learn_from(Complaint(status, message), body(server))
    assert body(server)["response_format"] == {"type": "json_object"}


@pytest.mark.parametrize(
    "message",
    [
        "Unknown name 'additionalProperties' in the schema",
        "additional_properties is not supported",
        "Unsupported keyword: 'strict'",
    ],
)
def test_a_keyword_is_left_out_before_the_schema_is(message: str) -> None:
    """At any depth; the next step down is any JSON object."""
    server = dialect()
    assert server.learn_from(Complaint(400, message), server.body(MESSAGES, CLOSED))
    described = server.body(MESSAGES, CLOSED)["response_format"]
    assert isinstance(described, dict)
    assert described["type"] == "json_schema"
    assert "additionalProperties" not in str(described)
    assert "strict" not in described["json_schema"]
    assert server.learn_from(Complaint(400, "json_schema"), server.body(MESSAGES, CLOSED))
    assert body(server)["response_format"] == {"type": "json_object"}


@pytest.mark.parametrize(
    "message", ["Bad Request", "", "400", "invalid_request_error: Bad request."]
)
def test_a_bare_rejection_is_answered_once_without_a_format(message: str) -> None:
    """If that is rejected as well, the format was not the reason, and is sent again."""
    server = dialect()
    first = body(server)
    assert server.learn_from(Complaint(400, message), first)
    assert "response_format" not in body(server)
    assert not server.learn_from(Complaint(400, message), body(server))
    assert body(server) == first
    assert not server.learn_from(Complaint(400, message), first)


@pytest.mark.parametrize(
    "message",
    [
        "The system role is not supported by this template",
        "This model does not support system messages",
        "Developer instruction is not enabled for this model",
        "Conversation roles must alternate user/assistant/user/assistant/...",
        "Only user and assistant roles are supported!",
        "unexpected role 'system'",
        "该模型不支持 system 角色",
    ],
)
def test_a_system_message_goes_into_the_users(message: str) -> None:
    """In front of it, with all its words."""
    server = dialect()
    assert server.learn_from(Complaint(400, message), server.body(MESSAGES, SCHEMA))
    sent = server.body([*MESSAGES, Message("assistant", "{}"), Message("user", "Again")], SCHEMA)
    assert sent["messages"] == [
        {"role": "user", "content": "Answer in JSON.\n\nHello"},
        {"role": "assistant", "content": "{}"},
        {"role": "user", "content": "Again"},
    ]
    assert not server.learn_from(Complaint(400, message), sent)


@pytest.mark.parametrize(
    "message", ["System error: queue full", "The operating system is out of memory"]
)
def test_a_system_that_fails_is_not_a_role(message: str) -> None:
    """Only roles and messages are folded."""
    server = dialect()
    before = server.body(MESSAGES, SCHEMA)
    assert not server.learn_from(Complaint(500, message), before)
    assert server.body(MESSAGES, SCHEMA) == before


def spacious() -> Dialect:
    """A dialect whose output limit is 4,096 tokens."""
    return Dialect(
        "tiny", url="http://models.test/v1", facts=ModelFacts(8_000, 4_096), parameters={}
    )


def test_an_output_limit_as_large_as_the_context_shrinks() -> None:
    """To a quarter of it, and what is left is the prompt's."""
    server = spacious()
    complaint = Complaint(400, "max_tokens is too large: the maximum context length is 4096 tokens")
    assert server.learn_from(complaint, body(server))
    assert body(server)["max_tokens"] == 1_024
    assert not server.learn_from(complaint, body(server))
    assert server.prompt_limit(complaint) == 3_072


def test_no_request_is_repeated_whose_prompt_alone_is_too_long() -> None:
    """The server names its size."""
    server = spacious()
    words = "maximum context length is 4096 tokens, and your request has 3900 input tokens"
    assert not server.learn_from(Complaint(400, words), body(server))
    assert body(server)["max_tokens"] == 1_024


def test_an_output_limit_above_the_servers_becomes_the_servers() -> None:
    """It is named in the message."""
    server = spacious()
    complaint = Complaint(400, "max_tokens must be less than or equal to 2000")
    assert server.learn_from(complaint, body(server))
    assert body(server)["max_tokens"] == 2_000
    assert server.prompt_limit(complaint) is None


def test_a_limit_of_the_prompt_leaves_the_output_alone() -> None:
    """It is one of the input."""
    server = spacious()
    complaint = Complaint(400, "Range of input length should be [1, 3000]")
    assert not server.learn_from(complaint, body(server))
    assert (body(server)["max_tokens"], server.prompt_limit(complaint)) == (4_096, 3_000)


def at_openai(**parameters: object) -> Dialect:
    """A dialect of a model that caches what is marked."""
    facts = ModelFacts(9, 5, is_cached_by_mark=True)
    return Dialect("tiny", url="https://api.openai.com/v1", facts=facts, parameters=parameters)


ASKED = (Message("system", "Rules.", 6), Message("user", "Article. Why?", 9))


def test_what_prompts_share_is_a_part_that_ends_at_a_mark() -> None:
    """And the rest is another part."""
    mark = {"mode": "explicit"}
    assert at_openai().body(ASKED, SCHEMA)["messages"] == [
        {
            "role": "system",
            "content": [{"type": "text", "text": "Rules.", "prompt_cache_breakpoint": mark}],
        },
        {
            "role": "user",
            "content": [
                {"type": "text", "text": "Article. ", "prompt_cache_breakpoint": mark},
                {"type": "text", "text": "Why?"},
            ],
        },
    ]


def test_a_prompt_that_shares_nothing_is_not_cached() -> None:
    """Writing it to the cache would cost a quarter more."""
    sent = body(at_openai())
    assert sent["messages"] == [{"role": "user", "content": "Hello"}]
    assert sent["prompt_cache_options"] == {"mode": "explicit"}
    assert "prompt_cache_key" not in sent


def test_a_server_that_rejects_the_marks_gets_strings() -> None:
    """Every request after that, and a late complaint leads to the same."""
    server = at_openai()
    sent = server.body(ASKED, SCHEMA)
    complaint = Complaint(
        400, "Unknown parameter: 'messages[0].content[0].prompt_cache_breakpoint'."
    )
    assert server.learn_from(complaint, sent)
    assert server.learn_from(complaint, sent)
    again: dict[str, Any] = server.body(ASKED, SCHEMA)
    assert [message["content"] for message in again["messages"]] == ["Rules.", "Article. Why?"]
    assert not [name for name in again if "cache" in name]
    assert not server.learn_from(complaint, again)


def test_the_caller_s_cache_parameters_override() -> None:
    """A key of theirs may group requests in another way."""
    sent = at_openai(prompt_cache_key="desk").body(ASKED, SCHEMA)
    assert sent["prompt_cache_key"] == "desk"


def test_rules_in_the_user_s_message_are_shared_as_well() -> None:
    """Where a model has no role for a system."""
    server = at_openai()
    complaint = Complaint(400, "system role is not supported")
    assert server.learn_from(complaint, server.body(ASKED, SCHEMA))
    sent: dict[str, Any] = server.body(ASKED, SCHEMA)
    [message] = sent["messages"]
    assert [part["text"] for part in message["content"]] == ["Rules.\n\nArticle. ", "Why?"]
