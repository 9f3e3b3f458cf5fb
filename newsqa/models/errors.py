"""The meaning of a failed request: whether to retry it, and which error to raise."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from newsqa.errors import (
    ModelContextError,
    ModelError,
    ModelRefusedError,
    ModelRequestError,
    ModelUnavailableError,
)
from newsqa.models.complaints import Complaint
from newsqa.models.overflow import is_overflow
from newsqa.usage import Usage

_TRANSIENT = frozenset({408, 409, 429})
_UNAUTHORIZED = 401
_FORBIDDEN = 403
_NOT_FOUND = 404
_NO_SUCH_METHOD = 405
_NO_CREDIT = 402
_OK = 200
_SERVER_ERROR = 500

_FILTERED = re.compile(
    r"content_filter|content_policy_violation|ResponsibleAIPolicy|invalid_prompt"
    r"|requires moderation"  # OpenRouter
    r"|data_?inspection_?failed|inappropriate content|content exists risk|high risk"
    r"|prohibited_content|guardrail_?intervened|content management policy|blocked by .{0,20}safety"
    r"|safety (?:filter|system|policy)|flagged (?:as|by|for)|new_sensitive|(?:in|out)put sensitive"
    r"|敏感|违规|不安全"
)
_NO_QUOTA = re.compile(
    r"insufficient_quota|billing_hard_limit|exceeded your current quota|Arrearage|欠费|余额不足"
    r"|insufficient.{1,12}(?:balance|credit|fund)|balance.{1,24}insufficient",
    re.IGNORECASE,
)
_MESSAGE_LENGTH = 300
_MIN_SECRET_LENGTH = 8
"""A shorter key is a placeholder such as "x" or "ollama", and its letters occur in other words."""
_SURE_SECRET_LENGTH = 16
"""A key of this length is struck out inside other words, too."""


@dataclass(eq=False)
class AttemptError(Exception):
    """A request that gave no completion; retried while ``transient``, else raised as ``kind``."""

    sentence: str
    kind: type[ModelError] = ModelUnavailableError
    transient: bool = True
    retry_after: float | None = None
    """Seconds that the server asks to wait."""
    request_id: str | None = None
    complaint: Complaint | None = None
    partial: str = ""
    spent: Usage = field(default_factory=Usage)
    """Tokens that the server reported although the request failed."""

    def __str__(self) -> str:
        return self.sentence


@dataclass(frozen=True, slots=True)
class Target:
    """The model and URL of a request, and the secrets that no message may show."""

    model: str
    url: str
    secrets: tuple[str, ...] = field(default=(), repr=False)
    """The key and the values of the caller's headers, which some servers repeat."""

    def failure(
        self,
        complaint: Complaint,
        *,
        should_retry: bool | None = None,
        retry_after: float | None = None,
        request_id: str | None = None,
    ) -> AttemptError:
        """Return the error that ``complaint`` amounts to.

        Args:
            complaint: What the server says.
            should_retry: The server's own opinion on a retry, if it has one.
            retry_after: Seconds that the server asks to wait.
            request_id: The server's name for the request.
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
        status, quoted = complaint.status, self._quoted(complaint.message)
        if _has_no_quota(complaint):
            return ModelRequestError, (
                f"The account has no quota left at {self.url}: add credit or raise its "
                f"limit.{quoted}"
            )
        if status != _UNAUTHORIZED and _FILTERED.search(complaint.words):
            return ModelRefusedError, f"A content filter at {self.url} stopped the prompt.{quoted}"
        if is_overflow(complaint):
            return ModelContextError, (
                f"The prompt and the output do not fit the context of {self.model!r} at {self.url}: "
                f"set max_input_tokens lower.{quoted}"
            )
        if status in _TRANSIENT or status >= _SERVER_ERROR or status == _OK:
            return ModelUnavailableError, f"{self.url} could not answer ({status}).{quoted}"
        return ModelRequestError, self._permanent(status, quoted)

    def _permanent(self, status: int, quoted: str) -> str:
        if status == _UNAUTHORIZED:  # and the server's message may hold a part of the key
            return f"The key was refused (401) by {self.url}: check OPENAI_API_KEY."
        if status == _FORBIDDEN:
            return (
                f"The key was refused (403) by {self.url}: check OPENAI_API_KEY, and that it may "
                f"use {self.model!r}.{quoted}"
            )
        if status == _NOT_FOUND:
            return (
                f"There is no model {self.model!r} at {self.url} (404): check the model's name and "
                f"base_url.{self.path_hint}{quoted}"
            )
        hint = self.path_hint if status == _NO_SUCH_METHOD else ""
        return (
            f"{self.url} does not accept the request for {self.model!r} ({status}).{hint}{quoted}"
        )

    @property
    def path_hint(self) -> str:
        """A sentence for a base URL without a path, which most servers do not answer at."""
        if urlsplit(self.url).path.strip("/"):
            return ""
        return f" Most servers answer at a path: try {self.url.rstrip('/')}/v1."

    def _quoted(self, message: str) -> str:
        line = " ".join(self.without_secrets(message).split())
        shown = line if len(line) <= _MESSAGE_LENGTH else f"{line[:_MESSAGE_LENGTH]}…"
        return f" It says: {shown}" if shown else ""

    def without_secrets(self, text: str) -> str:
        """Return ``text`` with the secrets struck out, where they are words of it.

        >>> Target("tiny", "http://127.0.0.1/v1", ("e", "sk-123456")).without_secrets("key sk-123456")
        'key ***'
        """
        for secret in self.secrets:
            if len(secret) >= _SURE_SECRET_LENGTH:
                text = text.replace(secret, "***")
            elif len(secret) >= _MIN_SECRET_LENGTH:
                text = re.sub(rf"(?<!\w){re.escape(secret)}(?!\w)", "***", text)
        return text


def _has_no_quota(complaint: Complaint) -> bool:
    return complaint.status == _NO_CREDIT or bool(_NO_QUOTA.search(complaint.words))
