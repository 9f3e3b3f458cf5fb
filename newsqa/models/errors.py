"""Tells what a failed request means: whether to retry it, and which error to raise."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from newsqa.errors import (
    ModelContextError,
    ModelError,
    ModelRefusedError,
    ModelRequestError,
    ModelUnavailableError,
)
from newsqa.usage import Usage

_MAY_BE_TOO_LONG = frozenset({200, 400, 413, 422, 429})
"""429 too: a prompt with more tokens than a minute allows never fits."""
_TRANSIENT = frozenset({408, 409, 429})
_NO_KEY = 401
_FORBIDDEN = 403
_NOT_FOUND = 404
_NO_CREDIT = 402
_OK = 200
_SERVER_ERROR = 500

_OVERFLOW = re.compile(
    r"context_length_exceeded|exceed_context_size|context (?:length|window|size)|maximum context"
    r"|(?:prompt|input|request) (?:is |\(.{1,30}\) is )?too (?:long|large)"
    r"|reduce the length of the (?:messages|prompt|input)|input token count .{1,40} exceeds"
    r"|max_tokens must be at least 1, got -",  # vLLM, once the prompt has left no room
    re.IGNORECASE,
)
"""OpenAI says so in ``code``, llama.cpp in ``type``, vLLM and others only in words."""

_FILTERED = re.compile(
    r"content_filter|content_policy_violation|ResponsibleAIPolicy|invalid_prompt"
    r"|requires moderation"  # OpenRouter
)
_NO_QUOTA = re.compile(
    r"insufficient_quota|billing_hard_limit|exceeded your current quota|insufficient.{1,3}(?:balance|credit)",
    re.IGNORECASE,
)
_MESSAGE_LENGTH = 300


@dataclass(frozen=True, slots=True)
class Complaint:
    """An error that a server reported, whatever shape it came in."""

    status: int
    """The HTTP status, or the one that a 200 names inside."""
    message: str = ""
    code: str = ""
    kind: str = ""
    """The error's ``type``."""
    parameter: str = ""
    """The parameter it is about, if the server names one."""

    @property
    def words(self) -> str:
        """All its words, to be searched."""
        return "\n".join((self.code, self.kind, self.parameter, self.message))


@dataclass(eq=False)
class AttemptError(Exception):
    """A request without a completion. It is retried if ``transient``, or else raised as ``kind``."""

    sentence: str
    kind: type[ModelError] = ModelUnavailableError
    transient: bool = True
    retry_after: float | None = None
    """Seconds that the server asks to wait."""
    request_id: str | None = None
    complaint: Complaint | None = None
    partial: str = ""
    spent: Usage = field(default_factory=Usage)
    """The usage that the server reported nevertheless."""

    def __str__(self) -> str:
        return self.sentence


@dataclass(frozen=True, slots=True)
class Target:
    """Model and URL of a request, without the key."""

    model: str
    url: str
    secret: str = field(default="", repr=False)
    """The key, which some servers repeat in their messages."""

    def failure(
        self,
        complaint: Complaint,
        *,
        should_retry: bool | None = None,
        retry_after: float | None = None,
        request_id: str | None = None,
    ) -> AttemptError:
        """Return the error for a complaint.

        Args:
            complaint: What the server reported.
            should_retry: What the server itself says about retrying, if it does.
            retry_after: Seconds that the server asks to wait.
            request_id: The server's id for the request.
        """
        kind, sentence = self._meaning(complaint)
        transient = kind is ModelUnavailableError
        if should_retry is not None and kind in (ModelUnavailableError, ModelRequestError):
            transient = should_retry and not _has_no_quota(complaint)
        return AttemptError(
            sentence,
            kind=kind,
            transient=transient,
            retry_after=retry_after,
            request_id=request_id,
            complaint=complaint,
        )

    def _meaning(self, complaint: Complaint) -> tuple[type[ModelError], str]:
        status, said = complaint.status, self._quoted(complaint.message)
        if status in _MAY_BE_TOO_LONG and _OVERFLOW.search(complaint.words):
            return ModelContextError, (
                f"The prompt and the output do not fit the context of {self.model!r} at {self.url}: "
                f"set max_input_tokens lower.{said}"
            )
        if status < _SERVER_ERROR and status != _NO_KEY and _FILTERED.search(complaint.words):
            return ModelRefusedError, f"A content filter at {self.url} stopped the prompt.{said}"
        if _has_no_quota(complaint):
            return ModelRequestError, (
                f"The account behind the key has no quota left at {self.url}: add credit or raise "
                f"its limit.{said}"
            )
        if status in _TRANSIENT or status >= _SERVER_ERROR or status == _OK:
            return ModelUnavailableError, f"{self.url} could not answer ({status}).{said}"
        return ModelRequestError, self._refusal(status, said)

    def _refusal(self, status: int, said: str) -> str:
        if status == _NO_KEY:  # and what the server says may hold a part of the key
            return f"The key was refused (401) by {self.url}: check OPENAI_API_KEY."
        if status == _FORBIDDEN:
            return (
                f"The key was refused (403) by {self.url}: check OPENAI_API_KEY, and that it may "
                f"use {self.model!r}.{said}"
            )
        if status == _NOT_FOUND:
            return (
                f"There is no model {self.model!r} at {self.url} (404): check the model's name and "
                f"base_url.{said}"
            )
        return f"{self.url} does not accept the request for {self.model!r} ({status}).{said}"

    def _quoted(self, message: str) -> str:
        line = " ".join(self.without_secret(message).split())
        shown = line if len(line) <= _MESSAGE_LENGTH else f"{line[:_MESSAGE_LENGTH]}…"
        return f" It says: {shown}" if shown else ""

    def without_secret(self, text: str) -> str:
        """Return ``text`` with the key replaced by asterisks."""
        return text.replace(self.secret, "***") if self.secret else text


def _has_no_quota(complaint: Complaint) -> bool:
    return complaint.status == _NO_CREDIT or bool(_NO_QUOTA.search(complaint.words))
