"""The dialect of a server: how a request to it is phrased, learned from what it rejects."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from urllib.parse import urlsplit

from newsqa.models import Message, OutputSchema
from newsqa.models.complaints import Complaint
from newsqa.models.errors import find_limit, is_overflow
from newsqa.models.known_models import ModelFacts

_OPENAI_HOSTS = ("api.openai.com", ".api.openai.com")
_AZURE_HOSTS = (".openai.azure.com",)
_LIMITS = ("max_completion_tokens", "max_tokens")
"""OpenAI deprecated the second, which is the one that all the others know."""

_FORMATS = ("strict_schema", "json_schema", "json_object", None)
"""The ladder of structured output, from an enforced schema to the prompt alone.

The second is a schema without ``strict`` and ``additionalProperties``, which some servers refuse.
"""
_PROMPT_ALONE = len(_FORMATS) - 1

_MAY_NAME_FORMAT = frozenset({400, 404, 405, 415, 422, 500, 501})
_BAD_REQUEST = frozenset({400, 422})
_NAMES_FORMAT = re.compile(
    r"response.?format|response_?(?:schema|mime)|json|guided|structured.?outputs?|constrained"
    r"|\b(?:x?grammars?|outlines|schema|strict|format)\b"
    r"|requested parameters|endpoints found that (?:can|support)"  # OpenRouter
    r"|additional_?properties|结构化|格式|構造化|구조화",
    re.IGNORECASE,
)
_NAMES_KEYWORD = re.compile(
    r"additional_?properties|['\"`]?strict['\"`]? .{0,30}un|un.{0,30}strict", re.I
)
_UNKNOWN = re.compile(
    r"unknown|unrecogni[sz]ed|unsupported|not (?:supported|permitted|allowed|recogni[sz]ed)"
    r"|(?:does not|doesn't|do not|cannot) support|extra_forbidden|extra inputs|unexpected"
    r"|additional propert|不支持|未知",
    re.IGNORECASE,
)
_BARE = re.compile(
    r"(?:error|http|400|422|bad.?request|badrequesterror|invalid.?(?:request|input|argument)"
    r"|invalid_request_error|unprocessable entity|provider returned error|upstream error"
    r"|request failed|the request is (?:bad|invalid)|body|status|code|请求(?:参数)?错误|null|none|\W)*",
    re.IGNORECASE,
)
"""A message that does not say what is wrong with the request."""

_NO_SYSTEM_ROLE = re.compile(
    r"(?:not|n't|un)\W{0,3}(?:support(?:ed)?|allowed|enabled|permitted|expected|known).{0,40}\bsystem\b"
    r".{0,3}(?:role|message|prompt|instruct)"
    r"|\bsystem\b.{0,3}(?:role|message|prompt|instruction)s?.{0,60}(?:unsupported|invalid|unexpected"
    r"|(?:not|n't) (?:be )?(?:support|allow|enabl|permit|recogni)|not one of)"
    r"|(?:invalid|unknown|unexpected|unsupported).{0,30}\brole|\brole\b\W{1,4}system\b.{0,40}not"
    r"|roles must alternate|only .{0,12}user.{0,40}\broles?\b|developer instruction"
    r"|(?:first|\broles?\b).{0,30}must be .{0,6}user|role.{0,16}should be .{0,20}user"
    r"|不支持.{0,6}system|system.{0,12}不支持|只支持.{0,12}user",
    re.IGNORECASE | re.DOTALL,
)

_STREAM = {"stream": True, "stream_options": {"include_usage": True}}
"""Asks for the output piece by piece, and for the usage at its end, which is left out otherwise."""

_NAMES_STREAMING = re.compile(r"\bstream(?:s|ed|ing)?\b|流式", re.IGNORECASE)

_OUTPUT_FRACTION = 4
"""An output limit that does not fit becomes one in so many tokens of the context: drafts are short."""


def is_openai(url: str) -> bool:
    """Return whether ``url`` is OpenAI's or Azure OpenAI's: they take parameters others reject."""
    return _is_at(url, _OPENAI_HOSTS + _AZURE_HOSTS)


def _is_at(url: str, hosts: tuple[str, ...]) -> bool:
    """Return whether the host of ``url`` is one of ``hosts``, or below one that begins with a dot."""
    host = (urlsplit(url).hostname or "").lower()
    return host in hosts or host.endswith(tuple(name for name in hosts if name.startswith(".")))


class Dialect:
    """Phrases requests for one model at one server, and remembers what the server rejected.

    Shared between event loops and threads. It only ever steps down, so a late complaint about
    something that has been changed already leads to the same place.
    """

    def __init__(
        self, model: str, *, url: str, facts: ModelFacts, parameters: Mapping[str, object]
    ) -> None:
        openai = is_openai(url)
        self._model = model
        self._parameters = dict(parameters)
        self._optional = {"store": False, **facts.openai_parameters} if openai else {}
        self._marks_cache = facts.is_cached_by_mark and _is_at(url, _OPENAI_HOSTS)
        self._limits = (
            () if set(_LIMITS) & set(parameters) else _LIMITS if openai else _LIMITS[::-1]
        )
        self._max_output_tokens = facts.max_output_tokens
        self._dropped: set[str] = set()
        self._rung = 0
        self._rung_before_guess: int | None = None
        self._has_guessed = False
        self._folds_system = False

    @property
    def parameters(self) -> Mapping[str, object]:
        """The parts of a request besides model, prompt, schema and limit, before any rejection."""
        return {**self._optional, **self._parameters}

    def body(
        self, messages: Sequence[Message], schema: OutputSchema, *, streams: bool = False
    ) -> dict[str, object]:
        """Return the JSON body of a request.

        The caller's parameters come last: they override all others, and ``None`` leaves one out.

        Args:
            messages: The prompt.
            schema: The schema of the output.
            streams: Ask for the output piece by piece, if the server has not refused that.
        """
        if self._folds_system:
            messages = _without_system(messages)
        optional = {**self._optional, **(_STREAM if streams else {})}
        body: dict[str, object] = {
            "model": self._model,
            "messages": [
                {"role": message.role, "content": self._content(message)} for message in messages
            ],
            "response_format": self._response_format(schema),
            **self._cache_parameters(messages),
            **{name: value for name, value in optional.items() if name not in self._dropped},
            **self._limit(),
            **self._parameters,
        }
        return {name: value for name, value in body.items() if value is not None}

    def learn_from(self, complaint: Complaint, sent: Mapping[str, object]) -> bool:
        """Remember what the server rejected. Return whether a rephrased request is worth sending.

        The caller's parameters are never left out, only those that this class added.

        Args:
            complaint: What the server says.
            sent: The body that it rejected.
        """
        if is_overflow(complaint) or find_limit(complaint):
            return self._shorten_output(complaint, sent)
        if complaint.status not in _MAY_NAME_FORMAT:
            return False
        if self._unmark_cache(complaint, sent):
            return True
        unknown = self._unknown_parameters(complaint, sent)
        self._dropped.update(unknown)
        return (
            bool(unknown)
            or self._stop_streaming(complaint, sent)
            or self._fold_system(complaint, sent)
            or self._step_down(complaint, sent)
            or self._guess(complaint, sent)
        )

    def prompt_limit(self, complaint: Complaint) -> int | None:
        """Return the tokens that a prompt may hold, if ``complaint`` names a size."""
        limit = find_limit(complaint)
        if limit is None or limit.kind == "output":
            return None
        return limit.tokens if limit.kind == "input" else limit.tokens - self._max_output_tokens

    def output_limit(self, body: Mapping[str, object]) -> int:
        """Return the most tokens of output that a request asks for, or the model's where it does not."""
        limit = next((body[name] for name in _LIMITS if name in body), None)
        return limit if isinstance(limit, int) else self._max_output_tokens

    def _response_format(self, schema: OutputSchema) -> dict[str, object] | None:
        kind = _FORMATS[self._rung]
        if kind == "strict_schema":
            strict = {"name": schema.name, "strict": True, "schema": schema.schema}
            return {"type": "json_schema", "json_schema": strict}
        if kind == "json_schema":
            plain = {"name": schema.name, "schema": _without_closed_objects(schema.schema)}
            return {"type": "json_schema", "json_schema": plain}
        return {"type": kind} if kind else None

    def _content(self, message: Message) -> str | list[dict[str, object]]:
        """Return the content of a message, in parts where a part of it is to be cached.

        Only OpenAI gets parts: other servers cache every prefix, and some take nothing but a string.
        """
        if not self._marks_cache or not message.shared_characters:
            return message.content
        shared = message.content[: message.shared_characters]
        rest = message.content[message.shared_characters :]
        marked: dict[str, object] = {"type": "text", "text": shared}
        marked["prompt_cache_breakpoint"] = {"mode": "explicit"}
        return [marked, {"type": "text", "text": rest}] if rest else [marked]

    def _cache_parameters(self, messages: Sequence[Message]) -> dict[str, object]:
        """Return what sends prompts with the same beginning to the same cache, and caches no more."""
        if not self._marks_cache:
            return {}
        shared = "".join(message.content[: message.shared_characters] for message in messages)
        key = {"prompt_cache_key": hashlib.sha256(shared.encode()).hexdigest()} if shared else {}
        # The end of a prompt is not seen again, and writing it to the cache would cost more.
        return {**key, "prompt_cache_options": {"mode": "explicit"}}

    def _unmark_cache(self, complaint: Complaint, sent: Mapping[str, object]) -> bool:
        """Send prompts as strings again, if the server rejects one for its marks."""
        is_marked = (
            "prompt_cache_options" in sent and "prompt_cache_options" not in self._parameters
        )
        if "prompt_cache" not in complaint.words or not is_marked:
            return False
        self._marks_cache = False
        return True

    def _limit(self) -> dict[str, object]:
        names = [name for name in self._limits if name not in self._dropped]
        return {names[0]: self._max_output_tokens} if names else {}

    def _shorten_output(self, complaint: Complaint, sent: Mapping[str, object]) -> bool:
        """Lower the output limit, if a lower one may be all that the request needs."""
        limit = find_limit(complaint)
        output = next((sent[name] for name in self._limits if name in sent), None)
        if limit is None or limit.kind == "input" or not isinstance(output, int):
            return False
        lower = limit.tokens if limit.kind == "output" else limit.tokens // _OUTPUT_FRACTION
        if lower >= output:
            return False
        self._max_output_tokens = min(self._max_output_tokens, lower)
        return limit.kind == "output" or limit.prompt_tokens + lower <= limit.tokens

    def _unknown_parameters(self, complaint: Complaint, sent: Mapping[str, object]) -> set[str]:
        if not _UNKNOWN.search(complaint.words):
            return set()
        about = complaint.parameter or complaint.message
        ours = {*self._optional, *self._limits, "stream_options"} - set(self._parameters)
        return {name for name in ours & set(sent) if re.search(rf"\b{name}\b", about)}

    def _stop_streaming(self, complaint: Complaint, sent: Mapping[str, object]) -> bool:
        """Ask for the output at once where the server does not stream, or not with a schema.

        A server that does not say what is wrong may be one of these, too.
        """
        if "stream" not in sent or "stream" in self._parameters:
            return False
        is_bare = complaint.status in _BAD_REQUEST and _BARE.fullmatch(complaint.message)
        if not is_bare and not _NAMES_STREAMING.search(complaint.words):
            return False
        self._dropped |= _STREAM.keys()
        return True

    def _fold_system(self, complaint: Complaint, sent: Mapping[str, object]) -> bool:
        if not _NO_SYSTEM_ROLE.search(complaint.words) or not _has_system(sent):
            return False
        self._folds_system = True
        return True

    def _step_down(self, complaint: Complaint, sent: Mapping[str, object]) -> bool:
        rung = _sent_rung(sent)
        if "response_format" in self._parameters or rung is None:
            return False
        if not _NAMES_FORMAT.search(complaint.words):
            return False
        # Only a complaint about a keyword is worth a second schema.
        step = 1 if rung > 0 or _NAMES_KEYWORD.search(complaint.words) else 2
        # Another task may have stepped down since this request was sent.
        self._rung = max(self._rung, rung + step)
        return True

    def _guess(self, complaint: Complaint, sent: Mapping[str, object]) -> bool:
        """Try a request without a format, once, where the server does not say what is wrong.

        If that is rejected as well, the format was not the reason.
        """
        if complaint.status not in _BAD_REQUEST or not _BARE.fullmatch(complaint.message):
            return False
        if _sent_rung(sent) is None and self._rung_before_guess is not None:
            self._rung, self._rung_before_guess = self._rung_before_guess, None
        if self._has_guessed or _sent_rung(sent) is None or "response_format" in self._parameters:
            return False
        self._has_guessed, self._rung_before_guess = True, self._rung
        self._rung = _PROMPT_ALONE
        return True


