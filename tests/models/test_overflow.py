"""What servers say about a prompt or an output that is too long."""

from __future__ import annotations

import pytest

from newsqa.models.complaints import Complaint
from newsqa.models.errors import ServerLimit, find_limit, is_overflow


@pytest.mark.parametrize(
    ("message", "kind", "tokens"),
    [
        (("This model's maximum context length is 8192 tokens. However, you requested 9216 tokens "
         "(5120 in the messages, 4096 in the completion)."), "context", 8_192),
        ("The input (7000 tokens) is longer than the model's context length (6144 tokens).",
         "context", 6_144),
        ("Requested tokens (3007) exceed context window of 2048", "context", 2_048),
        (("Prompt contains 40321 tokens and 0 draft tokens, too large for model with 32768 maximum "
         "context length"), "context", 32_768),
        (("`inputs` tokens + `max_new_tokens` must be <= 3072. Given: 2500 `inputs` tokens and 1000 "
         "`max_new_tokens`"), "context", 3_072),
        (("Please reduce the length of the messages or completion. Current length is 9120 while limit "
         "is 8000"), "context", 8_000),
        ("Your request exceeded model token limit: 16384", "context", 16_384),
        ("The decoder prompt (length 5312) is longer than the maximum model length of 5000.",
         "context", 5_000),
        ("the number of input tokens 5230 cannot exceed the total tokens limit 4096 for this model",
         "context", 4_096),
        ("Prompt length 5000 is greater than max_seq_len 4096", "context", 4_096),
        (("Trying to keep the first 6000 tokens when context overflows. However, the model is loaded "
         "with context length of only 4096 tokens."), "context", 4_096),
        ("Range of input length should be [1, 6144]", "input", 6_144),
        ("The input token count (1,200,000) exceeds the maximum number of tokens allowed (1,048,576).",
         "input", 1_048_576),
        ("prompt is too long: 210000 tokens > 200000 maximum", "input", 200_000),
        ("This model's maximum prompt length is 131072 but the request contains 140000 tokens.",
         "input", 131_072),
        ("输入长度超过限制, 最大 6000", "input", 6_000),
        ("max_tokens is too large: 9000. This model supports at most 2048 completion tokens.",
         "output", 2_048),
        ("Invalid max_tokens value, the valid range of max_tokens is [1, 8192]", "output", 8_192),
        ("Range of max_tokens should be [1, 1500]", "output", 1_500),
        ("max_tokens: 9000 > 4000, which is the maximum allowed number of output tokens", "output", 4_000),
    ],
)  # fmt: skip
def test_the_limit_is_read_from_the_message(message: str, kind: str, tokens: int) -> None:
    """Its size, and whether it is one of the prompt, of the output, or of both."""
    told = find_limit(Complaint(400, message))
    assert told is not None
    assert (told.kind, told.tokens) == (kind, tokens)


def test_the_limit_in_a_field_counts_first() -> None:
    """As llama.cpp sends it."""
    complaint = Complaint(400, "exceeds the available context size (99999)", context_tokens=4_096)
    assert find_limit(complaint) == ServerLimit("context", 4_096)


@pytest.mark.parametrize(
    "message",
    [
        "Input is too long for requested model.",
        "There are more tokens in the request than the model takes",
        "the input length exceeds the context length",
        "Conversation too long for this model",
        "Too many input tokens",
        "Prompt 超长",
        "输入内容过长",
        "The sequence is longer than the model supports",
    ],
)
def test_a_prompt_that_is_too_long_is_recognized_without_a_size(message: str) -> None:
    """In any of the wordings that servers have for it."""
    assert is_overflow(Complaint(400, message))
    assert find_limit(Complaint(400, message)) is None


@pytest.mark.parametrize(
    "complaint",
    [
        Complaint(400, "messages must alternate"),
        Complaint(400, "max_tokens is too large: 4096"),
        Complaint(400, "Invalid API key"),
        Complaint(429, "Request rate exceeded: too many tokens per minute"),
        Complaint(401, "token limit"),
        Complaint(500, "lost the context window"),
        Complaint(503, "no free context slots"),
    ],
)
def test_other_complaints_are_not_about_the_length(complaint: Complaint) -> None:
    """A rate limit passes, and a key has no context."""
    assert not is_overflow(complaint)


@pytest.mark.parametrize("message", ["Payload Too Large", "Request Entity Too Large"])
def test_a_request_that_a_proxy_finds_too_large_is_about_the_length(message: str) -> None:
    """Its limit counts bytes, and a shorter prompt has fewer."""
    assert is_overflow(Complaint(413, message))


def test_a_limit_that_is_not_reached_is_one_less() -> None:
    """Less than 2,000 is at most 1,999."""
    told = find_limit(Complaint(400, "max_tokens must be less than 2000"))
    assert told == ServerLimit("output", 1_999)


def test_a_server_error_that_names_the_context_as_exceeded_is_about_the_length() -> None:
    """Some servers fail with 500 there."""
    assert is_overflow(Complaint(500, "Requested tokens exceed context window"))
