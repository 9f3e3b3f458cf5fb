"""What a failed request means."""

from __future__ import annotations

import pytest

from newsqa.errors import (
    ModelContextError,
    ModelError,
    ModelRefusedError,
    ModelRequestError,
    ModelUnavailableError,
)
from newsqa.models.complaints import Complaint
from newsqa.models.errors import Target

TARGET = Target("tiny", "http://models.test/v1", ("sk-secret",))


@pytest.mark.parametrize(
    ("complaint", "kind"),
    [
        (Complaint(400, "The input token count (9) exceeds the maximum"), ModelContextError),
        (Complaint(400, "Input prompt (9 tokens) is too long"), ModelContextError),
        (Complaint(400, "max_tokens must be at least 1, got -186."), ModelContextError),
        (Complaint(413, "Request too large for model"), ModelContextError),
        (Complaint(429, "Request too large for tiny on tokens per min"), ModelContextError),
        (Complaint(200, "", "context_length_exceeded"), ModelContextError),
        (Complaint(500, "lost the context window"), ModelUnavailableError),
        (Complaint(403, "Your chosen model requires moderation"), ModelRefusedError),
        (Complaint(400, "No.", "invalid_prompt"), ModelRefusedError),
        (Complaint(401, "moderation content_filter"), ModelRequestError),
        (Complaint(402, "Pay."), ModelRequestError),
        (Complaint(429, "You exceeded your current quota, please check"), ModelRequestError),
        (Complaint(429, "Rate limit reached"), ModelUnavailableError),
        (Complaint(413), ModelRequestError),
        (Complaint(307), ModelRequestError),
        (Complaint(200, "Odd."), ModelUnavailableError),
        (Complaint(500), ModelUnavailableError),
    ],
)
def test_a_complaint_is_classified(complaint: Complaint, kind: type[ModelError]) -> None:
    """And only what is unavailable is worth sending again."""
    failure = TARGET.failure(complaint)
    assert failure.kind is kind
    assert failure.transient is (kind is ModelUnavailableError)


@pytest.mark.parametrize(
    ("complaint", "should_retry", "transient"),
    [
        (Complaint(400), True, True),
        (Complaint(400), None, False),
        (Complaint(500), False, False),
        (Complaint(429, code="insufficient_quota"), True, False),
        (Complaint(400, code="context_length_exceeded"), True, False),
        (Complaint(400, code="content_filter"), True, False),
    ],
)
def test_the_servers_word_on_retrying_counts_where_a_retry_can_help(
    complaint: Complaint, should_retry: bool | None, transient: bool
) -> None:
    """Not for quota, context and filters."""
    assert TARGET.failure(complaint, should_retry=should_retry).transient is transient


def test_the_key_is_struck_out_of_what_a_server_says() -> None:
    """Some repeat it."""
    assert "sk-secret" not in str(TARGET.failure(Complaint(400, "Bad key sk-secret")))
    assert "sk-secret" not in repr(TARGET)


def test_a_long_message_is_cut_and_on_one_line() -> None:
    """It may repeat the prompt."""
    said = str(TARGET.failure(Complaint(400, "line\n" * 1000)))
    assert "\n" not in said
    assert len(said) < 500
    assert said.endswith("…")
