"""OpenAIModel: any server that speaks OpenAI's chat completions."""

from __future__ import annotations

import asyncio
import json
import os
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from newsqa.errors import (
    ConfigurationError,
    ModelContextError,
    ModelError,
    ModelRequestError,
    ModelUnavailableError,
)
from newsqa.events import (
    RequestCompleted,
    RequestFailed,
    RequestRephrased,
    RequestSent,
    RetryScheduled,
    emit,
)
from newsqa.models import Completion, Message, OnText, OutputSchema, begin_text, is_text_wanted
from newsqa.models.address import OPENAI_URL, Address, parse_address
from newsqa.models.dialect import Dialect, is_openai
from newsqa.models.errors import AttemptError, Target
from newsqa.models.known_models import DEFAULT_MODEL, facts_of
from newsqa.models.responses import Reply
from newsqa.models.transport import PerLoop, Transport
from newsqa.usage import Usage

if TYPE_CHECKING:
    from newsqa.models.client import Exchange

_TOKEN = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")
"""The name of a header, as RFC 9110 defines it."""

_REPHRASED = (ModelRequestError, ModelContextError, ModelUnavailableError)
"""Errors that another way of phrasing the request may avoid."""


class OpenAIModel:
    """A model at OpenAI, or at any server with the same chat completions.

    JSON is requested with a strict schema, then as any JSON object, then by the prompt alone: when a
    server rejects one, the next is used and remembered. The prompt must describe the shape of the
    JSON, because some servers accept a schema and ignore it.

    One model serves any number of tasks, threads and event loops, and forked processes.

    Args:
        name: The model's name at the server.
        api_key: By default ``OPENAI_API_KEY``. Servers other than OpenAI's and Azure's may need none.
        base_url: By default ``OPENAI_BASE_URL``, or else OpenAI's. A query is added to each request.
        max_input_tokens: By default the limit in ``known_models``, which is low for unknown models.
        max_output_tokens: By default the limit in ``known_models``.
        parameters: Added to every request. They override what this class sends, and ``None`` leaves
            one out. Temperature is not sent by default, because several models reject it.
        headers: Sent with every request, such as ``api-key``.
        transport: Timeouts, retries and concurrency.

    Raises:
        ConfigurationError: A key, address, header or limit is missing or unusable.
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
        headers: Mapping[str, str] | None = None,
        transport: Transport | None = None,
    ) -> None:
        self._address = parse_address(base_url or os.environ.get("OPENAI_BASE_URL") or OPENAI_URL)
        facts = facts_of(name, hosted=not self._address.is_local)
        self._name = name
        self._facts = replace(
            facts,
            max_input_tokens=_limit(max_input_tokens, facts.max_input_tokens),
            max_output_tokens=_limit(max_output_tokens, facts.max_output_tokens),
        )
        self._headers = _checked(headers or {})
        self._key = _key(api_key, self._address, self._headers)
        secrets = (self._key, *self._headers.values())
        self._target = Target(name, self._address.shown, tuple(filter(None, secrets)))
        self._transport = transport or Transport()
        self._dialect = Dialect(
            name, url=self._address.url, facts=self._facts, parameters=parameters or {}
        )
        self._sessions = PerLoop(self._open_session)

    def __repr__(self) -> str:
        return f"OpenAIModel({self._name!r}, base_url={self._target.url!r})"

    @property
    def name(self) -> str:
        """The model's name, as it was passed."""
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

        The usage of a completion, and of an error, includes all attempts.

        Raises:
            ConfigurationError: The environment keeps the client from being made.
            ModelUnavailableError: All attempts failed, or the deadline passed.
            ModelRequestError: The server rejects the request, and would reject it again.
            ModelContextError: The prompt is too long.
            ModelRefusedError: The model or a content filter refused.
            ModelTruncatedError: The output ended at its limit.
        """
        session = await self._sessions.get()
        call = _Call(session.exchange, self._dialect, self._transport, self._target)
        async with session.slots:
            try:
                reply, request_id = await call.run(messages, schema)
            except AttemptError as failure:
                raise call.error(failure, self._name) from failure.__cause__
        return Completion(reply.text, reply.model or self._name, call.usage, request_id)

    async def aclose(self) -> None:
        """Close the connections of the running event loop; the model may be used again."""
        await self._sessions.aclose()

    def _open_session(self) -> _Session:
        # Here and not above: it imports the client, which takes 0.3 s.
        from newsqa.models.client import Exchange

        exchange = Exchange(
            self._address, self._target, self._transport, key=self._key, headers=self._headers
        )
        return _Session(exchange, asyncio.Semaphore(self._transport.max_concurrency))


@dataclass(frozen=True, slots=True)
class _Session:
    """The session of one event loop: an open client, and slots for requests under way."""

    exchange: Exchange
    slots: asyncio.Semaphore

    async def aclose(self) -> None:
        await self.exchange.aclose()


@dataclass(slots=True)
class _Call:
    """One completion under way, and what it has cost so far."""

    exchange: Exchange
    dialect: Dialect
    transport: Transport
    target: Target
    usage: Usage = field(default_factory=Usage)

    async def run(
        self, messages: Sequence[Message], schema: OutputSchema
    ) -> tuple[Reply, str | None]:
        """Return the reply of the first attempt that gets one."""
        started = self.transport.clock()
        policy = self.transport.retrying(started, before_retry=self._count_retry)
        answer: tuple[Reply, str | None] = await policy(self._attempt, messages, schema, started)
        reply, request_id = answer
        self.usage += reply.usage
        return reply, request_id

    def error(self, failure: AttemptError, model: str) -> ModelError:
        """Return the error for the caller: the last failure, with what all attempts cost."""
        error = failure.kind(
            self._describe(failure),
            model=model,
            usage=self.usage,
            request_id=failure.request_id,
            partial=failure.partial,
        )
        if isinstance(error, ModelContextError) and failure.complaint is not None:
            error.max_input_tokens = self.dialect.prompt_limit(failure.complaint)
        return error

    def _describe(self, failure: AttemptError) -> str:
        if not failure.transient:
            return failure.sentence
        calls = "1 request" if self.usage.calls == 1 else f"{self.usage.calls} requests"
        wait = f"; it asks to wait {failure.retry_after:g} s" if failure.retry_after else ""
        return f"{failure.sentence} Given up after {calls}{wait}."

    async def _attempt(
        self, messages: Sequence[Message], schema: OutputSchema, started: float
    ) -> tuple[Reply, str | None]:
        """Send one request, and again for as long as another way of phrasing it may succeed."""
        while True:
            body = self.dialect.body(messages, schema, streams=is_text_wanted())
            self.usage += Usage(calls=1)
            try:
                return await self._send(body, started)
            except AttemptError as failure:
                self.usage += failure.spent
                if failure.complaint is None or failure.kind not in _REPHRASED:
                    raise
                if failure.kind is ModelRequestError and failure.transient:
                    raise  # the server says that the same request may succeed
                if not self.dialect.learn_from(failure.complaint, body):
                    raise
                emit(RequestRephrased(model=self.target.model))

    async def _send(self, body: Mapping[str, object], started: float) -> tuple[Reply, str | None]:
        """Send one request, and report it. A failure after the first text of a stream is final."""
        sent = _Sent(self.target, self.usage.calls, body, self.transport.clock)
        try:
            reply, request_id = await self.exchange.post(
                body,
                seconds=self.transport.remaining(started),
                on_text=sent.on_text if sent.is_streaming else None,
            )
        except BaseException as error:
            if isinstance(error, AttemptError) and sent.first_text_at is not None:
                error.transient, error.complaint = False, None
            sent.report_failure(error)
            raise
        sent.report_completion(reply)
        return reply, request_id

    def _count_retry(self, wait_seconds: float) -> None:
        self.usage += Usage(retries=1)
        emit(RetryScheduled(model=self.target.model, wait_seconds=wait_seconds))


class _Sent:
    """A request under way: it reports what becomes of it, and passes on its text as it comes."""

    def __init__(
        self, target: Target, number: int, body: Mapping[str, object], clock: Callable[[], float]
    ) -> None:
        self._server = {"model": target.model, "url": target.url}
        self._clock = clock
        self._sent_at = clock()
        self._write: OnText | None = None
        self.first_text_at: float | None = None
        self.is_streaming = bool(body.get("stream"))
        limit = body.get("max_completion_tokens", body.get("max_tokens"))
        emit(
            RequestSent(
                **self._server,
                number=number,
                is_streaming=self.is_streaming,
                max_output_tokens=limit if isinstance(limit, int) else None,
            )
        )

    def on_text(self, text: str) -> None:
        """Pass on a piece of the output, if somebody waits for it."""
        if self.first_text_at is None:
            self.first_text_at = self._clock()
            self._write = begin_text()
        if self._write:
            self._write(text)

    def report_completion(self, reply: Reply) -> None:
        """Report a reply."""
        first = self.first_text_at
        emit(
            RequestCompleted(
                **self._server,
                completed_by=reply.model or self._server["model"],
                usage=reply.usage,
                seconds=self._clock() - self._sent_at,
                first_text_seconds=None if first is None else first - self._sent_at,
                finish_reasons=(reply.finish,) if reply.finish else (),
                response_id=reply.id,
            )
        )

    def report_failure(self, error: BaseException) -> None:
        """Report an error, or that the request was cancelled."""
        failure = error if isinstance(error, AttemptError) else None
        complaint = failure.complaint if failure else None
        emit(
            RequestFailed(
                **self._server,
                error=(failure.kind if failure else type(error)).__name__,
                status=complaint.status if complaint else None,
                seconds=self._clock() - self._sent_at,
            )
        )


def _limit(given: int | None, default: int) -> int:
    if given is not None and given <= 0:
        raise ConfigurationError(f"A limit of tokens must be above 0, and is {given}.")
    return given or default


def _key(given: str | None, address: Address, headers: Mapping[str, str]) -> str:
    """Return the key for ``address``, empty for a server that needs none."""
    key = (os.environ.get("OPENAI_API_KEY", "") if given is None else given).strip()
    if not key and (given is not None or (is_openai(address.url) and not headers)):
        raise ConfigurationError(f"There is no key for {address.shown}: set OPENAI_API_KEY.")
    if not (key.isascii() and key.isprintable()) or " " in key:
        raise ConfigurationError(
            "The key holds a space, a line end or a letter that no key has: copy it again."
        )
    return key


def _checked(headers: Mapping[str, str]) -> dict[str, str]:
    """Return ``headers``, if they can be sent. The message does not show a value: it may be a key."""
    for name, value in headers.items():
        if not (_TOKEN.fullmatch(name) and value.isascii() and value.isprintable()):
            raise ConfigurationError(f"The header {name!r} holds a character that none may have.")
    return dict(headers)
