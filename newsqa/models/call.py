"""One completion under way: its requests, what they cost, and the events that report them."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from newsqa.errors import (
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
from newsqa.models import Message, OnText, OutputSchema, begin_text, is_text_wanted
from newsqa.models.dialect import Dialect
from newsqa.models.errors import AttemptError, Target
from newsqa.models.limits import Meter
from newsqa.models.responses import Reply
from newsqa.models.transport import Patience, Transport
from newsqa.usage import Usage

if TYPE_CHECKING:
    from newsqa.models.client import Exchange

_ONE_CALL = Usage(calls=1)

_REPHRASED = (ModelRequestError, ModelContextError, ModelUnavailableError)
"""Errors that another way of phrasing the request may avoid."""


@dataclass(slots=True)
class Call:
    """One completion under way, and what it has cost so far."""

    exchange: Exchange
    dialect: Dialect
    transport: Transport
    target: Target
    meter: Meter
    usage: Usage = field(default_factory=Usage)

    async def run(
        self, messages: Sequence[Message], schema: OutputSchema
    ) -> tuple[Reply, str | None]:
        """Return the reply of the first attempt that gets one."""
        patience = Patience(self.transport.clock())
        policy = self.transport.retrying(patience, before_retry=self._count_retry)
        answer: tuple[Reply, str | None] = await policy(self._attempt, messages, schema, patience)
        return answer

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
        if not failure.is_retryable:
            return failure.sentence
        calls = "1 request" if self.usage.calls == 1 else f"{self.usage.calls} requests"
        wait = f"; it asks to wait {failure.retry_after:g} s" if failure.retry_after else ""
        return f"{failure.sentence} Given up after {calls}{wait}."

    async def _attempt(
        self, messages: Sequence[Message], schema: OutputSchema, patience: Patience
    ) -> tuple[Reply, str | None]:
        """Send one request, and again for as long as another way of phrasing it may succeed."""
        while True:
            body = self.dialect.body(messages, schema, streams=is_text_wanted())
            try:
                return await self._send(body, patience)
            except AttemptError as failure:
                if failure.complaint is None or failure.kind not in _REPHRASED:
                    raise
                if failure.broke_off:
                    raise  # its beginning was passed on
                if failure.kind is ModelRequestError and failure.transient:
                    raise  # the server says that the same request may succeed
                if not self.dialect.learn_from(failure.complaint, body):
                    raise
                emit(RequestRephrased(model=self.target.model))

    async def _send(
        self, body: Mapping[str, object], patience: Patience
    ) -> tuple[Reply, str | None]:
        """Send one request when the limits allow it, and count what it used."""
        asked, accepted = self.transport.clock(), self.meter.pace.accepted
        metered = await self.meter.admit(
            self._most(body), longest_pause=self.transport.until_deadline(patience)
        )
        patience.started += self.transport.clock() - asked
        try:
            reply, request_id = await self._exchange(body, patience)
        except AttemptError as failure:
            patience.excused += failure.is_too_fast and self.meter.pace.accepted > accepted
            self.usage += metered.fail(failure)
            raise
        except BaseException:
            metered.abandon()
            raise
        self.usage += metered.complete(reply.usage.model_copy(update={"calls": 1}))
        return reply, request_id

    async def _exchange(
        self, body: Mapping[str, object], patience: Patience
    ) -> tuple[Reply, str | None]:
        """Send one request, and report it. A failure after the first text of a stream is final."""
        sent = _Sent(self.target, self.usage.calls + 1, body, self.transport.clock)
        try:
            reply, request_id = await self.exchange.post(
                body,
                seconds=self.transport.remaining(patience),
                on_text=sent.on_text if sent.is_streaming else None,
            )
        except BaseException as error:
            if isinstance(error, AttemptError):
                error.broke_off = sent.first_text_at is not None
            sent.report_failure(error)
            raise
        sent.report_completion(reply)
        return reply, request_id

    def _most(self, body: Mapping[str, object]) -> Usage:
        """Return the most that a request may use: no tokenizer makes more of a byte than one token."""
        if not self.meter.counts_tokens:
            return _ONE_CALL
        size = len(json.dumps(body, ensure_ascii=False).encode("utf-8", "replace"))
        return Usage(calls=1, input_tokens=size, output_tokens=self.dialect.output_limit(body))

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
