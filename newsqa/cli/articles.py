"""Reading the article that a command was given."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from newsqa.article import Article
from newsqa.article.files import MAX_BYTES
from newsqa.errors import ArticleError

ArticleArgument = Annotated[
    str, typer.Argument(metavar="ARTICLE", help="A text or JSON file, or - for standard input.")
]


def read_article(path: str, **fields: str) -> Article:
    """The article at ``path``, or on standard input for a dash, with ``fields`` in place of its own."""
    article = _read_stdin() if path == "-" else Article.from_file(path)
    return Article(**(article.model_dump() | fields)) if fields else article


def _read_stdin() -> Article:
    data = sys.stdin.buffer.read(MAX_BYTES + 1) if sys.stdin else b""
    if len(data) > MAX_BYTES:
        raise ArticleError(
            f"Standard input has more than {MAX_BYTES / 1e6:.0f} MB; no article has."
        )
    return Article.from_bytes(data, name="standard input")
