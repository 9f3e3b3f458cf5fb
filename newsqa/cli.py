"""The command line."""

import io
import json
import sys
import warnings
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, Any, TextIO

import typer
from pydantic import ValidationError
from rich.console import Console

from newsqa.answers import Answer
from newsqa.api import NewsQA, NoModelWarning
from newsqa.article import Article
from newsqa.errors import (
    ArticleError,
    ConfigurationError,
    GroundingError,
    NewsQAError,
    QuestionError,
)
from newsqa.files import MAX_BYTES
from newsqa.settings import Settings
from newsqa.terminal import as_json, harmless, show

ANSWERED, FAILED, BAD_INPUT, NOT_IN_ARTICLE = 0, 1, 2, 3
"""Exit codes; 130, from typer, is an interruption."""

NO_MODEL = (
    "no language model is set up, so newsqa only quotes what fits best; see newsqa ask --help"
)

_EXAMPLES = """\b
Examples:
  newsqa ask article.txt "When does the strike begin?"
  curl -s https://example.org/article.json | newsqa ask - "Who was hurt?"
  newsqa ask --json article.txt "Who was hurt?" > answer.json
  newsqa verify answer.json article.txt
"""

_EXIT_CODES = """\b
Exit codes:
  0    answered, wholly or in part; verified
  1    the model failed, or a citation does not stand
  2    the command, the article, the question or a setting is not usable
  3    the article does not say
  130  interrupted
"""

_ENVIRONMENT = """\b
Environment:
  OPENAI_API_KEY   the server's key; it has no option, because a command line
                   can be read by other users of the machine
  OPENAI_BASE_URL  the server, as --base-url
  NEWSQA_<NAME>    any setting: NEWSQA_MODEL, NEWSQA_TIMEOUT, NEWSQA_DEADLINE
                   and so on, where no option is given
  NO_COLOR         no colours

With neither a model, a key nor a server set, the embedded reader answers: it needs no network,
quotes the sentence that fits best, and understands nothing.
"""

_TIMEOUT = Settings.model_fields["timeout"].default

app = typer.Typer(
    epilog=f"{_EXAMPLES}\n{_EXIT_CODES}",
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line with ``arguments``, by default the process's own; gives the exit code."""
    given = sys.argv[1:] if arguments is None else list(arguments)
    _speak_utf_8(sys.stdout)
    _speak_utf_8(sys.stderr)
    try:
        code = app(given or ["--help"], prog_name="newsqa", standalone_mode=False)
    except typer.TyperException as error:
        return _fail(f"{error.format_message().rstrip('.')}. See newsqa --help", BAD_INPUT)
    except (ArticleError, QuestionError, ConfigurationError) as error:
        return _fail(str(error), BAD_INPUT)
    except (NewsQAError, OSError) as error:
        return _fail(str(error), FAILED)
    return code or ANSWERED


def _speak_utf_8(stream: TextIO | None) -> None:
    """Have a pipe take every character; a terminal knows its own encoding."""
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(encoding=None if _is_terminal(stream) else "utf-8", errors="replace")


def _is_terminal(stream: TextIO | None) -> bool:
    return stream is not None and stream.isatty()


def _fail(reason: str, code: int) -> int:
    _tell(f"newsqa: {reason}")
    return code


def _tell(line: str) -> None:
    typer.echo(harmless(line), err=True)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"newsqa {version('newsqa')}")
        raise typer.Exit


@app.callback()
def _newsqa(
    *,
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_print_version, is_eager=True, help="Print the version and exit."
        ),
    ] = False,
) -> None:
    """Ask a news article a question; the answer rests on exact words of the article."""


_ArticleArgument = Annotated[
    str, typer.Argument(metavar="ARTICLE", help="A text or JSON file, or - for standard input.")
]


