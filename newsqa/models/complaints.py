"""Reads the errors that servers report, in the many shapes that they come in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

_STATUS_OF_CODE = {
    "authentication_error": 401,
    "invalid_api_key": 401,
    "invalidapikey": 401,
    "invalid_request_error": 400,
    "invalidparameter": 400,
    "model_not_found": 404,
    "modelnotfound": 404,
    "permission_denied": 403,
    "accessdenied": 403,
    "arrearage": 402,
    "insufficient_quota": 402,
    "rate_limit_exceeded": 429,
    "throttling": 429,
}
"""For errors in a 200 that name no status; without regard to case."""

# fmt: off
_WORDS_OF_STATUS = {
    # What passes comes first: "rate limit reached, insufficient capacity" is not about money.
    429: r"rate.?limit|too many requests|busy|overload|over capacity|try again|retry|temporar"
         r"|timed? ?out|繁忙|限流|频率|频繁|稍后|重试|超时|并发",
    402: r"insufficient.{0,12}(?:balance|credit|fund|quota)|balance.{0,24}insufficient|arrear"
         r"|out of credit|payment required|余额|欠费|额度不足|账户.{0,6}不足",
    401: r"(?:invalid|incorrect|wrong|missing|expired|no|bad|unknown).{0,24}"
         r"(?:api.?key|token\b|credential)|login fail|unauthori[sz]ed|authenticat"
         r"|api.?key.{0,24}(?:invalid|incorrect|wrong|missing|expired|not (?:valid|found|exist))"
         r"|密钥|鉴权|认证失败|未授权|令牌",
    403: r"forbidden|permission|not allowed to|no access|access denied|无权|权限",
    404: r"model.{0,60}(?:not (?:exist|found)|does ?n.t exist|unknown)|模型.{0,8}不存在"
         r"|(?:no such|unknown|invalid) model|unexpected endpoint|no route|^not found$",
    400: r"invalid|not supported|unsupported|bad request|illegal|malformed"
         r"|missing (?:required )?param|参数|不支持",
}
# fmt: on
"""For errors in a 200 that name neither a status nor a known code."""

_STATUS_PATTERNS = tuple(
    (status, re.compile(words, re.IGNORECASE)) for status, words in _WORDS_OF_STATUS.items()
)
_UNKNOWN_STATUS = 200
_SUCCESS_CODES = frozenset({"", "0", "00000", "200", "ok", "success"})


@dataclass(frozen=True, slots=True)
class Complaint:
    """An error that a server reported, whatever shape it came in."""

    status: int
    """The HTTP status, or the one that an error in a 200 amounts to; 200 where that is unknown."""
    message: str = ""
    code: str = ""
    kind: str = ""
    """The error's ``type``."""
    parameter: str = ""
    """The parameter it is about, if the server names one."""
    context_tokens: int = 0
    """The size of the context, if the server sends it in a field, as llama.cpp does."""

    @property
    def words(self) -> str:
        """All its words, to be searched."""
        return "\n".join((self.code, self.kind, self.parameter, self.message))


def read_complaint(payload: object, status: int) -> Complaint:
    """Return what the payload of a request that failed with ``status`` complains about."""
    return _complaint(payload, _error(payload), status)


def read_error(payload: object) -> Complaint | None:
    """Return the error in the payload of a 200, or ``None`` if there is none.

    >>> read_error({"code": 1113, "msg": "account in arrears", "data": None}).status
    402
    >>> read_error({"base_resp": {"status_code": 0}, "choices": []}) is None
    True
    """
    error = _error(payload) or _own_error(payload)
    return _complaint(payload, error) if error else None


def _error(payload: object) -> object:
    fields = _outer(payload)
    return fields.get("error") or first_mapping(fields.get("choices")).get("error")


