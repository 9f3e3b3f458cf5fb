"""What providers charge for prompts that begin alike: their caches, by their documented rules.

A charge is in input-token equivalents: 1 is the price of a token that no cache knows.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import httpx2

from newsqa import Article, NewsQA
from newsqa.models.openai import OpenAIModel
from newsqa.models.transport import Transport
from newsqa.prompting.context import count_tokens
from tests.doubles import claim, draft
from tests.scripted_server import OPENAI_URL, answer

Body = Mapping[str, Any]
Part = tuple[str, bool]
"""A part of a prompt, and whether the request marks its end as a place to cache up to."""

MIN_CACHED_TOKENS = 1_024

REPLY = draft(claim("It says so.", (1, "")), short="so").model_dump_json()

QUESTIONS = (
    "Who is it about?",
    "What happened?",
    "When did it happen?",
    "Where did it happen?",
    "Why did it happen?",
    "How many people were affected?",
    "How much did it cost?",
    "Who said so?",
    "What happens next?",
    "Has it happened before?",
)
"""Ten questions that any article can be asked."""


class MarkedCache:
    """OpenAI's cache for ``gpt-5.6`` and later: beginnings that end at a mark.

    A token read from it costs a tenth, one written to it a quarter more, and without
    ``{"mode": "explicit"}`` the end of the prompt is a mark as well. The schema counts as a part of the
    rules. (Types of the ``openai`` client and OpenAI's guide to prompt caching, 2026-11.)
    """

    def __init__(self, *, read: float = 0.1, write: float = 1.25) -> None:
        self._read, self._write = read, write
        self._kept: set[str] = set()

    def charge(self, body: Body) -> float:
        """Return what the prompt of a request costs, and keep its marked beginnings."""
        parts = _parts(body)
        if body.get("prompt_cache_options", {}).get("mode") != "explicit":
            parts[-1] = parts[-1][0], True
        marked = [n for n, (_, is_marked) in enumerate(parts, 1) if is_marked]
        beginnings = {_text(parts[:n]): _tokens(parts[:n]) for n in marked}
        long = {text: n for text, n in beginnings.items() if n >= MIN_CACHED_TOKENS}
        known = max((n for text, n in long.items() if text in self._kept), default=0)
        written = max(long.values(), default=0) - known
        self._kept.update(long)
        return self._read * known + self._write * written + _tokens(parts) - known - written


class PrefixCache:
    """A cache that keeps every prompt and recognises the longest beginning that it has seen.

    So do llama.cpp, vLLM, DeepSeek, Gemini and the older models of OpenAI, without marks.
    """

    def __init__(self, *, read: float) -> None:
        self._read = read
        self._kept: list[str] = []

    def charge(self, body: Body) -> float:
        """Return what the prompt of a request costs, and keep it."""
        text = _text(_parts(body))
        alike = max((_common(text, earlier) for earlier in self._kept), default=0)
        self._kept.append(text)
        known = count_tokens(text[:alike])
        return self._read * known + count_tokens(text) - known


def charges(cache: Callable[[Body], float], bodies: Sequence[Body]) -> float:
    """Return what the prompts of requests cost, sent one after the other."""
    return sum(map(cache, bodies))


def bodies(
    article: Article,
    questions: Sequence[str],
    *,
    url: str = OPENAI_URL,
    name: str = "gpt-6-luna",
) -> list[dict[str, Any]]:
    """Return the bodies of the requests that newsqa sends for questions about one article."""
    sent: list[dict[str, Any]] = []

    def handle(request: httpx2.Request) -> httpx2.Response:
        sent.append(json.loads(request.content))
        return answer(REPLY)

    client = httpx2.MockTransport(handle)
    transport = Transport(http_client=lambda: httpx2.AsyncClient(transport=client))
    model = OpenAIModel(name, api_key="sk-1", base_url=url, transport=transport)
    with NewsQA(model=model, checks=[]) as qa:
        for question in questions:
            qa.ask(article, question)
    return sent


def without_marks(body: Body) -> dict[str, Any]:
    """Return a request with the same text in strings, as version 0.1 sent it."""
    messages = [{**message, "content": text_of(message)} for message in body["messages"]]
    rest = {name: value for name, value in body.items() if not name.startswith("prompt_cache")}
    return {**rest, "messages": messages}


def text_of(message: Mapping[str, Any]) -> str:
    """Return the text of a message, in whatever parts it is sent."""
    content = message["content"]
    return content if isinstance(content, str) else "".join(part["text"] for part in content)


def _parts(body: Body) -> list[Part]:
    schema = json.dumps(body.get("response_format", {}).get("json_schema", {}).get("schema", ""))
    parts: list[Part] = [(schema, False)]
    for message in body["messages"]:
        content = message["content"]
        listed = [{"text": content}] if isinstance(content, str) else content
        parts += [(part["text"], "prompt_cache_breakpoint" in part) for part in listed]
    return parts


def _text(parts: Sequence[Part]) -> str:
    return "".join(text for text, _ in parts)


def _tokens(parts: Sequence[Part]) -> int:
    return sum(count_tokens(text) for text, _ in parts)


def _common(one: str, other: str) -> int:
    """Return how many characters two texts have in common at their beginning."""
    return next(
        (n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b),
        min(len(one), len(other)),
    )
