"""The dialect of a server: how requests to it are phrased, learned from what it rejects."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from urllib.parse import urlsplit

from newsqa.models import Message, OutputSchema
from newsqa.models.catalogue import ModelFacts
from newsqa.models.errors import Complaint

_OPENAI_HOSTS = ("api.openai.com", ".api.openai.com", ".openai.azure.com")
_LIMITS = ("max_completion_tokens", "max_tokens")
"""OpenAI deprecated the second name; all other servers know it."""

_FORMATS = ("json_schema", "json_object", None)
"""The ladder of structured output, from an enforced schema to the prompt alone."""

_BAD_REQUEST = frozenset({400, 422})
_NAMES_FORMAT = re.compile(
    r"response_format|json_schema|json_object|guided_json|structured.outputs?|grammar"
    r"|\b(?:schema|strict)\b",
    re.IGNORECASE,
)
_UNKNOWN = re.compile(
    r"unknown|unrecogni[sz]ed|unsupported|not (?:supported|permitted|allowed|recogni[sz]ed)"
    r"|does not support|extra_forbidden|unexpected|additional propert",
    re.IGNORECASE,
)


def is_openai(url: str) -> bool:
    """Return whether a server is OpenAI's or Azure OpenAI's, which take parameters that others reject.

    >>> is_openai("https://api.openai.com/v1"), is_openai("http://localhost:11434/v1")
    (True, False)
    """
    host = (urlsplit(url).hostname or "").lower()
    return host == _OPENAI_HOSTS[0] or host.endswith(_OPENAI_HOSTS[1:])


class Dialect:
    """Phrases requests for one model at one server, and remembers what the server rejected.

    It is shared between event loops and threads. It only ever steps down, so the same complaint from
    two of them leads to the same place.
    """

    def __init__(
        self, model: str, *, url: str, facts: ModelFacts, parameters: Mapping[str, object]
    ) -> None:
        openai = is_openai(url)
        self._model = model
        self._parameters = dict(parameters)
        self._optional = {"store": False, **facts.openai_parameters} if openai else {}
        self._limits = (
            () if set(_LIMITS) & set(parameters) else _LIMITS if openai else _LIMITS[::-1]
        )
        self._max_output_tokens = facts.max_output_tokens
        self._dropped: set[str] = set()
        self._rung = 0

    @property
    def parameters(self) -> Mapping[str, object]:
        """The parameters of a request besides model, prompt, schema and limit, before any rejection."""
        return {**self._optional, **self._parameters}

    def body(self, messages: Sequence[Message], schema: OutputSchema) -> dict[str, object]:
        """Return the JSON body of a request.

        The caller's parameters override all others; ``None`` leaves one out.
        """
        body: dict[str, object] = {
            "model": self._model,
            "messages": [
                {"role": message.role, "content": message.content} for message in messages
            ],
            "response_format": self._response_format(schema),
            **{name: value for name, value in self._optional.items() if name not in self._dropped},
            **self._limit(),
            **self._parameters,
        }
        return {name: value for name, value in body.items() if value is not None}

    def learn_from(self, complaint: Complaint, sent: Mapping[str, object]) -> bool:
        """Remember what the server rejected. Return whether a rephrased request is worth sending.

        Only parameters that this class added are left out, never the caller's.

        Args:
            complaint: The server's complaint.
            sent: The body that it complains about.
        """
        if complaint.status not in _BAD_REQUEST:
            return False
        unknown = self._unknown_parameters(complaint, sent)
        self._dropped.update(unknown)
        return bool(unknown) or self._step_down(complaint, sent)

    def _response_format(self, schema: OutputSchema) -> dict[str, object] | None:
        kind = _FORMATS[self._rung]
        if kind == "json_schema":
            strict = {"name": schema.name, "strict": True, "schema": schema.schema}
            return {"type": kind, "json_schema": strict}
        return {"type": kind} if kind else None

    def _limit(self) -> dict[str, object]:
        names = [name for name in self._limits if name not in self._dropped]
        return {names[0]: self._max_output_tokens} if names else {}

    def _unknown_parameters(self, complaint: Complaint, sent: Mapping[str, object]) -> set[str]:
        if not _UNKNOWN.search(complaint.words):
            return set()
        about = complaint.parameter or complaint.message
        ours = {*self._optional, *self._limits} - set(self._parameters)
        return {name for name in ours & set(sent) if re.search(rf"\b{name}\b", about)}

    def _step_down(self, complaint: Complaint, sent: Mapping[str, object]) -> bool:
        kind = _sent_format(sent)
        if "response_format" in self._parameters or kind is None:
            return False
        if not _NAMES_FORMAT.search(complaint.words):
            return False
        # Another task may have stepped down since this request was sent.
        self._rung = max(self._rung, _FORMATS.index(kind) + 1)
        return True


def _sent_format(sent: Mapping[str, object]) -> str | None:
    response_format = sent.get("response_format")
    if not isinstance(response_format, Mapping):
        return None
    kind = response_format.get("type")
    return kind if isinstance(kind, str) and kind in _FORMATS else None
