"""Shows values as parts of a notebook's page, with inline styles that reach nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from newsqa.article import Article
from newsqa.output import lead_of
from newsqa.output.html import environment
from newsqa.output.html.views import AnswerView

if TYPE_CHECKING:
    from newsqa.answers.answer import Answer

MAX_LEAD_CHARACTERS = 400
"""The most of an article's text that a notebook shows."""


def answer(answer: Answer) -> str:
    """Return an answer with the words it cites."""
    return _render("answer", AnswerView(answer), lead_of(answer))


def article(article: Article) -> str:
    """Return an article's title, facts and first sentences."""
    return _render("article", article, article.text[:MAX_LEAD_CHARACTERS])


def figures(title: str, note: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table of figures, its first column aligned at the start of the line."""
    return _render("figures", title, note, list(columns), [list(row) for row in rows])


def _render(macro: str, *values: object) -> str:
    module = environment().get_template("notebook.html.jinja").module
    rendered: str = getattr(module, macro)(*values)
    return str(rendered)
