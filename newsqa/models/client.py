"""One request and its answer: the only module that imports ``openai``, which takes 0.3 s."""

from __future__ import annotations

import asyncio
import os
import ssl
from collections.abc import Iterator, Mapping
from pathlib import Path

import httpx2
import openai

from newsqa.errors import (
    ConfigurationError,
    ModelError,
    ModelRefusedError,
    ModelTruncatedError,
)
from newsqa.models import OnText
from newsqa.models.address import Address
from newsqa.models.body import EventStream, read_body
from newsqa.models.complaints import read_complaint, read_error
from newsqa.models.errors import AttemptError, Target
from newsqa.models.responses import Reply, failed_generation, read_reply
from newsqa.models.transport import Transport, check_allowed, retry_after, should_retry
from newsqa.optional import load_extra

_NO_KEY = "none"
"""Sent to servers that need no key: the client sends nothing without one."""

_KEY_HEADERS = frozenset({"authorization", "api-key", "x-api-key", "x-goog-api-key"})


class Exchange:
    """An open client, and the one call that is made with it.

    Args:
        address: Where requests go.
        target: The model, for messages.
        transport: Timeouts and the maker of the HTTP client.
        key: The key, empty for a server without keys.
        headers: Sent with each request. One that holds a key replaces the usual one.

    Raises:
        ConfigurationError: The environment keeps the client from being made.
    """

    def __init__(
        self,
        address: Address,
        target: Target,
        transport: Transport,
        *,
        key: str = "",
        headers: Mapping[str, str] | None = None,
    ) -> None:
        self._address = address
        self._target = target
        self._headers: dict[str, str | openai.Omit] = dict(headers or {})
        if not key and _KEY_HEADERS & {name.lower() for name in self._headers}:
            self._headers.setdefault("Authorization", openai.Omit())
        try:
            if not transport.http_client:
                check_environment()
            self._client = openai.AsyncOpenAI(
                api_key=key or _NO_KEY,
                base_url=address.url,
                max_retries=0,  # tenacity is the one owner of retries
                timeout=transport.timeout,
                http_client=transport.http_client() if transport.http_client else None,
            )
        except (OSError, ValueError, ImportError, TypeError, openai.OpenAIError) as error:
            raise ConfigurationError(
                f"The client for {target.url} cannot be made: {target.without_secrets(str(error))}."
            ) from error

    async def post(
        self, body: Mapping[str, object], *, seconds: float, on_text: OnText | None = None
    ) -> tuple[Reply, str | None]:
        """Return what the server completes, and the id that it gave to the request.

        Args:
            body: The request.
            seconds: The most that the exchange may take, to the last byte.
            on_text: Called with each piece of the output as it comes. The body must ask the server to
                stream; if it does not, nothing is passed, and the reply is the same.

        Raises:
            AttemptError: Everything else that a server may answer, or no answer after ``seconds``.
            ConfigurationError: The request cannot be written as HTTP.
            ModelRequestForbiddenError: Inside ``no_model_requests``.
        """
        check_allowed(self._target.model, self._target.url)
        try:
            # The client's own timeout starts anew with every byte that arrives.
            async with asyncio.timeout(seconds):
                response = await self._client.post(
                    self._address.endpoint,
                    cast_to=httpx2.Response,
                    body=body,
                    options={"headers": self._headers},
                    stream=on_text is not None,
                )
                payload = await _read(response, on_text) if on_text else _payload(response)
        except (TimeoutError, openai.APITimeoutError, httpx2.TimeoutException) as error:
            if any(map(_is_disconnect, _causes(error))):
                raise self._unconnected(error) from error
            sentence = f"{self._target.url} did not answer within {seconds:.3g} s."
            raise AttemptError(sentence) from error
        except openai.APIStatusError as error:
            return self._rejected(error)
        except (openai.APIConnectionError, httpx2.HTTPError) as error:
            raise self._unconnected(error) from error
        except UnicodeError as error:
            raise ConfigurationError(
                "A header holds a character that none may have: check the headers, OPENAI_ORG_ID, "
                "OPENAI_PROJECT_ID and OPENAI_CUSTOM_HEADERS."
            ) from error
        return self._accepted(payload, response)

    async def aclose(self) -> None:
        """Close its connections."""
        await self._client.close()

    def _unconnected(self, error: Exception) -> AttemptError:
        if self._address.is_loopback and any(map(_is_refusal, _causes(error))):
            # Nothing listens there, and nothing will in a few seconds.
            return AttemptError(
                f"Nothing answers at {self._target.url}: is the server running?", transient=False
            )
        cause = error.__cause__ or error
        reason = self._target.without_secrets(str(cause)) or type(cause).__name__
        return AttemptError(f"The connection to {self._target.url} failed: {reason}.")

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
        shows_key = self._target.without_secrets(str(error)) != str(error)
        raise failure from (None if shows_key else error)

    def _accepted(self, payload: object, response: httpx2.Response) -> tuple[Reply, str | None]:
        request_id = response.headers.get("x-request-id")
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
                f"base_url the address of an API, which mostly ends in /v1?{self._target.path_hint}"
            )
        return AttemptError(f"{self._target.url} sent an answer without a completion in it.")

    def _unfinished(self, reply: Reply) -> AttemptError | None:
        model = self._target.model
        if reply.refusal or reply.is_filtered:
            why = reply.refusal or f"a content filter stopped it ({reply.finish})."
            return _final(ModelRefusedError, f"{model!r} refused to answer: {why}", reply)
        if reply.is_truncated:
            sentence = f"The output of {model!r} ended at its limit: set max_output_tokens higher."
            return _final(ModelTruncatedError, sentence, reply)
        if not reply.text.strip():
            return AttemptError(f"{model!r} wrote nothing.", spent=reply.usage)
        return None


