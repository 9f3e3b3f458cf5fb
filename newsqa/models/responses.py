"""Reads the JSON that servers send, in the many shapes that it comes in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from newsqa.models.errors import Complaint
from newsqa.usage import Usage

_STATUS_OF_CODE = {
    "authentication_error": 401,
    "invalid_api_key": 401,
    "invalid_request_error": 400,
    "model_not_found": 404,
    "permission_denied": 403,
    "rate_limit_exceeded": 429,
}
"""For errors inside a 200 that name no status."""

_FAILED_FINISHES = frozenset({"abort", "error", "insufficient_system_resource", "network_error"})
"""The server broke off: vLLM and SGLang, OpenRouter, DeepSeek and Z.ai."""


@dataclass(frozen=True, slots=True)
class Reply:
    """A completion as a server sent it. Whatever it left out is empty."""

    text: str
    model: str = ""
    usage: Usage = field(default_factory=Usage)
    refusal: str = ""
    finish: str = ""
    """``finish_reason``."""

    @property
    def is_filtered(self) -> bool:
        """Whether a content filter ended it."""
        return self.finish.startswith("content_filter")

    @property
    def is_truncated(self) -> bool:
        """Whether it ended at the limit of output tokens."""
        return self.finish == "length"


def read_reply(payload: object) -> Reply | None:
    """Return the reply in a payload, or ``None`` if no choice in it has a message."""
    fields = _mapping(payload)
    choice = _first(fields.get("choices"))
    message = choice.get("message")
    if not isinstance(message, Mapping) or choice.get("finish_reason") in _FAILED_FINISHES:
        return None
    return Reply(
        text=_text(message),
        model=_string(fields.get("model")),
        usage=_usage(_mapping(fields.get("usage"))),
        refusal=_string(message.get("refusal")),
        finish=_string(choice.get("finish_reason")),
    )


def read_complaint(payload: object, status: int) -> Complaint:
    """Return the complaint in the payload of a request that failed with ``status``."""
    return _complaint(payload, _error(payload), status)


def read_error(payload: object) -> Complaint | None:
    """Return the error inside a 200, or ``None`` if there is none."""
    error = _error(payload)
    return _complaint(payload, error) if error else None


def _error(payload: object) -> object:
    fields = _outer(payload)
    return fields.get("error") or _first(fields.get("choices")).get("error")


def _complaint(payload: object, error: object, status: int | None = None) -> Complaint:
    if isinstance(error, Mapping):
        details: Mapping[str, object] = error
    else:
        details = {"message": error} if error else _outer(payload)
    code, kind = _string(details.get("code")), _string(details.get("type"))
    return Complaint(
        status=status or _status(code, kind),
        message=_said(details) or _plain(payload),
        code=f"{code} {_string(_mapping(details.get('innererror')).get('code'))}".strip(),
        kind=kind,
        parameter=_string(details.get("param")),
    )


def _outer(payload: object) -> Mapping[str, object]:
    return _first(payload) or _mapping(payload)  # Gemini sends a list of one


def failed_generation(payload: object) -> str:
    """Return what the model wrote, where Groq rejects it for not being the requested JSON."""
    return _string(_mapping(_mapping(payload).get("error")).get("failed_generation"))


def _text(message: Mapping[str, object]) -> str:
    """Return the content, or JSON that a server such as llama.cpp put into the reasoning instead."""
    content = _joined(message.get("content"))
    if content.strip():
        return content
    reasonings = (_joined(message.get(key)) for key in ("reasoning_content", "reasoning"))
    return next((reasoning for reasoning in reasonings if "{" in reasoning), "")


def _joined(content: object) -> str:
    """Join the texts of a list of parts, leaving out parts of other kinds, such as thinking."""
    if isinstance(content, Sequence) and not isinstance(content, str):
        return "".join(_string(_mapping(part).get("text")) for part in content)
    return _string(content)


def _usage(usage: Mapping[str, object]) -> Usage:
    taken = _count(usage, "prompt_tokens", "input_tokens")
    written = _count(usage, "completion_tokens", "output_tokens")
    details = _mapping(usage.get("prompt_tokens_details"))
    cached = _count(details, "cached_tokens") or _count(usage, "prompt_cache_hit_tokens")
    return Usage(
        input_tokens=taken,
        cached_tokens=min(taken, cached),
        # xAI and Gemini leave reasoning out of completion_tokens, and count it in the total.
        output_tokens=max(written, _count(usage, "total_tokens") - taken),
    )


def _count(fields: Mapping[str, object], *names: str) -> int:
    values = (fields.get(name) for name in names)
    return next((value for value in values if type(value) is int and value > 0), 0)


def _status(code: str, kind: str) -> int:
    if code.isdecimal() and 400 <= int(code) < 600:
        return int(code)
    return _STATUS_OF_CODE.get(code) or _STATUS_OF_CODE.get(kind) or 200


def _said(value: object, levels: int = 4) -> str:
    """Return the words of an error; of a failed validation the place, kind and reason, not the input."""
    if isinstance(value, str) or not value or not levels:
        return _string(value)
    if isinstance(value, list):
        return "; ".join(filter(None, (_said(item, levels - 1) for item in value)))
    fields = _mapping(value)
    where = fields.get("loc")
    if isinstance(where, list):
        parts = (".".join(map(str, where)), fields.get("type"), fields.get("msg"))
        return ": ".join(filter(None, map(_string, parts)))
    inner = (_said(fields.get(name), levels - 1) for name in ("message", "detail", "error"))
    return next(filter(None, inner), "")


def _plain(payload: object) -> str:
    """Return a payload that is text, unless it is a web page."""
    text = _string(payload)
    return "" if text.lstrip().startswith("<") else text


def _first(items: object) -> Mapping[str, object]:
    return _mapping(items[0]) if isinstance(items, list) and items else {}


def _mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, Mapping) else {}


def _string(value: object) -> str:
    return value if isinstance(value, str) else str(value) if isinstance(value, int) else ""