def _sent_rung(sent: Mapping[str, object]) -> int | None:
    """Return the rung of the ladder that a body was sent from, or ``None`` below the last."""
    response_format = sent.get("response_format")
    if not isinstance(response_format, Mapping):
        return None
    kind = response_format.get("type")
    if kind == "json_schema":
        described = response_format.get("json_schema")
        return 0 if isinstance(described, Mapping) and "strict" in described else 1
    return _FORMATS.index(kind) if isinstance(kind, str) and kind in _FORMATS else None


def _without_closed_objects(schema: object) -> object:
    """Return ``schema`` without ``additionalProperties``, at any depth."""
    if isinstance(schema, list):
        return [_without_closed_objects(item) for item in schema]
    if not isinstance(schema, Mapping):
        return schema
    return {k: _without_closed_objects(v) for k, v in schema.items() if k != "additionalProperties"}


def _has_system(sent: Mapping[str, object]) -> bool:
    """Return whether a body has a system message, and a user message that it can go into."""
    messages = sent.get("messages")
    listed = messages if isinstance(messages, list) else []
    return {"system", "user"} <= {m.get("role") for m in listed if isinstance(m, Mapping)}


def _without_system(messages: Sequence[Message]) -> list[Message]:
    """Return ``messages`` with the system's text at the beginning of the first user message."""
    system = [message.content for message in messages if message.role == "system"]
    others = [message for message in messages if message.role != "system"]
    if not system or not others:
        return list(messages)
    rules = "".join(f"{content}\n\n" for content in system)
    first = Message("user", rules + others[0].content, len(rules) + others[0].shared_characters)
    return [first, *others[1:]]
