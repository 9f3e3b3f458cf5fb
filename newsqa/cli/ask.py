"""``newsqa ask``: answer a question, with the sentences that prove the answer."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.console import Console

from newsqa.article.fields import check_question
from newsqa.cli.console import ANSWERED, NOT_IN_ARTICLE, stderr_console
from newsqa.cli.options import (
    ArticleArgument,
    ItemOption,
    given_options,
    open_newsqa,
    read_article,
    with_settings,
)
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
    item: ItemOption = None,
    title: Annotated[str | None, typer.Option(metavar="TEXT", help="The article's title.")] = None,
    published_at: Annotated[
        str | None,
        typer.Option(
            metavar="DATE",
            help="When the article was published, in ISO 8601; dates such as 'on Friday' refer to it.",
        ),
    ] = None,
    json_wanted: Annotated[bool, typer.Option("--json", help="Print the answer as JSON.")] = False,
) -> None:
    """Answer QUESTION from ARTICLE alone.

    The sentences that prove the answer follow it, with their numbers and the cited words marked.
    ARTICLE is text, HTML, PDF, DOCX, ODT, a feed, NewsML, a mail, or the JSON of schema.org, an
    extractor or a publisher; its content decides which.
    """
    read = read_article(article, item=item, **given_options(title=title, published_at=published_at))
    check_question(question)
    with open_newsqa(settings) as newsqa, stderr_console().status("Reading the article…"):
        answer = newsqa.ask(read, question)
    console = Console(highlight=False)
    if json_wanted:
        console.out(as_json(answer), highlight=False)
    else:
        show(answer, read, console)
    raise typer.Exit(NOT_IN_ARTICLE if answer.status == "not_in_article" else ANSWERED)
