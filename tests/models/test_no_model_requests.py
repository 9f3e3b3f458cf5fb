"""no_model_requests: nothing leaves for a model's server."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx2
import pytest

from newsqa import ModelRequestForbiddenError, NewsQA, Settings, aask, ask
from newsqa.models.cached import CachedModel
from newsqa.models.fallback import FallbackModel
from newsqa.models.openai import OpenAIModel
from newsqa.models.transport import Transport, no_model_requests
from newsqa.testing import ScriptedModel
from tests.doubles import draft
from tests.scripted_server import ScriptedServer, answer

ARTICLE, QUESTION = "The bridge closed on 3 May.", "When?"
NOTHING = draft(status="not_in_article")
SETTINGS = Settings(model="tiny", base_url="http://127.0.0.1:9/v1")


def test_a_request_raises_and_says_what_to_do() -> None:
    """In the portal's thread, where sync calls are made."""
    with (
        no_model_requests(),
        pytest.raises(
            ModelRequestForbiddenError, match=r"'tiny' at http://127\.0\.0\.1:9/v1 .*ScriptedModel"
        ),
    ):
        ask(ARTICLE, QUESTION, settings=SETTINGS)


def test_it_holds_in_any_event_loop() -> None:
    """Of the caller's, too."""
    with no_model_requests(), pytest.raises(ModelRequestForbiddenError):
        asyncio.run(aask(ARTICLE, QUESTION, settings=SETTINGS))


def test_it_holds_in_threads_that_were_there_before() -> None:
    """It belongs to the process, and to no context."""
    with ThreadPoolExecutor(1) as pool, NewsQA(SETTINGS) as qa:
        pool.submit(int).result()
        with no_model_requests():
            raised = pool.submit(qa.ask, ARTICLE, QUESTION).exception()
    assert isinstance(raised, ModelRequestForbiddenError)


def test_nothing_is_sent() -> None:
    """Nor tried again, nor handed to another model."""
    sent: list[httpx2.Request] = []

    def record(request: httpx2.Request) -> httpx2.Response:
        sent.append(request)
        return httpx2.Response(500)

    def client() -> httpx2.AsyncClient:
        return httpx2.AsyncClient(transport=httpx2.MockTransport(record))

    model = OpenAIModel("tiny", base_url="http://x/v1", transport=Transport(http_client=client))
    second = ScriptedModel(NOTHING)
    with no_model_requests(), pytest.raises(ModelRequestForbiddenError):
        ask(ARTICLE, QUESTION, model=FallbackModel(model, second))
    assert sent == []
    assert second.requests == []


def test_what_needs_no_server_goes_on(tmp_path: Path) -> None:
    """Models of one's own, the embedded reader, completions from a cache."""
    path = tmp_path / "cache.sqlite"
    ask(ARTICLE, QUESTION, model=CachedModel(ScriptedModel(NOTHING), path))
    with no_model_requests():
        ask(ARTICLE, QUESTION, model=ScriptedModel(NOTHING))
        ask(ARTICLE, QUESTION, model=CachedModel(ScriptedModel(), path))
        ask(ARTICLE, QUESTION, model="newsqa-extractive")


def test_requests_are_sent_again_when_the_last_block_ends() -> None:
    """Blocks can be inside of others, and end with errors."""
    server = ScriptedServer(answer(), answer())
    with no_model_requests():
        with pytest.raises(KeyError), no_model_requests():
            raise KeyError
        with pytest.raises(ModelRequestForbiddenError):
            server.complete()
    assert server.complete().text
