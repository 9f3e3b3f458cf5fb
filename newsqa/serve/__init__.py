"""An HTTP server over a ``NewsQA``: a page to try it, and endpoints for programs.

``create_app`` returns an ASGI application; ``newsqa serve`` runs it.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from importlib.metadata import version

from newsqa.api import NewsQA
from newsqa.errors import ConfigurationError

try:
    from fastapi import FastAPI
    from starlette.datastructures import MutableHeaders
    from starlette.middleware.trustedhost import TrustedHostMiddleware
    from starlette.types import ASGIApp, Message, Receive, Scope, Send
except ImportError as error:
    raise ConfigurationError("Servers need fastapi: pip install 'newsqa[serve]'.") from error

from newsqa.serve import endpoints, page
from newsqa.serve.problems import add_handlers
from newsqa.serve.protection import Limits, Serving

__all__ = ["LOOPBACK_HOSTS", "Limits", "create_app"]

LOOPBACK_HOSTS = ("127.0.0.1", "localhost", "[::1]")
"""The names under which this machine alone is reached."""

_HEADERS = {
    "content-security-policy": "default-src 'none'; script-src 'self'; style-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cache-control": "no-store",
}


def create_app(
    qa: NewsQA,
    *,
    token: str | None = None,
    limits: Limits | None = None,
    allowed_hosts: Sequence[str] = LOOPBACK_HOSTS,
) -> FastAPI:
    """Return an application that answers with ``qa``, and closes its connections at the end.

    Args:
        qa: What answers.
        token: The bearer token that each request for an answer or an article has to carry.
        limits: What one visitor and all of them may use.
        allowed_hosts: The names under which the server is reached, ``"*"`` for any. A request with
            another ``Host`` is refused, so that no other site can read answers by pointing its name
            at this machine.

    Raises:
        ConfigurationError: The token is empty.
    """
    if token is not None and not token.strip():
        raise ConfigurationError("The token is empty; pass a longer one, or none.")
    limits = limits or Limits()
    app = FastAPI(
        title="newsqa",
        version=version("newsqa"),
        lifespan=_lifespan,
        docs_url=None,  # they load scripts from another server
        redoc_url=None,
        max_body_size=limits.max_body_bytes,
    )
    app.state.serving = Serving(qa, limits, token)
    app.include_router(endpoints.router)
    app.include_router(page.router)
    add_handlers(app)
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=list(allowed_hosts))
    app.add_middleware(_SecurityHeaders)
    return app


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    yield
    serving: Serving = app.state.serving
    await serving.qa.aclose()


class _SecurityHeaders:
    """Adds the headers that every response carries."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(_HEADERS)
            await send(message)

        await self._app(scope, receive, send_with_headers)
