"""Answers of the model that the cassettes were recorded from; see cassettes/README.md."""

from __future__ import annotations

import os
from typing import Any

from pydantic import SecretStr

from newsqa import Answer, Article, NewsQA, Settings
from newsqa.models.openai import OpenAIModel
from newsqa.models.transport import Transport

BASE_URL = os.environ.get("NEWSQA_RECORD_BASE_URL", "http://model.invalid/v1")
API_KEY = os.environ.get("NEWSQA_RECORD_API_KEY", "unused-in-replay")
MODEL = os.environ.get("NEWSQA_RECORD_MODEL", "relay")

PATIENCE: dict[str, Any] = {"timeout": 3600, "deadline": 7200}
"""Seconds; long, so that recording can wait for a slow model."""


def recorded_answer(article: Article, question: str, **settings: Any) -> Answer:
    """Return the verified answer over the recorded connection."""
    chosen = Settings(
        model=MODEL,
        base_url=BASE_URL,
        api_key=SecretStr(API_KEY),
        **{**PATIENCE, "max_input_tokens": 20_000, **settings},
    )
    with NewsQA(chosen) as qa:
        answer = qa.ask(article, question)
    answer.verify(article)
    assert answer.prompt is not None
    assert answer.prompt.name == "answer"
    assert answer.usage.input_tokens > 0
    return answer


def recorded_model() -> OpenAIModel:
    """Return the model at the recorded connection."""
    transport = Transport(**PATIENCE)
    return OpenAIModel(MODEL, api_key=API_KEY, base_url=BASE_URL, transport=transport)
