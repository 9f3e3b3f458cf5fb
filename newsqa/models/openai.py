"""OpenAIModel: any server that speaks OpenAI's chat completions."""

from __future__ import annotations

import asyncio
import json
import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from newsqa.errors import BudgetError, ConfigurationError
from newsqa.models import Completion, Message, OutputSchema
from newsqa.models.address import OPENAI_URL, Address, parse_address
from newsqa.models.call import Call
from newsqa.models.dialect import Dialect, is_openai
from newsqa.models.errors import AttemptError, Target
from newsqa.models.known_models import DEFAULT_MODEL, Pricing, facts_of
from newsqa.models.limits import Limits, Meter
from newsqa.models.pace import pace_of
from newsqa.models.transport import PerLoop, Transport

if TYPE_CHECKING:
    from newsqa.models.client import Exchange

_TOKEN = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")
"""The name of a header, as RFC 9110 defines it."""


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
        limits: What may be spent, how fast, and at which prices.

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
        limits: Limits | None = None,
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
        self._meter = self._make_meter(limits or Limits())
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
            BudgetError: A budget leaves no room for another request.
        """
        session = await self._sessions.get()
        call = Call(session.exchange, self._dialect, self._transport, self._target, self._meter)
        async with session.slots:
            try:
                reply, request_id = await call.run(messages, schema)
            except AttemptError as failure:
                raise call.error(failure, self._name) from failure.__cause__
            except BudgetError as error:
                error.usage = call.usage
                raise
        return Completion(reply.text, reply.model or self._name, call.usage, request_id)

    async def aclose(self) -> None:
        """Close the connections of the running event loop; the model may be used again."""
        await self._sessions.aclose()

    def _make_meter(self, limits: Limits) -> Meter:
        pace = pace_of(
            (self._address.endpoint, self._name, self._key),
            self._transport.clock,
            limits.requests_per_minute,
            limits.tokens_per_minute,
        )
        url = None if self._address.is_local else self._address.url
        pricing = Pricing(self._name, url, limits.prices)
        return Meter(
            limits, pricing, pace, clock=self._transport.clock, sleep=self._transport.sleep
        )

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