def _final(kind: type[ModelError], sentence: str, reply: Reply) -> AttemptError:
    return AttemptError(sentence, kind, transient=False, partial=reply.text, spent=reply.usage)


async def _read(response: httpx2.Response, on_text: OnText) -> object:
    """Return the payload of a response that is still open, and pass on its text as it comes.

    The response is closed in any case: a server that writes for nobody costs money.
    """
    stream = EventStream()
    try:
        async for data in response.aiter_bytes():
            for text in stream.feed(data):
                on_text(text)
    finally:
        await response.aclose()
    return stream.payload(response.charset_encoding)


def _payload(response: httpx2.Response) -> object:
    """Return the JSON of a body, or its text; the content type is often wrong, so it is not read."""
    return read_body(response.content, charset=response.charset_encoding)


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    """Yield an error and what caused it; anyio groups the failures of several addresses."""
    if error is None:
        return
    yield error
    if isinstance(error, BaseExceptionGroup):
        for inner in error.exceptions:
            yield from _causes(inner)
    yield from _causes(error.__cause__ or error.__context__)


def _is_refusal(error: BaseException) -> bool:
    return isinstance(error, ConnectionRefusedError)


def _is_disconnect(error: BaseException) -> bool:
    """Return whether aiohttp lost the connection, which its transport reports as a timeout."""
    return type(error).__module__.startswith("aiohttp.") and not isinstance(error, TimeoutError)


def aiohttp_client() -> httpx2.AsyncClient:
    """Return an HTTP client that sends its requests with aiohttp, for ``Transport.http_client``.

    Raises:
        ConfigurationError: ``newsqa[aiohttp]`` is not installed, or the environment keeps the client
            from being made.
    """
    load_extra("aiohttp", wanted_for="Requests with aiohttp", extra="aiohttp")
    check_environment()
    return openai.DefaultAioHttpClient()


_PROXIES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")
_HEADERS = ("OPENAI_ORG_ID", "OPENAI_PROJECT_ID", "OPENAI_CUSTOM_HEADERS")
"""Sent with each request by the ``openai`` client."""


def check_environment() -> None:
    """Raise an error that names the variable, if one that the client reads is not usable.

    Raises:
        ConfigurationError: A proxy, certificates or a header in the environment cannot be used.
    """
    for name, problem in _problems():
        raise ConfigurationError(
            f"The environment variable {name} is not usable: {problem}. Correct it or unset it."
        )


def _problems() -> Iterator[tuple[str, str]]:
    for name in filter(os.environ.get, _PROXIES + tuple(map(str.lower, _PROXIES))):
        if problem := _problem_of_proxy(os.environ[name]):
            yield name, problem
    for name in filter(os.environ.get, ("NO_PROXY", "no_proxy")):
        if problem := _problem_of_hosts(os.environ[name]):
            yield name, problem
    for name in filter(os.environ.get, ("SSL_CERT_FILE", "SSL_CERT_DIR", "SSLKEYLOGFILE")):
        if problem := _problem_of_certificates(name, os.environ[name]):
            yield name, problem
    for name in filter(os.environ.get, _HEADERS):
        if not (os.environ[name].isascii() and os.environ[name].replace("\n", "").isprintable()):
            yield name, "it holds a character that no header may have"


def _problem_of_proxy(value: str) -> str:
    """Return why no request can go through the proxy; its URL may hold a password, so not that."""
    url = value if "://" in value else f"http://{value}"
    try:
        httpx2.AsyncHTTPTransport(
            proxy=httpx2.Proxy(url), verify=ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        )
    except ImportError:
        return "SOCKS proxies need another package, pip install 'httpx2[socks]'"
    except (ValueError, httpx2.InvalidURL):
        return "it is not the URL of an http, https or socks5 proxy"
    return "" if httpx2.URL(url).host else "the URL of the proxy has no host"


def _problem_of_hosts(value: str) -> str:
    for host in filter(None, map(str.strip, value.split(","))):
        pattern = host if "://" in host else f"all://{host}"
        try:
            httpx2.URL(pattern)
        except (ValueError, httpx2.InvalidURL):
            if host.count(":") < 2:  # the client puts a bare IPv6 address in brackets
                return f"{host!r} is not the name of a host"
    return ""


def _problem_of_certificates(name: str, value: str) -> str:
    try:
        if name == "SSL_CERT_FILE":
            ssl.create_default_context(cafile=value)
        elif name == "SSL_CERT_DIR":
            ssl.create_default_context(capath=value)
            return "" if Path(value).is_dir() else f"there is no folder {value!r}"
        else:
            with Path(value).open("a"):
                pass
    except (OSError, ssl.SSLError) as error:
        return str(error).rstrip(".") + f" ({value!r})"
    return ""
