"""The dialect of a server: how a request to it is phrased, learnt from what it rejects."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from urllib.parse import urlsplit

from newsqa.models import Message, OutputSchema
from newsqa.models.catalogue import ModelFacts
from newsqa.models.errors import Complaint

_OPENAI_HOSTS = ("api.openai.com", ".api.openai.com", ".openai.azure.com")
_LIMITS = ("max_completion_tokens", "max_tokens")
"""OpenAI deprecated the second, which is the one that all the others know."""

_FORMATS = ("json_schema", "json_object", None)
"""The ladder of structured output, from enforced to asked for in the prompt alone."""

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
    """Whether ``url`` is OpenAI's own or Azure OpenAI's, which take parameters others reject."""
    host = (urlsplit(url).hostname or "").lower()
    return host == _OPENAI_HOSTS[0] or host.endswith(_OPENAI_HOSTS[1:])


class Dialect:
    """Phrases requests for one model at one server, and remembers what the server did not take.

    Shared between event loops and threads: it only ever steps down, so that whoever comes late
    with the same complaint steps to the same place.
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
        """What a request holds besides model, prompt, schema and limit, before any rejection."""
        return {**self._optional, **self._parameters}

    def body(self, messages: Sequence[Message], schema: OutputSchema) -> dict[str, object]:
        """The JSON body of a request.

        The caller's parameters come last: they override all others, and ``None`` leaves one out.
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

    def concede(self, complaint: Complaint, sent: Mapping[str, object]) -> bool:
        """Learn from a complaint about the body ``sent``; whether it is worth phrasing it anew.

        What the caller asked for is never left out: only what this class added by itself is.
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
