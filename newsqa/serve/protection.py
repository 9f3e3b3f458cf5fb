"""What a server allows: limits, the token, and the questions that are under way."""

from __future__ import annotations

import asyncio
import hmac
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, HTTPException, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from pydantic import BaseModel, ConfigDict, PositiveFloat, PositiveInt

from newsqa.answers.answer import Answer
from newsqa.api import NewsQA
from newsqa.article import Article
from newsqa.events import Event

RETRY_AFTER_SECONDS = 5
"""When a client that was refused for too many questions under way may ask again."""


class Limits(BaseModel):
    """What one request and all of them together may use."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    max_body_bytes: PositiveInt = 5_000_000
    """The longest body of a request."""
    max_under_way: PositiveInt = 32
    """How many requests are answered at once; further ones get 429."""
    timeout_seconds: PositiveFloat = 120
    """How long a request may take, and a shutdown waits for answers."""


@dataclass(slots=True)
class Serving:
    """What an application serves with, and how many requests are under way."""

    qa: NewsQA
    limits: Limits
    token: str | None = None
    under_way: int = 0


def get_serving(request: Request) -> Serving:
    """Return what the request's application serves with."""
    serving: Serving = request.app.state.serving
    return serving


InServing = Annotated[Serving, Depends(get_serving)]


def check_token(
    serving: InServing,
    credentials: Annotated[
        HTTPAuthorizationCredentials | None, Depends(HTTPBearer(auto_error=False))
    ],
) -> None:
    """Refuse a request without the server's token, in a time that tells nothing about it."""
    given = credentials.credentials if credentials else ""
    if serving.token is not None and not hmac.compare_digest(
        given.encode("utf-8", "replace"), serving.token.encode()
    ):
        raise HTTPException(
            401, "Send the server's token as a bearer token.", {"WWW-Authenticate": "Bearer"}
        )


async def take_place(serving: InServing) -> AsyncIterator[None]:
    """Hold one of the places for requests under way until the response has been sent."""
    if serving.under_way >= serving.limits.max_under_way:
        raise HTTPException(
            429,
            "Too many questions are under way; ask again in a moment.",
            {"Retry-After": str(RETRY_AFTER_SECONDS)},
        )
    serving.under_way += 1
    try:
        yield
    finally:
        serving.under_way -= 1


GUARDS = [Depends(check_token), Depends(take_place)]
"""What each request for an answer or an article passes."""


async def watch(
    serving: Serving, article: Article | str | list[Article | str], question: str
) -> AsyncIterator[Event | Answer]:
    """Yield what ``astream`` does, within the time that a request may take.

    Raises:
        TimeoutError: The answer took too long.
        NewsQAError: As ``astream`` does.
    """
    loop = asyncio.get_running_loop()
    end = loop.time() + serving.limits.timeout_seconds
    async with serving.qa.astream(article, question) as events:
        while True:
            try:
                event = await asyncio.wait_for(anext(events), end - loop.time())
            except StopAsyncIteration:
                return
            yield event
