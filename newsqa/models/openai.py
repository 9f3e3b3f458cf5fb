"""OpenAIModel: a model at any server with OpenAI's chat completions."""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit, urlunsplit

from newsqa.errors import ConfigurationError, ModelRequestError
from newsqa.models import Completion, Message, OutputSchema
from newsqa.models.catalogue import DEFAULT_MODEL, facts_of
from newsqa.models.dialect import Dialect, is_openai
from newsqa.models.errors import AttemptError, Target
from newsqa.models.per_loop import PerLoop
from newsqa.models.responses import Reply
from newsqa.models.retries import Transport
from newsqa.usage import Usage

if TYPE_CHECKING:
    from newsqa.models.client import Exchange

OPENAI_URL = "https://api.openai.com/v1"


class OpenAIModel:
    """A model at OpenAI, or at any server with the same chat completions.

    Structured output is requested with a strict JSON schema; if the server rejects that, as any JSON
    object; and last by the prompt alone. A step down is remembered. The prompt must describe the
    output itself, because some servers accept a schema and ignore it.

    One model serves any number of tasks, threads, event loops and forked processes.

    Args:
        name: The model's name at the server.
        api_key: By default ``OPENAI_API_KEY``. Servers other than OpenAI's and Azure's may need none.
        base_url: By default ``OPENAI_BASE_URL``, or else OpenAI's own server.
        max_input_tokens: The limit of a prompt; by default the catalogue's, which is low for a model
            that it does not list.
        max_output_tokens: The limit of a completion; by default the catalogue's.
        parameters: Sent with every request; they override what this class sends, and ``None`` leaves
            a parameter out. Temperature is not sent by default, since several models reject it.
        transport: Timeouts, retries and concurrency.

    Raises:
        ConfigurationError: The key, address or a limit is missing or unusable.
    """

    def __init__(
        self,
        name: str = DEFAULT_MODEL,
        *,
        api_key: str | None = None,
        base_url: str | None = None,
        max_input_tokens: int | None = None,
        max_output_tokens: int | None = None,
        parameters: Mapping[str, object] | None = None,
        transport: Transport | None = None,
    ) -> None:
        known = facts_of(name)
        self._name = name
        self._facts = replace(
            known,
            max_input_tokens=_limit(max_input_tokens, known.max_input_tokens),
            max_output_tokens=_limit(max_output_tokens, known.max_output_tokens),
        )
        self._url = _address(base_url or os.environ.get("OPENAI_BASE_URL") or OPENAI_URL)
        self._target = Target(name, _shown(self._url), _key(api_key, self._url))
        self._transport = transport or Transport()
        self._dialect = Dialect(name, url=self._url, facts=self._facts, parameters=parameters or {})
        self._sessions = PerLoop(self._open_session)

    def __repr__(self) -> str:
        return f"OpenAIModel({self._name!r}, base_url={self._target.url!r})"

    @property
    def name(self) -> str:
        """The model's name at the server."""
        return self._name

    @property
    def fingerprint(self) -> str:
        """Server, model, output limit and parameters, as JSON."""
        return json.dumps(
            {
                "base_url": self._target.url,
                "model": self._name,
                "max_output_tokens": self._facts.max_output_tokens,
                "parameters": dict(self._dialect.parameters),
            },
            sort_keys=True,
            default=repr,
        )

    @property
    def max_input_tokens(self) -> int:
        """The most tokens that a whole prompt may have."""
        return self._facts.max_input_tokens

    async def complete(self, messages: Sequence[Message], schema: OutputSchema) -> Completion:
        """Complete the prompt with JSON for ``schema``.

        The usage of a completion, and of an error, includes all attempts.

        Raises:
            ModelUnavailableError: All attempts failed, or the deadline passed.
            ModelRequestError: The server does not accept the request; a retry would not help.
            ModelContextError: The prompt is too long.
            ModelRefusedError: The model refused, or a content filter stopped it.
            ModelTruncatedError: The output reached its limit.
        """
        session = await self._sessions.get()
        call = _Call(session.exchange, self._dialect, self._transport)
        async with session.slots:
            try:
                reply, request_id = await call.run(messages, schema)
            except AttemptError as failure:
                raise failure.kind(
                    call.describe(failure),
                    model=self._name,
                    usage=call.usage,
                    request_id=failure.request_id,
                    partial=failure.partial,
                ) from failure.__cause__
        return Completion(reply.text, reply.model or self._name, call.usage, request_id)

    async def aclose(self) -> None:
        """Close the connections of the running event loop. The model may be used again."""
        await self._sessions.aclose()

    def _open_session(self) -> _Session:
        # Imported here, because the client takes 0.3 s to import.
        from newsqa.models.client import Exchange

        exchange = Exchange(self._url, self._target, self._transport)
        return _Session(exchange, asyncio.Semaphore(self._transport.max_concurrency))


