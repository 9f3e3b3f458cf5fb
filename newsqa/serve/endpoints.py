"""The endpoints for programs: questions, streams and articles."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Annotated, Literal

from fastapi import APIRouter, Body, Query
from fastapi.sse import EventSourceResponse, ServerSentEvent
from pydantic import BaseModel, ConfigDict, Field

from newsqa.answers.answer import Answer, Failure
from newsqa.article import Article
from newsqa.errors import NewsQAError
from newsqa.serve.problems import RESPONSES, describe
from newsqa.serve.protection import GUARDS, InServing, watch

router = APIRouter()
guarded = APIRouter(prefix="/v1", dependencies=GUARDS, responses=RESPONSES)

Articles = Article | str | Annotated[list[Article | str], Field(min_length=1, max_length=20)]
Question = Annotated[str, Field(max_length=10_000)]


class AskRequest(BaseModel):
    """A question about an article, its text, or several of them."""

    model_config = ConfigDict(extra="forbid")

    article: Articles
    question: Question


class AskManyRequest(BaseModel):
    """Several questions about an article, its text, or several of them."""

    model_config = ConfigDict(extra="forbid")

    article: Articles
    questions: Annotated[list[Question], Field(min_length=1, max_length=20)]


class Health(BaseModel):
    """The state of a server that runs."""

    status: Literal["ok"] = "ok"


@router.get("/healthz")
async def get_health() -> Health:
    """Say that the server runs. The model's server is not asked."""
    return Health()


@guarded.post("/ask")
async def ask(asked: AskRequest, serving: InServing) -> Answer:
    """Answer a question."""
    async with asyncio.timeout(serving.limits.timeout_seconds):
        return await serving.qa.aask(asked.article, asked.question)


@guarded.post("/ask/stream", response_class=EventSourceResponse)
async def stream(asked: AskRequest, serving: InServing) -> AsyncIterator[ServerSentEvent]:
    """Send each event as it happens, then the event ``answer``, or ``error`` with a problem."""
    try:
        async for event in watch(serving, asked.article, asked.question):
            name = "answer" if isinstance(event, Answer) else event.name
            yield ServerSentEvent(event=name, data=event)
    except (NewsQAError, TimeoutError) as error:
        yield ServerSentEvent(event="error", data=describe(error)[1])


@guarded.post("/ask_many")
async def ask_many(asked: AskManyRequest, serving: InServing) -> list[Answer | Failure]:
    """Answer several questions; a failure takes the place of an answer."""
    async with asyncio.timeout(serving.limits.timeout_seconds):
        answers = await serving.qa.aask_many(asked.article, asked.questions)
    return [_without_details(answer) for answer in answers]


def _without_details(answer: Answer | Failure) -> Answer | Failure:
    if isinstance(answer, Answer) or answer.exception is None:
        return answer
    return answer.model_copy(update={"message": describe(answer.exception)[1].message})


@guarded.post("/articles")
async def read_article(
    data: Annotated[bytes, Body(media_type="application/octet-stream")],
    name: Annotated[str, Query(max_length=200)] = "input",
    item: Annotated[str | None, Query(max_length=500)] = None,
) -> Article:
    """Read the article in a file. The name's ending tells JSON from text; nothing is fetched."""
    suffix = f".{name.rpartition('.')[2]}" if "." in name else ""
    return await asyncio.to_thread(Article.from_bytes, data, name=name, suffix=suffix, item=item)


router.include_router(guarded)
