"""CPU of a question, as multiples of one call of ``client.chat.completions.create`` in the same run.

Both send a prompt of the same size to a double in the same process, and get the same reply. The rows
are measured in turn, so that a busy machine slows all of them down; the fastest of all rounds counts.

    python -m benchmarks.speed
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable

import httpx2
import openai

from newsqa import Article, NewsQA
from newsqa.models.openai import OpenAIModel
from newsqa.models.transport import Transport
from tests.conftest import ROOT
from tests.doubles import claim, draft
from tests.prompt_caches import bodies
from tests.scripted_server import LOCAL_URL, answer

TEXT = (ROOT / "examples/harbour-strike.txt").read_text(encoding="utf-8")
QUESTION = "What happened?"
ROUNDS, CALLS = 7, 20


def _reply() -> str:
    first = Article(TEXT).sentences[0]
    return draft(claim(first.text, (1, "")), short="").model_dump_json()


async def _seconds(ask: Callable[[int], Awaitable[object]]) -> float:
    """Return the CPU seconds of one call."""
    started = time.process_time()
    for number in range(CALLS):
        await ask(number)
    return (time.process_time() - started) / CALLS


async def _measure() -> dict[str, float]:
    reply = _reply()

    def client() -> httpx2.AsyncClient:
        return httpx2.AsyncClient(transport=httpx2.MockTransport(lambda _: answer(reply)))

    def newsqa(checks: list[str] | None) -> NewsQA:
        transport = Transport(http_client=client)
        return NewsQA(
            model=OpenAIModel("tiny", base_url=LOCAL_URL, api_key="k", transport=transport,
                              max_input_tokens=100_000),
            checks=checks,
        )  # fmt: skip

    [body] = await asyncio.to_thread(bodies, Article(TEXT), [QUESTION], url=LOCAL_URL)
    bare = openai.AsyncOpenAI(api_key="k", base_url=LOCAL_URL, http_client=client())
    seen, checked, unchecked = Article(TEXT), newsqa(None), newsqa([])
    rows: dict[str, Callable[[int], Awaitable[object]]] = {
        "chat.completions.create": lambda _: bare.chat.completions.create(**body),
        "aask, article seen": lambda _: checked.aask(seen, QUESTION),
        "aask, article seen, no checks": lambda _: unchecked.aask(seen, QUESTION),
        "aask, new article": lambda n: checked.aask(Article(f"{TEXT}\nNumber {n}."), QUESTION),
    }
    fastest = dict.fromkeys(rows, float("inf"))
    for _ in range(ROUNDS):
        for name, ask in rows.items():
            fastest[name] = min(fastest[name], await _seconds(ask))
    return fastest


def main() -> None:
    """Print a line per row: milliseconds of CPU, and multiples of the first."""
    fastest = asyncio.run(_measure())
    base = next(iter(fastest.values()))
    for name, taken in fastest.items():
        print(f"{name:32}{taken * 1000:8.2f} ms{taken / base:8.2f} x")


if __name__ == "__main__":
    main()
