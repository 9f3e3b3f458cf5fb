"""Answers of the live language model that the cassettes were recorded from; see cassettes/README.md."""

from __future__ import annotations

import os

from pydantic import SecretStr

from newsqa import Answer, Article, NewsQA, Settings

BASE_URL = os.environ.get("NEWSQA_RECORD_BASE_URL", "http://model.invalid/v1")
API_KEY = os.environ.get("NEWSQA_RECORD_API_KEY", "unused-in-replay")
MODEL = os.environ.get("NEWSQA_RECORD_MODEL", "relay")


def recorded_answer(article: Article, question: str, *, max_input_tokens: int = 20_000) -> Answer:
    """The answer over the recorded wire, verified."""
    settings = Settings(
        model=MODEL,
        base_url=BASE_URL,
        api_key=SecretStr(API_KEY),
        timeout=3600,
        deadline=7200,
        max_input_tokens=max_input_tokens,
    )
    with NewsQA(settings) as qa:
        answer = qa.ask(article, question)
    answer.verify(article)
    assert answer.prompt is not None
    assert answer.prompt.name == "answer"
    assert answer.usage.input_tokens > 0
    return answer
