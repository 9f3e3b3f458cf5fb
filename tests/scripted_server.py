"""A chat-completions server without a network: it has a script and its own clock."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import httpx2

from newsqa.models import Completion, Message, OutputSchema
from newsqa.models.openai import OpenAIModel
from newsqa.models.transport import Transport

LOCAL_URL = "http://models.test/v1"
OPENAI_URL = "https://api.openai.com/v1"
PROMPT = (Message("system", "Answer in JSON."), Message("user", "When does the ferry leave?"))
SCHEMA = OutputSchema("draft", {"type": "object"})
TEXT = '{"short": "at nine"}'


class ScriptedServer:
    """Gives its answers in order, keeps requests, and counts the seconds that clients sleep."""

    def __init__(self, *script: httpx2.Response | Exception) -> None:
        self._script = list(script)
        self.bodies: list[dict[str, Any]] = []
        self.requests: list[httpx2.Request] = []
        self.clients: list[httpx2.AsyncClient] = []
        self.slept: list[float] = []
        self.now = 1000.0

    @property
    def calls(self) -> int:
        """How many requests arrived."""
        return len(self.requests)

    def model(self, name: str = "tiny", **arguments: Any) -> OpenAIModel:
        """Return a model at this server; ``transport`` has changes to its transport."""
        changes = arguments.pop("transport", {})
        arguments = {"api_key": "sk-secret", "base_url": LOCAL_URL, **arguments}
        return OpenAIModel(name, transport=self.transport(**changes), **arguments)

    def transport(self, **changes: Any) -> Transport:
        """Return a transport to this server, with its clock."""
        defaults: dict[str, Any] = {
            "http_client": self._client,
            "sleep": self._sleep,
            "clock": lambda: self.now,
        }
        return Transport(**{**defaults, **changes})

    def complete(self, **arguments: Any) -> Completion:
        """Return the completion of a new model at this server."""
        return complete(self.model(**arguments))

    def _client(self) -> httpx2.AsyncClient:
        client = httpx2.AsyncClient(transport=httpx2.MockTransport(self._answer))
        self.clients.append(client)
        return client

    def _answer(self, request: httpx2.Request) -> httpx2.Response:
        self.requests.append(request)
        self.bodies.append(json.loads(request.content))
        assert self._script, "the server was asked once more than its script has answers"
        answer = self._script.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    async def _sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


def complete(model: OpenAIModel) -> Completion:
    """Return the completion of ``model``, in an event loop of its own."""
    return asyncio.run(model.complete(PROMPT, SCHEMA))


def answer(text: str | None = TEXT, *, finish: str = "stop", **message: Any) -> httpx2.Response:
    """Return a completion as OpenAI sends it."""
    return httpx2.Response(
        200,
        headers={"x-request-id": "req_1"},
        json={
            "id": "chatcmpl-1",
            "model": "tiny-2026",
            "choices": [
                {
                    "index": 0,
                    "finish_reason": finish,
                    "message": {"role": "assistant", "content": text, **message},
                }
            ],
            "usage": {"prompt_tokens": 10, "completion_tokens": 5, "total_tokens": 15},
        },
    )


class Pieces(httpx2.AsyncByteStream):
    """The body of an event stream, sent piece by piece; an exception among the pieces is raised.

    Attributes:
        sent: How many pieces were sent.
        is_closed: Whether the client closed the response.
    """

    def __init__(self, *pieces: bytes | Exception) -> None:
        self.pieces = pieces
        self.sent = 0
        self.is_closed = False

    async def __aiter__(self) -> AsyncIterator[bytes]:
        """Send the pieces, and let other tasks run between them."""
        for piece in self.pieces:
            await asyncio.sleep(0)
            if isinstance(piece, Exception):
                raise piece
            self.sent += 1
            yield piece

    async def aclose(self) -> None:
        """Take note."""
        self.is_closed = True


def chunk(text: str = "", **fields: Any) -> bytes:
    """Return one event of a stream as OpenAI sends it; ``fields`` go into its choice."""
    choice = {"index": 0, "delta": {"content": text}, "finish_reason": None, **fields}
    part = {"id": "chatcmpl-1", "model": "tiny-2026", "choices": [choice]}
    return f"data: {json.dumps(part)}\n\n".encode()


USED = (
    b'data: {"choices": [], "usage": {"prompt_tokens": 10, "completion_tokens": 5}}\n\n'
    b"data: [DONE]\n\n"
)
"""The end of a stream whose usage was asked for."""


def pieces_of(text: str, size: int = 4) -> Pieces:
    """Return a text as a stream of events with ``size`` characters each, as many as in a token."""
    texts = [text[start : start + size] for start in range(0, len(text), size)]
    return Pieces(*map(chunk, texts), chunk(finish_reason="stop"), USED)


def streamed(pieces: Pieces) -> httpx2.Response:
    """Return a response whose body arrives piece by piece."""
    headers = {"content-type": "text/event-stream", "x-request-id": "req_1"}
    return httpx2.Response(200, headers=headers, stream=pieces)


def error(
    status: int, message: str = "", *, headers: dict[str, str] | None = None, **fields: Any
) -> httpx2.Response:
    """Return an error as OpenAI sends it."""
    body = {"error": {"message": message, "type": None, "param": None, "code": None, **fields}}
    return httpx2.Response(status, headers=headers, json=body)


def sent(status: int, body: Any, **headers: str) -> httpx2.Response:
    """Return a response with any JSON and any status."""
    return httpx2.Response(status, headers=headers, json=body)
