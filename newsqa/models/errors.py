"""The meaning of a failed request: whether to retry it, which error to raise, which limit it names."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import urlsplit

from newsqa.errors import (
    ModelContextError,
    ModelError,
    ModelRefusedError,
    ModelRequestError,
    ModelUnavailableError,
)
from newsqa.models.complaints import Complaint
from newsqa.usage import Usage

_TRANSIENT = frozenset({408, 409, 429})
_TOO_MANY = 429
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
    """A request that gave no completion; retried if ``is_retryable``, else raised as ``kind``."""

    sentence: str
    kind: type[ModelError] = ModelUnavailableError
    transient: bool = True
    """Whether the same request may succeed later."""
    retry_after: float | None = None
    """Seconds that the server asks to wait."""
    request_id: str | None = None
    complaint: Complaint | None = None
    partial: str = ""
    spent: Usage = field(default_factory=Usage)
    """Tokens that the server reported although the request failed."""
    broke_off: bool = False
    """Whether a part of the completion was passed on before: the request is not sent again."""

    def __str__(self) -> str:
        return self.sentence

    @property
    def is_retryable(self) -> bool:
        """Whether the request may be sent again for the same completion."""
        return self.transient and not self.broke_off

    @property
    def is_too_fast(self) -> bool:
        """Whether the server refused it as one request too many in a time."""
        return self.transient and bool(self.complaint and self.complaint.status == _TOO_MANY)


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


_MAY_BE_TOO_LONG = frozenset({200, 400, 413, 422})
_PAYLOAD_TOO_LARGE = 413

_TEXT = (
    r"\b(?:prompt|inputs?|messages?|conversation|sequence|text|content|request(?:ed)? tokens?)\b"
)
_SURE = re.compile(
    r"context_length_exceeded|exceed_context_size|context[ _-]?(?:length|window|size|limit)"
    r"|maximum context|max_(?:model|seq)_len|maximum (?:model|prompt|input|sequence) length|n_ctx"
    r"|(?:prompt|input|request) (?:is |was |\(.{1,30}\) is )?too (?:long|large)"
    r"|reduce the length of the (?:messages|prompt|input)|input token count .{1,40} exceeds"
    r"|inputs`? tokens \+"  # text-generation-inference
    r"|max_tokens must be at least 1, got -",  # vLLM, once the prompt has left no room
    re.IGNORECASE,
)
"""Words that name a context; OpenAI says it by ``code``, llama.cpp by ``type``, others in words."""

_TOO_LARGE = re.compile(r"(?:entity|payload|body|content) (?:is )?too large", re.IGNORECASE)
"""What proxies say with 413, whose limit counts bytes; a smaller prompt fits it, too."""

_EXCLUSIVE = re.compile(r"(?:less|fewer|smaller|below) (?:than )?`?\d", re.IGNORECASE)

_EXCEEDS = re.compile(r"exceed|too (?:long|large|many)|(?:longer|larger|greater|more) than", re.I)

_LIKELY = re.compile(
    rf"{_TEXT}.{{0,60}}\b(?:too (?:long|large)|(?:longer|larger|greater|more) than|exceed\w*)"
    r"|\b(?:too many|number of|requested) (?:input |prompt |total )?tokens?\b"
    r"|\btokens?\b.{0,40}(?:exceed|too (?:long|large|many)|must be (?:<|≤|less|at most)|over the)"
    r"|exceed\w*.{0,60}\b(?:token|context|input|prompt)s?\b|token limit"
    r"|tokens? in (?:the )?request|only supports? \d+ tokens"
    r"|(?:input|prompt) length|must have less than \d+ tokens|current length is \d+"
    r"|超长|过长|太长|上下文|(?:长度|token).{0,12}超|超(?:过|出).{0,16}(?:长度|上限|限制|token)",
    re.IGNORECASE,
)
"""Words that mean a prompt that is too long, except in a message about requests per minute."""

_NUMBER = r"(?P<tokens>\d[\d,_]{1,9})"
_INPUT_SIZE = (
    rf"input length should be \[\d+, ?{_NUMBER}\]",
    rf"input token count.{{0,40}}exceeds[^\d]{{0,60}}{_NUMBER}",
    rf"max(?:imum)? (?:allowed |number of )?(?:input|prompt)s?(?: tokens?)?(?: length)?[^\d\n]{{0,30}}{_NUMBER}",
    rf"\d+ tokens > {_NUMBER} maximum",
    rf"(?:inputs?|prompt)[^\n]{{0,30}}must (?:have|be) (?:less|fewer|shorter) than {_NUMBER}",
    rf"输入[^\n]{{0,24}}(?:超过|超出|不能超过|上限|最大)[^\d\n]{{0,16}}{_NUMBER}",
)
_CONTEXT_SIZE = (
    rf"{_NUMBER} (?:tokens? )?max(?:imum)? context",
    rf"(?:context|n_ctx|max_model_len|max_seq_len|model length)[^.\d\n]{{0,50}}?{_NUMBER}",
    rf"only supports? (?:up to )?{_NUMBER} tokens",
    rf"(?:prompt|sequence) length (?:is|of) {_NUMBER} but",
    rf"(?:token|tokens|total tokens?|while) limit(?: is|:)?[^\d\n]{{0,24}}{_NUMBER}",
    rf"\blimit (?:is |of |: ?)?{_NUMBER}",
    rf"(?:tokens?`?|length)[^\n]{{0,60}}?(?:<=|≤|less than(?: or equal to)?|at most|not exceed|exceeds?|greater than|longer than|larger than|maximum of|上限|超过)[^\d\n]{{0,40}}{_NUMBER}",
)
_OUTPUT_SIZE = (
    rf"(?:at most|up to|maximum of|no more than) {_NUMBER} (?:completion|output|new|generated)",
    rf"(?:max_(?:completion_|output_|new_)?tokens|maxOutputTokens)\b[^\n]{{0,80}}?(?:<=|≤|less than(?: or equal to)?|at most|not exceed|no more than|maximum(?: allowed)?(?: value)?(?: is| of)?|supports? (?:at most|up to)|between \d+ and|\[\d+,|不(?:能)?超过|小于等于|最大值?为?|上限为?)\s*:?\s*{_NUMBER}",
    rf"max_tokens: \d+ > {_NUMBER}",
    rf"max(?:imum)? (?:allowed )?(?:number of )?(?:output|completion|new) tokens[^\d\n]{{0,30}}{_NUMBER}",
)
_PROMPT_SIZE = (
    rf"(?:has|contains|got|with|prompt of) {_NUMBER} (?:input |prompt )?tokens",
    rf"{_NUMBER} (?:tokens )?in (?:the |your )?(?:messages|prompt)",
)

MIN_CONTEXT_TOKENS = 256
"""Smaller numbers in a message are something else: a position, a status, a count of messages."""


@dataclass(frozen=True, slots=True)
class ServerLimit:
    """A limit in tokens that a server's error names."""

    kind: Literal["context", "input", "output"]
    """What it limits: prompt and output together, the prompt alone, or the output alone."""
    tokens: int
    prompt_tokens: int = 0
    """The tokens of the prompt that was sent, if the server names them."""