def _own_error(payload: object) -> Mapping[str, object]:
    """Return an error in a vendor's shape: a code other than success, and no choices."""
    fields = _outer(payload)
    base = mapping(fields.get("base_resp"))  # MiniMax
    if string(base.get("status_code")) not in _SUCCESS_CODES:
        return {"code": base.get("status_code"), "message": base.get("status_msg")}
    if fields.get("choices") or mapping(fields.get("data")) or mapping(fields.get("result")):
        return {}
    listed = first_mapping(fields.get("errors"))  # Cloudflare
    if listed:
        return listed
    code = fields.get("code", fields.get("error_code", fields.get("status_code")))
    message = next(
        filter(None, (string(fields.get(key)) for key in ("msg", "message", "error_msg", "detail"))), ""
    )  # fmt: skip
    failed = string(code).casefold() not in _SUCCESS_CODES or fields.get("success") is False
    if message and (failed or fields.get("object") == "error" or "detail" in fields):
        return {"code": code, "message": message, "type": fields.get("type")}
    return {}


def _complaint(payload: object, error: object, status: int | None = None) -> Complaint:
    if isinstance(error, Mapping):
        details: Mapping[str, object] = error
    else:
        details = {"message": error} if error else _outer(payload)
    code, kind = string(details.get("code")), string(details.get("type"))
    message = _words(details) or _own_words(details) or _plain(payload)
    size = details.get("n_ctx")
    return Complaint(
        status=status or _status(code, kind, message),
        message=message,
        code=f"{code} {string(mapping(details.get('innererror')).get('code'))}".strip(),
        kind=kind,
        parameter=string(details.get("param")),
        context_tokens=size if type(size) is int and size > 0 else 0,
    )


def _outer(payload: object) -> Mapping[str, object]:
    return first_mapping(payload) or mapping(payload)  # Gemini sends a list of one


def _status(code: str, kind: str, message: str) -> int:
    """Return the HTTP status that an error in a 200 amounts to."""
    if code.isdecimal() and 400 <= int(code) < 600:
        return int(code)
    named = _STATUS_OF_CODE.get(code.casefold()) or _STATUS_OF_CODE.get(kind.casefold())
    matches = (status for status, words in _STATUS_PATTERNS if words.search(message))
    return named or next(matches, _UNKNOWN_STATUS)


def _own_words(details: Mapping[str, object]) -> str:
    """Return the words of an error that has none of the usual keys."""
    base = mapping(details.get("base_resp"))
    keys = ("msg", "error_msg", "error_message", "status_msg", "reason")
    return next(filter(None, (string(f.get(k)) for f in (details, base) for k in keys)), "")


def _words(value: object, levels: int = 4) -> str:
    """Return the words of an error; of a failed validation where, what kind and why, no input."""
    if isinstance(value, str) or not value or not levels:
        return string(value)
    if isinstance(value, list):
        return "; ".join(filter(None, (_words(item, levels - 1) for item in value)))
    fields = mapping(value)
    where = fields.get("loc")
    if isinstance(where, list):
        parts = (".".join(map(str, where)), fields.get("type"), fields.get("msg"))
        return ": ".join(filter(None, map(string, parts)))
    inner = [_words(fields.get(name), levels - 1) for name in ("message", "detail", "error")]
    # OpenRouter: "Provider returned error", and what it was in the metadata.
    inner[0] = " ".join(filter(None, (inner[0], _raw(fields))))
    return next(filter(None, inner), "")


def _raw(fields: Mapping[str, object]) -> str:
    raw = mapping(fields.get("metadata")).get("raw")
    return raw if isinstance(raw, str) else ""


def _plain(payload: object) -> str:
    """Return a payload that is text, unless it is a web page."""
    text = string(payload)
    return "" if text.lstrip().startswith("<") else text


def first_mapping(items: object) -> Mapping[str, object]:
    """Return the first item of a list, if it is a mapping, or else an empty one."""
    return mapping(items[0]) if isinstance(items, list) and items else {}


def mapping(value: object) -> Mapping[str, object]:
    """Return ``value`` if it is a mapping, or else an empty one."""
    return value if isinstance(value, Mapping) else {}


def string(value: object) -> str:
    """Return ``value`` if it is text, a whole number in digits, and otherwise nothing."""
    return value if isinstance(value, str) else str(value) if isinstance(value, int) else ""
