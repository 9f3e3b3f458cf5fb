"""``newsqa ask``: an answer, with the sentences it rests on."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.console import Console

from newsqa.cli.articles import ArticleArgument, read_article
from newsqa.cli.console import beside
from newsqa.cli.exits import ANSWERED, NOT_IN_ARTICLE
from newsqa.cli.with_settings import only_given, set_up, with_settings
from newsqa.output.terminal import as_json, show
from newsqa.settings import Settings


@with_settings
def ask(
    article: ArticleArgument,
    question: Annotated[
        str, typer.Argument(metavar="QUESTION", help="In quotation marks, for the shell.")
    ],
    *,
    settings: Settings,
    title: Annotated[str | None, typer.Option(metavar="TEXT", help="The article's title.")] = None,
    published_at: Annotated[
        str | None,
        typer.Option(
            metavar="DATE",
            help="When the article appeared, in ISO 8601: what its 'on Friday' is read against.",
        ),
    ] = None,
    json_wanted: Annotated[bool, typer.Option("--json", help="Print the answer as JSON.")] = False,
) -> None:
    """Answer QUESTION from ARTICLE alone.

    Below the answer stand the sentences it rests on, with their numbers, and in them the exact
    words that prove it. ARTICLE is UTF-8 text, or JSON with a "text" or a schema.org "articleBody".
    """
    read = read_article(article, **only_given(title=title, published_at=published_at))
    with set_up(settings) as newsqa, beside().status("Reading the article…"):
        answer = newsqa.ask(read, question)
    console = Console(highlight=False)
    if json_wanted:
        console.out(as_json(answer), highlight=False)
    else:
        show(answer, read, console)
    raise typer.Exit(NOT_IN_ARTICLE if answer.status == "not_in_article" else ANSWERED)