def is_overflow(complaint: Complaint) -> bool:
    """Return whether ``complaint`` says that a prompt is too long.

    >>> is_overflow(Complaint(400, "This model's maximum prompt length is 8192"))
    True
    """
    if complaint.status == _TOO_MANY:
        # A prompt above the tokens that a minute allows fits at no time.
        return bool(_SURE.search(complaint.words))
    if complaint.status >= _SERVER_ERROR:  # of llama-cpp-python and LM Studio
        return bool(_SURE.search(complaint.words) and _EXCEEDS.search(complaint.words))
    if complaint.status not in _MAY_BE_TOO_LONG:
        return False
    words = complaint.words
    if complaint.status == _PAYLOAD_TOO_LARGE and _TOO_LARGE.search(words):
        return True
    return bool(_SURE.search(words)) or (
        bool(_LIKELY.search(words)) and _first(_OUTPUT_SIZE, words) == 0
    )


def find_limit(complaint: Complaint) -> ServerLimit | None:
    """Return the limit that ``complaint`` names, or ``None`` if it names none.

    >>> find_limit(Complaint(400, "Range of input length should be [1, 6000]"))
    ServerLimit(kind='input', tokens=6000, prompt_tokens=0)
    """
    words = complaint.message
    prompt = _first(_PROMPT_SIZE, words)
    if complaint.context_tokens:
        return ServerLimit("context", complaint.context_tokens, prompt)
    if is_overflow(complaint):
        if tokens := _first(_INPUT_SIZE, words):
            return ServerLimit("input", tokens, prompt)
        if tokens := _first(_CONTEXT_SIZE, words):
            return ServerLimit("context", tokens, prompt)
    if tokens := _first(_OUTPUT_SIZE, words):
        return ServerLimit("output", tokens - bool(_EXCLUSIVE.search(words)), prompt)
    return None


def _first(patterns: tuple[str, ...], words: str) -> int:
    """Return the first number that one of the patterns finds, or 0."""
    for pattern in patterns:
        for match in re.finditer(pattern, words, re.IGNORECASE):
            tokens = int(re.sub(r"\D", "", match["tokens"]))
            if tokens >= MIN_CONTEXT_TOKENS:
                return tokens
    return 0
