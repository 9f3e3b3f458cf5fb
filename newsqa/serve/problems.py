"""Errors as responses: a status and one sentence, without keys, addresses or paths of the server."""

from __future__ import annotations

import logging

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response

from newsqa.errors import (
    ArticleError,
    BudgetError,
    GroundingError,
    ModelError,
    ModelRefusedError,
    ModelUnavailableError,
    NewsQAError,
    QuestionError,
)

_log = logging.getLogger(__name__)

_KNOWN: tuple[tuple[type[Exception], int, str | None], ...] = (
    (ArticleError, 422, None),
    (QuestionError, 422, None),
    (ModelUnavailableError, 503, "The model's server is not available; ask again later."),
    (ModelRefusedError, 502, "The model refused to answer."),
    (ModelError, 502, "The model gave no usable answer."),
    (BudgetError, 503, "The server's budget leaves no room for this question."),
    (GroundingError, 502, "The model's answer is not grounded in the article."),
    (TimeoutError, 504, "The answer took too long."),
)
"""The status of each error, and its sentence; None where its own is about what the visitor sent."""

_SET_UP = 500, "The server is not set up for this request; its log says why."


class Problem(BaseModel):
    """The body of a response that is an error, and the data of an ``error`` event."""

    error: str
    """The name of the error's class, or the status in words."""
    message: str
    """The error in one sentence."""


RESPONSES: dict[int | str, dict[str, object]] = {
    status: {"model": Problem} for status in (400, 401, 413, 422, 429, 500, 502, 503, 504)
}
"""The errors of an endpoint, for the schema."""


def describe(error: Exception) -> tuple[int, Problem]:
    """Return the status and the problem of an error. What is not shown goes to the log.

    >>> describe(ArticleError("The article is empty."))
    (422, Problem(error='ArticleError', message='The article is empty.'))
    """
    status, sentence = next((known[1:] for known in _KNOWN if isinstance(error, known[0])), _SET_UP)
    if sentence:
        _log.warning("%s: %s", type(error).__name__, error)
    return status, Problem(error=type(error).__name__, message=sentence or str(error))


def add_handlers(app: FastAPI) -> None:
    """Make ``app`` respond to every error with a ``Problem``."""
    app.add_exception_handler(NewsQAError, _handle_known)
    app.add_exception_handler(TimeoutError, _handle_known)
    app.add_exception_handler(HTTPException, _handle_http)
    app.add_exception_handler(RequestValidationError, _handle_invalid)


def _respond(status: int, problem: Problem, headers: dict[str, str] | None = None) -> Response:
    content = problem.model_dump_json().encode("utf-8", "replace")
    return Response(content, status, headers, "application/json")


async def _handle_known(_: Request, error: Exception) -> Response:
    return _respond(*describe(error))


async def _handle_http(_: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    problem = Problem(error=str(error.status_code), message=str(error.detail))
    return _respond(error.status_code, problem, dict(error.headers or {}))


async def _handle_invalid(_: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    first = error.errors()[0]  # without its input, which may be long
    place = ".".join(str(part) for part in first["loc"])
    reason = f"{place[:200]}: {first['msg'][:500]}"
    return JSONResponse(Problem(error="RequestError", message=reason).model_dump(), 422)
