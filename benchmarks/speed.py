"""CPU of a question, as multiples of one call of ``client.chat.completions.create`` in the same run.

Both send a prompt of the same size to a double in the same process, and get the same reply. The rows
are measured in turn, so that a busy machine slows all of them down; the fastest of all rounds counts.

    python -m benchmarks.speed
"""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Awaitable, Callable, Iterator
from itertools import count

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
QUESTION = "How long is the walkout due to last?"
CITED = (
    "The walkout, called by the Quayside and Allied Workers’ Union (QAWU), started at 6 a.m. and is due "
    "to last 72 hours."
)
CLAIM = "The walkout started at 6 a.m. and is due to last 72 hours."
ROUNDS, CALLS = 7, 20


def scripted_reply() -> str:
    """Return a reply with one claim in words of its own, which all checks read, as JSON."""
    numbers = (each.number for each in Article(TEXT).sentences if each.text == CITED)
    return draft(claim(CLAIM, (next(numbers), "")), short="72 hours").model_dump_json()


def _new_articles() -> Iterator[Article]:
    """Yield articles of about the same size that share no sentence of several words but the cited one."""
    parts = TEXT.partition(CITED)
    for number in count(1_000):
        yield Article("".join(part if part == CITED else _renewed(part, number) for part in parts))


def _renewed(text: str, number: int) -> str:
    """Return ``text`` with a number before the last word of each sentence."""
    return re.sub(r"(?= [\w’]+[.,;:]?[”]?(?:\n| [“A-Z]))", f" {number}", text)


async def _seconds(ask: Callable[[int], Awaitable[object]]) -> float:
    """Return the CPU seconds of one call."""
    started = time.process_time()
    for number in range(CALLS):
        await ask(number)
    return (time.process_time() - started) / CALLS


async def _measure() -> dict[str, float]:
    reply = scripted_reply()

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
    new = _new_articles()
    rows: dict[str, Callable[[int], Awaitable[object]]] = {
        "chat.completions.create": lambda _: bare.chat.completions.create(**body),
        "aask, article seen": lambda _: checked.aask(seen, QUESTION),
        "aask, article seen, no checks": lambda _: unchecked.aask(seen, QUESTION),
        "aask, new article": lambda _: checked.aask(next(new), QUESTION),
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
