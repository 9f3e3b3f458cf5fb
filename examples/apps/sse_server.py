r"""An HTTP endpoint that streams verified claims, with FastAPI's own server-sent events.

Run it with ``fastapi run examples/apps/sse_server.py``, and ask::

    curl -N localhost:8000/ask -H 'content-type: application/json' \
        -d '{"article": "The bridge closed on 3 May.", "question": "When did the bridge close?"}'
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI, Request
from fastapi.sse import EventSourceResponse, ServerSentEvent
from pydantic import BaseModel

from newsqa import Answer, NewsQA, NewsQAError


class Asked(BaseModel):
    """A question about an article."""

    article: str
    question: str


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    async with NewsQA() as app.state.newsqa:
        yield


app = FastAPI(lifespan=_lifespan)


@app.post("/ask", response_class=EventSourceResponse)
async def ask(asked: Asked, request: Request) -> AsyncIterator[ServerSentEvent]:
    """Send each event as it happens; when the client leaves, the model's request is closed."""
    newsqa: NewsQA = request.app.state.newsqa
    async with newsqa.astream(asked.article, asked.question) as events:
        try:
            async for event in events:
                name = "answer" if isinstance(event, Answer) else event.name
                yield ServerSentEvent(event=name, data=event)
        except NewsQAError as error:
            yield ServerSentEvent(event="error", data=str(error))
