"""``newsqa ask``: answer questions, with the sentences that prove each answer."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console, Group
from rich.live import Live
from rich.spinner import Spinner
from rich.text import Text

from newsqa.answers.answer import Answer, Failure
from newsqa.answers.events import ClaimVerified, ClaimWithdrawn
from newsqa.api import NewsQA
from newsqa.article import Article
from newsqa.article.fields import check_question
from newsqa.cli.console import (
    ANSWERED,
    FAILED,
    NOT_IN_ARTICLE,
    is_terminal,
    print_note,
    stderr_console,
)
from newsqa.cli.options import (
    ArticleArgument,
    ItemOption,
    given_options,
    open_newsqa,
    read_article,
    read_questions,
    with_settings,
)
from newsqa.cli.progress import check_writable
from newsqa.events import Progress
from newsqa.output.markdown import to_document
from newsqa.output.rows import to_csv, to_json_lines
from newsqa.output.sanitize import sanitize_for_terminal
from newsqa.output.terminal import as_json, show, show_question
from newsqa.settings import Settings


@with_settings
def ask(
    article: ArticleArgument,
    question: Annotated[
        str | None,
        typer.Argument(
            metavar="QUESTION",
            help="In quotation marks, for the shell; or ask with --question or --questions.",
            show_default=False,
        ),
    ] = None,
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
    more_questions: Annotated[
        list[str] | None,
        typer.Option("--question", metavar="TEXT", help="A further question; may be repeated."),
    ] = None,
    questions_file: Annotated[
        Path | None,
        typer.Option(
            "--questions",
            metavar="FILE",
            help="Ask the questions in FILE, too: one a line; empty lines do not count.",
        ),
    ] = None,
    more_articles: Annotated[
        list[str] | None,
        typer.Option(
            "--article",
            metavar="ARTICLE",
            help="Another article to read together with ARTICLE; may be repeated.",
        ),
    ] = None,
    json_wanted: Annotated[
        bool,
        typer.Option("--json", help="Print the answer as JSON; several answers as a list."),
    ] = False,
    csv_wanted: Annotated[
        bool, typer.Option("--csv", help="Print a table: a line for each citation.")
    ] = False,
    lines_wanted: Annotated[
        bool, typer.Option("--jsonl", help="Print the same as JSON, an object a line.")
    ] = False,
    markdown_wanted: Annotated[
        bool, typer.Option("--markdown", help="Print Markdown, with the citations as footnotes.")
    ] = False,
    html: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Write a page with the cited words highlighted, too."),
    ] = None,
) -> None:
    """Answer QUESTION from ARTICLE alone.

    The sentences that prove the answer follow it, with their numbers and the cited words marked.
    ARTICLE is text, HTML, PDF, DOCX, ODT, a feed, NewsML, a mail, or the JSON of schema.org, an
    extractor or a publisher; its content decides which.

    --item, --title and --published-at are about ARTICLE. With --article, several articles are read
    together: each citation names its article, and what they disagree on is shown with both sides.

    Several questions are answered in as few requests as they fit into, each as if it were asked alone.
    """
    forms = {
        _json: json_wanted,
        _csv: csv_wanted,
        _json_lines: lines_wanted,
        _markdown: markdown_wanted,
    }
    chosen = [form for form, is_wanted in forms.items() if is_wanted]
    if len(chosen) > 1:
        raise typer.TyperException("Choose one of --json, --jsonl, --csv and --markdown")
    if html:
        check_writable("--html", html)
    questions = [*_given(question), *(more_questions or ()), *read_questions(questions_file)]
    if not questions:
        raise typer.TyperException("Missing argument 'QUESTION'")
    fields = given_options(title=title, published_at=published_at)
    read = [read_article(article, item=item, **fields), *map(read_article, more_articles or ())]
    if len(questions) == 1:
        check_question(questions[0])
    with open_newsqa(settings) as newsqa:
        results = _ask(newsqa, read, questions)
    if html:
        _write_page(html, results, read)
    for form in chosen:
        Console().out(form(results).rstrip("\n"), highlight=False)
    if not chosen:
        _show(results, read)
    raise typer.Exit(_exit_code(results))


def _given(question: str | None) -> Iterator[str]:
    if question is not None:
        yield question


def _ask(
    newsqa: NewsQA, articles: Sequence[Article], questions: Sequence[str]
) -> list[Answer | Failure]:
    """Return the results. An error of a single question is raised."""
    if len(questions) == 1:
        answer = _watch if is_terminal(sys.stderr) else NewsQA.ask
        return [answer(newsqa, articles, questions[0])]
    with stderr_console().status("Reading the article…"):
        return newsqa.ask_many(articles, questions)


def _json(results: Sequence[Answer | Failure]) -> str:
    [first, *others] = results
    return as_json(first if isinstance(first, Answer) and not others else results)


def _csv(results: Sequence[Answer | Failure]) -> str:
    return to_csv(_answers(results))


def _json_lines(results: Sequence[Answer | Failure]) -> str:
    return to_json_lines(_answers(results))


def _markdown(results: Sequence[Answer | Failure]) -> str:
    return "\n\n".join(to_document(answer) for answer in _answers(results))


def _answers(results: Sequence[Answer | Failure]) -> Iterator[Answer]:
    """Yield the answers, and print a note for each failure."""
    for result in results:
        if isinstance(result, Answer):
            yield result
        else:
            _note_failure(result)


def _note_failure(failure: Failure) -> None:
    print_note(f"newsqa: {failure.question!r}: {failure.message}")


def _write_page(
    path: Path, results: Sequence[Answer | Failure], articles: Sequence[Article]
) -> None:
    """Write the page of the answer; of several answers, to files numbered from 1."""
    for number, result in enumerate(results, 1):
        if isinstance(result, Answer):
            file = path if len(results) == 1 else path.with_stem(f"{path.stem}-{number}")
            file.write_text(result.to_html(articles), encoding="utf-8")


def _show(results: Sequence[Answer | Failure], articles: Sequence[Article]) -> None:
    """Print one answer, or several below their questions."""
    console = Console(highlight=False)
    for number, result in enumerate(results):
        if number:
            console.print()
        if len(results) > 1:
            show_question(result.question, console)
        if isinstance(result, Failure):
            _note_failure(result)
        else:
            show(result, articles, console)


def _exit_code(results: Sequence[Answer | Failure]) -> int:
    if any(isinstance(result, Failure) for result in results):
        return FAILED
    answers = [result for result in results if isinstance(result, Answer)]
    nothing = all(answer.status == "not_in_article" for answer in answers)
    return NOT_IN_ARTICLE if nothing else ANSWERED


def _watch(newsqa: NewsQA, article: Sequence[Article], question: str) -> Answer:
    """Answer, and show on a terminal the claims so far and a line of progress until then."""
    claims: dict[int, str] = {}
    progress, event = "", None
    with (
        Live(console=stderr_console(), transient=True) as live,
        newsqa.stream(article, question) as events,
    ):
        for event in events:
            match event:
                case ClaimVerified():
                    claims[event.number] = event.claim.text
                case ClaimWithdrawn():
                    del claims[event.number]
                case Progress():
                    progress = str(event)
            live.update(_so_far(claims.values(), progress), refresh=True)
    assert isinstance(event, Answer), "a stream ends with the answer or an error"
    return event


def _so_far(claims: Iterable[str], progress: str) -> Group:
    lines = [Text(sanitize_for_terminal(claim)) for claim in claims]
    return Group(*lines, Spinner("dots", Text(sanitize_for_terminal(progress), "dim")))
