"""Sends one request. The only module that imports ``openai``, which takes 0.3 s."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping

import httpx2
import openai

from newsqa.errors import ModelError, ModelRefusedError, ModelTruncatedError
from newsqa.models.errors import AttemptError, Target
from newsqa.models.no_requests import check_allowed
from newsqa.models.responses import (
    Reply,
    failed_generation,
    read_complaint,
    read_error,
    read_reply,
)
from newsqa.models.retries import Transport, retry_after, should_retry

_NO_KEY = "none"
"""Sent to servers that need no key: the client sends nothing without one."""


class Exchange:
    """An open client, and the one call that it makes."""

    def __init__(self, url: str, target: Target, transport: Transport) -> None:
        self._target = target
        self._client = openai.AsyncOpenAI(
            api_key=target.secret or _NO_KEY,
            base_url=url,
            max_retries=0,  # tenacity is the one owner of retries
            timeout=transport.timeout,
            http_client=transport.http_client() if transport.http_client else None,
        )

    async def post(self, body: Mapping[str, object], *, seconds: float) -> tuple[Reply, str | None]:
        """Return the server's completion, and its id for the request.

        Args:
            body: The JSON body.
            seconds: The time that the server has for the whole answer.

        Raises:
            AttemptError: There is no completion.
            ModelRequestForbiddenError: ``no_model_requests`` is in force.
        """
        check_allowed(self._target.model, self._target.url)
        try:
            # The client's own timeout starts anew with every byte that arrives.
            async with asyncio.timeout(seconds):
                response = await self._client.post(
                    "/chat/completions", cast_to=httpx2.Response, body=body
                )
        except (TimeoutError, openai.APITimeoutError) as error:
            sentence = f"{self._target.url} did not answer within {seconds:.3g} s."
            raise AttemptError(sentence) from error
        except openai.APIStatusError as error:
            return self._rejected(error)
        except openai.APIConnectionError as error:
            cause = error.__cause__ or error
            reason = self._target.without_secret(str(cause)) or type(cause).__name__
            raise AttemptError(f"The connection to {self._target.url} failed: {reason}.") from error
        return self._accepted(response)

    async def aclose(self) -> None:
        """Close the connections."""
        await self._client.close()

    def _rejected(self, error: openai.APIStatusError) -> tuple[Reply, str | None]:
        payload, headers = _payload(error.response), error.response.headers
        written = failed_generation(payload)
        if written:
            return Reply(written), error.request_id
        failure = self._target.failure(
            read_complaint(payload, error.status_code),
            should_retry=should_retry(headers),
            retry_after=retry_after(headers),
            request_id=error.request_id,
        )
        # A server that repeats the key would have it printed with the traceback.
        raise failure from (
            error if self._target.without_secret(str(error)) == str(error) else None
        )

    def _accepted(self, response: httpx2.Response) -> tuple[Reply, str | None]:
        payload, request_id = _payload(response), response.headers.get("x-request-id")
        complaint = read_error(payload)
        if complaint is not None:
            wait = retry_after(response.headers)
            raise self._target.failure(complaint, retry_after=wait, request_id=request_id)
        reply = read_reply(payload)
        problem = self._malformed(payload, response) if reply is None else self._unfinished(reply)
        if problem is not None:
            problem.request_id = request_id
            raise problem
        assert reply is not None, "no reply is a problem"
        return reply, request_id

    def _malformed(self, payload: object, response: httpx2.Response) -> AttemptError:
        if isinstance(payload, str):
            kind = response.headers.get("content-type", "something")
            return AttemptError(
                f"{self._target.url} sent {kind} where JSON was expected, or only a part of it: is "
                "base_url the address of an API, which mostly ends in /v1?"
            )
        return AttemptError(f"{self._target.url} sent an answer without a completion in it.")

    def _unfinished(self, reply: Reply) -> AttemptError | None:
        model = self._target.model
        if reply.refusal or reply.is_filtered:
            why = reply.refusal or "a content filter stopped it."
            return _final(ModelRefusedError, f"{model!r} refused to answer: {why}", reply)
        if reply.is_truncated:
            sentence = f"The output of {model!r} ended at its limit: set max_output_tokens higher."
            return _final(ModelTruncatedError, sentence, reply)
        if not reply.text.strip():
            return AttemptError(f"{model!r} wrote nothing.", spent=reply.usage)
        return None


def _final(kind: type[ModelError], sentence: str, reply: Reply) -> AttemptError:
    return AttemptError(sentence, kind, transient=False, partial=reply.text, spent=reply.usage)


def _payload(response: httpx2.Response) -> object:
    """Return the JSON of a body, or its text. The content type is often wrong, so it is not read."""
    text = response.text
    try:
        payload: object = json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return text
    return payload
