"""Shows an answer as HTML: a page that works from a file without scripts, or a part of a notebook.

On the page, the article is beside the claims, with the cited spans highlighted. Links lead from
each citation to its span and back; a span and its citations light up together when either of them is
hovered, focused or followed. Styles alone do this, and the page's content security policy forbids
everything else. The parts for notebooks have inline styles, which reach nothing else there.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from newsqa.article import Article
from newsqa.output import count_of, lead_of
from newsqa.output.html.views import AnswerView
from newsqa.output.sanitize import sanitize_for_page
from newsqa.text import on_one_line

if TYPE_CHECKING:
    from jinja2 import Environment

    from newsqa.answers.answer import Answer

ACTIVE = "background:var(--active);color:var(--active-ink)"
"""The style of a span and its citations while either of them is pointed at."""


MAX_LEAD_CHARACTERS = 400
"""The most of an article's text that a notebook shows."""


def render(answer: Answer, articles: Sequence[Article] = ()) -> str:
    """Return the page for ``answer``; without its articles, it shows the cited words alone.

    Raises:
        GroundingError: The answer was made from other articles.
    """
    if articles:
        answer.verify(articles)
    view = AnswerView(answer, tuple(articles))
    style = _source("page.css") + "\n".join(_pair_rules(view))
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return (
        environment()
        .get_template("page.html.jinja")
        .render(
            view=view,
            answer=answer,
            lead=lead_of(answer),
            style=style,
            style_digest=digest,
        )
    )


def answer_part(answer: Answer) -> str:
    """Return an answer with the words it cites, for a notebook."""
    return _part("answer", AnswerView(answer), lead_of(answer))


def article_part(article: Article) -> str:
    """Return an article's title, facts and first sentences, for a notebook."""
    return _part("article", article, article.text[:MAX_LEAD_CHARACTERS])


def figures_part(
    title: str, note: str, columns: Sequence[str], rows: Iterable[Sequence[str]]
) -> str:
    """Return a table of figures for a notebook, its first column aligned at the start of the line."""
    return _part("figures", title, note, list(columns), [list(row) for row in rows])


def _part(macro: str, *values: object) -> str:
    module = environment().get_template("notebook.html.jinja").module
    return str(getattr(module, macro)(*values))


@cache
def environment(package: str = "newsqa.output.html", folder: str = "templates") -> Environment:
    """Return the environment of the templates in a package's folder.

    Everything that they show is sanitized and escaped.
    """
    import jinja2

    loader = jinja2.PackageLoader(package, folder)
    created = jinja2.Environment(
        loader=loader,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
        finalize=_finalize,
    )
    created.filters["count_of"] = count_of
    created.filters["on_one_line"] = on_one_line
    created.tests["web_address"] = lambda url: url.startswith(("https://", "http://"))
    return created


def _finalize(value: object) -> object:
    # Markup is a str, too: what is already safe stays as it is.
    if type(value) is str:
        return sanitize_for_page(value)
    return value


@cache
def _source(name: str) -> str:
    templates = resources.files("newsqa.output.html") / "templates"
    return (templates / name).read_text(encoding="utf-8")


def _pair_rules(view: AnswerView) -> Iterator[str]:
    """Yield the rules that light up a span, its citations and its claims together."""
    for cited in view.citations:
        n = cited.number
        pointed = f".r{n}:is(:hover,:focus-visible),.c{n}:hover,.b{n}:focus-visible,#c{n}:target"
        yield f":root:has({pointed}) :is(.c{n},.r{n}){{{ACTIVE}}}"
    for claim in view.claims:
        k, parts = claim.number, ",".join(f".c{n},.r{n}" for n in claim.citations)
        yield f":root:has(#claim-{k}:is(:hover,:target)) :is({parts}){{{ACTIVE}}}"
