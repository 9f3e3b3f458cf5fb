"""Measures a stream against the same question without one: CPU, first claim, and closing early.

Run it with ``python benchmarks/streaming.py``. Everything runs in this process over a server that is a
double on loopback, in turns, so that a busy machine slows all of it down. What a stream adds has two
parts: the transport of the pieces, which the bare client has to pay as well, and newsqa's own work, which
is measured with the pieces in memory.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from pathlib import Path

import openai
from pydantic import SecretStr

from newsqa import Article, ClaimVerified, NewsQA, Settings
from newsqa.models import Completion, Message, OutputSchema, begin_text
from newsqa.usage import Usage

ROUNDS = 40
PIECE_CHARACTERS = 4
TOKENS_A_SECOND = 40
QUESTION = "What happened?"
ARTICLE = Path(__file__).parent.parent / "examples" / "harbour-strike.txt"


def draft_of(article: Article, claims: int = 5) -> str:
    """Return a draft whose claims quote sentences of the article, of about 200 tokens."""
    chosen = [s for s in article.sentences if 60 < len(s.text) < 120 and s.text[-1] == "."][:claims]
    said = [
        {"evidence": [{"sentence": s.number, "quote": s.text[:-1]}], "text": s.text} for s in chosen
    ]
    return json.dumps({"claims": said, "short": "", "status": "answered"})


def events_of(text: str) -> Iterator[bytes]:
    """Yield the events of a stream, with four characters each."""
    for start in range(0, len(text), PIECE_CHARACTERS):
        delta = {"content": text[start : start + PIECE_CHARACTERS]}
        choice = {"index": 0, "delta": delta, "finish_reason": None}
        part = {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "m"}
        yield f"data: {json.dumps({**part, 'choices': [choice]})}\n\n".encode()
    yield b"data: [DONE]\n\n"


class Server:
    """A server of chat completions that writes one text, as fast as asked.

    Attributes:
        sent: How many events of the last stream were sent.
        closed: Set when a client has closed its connection.
    """

    def __init__(self, text: str, *, tokens_a_second: int = 0) -> None:
        self._events = list(events_of(text))
        self._whole = json.dumps(
            {"model": "m", "choices": [{"message": {"content": text}, "finish_reason": "stop"}]}
        ).encode()
        self._pause = 1 / tokens_a_second if tokens_a_second else 0.0
        self.sent = 0
        self.total = len(self._events)
        self.closed = asyncio.Event()

    async def serve(self) -> str:
        """Start to listen, and return the base URL."""
        server = await asyncio.start_server(self._handle, "127.0.0.1", 0)
        return f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/v1"

    async def _handle(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                length = next(
                    int(line.split(b":")[1])
                    for line in head.lower().splitlines()
                    if line.startswith(b"content-length")
                )
                body = json.loads(await reader.readexactly(length))
                await (self._stream(reader, writer) if body.get("stream") else self._reply(writer))
        except (asyncio.IncompleteReadError, ConnectionError):
            self.closed.set()
            writer.close()

    async def _reply(self, writer: asyncio.StreamWriter) -> None:
        head = f"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {len(self._whole)}\r\n\r\n"
        writer.write(head.encode() + self._whole)
        await writer.drain()

    async def _stream(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(
            b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n"
        )
        for number, event in enumerate(self._events, 1):
            self.sent = number
            writer.write(f"{len(event):x}\r\n".encode() + event + b"\r\n")
            await writer.drain()
            await asyncio.sleep(self._pause)
            if reader.at_eof():
                raise ConnectionError
        writer.write(b"0\r\n\r\n")
        await writer.drain()


class InMemory:
    """A model that writes one text, in pieces if somebody waits for them."""

    name = fingerprint = "memory"
    max_input_tokens = 10_000

    def __init__(self, text: str) -> None:
        self._text = text

    async def complete(self, messages: Sequence[Message], schema: OutputSchema) -> Completion:
        """Return the text."""
        on_text = begin_text()
        if on_text:
            for start in range(0, len(self._text), PIECE_CHARACTERS):
                on_text(self._text[start : start + PIECE_CHARACTERS])
        return Completion(self._text, self.name, Usage(calls=1))

    async def aclose(self) -> None:
        """Do nothing: no connection is open."""


async def cpu_milliseconds(**ways: Callable[[], Awaitable[object]]) -> dict[str, float]:
    """Return the CPU time of each way, the least of all rounds, which are run in turns."""
    least = dict.fromkeys(ways, float("inf"))
    for _ in range(ROUNDS):
        for name, way in ways.items():
            started = time.process_time()
            await way()
            least[name] = min(least[name], (time.process_time() - started) * 1000)
    return least


async def ask(qa: NewsQA, article: Article) -> None:
    """Ask without a stream."""
    await qa.aask(article, QUESTION)


async def stream(qa: NewsQA, article: Article) -> None:
    """Read a stream to its end."""
    async for _ in qa.astream(article, QUESTION):
        pass


async def create(client: openai.AsyncOpenAI, *, streams: bool) -> None:
    """Call the bare client with a prompt of the same size."""
    prompt = ARTICLE.read_text(encoding="utf-8")
    reply = await client.chat.completions.create(
        model="m", messages=[{"role": "user", "content": prompt}], stream=streams
    )
    if isinstance(reply, openai.AsyncStream):
        async for _ in reply:
            pass


async def compare_cpu(article: Article, text: str) -> None:
    """Print the CPU time with and without a stream."""
    url = await Server(text).serve()
    memory = NewsQA(Settings(), model=InMemory(text))
    served = NewsQA(Settings(base_url=url, model="m", api_key=SecretStr("k")))
    client = openai.AsyncOpenAI(base_url=url, api_key="k")
    taken = await cpu_milliseconds(
        ask_memory=lambda: ask(memory, article),
        stream_memory=lambda: stream(memory, article),
        ask=lambda: ask(served, article),
        stream=lambda: stream(served, article),
        create=lambda: create(client, streams=False),
        create_stream=lambda: create(client, streams=True),
    )
    for name, milliseconds in taken.items():
        print(f"{name:15} {milliseconds:7.2f} ms")
    print(f"own work, stream : ask        {taken['stream_memory'] / taken['ask_memory']:.2f}")
    print(f"over HTTP, stream : ask       {taken['stream'] / taken['ask']:.2f}")
    print(f"bare client, stream : create  {taken['create_stream'] / taken['create']:.2f}")
    added, bare = taken["stream"] - taken["ask"], taken["create_stream"] - taken["create"]
    print(f"a stream adds {added:.2f} ms to newsqa, {bare:.2f} ms to the bare client")
    await served.aclose()
    await client.close()


async def time_claims(article: Article, text: str) -> None:
    """Print when the first claim comes at 40 tokens a second, and how fast a stream is closed."""
    server = Server(text, tokens_a_second=TOKENS_A_SECOND)
    qa = NewsQA(Settings(base_url=await server.serve(), model="m", api_key=SecretStr("k")))
    started = time.monotonic()
    events = qa.astream(article, QUESTION)
    async for event in events:
        if isinstance(event, ClaimVerified):
            share = server.sent / server.total
            print(
                f"first claim after {time.monotonic() - started:.2f} s, {share:.0%} of the output"
            )
            break
    closing = time.monotonic()
    await events.aclose()
    await server.closed.wait()
    print(f"closed upstream after {(time.monotonic() - closing) * 1000:.0f} ms")
    await qa.aclose()


async def main() -> None:
    """Print everything."""
    article = Article.from_file(ARTICLE)
    text = draft_of(article)
    print(f"{len(article.text)} characters, {len(text) // PIECE_CHARACTERS} pieces of output")
    await compare_cpu(article, text)
    await time_claims(article, text)


if __name__ == "__main__":
    asyncio.run(main())
