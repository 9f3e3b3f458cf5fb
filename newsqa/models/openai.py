"""OpenAIModel: any server that speaks OpenAI's chat completions."""

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

    ``api_key`` and ``base_url`` are by default those of ``OPENAI_API_KEY`` and ``OPENAI_BASE_URL``;
    servers other than OpenAI's and Azure's may do without a key. The limits, in tokens, are by default
    those of the catalogue: low ones for a model that it does not know. ``parameters`` go into every
    request and override what this class sends; ``None`` leaves one out. Temperature is not sent by
    default, since several models reject it.

    JSON is asked for with a strict schema, then as any JSON object, then by the prompt alone: a step
    down is taken when the server rejects the one before, and is remembered. The prompt must say by
    itself what shape is wanted, because some servers take a schema and ignore it.

    One model serves any number of tasks, threads and event loops, and forked processes.

    Raises ``ConfigurationError`` for a missing or unusable key, address or limit.
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
        """The name it was asked for by."""
        return self._name

    @property
    def fingerprint(self) -> str:
        """The server, the model, its output limit and the parameters, as JSON."""
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
        """The tokens a whole prompt may hold."""
        return self._facts.max_input_tokens

    async def complete(self, messages: Sequence[Message], schema: OutputSchema) -> Completion:
        """Complete the prompt with JSON for ``schema``.

        Raises ``ModelUnavailableError`` when all attempts fail or the deadline passes,
        ``ModelRequestError`` for what no retry will mend, ``ModelContextError`` for too long a
        prompt, ``ModelRefusedError`` and ``ModelTruncatedError``; the usage of each includes all
        attempts.
        """
        session = await self._sessions.get()
        call = _Call(session.exchange, self._dialect, self._transport)
        async with session.places:
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
        """Close the connections of the running event loop; the model may be used again."""
        await self._sessions.aclose()

    def _open_session(self) -> _Session:
        # Here and not above: it imports the client, which takes 0.3 s.
        from newsqa.models.client import Exchange

        exchange = Exchange(self._url, self._target, self._transport)
        return _Session(exchange, asyncio.Semaphore(self._transport.max_concurrency))


@dataclass(frozen=True, slots=True)
class _Session:
    """What one event loop holds: an open client, and places for requests under way."""

    exchange: Exchange
    places: asyncio.Semaphore

    async def aclose(self) -> None:
        await self.exchange.aclose()


@dataclass(slots=True)
class _Call:
    """One completion on its way, and what it has cost so far."""

    exchange: Exchange
    dialect: Dialect
    transport: Transport
    usage: Usage = field(default_factory=Usage)

    async def run(
        self, messages: Sequence[Message], schema: OutputSchema
    ) -> tuple[Reply, str | None]:
        """Attempts until there is a reply, or the policy says that it was the last."""
        started = self.transport.clock()
        policy = self.transport.retrying(started, before_retry=self._count_retry)
        answer: tuple[Reply, str | None] = await policy(self._attempt, messages, schema, started)
        reply, request_id = answer
        self.usage += reply.usage
        return reply, request_id

    def describe(self, failure: AttemptError) -> str:
        """What went wrong at last, and what was tried."""
        if not failure.transient:
            return failure.sentence
        calls = "1 request" if self.usage.calls == 1 else f"{self.usage.calls} requests"
        asked = f"; it asks to wait {failure.retry_after:g} s" if failure.retry_after else ""
        return f"{failure.sentence} Given up after {calls}{asked}."

    async def _attempt(
        self, messages: Sequence[Message], schema: OutputSchema, started: float
    ) -> tuple[Reply, str | None]:
        """One request, and more of them for as long as the server has it phrased in another way."""
        while True:
            body = self.dialect.body(messages, schema)
            self.usage += Usage(calls=1)
            try:
                return await self.exchange.post(body, seconds=self.transport.remaining(started))
            except AttemptError as failure:
                self.usage += failure.spent
                if failure.complaint is None or failure.kind is not ModelRequestError:
                    raise
                if not self.dialect.concede(failure.complaint, body):
                    raise

    def _count_retry(self) -> None:
        self.usage += Usage(retries=1)


def _limit(given: int | None, known: int) -> int:
    if given is not None and given <= 0:
        raise ConfigurationError(f"A limit of tokens must be above 0, and is {given}.")
    return given or known


def _address(url: str) -> str:
    """``url``, if requests can be sent to it."""
    try:
        parts = urlsplit(url)
        usable = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        usable = False
    if not usable or not url.isprintable() or " " in url:
        # What was given is not shown: a key in the wrong variable would be.
        raise ConfigurationError(
            f"base_url must be an http or https URL such as {OPENAI_URL!r}; the one given is none."
        )
    return url


def _shown(url: str) -> str:
    """``url`` without what is nobody's business in it: user, password, query."""
    parts = urlsplit(url)
    return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path, "", ""))


def _key(given: str | None, url: str) -> str:
    """The key for ``url``, empty for a server that may do without."""
    key = (os.environ.get("OPENAI_API_KEY", "") if given is None else given).strip()
    if not key and (given is not None or is_openai(url)):
        raise ConfigurationError(f"There is no key for {_shown(url)}: set OPENAI_API_KEY.")
    if not (key.isascii() and key.isprintable()) or " " in key:
        raise ConfigurationError(
            "The key holds a space, a line end or a letter that no key has: copy it again."
        )
    return key