@app.command(
    epilog=f"{_ENVIRONMENT}\n{_EXIT_CODES}", short_help="Answer a question from an article."
)
def ask(
    article: _ArticleArgument,
    question: Annotated[
        str, typer.Argument(metavar="QUESTION", help="In quotation marks, for the shell.")
    ],
    *,
    model: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="newsqa-extractive is the embedded reader."),
    ] = None,
    base_url: Annotated[
        str | None,
        typer.Option(
            metavar="URL", help="Any OpenAI-compatible server, such as http://localhost:11434/v1."
        ),
    ] = None,
    fallback_model: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="Asked when the first model is unavailable."),
    ] = None,
    cache: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Keeps completions: no request is paid for twice."),
    ] = None,
    timeout: Annotated[
        float | None,
        typer.Option(metavar="SECONDS", help=f"For one attempt; {_TIMEOUT:.0f} if not given."),
    ] = None,
    max_input_tokens: Annotated[
        int | None,
        typer.Option(metavar="TOKENS", help="For one prompt; a longer article is read in windows."),
    ] = None,
    strict: Annotated[
        bool | None,
        typer.Option(help="Fail, rather than leave out what does not stand in the article."),
    ] = None,
    checks: Annotated[
        str | None,
        typer.Option(
            metavar="POLICY",
            help="What becomes of a claim that says more than it cites: strict, mark or off for "
            "all checks, or names=off,figures=mark for some.",
        ),
    ] = None,
    verify_claims: Annotated[
        bool,
        typer.Option("--verify", help="Have the model give a second opinion on each claim."),
    ] = False,
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
    settings = Settings(
        **_given(
            model=model,
            base_url=base_url,
            fallback_model=fallback_model,
            cache=cache,
            timeout=timeout,
            max_input_tokens=max_input_tokens,
            strict=strict,
            checks=checks,
            verify="model" if verify_claims else None,
        )
    )
    read = _read_article(article, **_given(title=title, published_at=published_at))
    answer = _answer(read, question, settings)
    console = Console(highlight=False)
    if json_wanted:
        console.out(as_json(answer), highlight=False)
    else:
        show(answer, read, console)
    raise typer.Exit(NOT_IN_ARTICLE if answer.status == "not_in_article" else ANSWERED)


@app.command(
    epilog="Exits with 0 if they all do, 1 if one does not, 2 if ARTICLE is not usable.",
    short_help="Check a stored answer against its article.",
)
def verify(
    answer: Annotated[
        Path,
        typer.Argument(
            metavar="ANSWER",
            help="A file written by newsqa ask --json.",
            exists=True,
            dir_okay=False,
            readable=True,
        ),
    ],
    article: _ArticleArgument,
) -> None:
    """Check that every citation of a stored ANSWER stands in ARTICLE, to the letter."""
    stored = _read_answer(answer)
    stored.verify(_read_article(article))
    typer.echo(f"All citations stand ({len(stored.citations)}).")


def _given(**options: object) -> dict[str, Any]:
    return {name: value for name, value in options.items() if value is not None}


def _answer(article: Article, question: str, settings: Settings) -> Answer:
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        with NewsQA(settings) as newsqa:
            if any(issubclass(warning.category, NoModelWarning) for warning in caught):
                _tell(f"note: {NO_MODEL}")
            # Rich would also draw where FORCE_COLOR is set, and fill a log with it.
            console = Console(stderr=True, force_terminal=_is_terminal(sys.stderr))
            with console.status("Reading the article…"):
                return newsqa.ask(article, question)


def _read_article(path: str, **fields: str) -> Article:
    article = _read_stdin() if path == "-" else Article.from_file(path)
    return Article(**(article.model_dump() | fields)) if fields else article


def _read_stdin() -> Article:
    data = sys.stdin.buffer.read(MAX_BYTES + 1) if sys.stdin else b""
    if len(data) > MAX_BYTES:
        raise ArticleError(
            f"Standard input has more than {MAX_BYTES / 1e6:.0f} MB; no article has."
        )
    return Article.from_bytes(data, name="standard input", is_json=_is_json_object(data))


def _is_json_object(data: bytes) -> bool:
    try:
        return isinstance(json.loads(data), dict)
    except (ValueError, RecursionError):
        return False


def _read_answer(path: Path) -> Answer:
    try:
        return Answer.model_validate_json(path.read_bytes())
    except ValidationError as error:
        problem = error.errors()[0]
        where = ".".join(str(part) for part in problem["loc"])
        reason = f"{where}: {problem['msg']}" if where else problem["msg"]
        raise GroundingError(f"{str(path)!r} is no answer of newsqa: {reason}.") from None
