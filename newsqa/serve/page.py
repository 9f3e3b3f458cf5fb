"""The page to try: its files, its examples, and a stream of parts that the server has rendered."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterable
from functools import cache
from importlib import resources

import jinja2
from fastapi import APIRouter
from fastapi.sse import EventSourceResponse, ServerSentEvent
from pydantic import BaseModel, ConfigDict
from starlette.responses import HTMLResponse, Response

from newsqa.answers.answer import Answer, Claim
from newsqa.answers.events import ClaimVerified, ClaimWithdrawn
from newsqa.article import Article
from newsqa.errors import NewsQAError
from newsqa.output import lead_of
from newsqa.output.html import environment
from newsqa.output.html.views import AnswerView
from newsqa.serve.endpoints import Question
from newsqa.serve.problems import describe
from newsqa.serve.protection import GUARDS, InServing, watch
from newsqa.text.spans import Span

router = APIRouter(include_in_schema=False)


class PageQuestion(BaseModel):
    """A question that was asked on the page."""

    model_config = ConfigDict(extra="forbid")

    article: Article
    question: Question


class Parts(BaseModel):
    """Rendered parts of the page; the last ones come with the answer in its other forms."""

    answer: str
    article: str
    markdown: str = ""
    page: str = ""


@router.get("/")
async def get_page(serving: InServing) -> HTMLResponse:
    """Return the page, without anything that was asked."""
    template = _templates().get_template("serve.html.jinja")
    return HTMLResponse(template.render(examples=_examples(), has_token=bool(serving.token)))


@router.get("/static/page.js")
async def get_script() -> Response:
    """Return the page's script."""
    return Response(_file("static/page.js"), media_type="text/javascript")


@router.get("/static/page.css")
async def get_styles() -> Response:
    """Return the styles of an answer's page, and those of this one."""
    shared = environment().get_template("page.css").render()
    return Response(shared + _file("static/page.css"), media_type="text/css")


@router.get("/static/examples.json")
async def get_examples() -> list[dict[str, str]]:
    """Return the articles to try."""
    return _examples()


@router.post("/stream", response_class=EventSourceResponse, dependencies=GUARDS)
async def stream(asked: PageQuestion, serving: InServing) -> AsyncIterator[ServerSentEvent]:
    """Send the page's parts whenever a claim comes or goes, and the answer's at the end."""
    claims: dict[int, Claim] = {}
    try:
        yield ServerSentEvent(event="parts", data=_render_claims(asked.article, ()))
        async for event in watch(serving, asked.article, asked.question):
            if isinstance(event, Answer):
                yield ServerSentEvent(event="answer", data=_render_answer(asked.article, event))
            elif isinstance(event, ClaimVerified | ClaimWithdrawn):
                claims.pop(event.number, None)
                if isinstance(event, ClaimVerified):
                    claims[event.number] = event.claim
                yield ServerSentEvent(
                    event="parts", data=_render_claims(asked.article, claims.values())
                )
            else:
                yield ServerSentEvent(event="progress", data=str(event))
    except (NewsQAError, TimeoutError) as error:
        yield ServerSentEvent(event="error", data=describe(error)[1])


def _render_claims(article: Article, claims: Iterable[Claim]) -> Parts:
    """Render the claims so far as an answer that is not finished."""
    text, placed = "", []
    for claim in claims:
        start = len(text) + 1 if text else 0
        text = f"{text} {claim.text}" if text else claim.text
        span = Span(start=start, end=len(text))
        placed.append(claim.model_copy(update={"span": span}))
    fields = {"text": text, "claims": placed, "article_sha256": article.sha256}
    unfinished = Answer.model_validate({"status": "partial", "short": "", "model": "", **fields})
    return _render(article, unfinished, is_finished=False)


def _render_answer(article: Article, answer: Answer) -> Parts:
    parts = _render(article, answer, is_finished=True)
    forms = {"markdown": answer.to_markdown(), "page": answer.to_html(article)}
    return parts.model_copy(update=forms)


def _render(article: Article, answer: Answer, *, is_finished: bool) -> Parts:
    module = _templates().get_template("serve_parts.html.jinja").module
    view = AnswerView(answer, (article,))
    return Parts(
        answer=str(module.answer(view, lead_of(answer), is_finished)),  # type: ignore[attr-defined]  # a macro
        article=str(module.article(view)),  # type: ignore[attr-defined]  # a macro
    )


@cache
def _templates() -> jinja2.Environment:
    shared = environment()
    assert shared.loader
    own = jinja2.PackageLoader("newsqa.serve", "templates")
    return shared.overlay(loader=jinja2.ChoiceLoader([own, shared.loader]))


@cache
def _examples() -> list[dict[str, str]]:
    examples: list[dict[str, str]] = json.loads(_file("static/examples.json"))
    return examples


@cache
def _file(path: str) -> str:
    return (resources.files("newsqa.serve") / path).read_text(encoding="utf-8")