@dataclass(frozen=True, slots=True)
class _Session:
    """The open client of one event loop, and a slot for each request in progress."""

    exchange: Exchange
    slots: asyncio.Semaphore

    async def aclose(self) -> None:
        await self.exchange.aclose()


@dataclass(slots=True)
class _Call:
    """One completion in progress, and what it has cost so far."""

    exchange: Exchange
    dialect: Dialect
    transport: Transport
    usage: Usage = field(default_factory=Usage)

    async def run(
        self, messages: Sequence[Message], schema: OutputSchema
    ) -> tuple[Reply, str | None]:
        """Send requests until there is a reply or the policy gives up."""
        started = self.transport.clock()
        policy = self.transport.retrying(started, before_retry=self._count_retry)
        answer: tuple[Reply, str | None] = await policy(self._attempt, messages, schema, started)
        reply, request_id = answer
        self.usage += reply.usage
        return reply, request_id

    def describe(self, failure: AttemptError) -> str:
        """Return what went wrong last, and how often it was tried."""
        if not failure.transient:
            return failure.sentence
        calls = "1 request" if self.usage.calls == 1 else f"{self.usage.calls} requests"
        asked = f"; it asks to wait {failure.retry_after:g} s" if failure.retry_after else ""
        return f"{failure.sentence} Given up after {calls}{asked}."

    async def _attempt(
        self, messages: Sequence[Message], schema: OutputSchema, started: float
    ) -> tuple[Reply, str | None]:
        """Send one request, and rephrased ones while the server's complaints allow it."""
        while True:
            body = self.dialect.body(messages, schema)
            self.usage += Usage(calls=1)
            try:
                return await self.exchange.post(body, seconds=self.transport.remaining(started))
            except AttemptError as failure:
                self.usage += failure.spent
                if failure.complaint is None or failure.kind is not ModelRequestError:
                    raise
                if not self.dialect.learn_from(failure.complaint, body):
                    raise

    def _count_retry(self) -> None:
        self.usage += Usage(retries=1)


def _limit(given: int | None, known: int) -> int:
    if given is not None and given <= 0:
        raise ConfigurationError(f"A limit of tokens must be above 0, and is {given}.")
    return given or known


def _address(url: str) -> str:
    """Return ``url`` if requests can be sent to it."""
    try:
        parts = urlsplit(url)
        usable = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        usable = False
    if not usable or not url.isprintable() or " " in url:
        # The value is not shown: it may be a key in the wrong variable.
        raise ConfigurationError(
            f"base_url must be an http or https URL such as {OPENAI_URL!r}; the one given is none."
        )
    return url


def _shown(url: str) -> str:
    """Return ``url`` without user, password and query."""
    parts = urlsplit(url)
    return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path, "", ""))


def _key(given: str | None, url: str) -> str:
    """Return the key for ``url``, empty for a server that may need none."""
    key = (os.environ.get("OPENAI_API_KEY", "") if given is None else given).strip()
    if not key and (given is not None or is_openai(url)):
        raise ConfigurationError(f"There is no key for {_shown(url)}: set OPENAI_API_KEY.")
    if not (key.isascii() and key.isprintable()) or " " in key:
        raise ConfigurationError(
            "The key holds a space, a line end or a letter that no key has: copy it again."
        )
    return key
