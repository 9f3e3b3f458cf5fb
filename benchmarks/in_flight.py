"""Questions at once, and one by one, over real connections: how many a second of CPU answers.

A server in a process of its own replies with one claim that repeats its cited sentence. One core sends and reads, and with hundreds of
requests under way it is what limits them; seconds of its CPU are counted, and not those that a busy
machine spends on others. All rows send a prompt of the same size; the fastest of all rounds counts.

    python -m benchmarks.in_flight
"""

from __future__ import annotations

import asyncio
import multiprocessing
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection

import openai

from benchmarks.speed import QUESTION, TEXT
from newsqa import Article, NewsQA
from newsqa.models.openai import OpenAIModel
from newsqa.models.transport import Transport
from tests.doubles import claim, draft
from tests.prompt_caches import bodies
from tests.scripted_server import answer

IN_FLIGHT, CALLS = 500, 1_000
SLOW_SECONDS = 0.1
ONE_BY_ONE = 60
ROUNDS = 3
PATIENCE_SECONDS = 120.0
"""So that no attempt is given up on a busy machine."""

Ask = Callable[[], Awaitable[object]]
Measure = Callable[[Ask], Awaitable[float]]


async def _serve(port_to: Connection, body: bytes, wait_seconds: float) -> None:
    reply = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: %d\r\n\r\n%b" % (
        len(body),
        body,
    )

    async def converse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                length = head.lower().partition(b"content-length:")[2].split()[0]
                await reader.readexactly(int(length))
                await asyncio.sleep(wait_seconds)
                writer.write(reply)
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    server = await asyncio.start_server(converse, "127.0.0.1", backlog=1_024)
    port_to.send(server.sockets[0].getsockname()[1])
    await server.serve_forever()


def _run_server(port_to: Connection, body: bytes, wait_seconds: float) -> None:
    asyncio.run(_serve(port_to, body, wait_seconds))


@contextmanager
def serving(body: bytes, wait_seconds: float) -> Iterator[str]:
    """Yield the address of a server that replies with ``body`` after a wait."""
    context = multiprocessing.get_context("spawn")
    port_from, port_to = context.Pipe(duplex=False)
    process = context.Process(target=_run_server, args=(port_to, body, wait_seconds), daemon=True)
    process.start()
    try:
        yield f"http://127.0.0.1:{port_from.recv()}/v1"
    finally:
        process.terminate()
        process.join()


@dataclass(frozen=True)
class Client:
    """One row: who asks, and over which transport."""

    name: str
    is_newsqa: bool
    uses_aiohttp: bool

    @asynccontextmanager
    async def asking(self, url: str, body: dict[str, object]) -> AsyncIterator[Ask]:
        """Yield what asks once, with one pool of connections for all."""
        pool = openai.DefaultAioHttpClient if self.uses_aiohttp else None
        if self.is_newsqa:
            transport = Transport(
                timeout=PATIENCE_SECONDS, max_concurrency=IN_FLIGHT, http_client=pool
            )
            model = OpenAIModel(
                "tiny", base_url=url, api_key="k", transport=transport, max_input_tokens=100_000
            )
            qa, article = NewsQA(model=model), Article(TEXT)
            yield lambda: qa.aask(article, QUESTION)
            await qa.aclose()
        else:
            bare = openai.AsyncOpenAI(
                api_key="k",
                base_url=url,
                http_client=pool() if pool else None,
                timeout=PATIENCE_SECONDS,
            )
            yield lambda: bare.chat.completions.create(**body)  # type: ignore[call-overload]  # the body is a plain dict
            await bare.close()


CLIENTS = (
    Client("chat.completions.create", is_newsqa=False, uses_aiohttp=False),
    Client("aask", is_newsqa=True, uses_aiohttp=False),
    Client("chat.completions.create, aiohttp", is_newsqa=False, uses_aiohttp=True),
    Client("aask, aiohttp", is_newsqa=True, uses_aiohttp=True),
)


async def _all_at_once(ask: Ask) -> float:
    """Return the answers in a second of CPU with ``IN_FLIGHT`` questions under way all the time."""
    left = iter(range(CALLS))

    async def work() -> None:
        for _ in left:
            await ask()

    started = time.process_time()
    await asyncio.gather(*(work() for _ in range(IN_FLIGHT)))
    return CALLS / (time.process_time() - started)


async def _one_by_one(ask: Ask) -> float:
    """Return the calls in a second of CPU, without any wait."""
    await ask()
    started = time.process_time()
    for _ in range(ONE_BY_ONE):
        await ask()
    return ONE_BY_ONE / (time.process_time() - started)


async def _measured(client: Client, url: str, body: dict[str, object], measure: Measure) -> float:
    async with client.asking(url, body) as ask:
        return await measure(ask)


SITUATIONS: tuple[tuple[str, float, Measure], ...] = (
    ("one by one, a server that replies at once", 0.0, _one_by_one),
    (f"{IN_FLIGHT} in flight, a server of {SLOW_SECONDS:g} s", SLOW_SECONDS, _all_at_once),
)


def _best(url: str, measure: Measure) -> dict[Client, float]:
    """Return the highest rate of each client in all rounds."""
    [body] = bodies(Article(TEXT), [QUESTION], url=url)
    best = dict.fromkeys(CLIENTS, 0.0)
    for _ in range(ROUNDS):
        for client in CLIENTS:
            rate = asyncio.run(_measured(client, url, body, measure))
            best[client] = max(best[client], rate)
    return best


def main() -> None:
    """Print a line per row: answers in a second of CPU, and multiples of the first."""
    cited = Article(TEXT).sentences[0].text
    reply = answer(draft(claim(cited, (1, "")), short="").model_dump_json()).content
    for title, wait_seconds, measure in SITUATIONS:
        print(title)
        with serving(reply, wait_seconds) as url:
            best = _best(url, measure)
        base = best[CLIENTS[0]]
        for client, rate in best.items():
            print(f"  {client.name:34}{rate:8.0f}{rate / base:8.2f} x", flush=True)


if __name__ == "__main__":
    main()
