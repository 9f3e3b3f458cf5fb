"""How a request is phrased, and what is learnt from its rejection."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from newsqa.models import Message, OutputSchema
from newsqa.models.catalogue import ModelFacts
from newsqa.models.complaints import Complaint
from newsqa.models.dialect import Dialect, is_openai

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
