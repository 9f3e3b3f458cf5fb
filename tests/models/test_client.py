"""One request over a real socket: what no transport inside of the client can show."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import socket
import threading
from collections.abc import Awaitable, Callable

import httpx2
import pytest

from newsqa.errors import ModelUnavailableError
from newsqa.models.client import aiohttp_client
from newsqa.models.openai import OpenAIModel
from newsqa.usage import Usage
from tests.scripted_server import PROMPT, SCHEMA, TEXT, ScriptedServer, answer

HTTPClient = Callable[[], httpx2.AsyncClient] | None
Handler = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
BODY = answer().content


def served(
    *handlers: Handler, client: HTTPClient = None, timeout: float = 5.0
) -> tuple[str | Exception, ScriptedServer, int]:
    """What a model completes at a server that answers each connection with the next handler."""
    time = ScriptedServer()  # only its clock
    todo = list(handlers)
    connections: list[asyncio.Task[None] | None] = []

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        connections.append(asyncio.current_task())
        await reader.readuntil(b"\r\n\r\n")
        await todo.pop(0)(reader, writer)
        writer.close()
        with contextlib.suppress(ConnectionError):
            await writer.wait_closed()

    async def run() -> str | Exception:
        server = await asyncio.start_server(handle, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        transport = time.transport(timeout=timeout, max_attempts=len(handlers), http_client=client)
        model = OpenAIModel("tiny", base_url=f"http://127.0.0.1:{port}/v1", transport=transport)
        async with server:
            try:
                return (await model.complete(PROMPT, SCHEMA)).text
            except ModelUnavailableError as error:
                return error
            finally:
                await model.aclose()
                await asyncio.gather(*filter(None, connections))

    return asyncio.run(run()), time, len(connections)


async def complete(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """A whole answer."""
    writer.write(HEAD + b"Content-Length: %d\r\n\r\n%b" % (len(BODY), BODY))


async def cut(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Half of an announced body."""
    writer.write(HEAD + b"Content-Length: %d\r\n\r\n%b" % (len(BODY), BODY[:40]))


async def cut_chunks(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """A chunked body without its last chunk."""
    writer.write(HEAD + b"Transfer-Encoding: chunked\r\n\r\n5\r\n%b\r\n" % BODY[:5])


async def end_unannounced(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """A body that ends with the connection, too early."""
    writer.write(HEAD + b"Connection: close\r\n\r\n" + BODY[:40])


async def hang_up(_: asyncio.StreamReader, __: asyncio.StreamWriter) -> None:
    """No answer at all."""


async def hang(reader: asyncio.StreamReader, _: asyncio.StreamWriter) -> None:
    """Nothing, until the client gives up."""
    await reader.read()


async def drip(__: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """A byte now and then, so that no single read ever takes long."""
    writer.write(HEAD + b"Content-Length: 100\r\n\r\n")
    for _ in range(100):
        writer.write(b" ")
        await asyncio.sleep(0.005)


each_client = pytest.mark.parametrize("client", [None, aiohttp_client])


@each_client
@pytest.mark.parametrize("fault", [cut, cut_chunks, end_unannounced, hang_up])
def test_an_answer_that_is_cut_is_asked_for_again(fault: Handler, client: HTTPClient) -> None:
    """Wherever it was cut, and whatever sends the requests."""
    text, time, connections = served(fault, complete, client=client)
    assert (text, connections, len(time.slept)) == (TEXT, 2, 1)


@each_client
def test_a_connection_that_is_closed_without_an_answer_is_no_timeout(client: HTTPClient) -> None:
    """The error says that the connection failed, and not that the server was slow."""
    error, _, _ = served(hang_up, client=client)
    assert "The connection to http://127.0.0.1" in str(error)
    assert "did not answer within" not in str(error)


@each_client
@pytest.mark.parametrize("fault", [hang, drip])
def test_an_answer_that_does_not_end_is_given_up(fault: Handler, client: HTTPClient) -> None:
    """The timeout is for the whole attempt, not for a byte."""
    error, time, connections = served(fault, fault, client=client, timeout=0.05)
    assert isinstance(error, ModelUnavailableError)
    assert "did not answer within 0.05 s. Given up after 2 requests." in str(error)
    assert error.usage == Usage(calls=2, retries=1)
    assert (connections, len(time.slept)) == (2, 1)


@each_client
@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_a_loopback_port_where_nobody_listens_is_unavailable_at_once(
    host: str, client: HTTPClient
) -> None:
    """A server that is not running will not run in a few seconds."""
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
    time = ScriptedServer()
    transport = time.transport(max_attempts=2, http_client=client)
    model = OpenAIModel("tiny", base_url=f"http://{host}:{port}/v1", transport=transport)
    with pytest.raises(ModelUnavailableError, match=f":{port}/v1: is the server running"):
        asyncio.run(model.complete(PROMPT, SCHEMA))
    assert time.slept == []


def test_a_loop_that_ends_closes_its_connections() -> None:
    """Without ``aclose``: the server sees the end, and no warning of an open socket is given."""
    seen: list[bytes] = []

    def serve() -> None:
        connection, _ = listener.accept()
        with connection:
            connection.settimeout(5)
            data = b""
            while SCHEMA.name.encode() not in data:
                data += connection.recv(65536)
            connection.sendall(HEAD + b"Content-Length: %d\r\n\r\n%b" % (len(BODY), BODY))
            seen.append(connection.recv(1))

    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = threading.Thread(target=serve)
        server.start()
        url = f"http://127.0.0.1:{listener.getsockname()[1]}/v1"
        asyncio.run(OpenAIModel("tiny", base_url=url).complete(PROMPT, SCHEMA))
        server.join()
    gc.collect()
    assert seen == [b""]
