"""Options and arguments that commands share: the settings, and the article."""

from __future__ import annotations

import inspect
import sys
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import Annotated, Any

import typer

from newsqa.api import NewsQA
from newsqa.article import Article
from newsqa.article.fields import MAX_BYTES, read_file
from newsqa.article.sources.web import is_url
from newsqa.cli.console import print_note
from newsqa.errors import ArticleError, QuestionError
from newsqa.settings import Settings
from newsqa.wiring import NoModelWarning

NO_MODEL = (
    "no language model is set up, so newsqa only quotes the sentence that fits best; see newsqa ask "
    "--help"
)

ENVIRONMENT = """\b
Environment:
  OPENAI_API_KEY   the server's key; it has no option, because other users of
                   the machine can read command lines
  OPENAI_BASE_URL  the server, as --base-url
  NEWSQA_<NAME>    any setting that is not given as an option: NEWSQA_MODEL,
                   NEWSQA_TIMEOUT, NEWSQA_DEADLINE and so on
  NO_COLOR         no colours

Without a model, a key or a server, the embedded reader answers: it needs no network, finds the
words that answer, and does no more.
"""

_DEFAULTS = {name: field.default for name, field in Settings.model_fields.items()}


def _option(kind: object, *names: str, metavar: str | None = None, help: str) -> Any:  # noqa: A002, ANN401  # as typer calls it; a type with its option is not a type
    return Annotated[kind | None, typer.Option(*names, metavar=metavar, help=help)]  # type: ignore[operator]


OPTIONS: Mapping[str, Any] = {
    "model": _option(str, metavar="NAME", help="newsqa-extractive is the embedded reader."),
    "base_url": _option(
        str,
        metavar="URL",
        help="Any OpenAI-compatible server, such as http://localhost:11434/v1.",
    ),
    "fallback_model": _option(
        str, metavar="NAME", help="Asked when the first model is unavailable."
    ),
    "cache": _option(Path, metavar="FILE", help="Keeps completions: no request is paid for twice."),
    "record": _option(
        Path,
        metavar="DIR",
        help="Writes each request to the model and its completion to a file in DIR.",
    ),
    "replay": _option(
        Path, metavar="DIR", help="Answers from files written by --record, without a network."
    ),
    "prompt": _option(
        Path, metavar="FILE", help="Reads with this prompt instead of the package's own."
    ),
    "timeout": _option(
        float, metavar="SECONDS", help=f"For one attempt; {_DEFAULTS['timeout']:.0f} by default."
    ),
    "deadline": _option(
        float,
        metavar="SECONDS",
        help=f"For one call with all its attempts; {_DEFAULTS['deadline']:.0f} by default.",
    ),
    "max_attempts": _option(
        int, metavar="COUNT", help=f"For one call; {_DEFAULTS['max_attempts']} by default."
    ),
    "max_input_tokens": _option(
        int, metavar="TOKENS", help="For one prompt; a longer article is read in windows."
    ),
    "windows": _option(
        int, metavar="COUNT", help="The passages of a long article to read; by default all."
    ),
    "max_output_tokens": _option(
        int, metavar="TOKENS", help="For one completion, with the model's reasoning."
    ),
    "max_calls": _option(int, metavar="COUNT", help="The most requests to the model in total."),
    "max_tokens": _option(
        int, metavar="TOKENS", help="The most tokens of all prompts and completions."
    ),
    "max_cost": _option(
        float, metavar="DOLLARS", help="The most to spend in total; the price has to be known."
    ),
    "requests_per_minute": _option(
        int, metavar="COUNT", help="The most requests in any minute; further ones wait."
    ),
    "tokens_per_minute": _option(
        int, metavar="TOKENS", help="The most tokens in any minute; further requests wait."
    ),
    "headers": _option(
        list[str],
        "--header",
        metavar="'NAME: VALUE'",
        help="Sent with each request. Put a key into NEWSQA_HEADERS: other users of the machine can "
        "read command lines.",
    ),
    "parameters": _option(
        list[str],
        "--parameter",
        metavar="NAME=VALUE",
        help="Added to each request, such as temperature=0 or reasoning_effort=low.",
    ),
    "strict": _option(
        bool,
        "--strict/--no-strict",
        help="Fail instead of leaving out claims whose citations are not in the article.",
    ),
    "checks": _option(
        str,
        metavar="POLICY",
        help="What happens to a claim that says more than it cites: refuse, mark or off for all "
        "checks, or names=off,figures=mark for some.",
    ),
    "verify": _option(
        str,
        metavar="model|doubtful",
        help="Have the model give a second opinion on each claim, or on doubtful ones.",
    ),
}
"""The settings that have an option, each with its type and its help."""


def with_settings(command: Callable[..., None]) -> Callable[..., None]:
    """Decorate ``command``: its parameter ``settings`` becomes an option for each setting.

    An option that the command declares itself takes precedence.
    """
    signature = inspect.signature(command, eval_str=True)
    own = [p for name, p in signature.parameters.items() if name != "settings"]
    shared = [name for name in OPTIONS if name not in signature.parameters]

    @wraps(command)
    def wrapped(*arguments: object, **options: object) -> None:
        chosen = {name: options.pop(name) for name in shared}
        command(*arguments, settings=_read_settings(**given_options(**chosen)), **options)

    settings = [_parameter(name) for name in shared]
    wrapped.__signature__ = signature.replace(parameters=_in_order(own, settings))  # type: ignore[attr-defined]  # what inspect, and so typer, reads
    return wrapped


def _read_settings(**chosen: Any) -> Settings:  # noqa: ANN401  # of any setting
    """Read the settings; print a one-line note for each variable that is not one."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        settings = Settings(**chosen)
    for warning in caught:
        print_note(f"note: {warning.message}")
    return settings


def _parameter(name: str) -> inspect.Parameter:
    kind = inspect.Parameter.KEYWORD_ONLY
    return inspect.Parameter(name, kind, default=None, annotation=OPTIONS[name])


def _in_order(
    own: list[inspect.Parameter], settings: list[inspect.Parameter]
) -> list[inspect.Parameter]:
    """Return the arguments, then the settings, then the command's own options."""
    arguments = [p for p in own if p.kind is not inspect.Parameter.KEYWORD_ONLY]
    return [*arguments, *settings, *(p for p in own if p not in arguments)]


def given_options(**options: object) -> dict[str, Any]:
    """Return the options that were given on the command line."""
    return {name: value for name, value in options.items() if value not in (None, [], ())}


@contextmanager
def open_newsqa(settings: Settings) -> Iterator[NewsQA]:
    """Open a NewsQA with ``settings``; print a one-line note if no model is set up."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        with NewsQA(settings) as newsqa:
            if any(issubclass(warning.category, NoModelWarning) for warning in caught):
                print_note(f"note: {NO_MODEL}")
            yield newsqa


ArticleArgument = Annotated[
    str,
    typer.Argument(
        metavar="ARTICLE", help="A file in any format that is read, a URL, or - for standard input."
    ),
]

ItemOption = Annotated[
    str | None,
    typer.Option(
        metavar="NUMBER|TITLE", help="Which article, of a feed or another file that holds several."
    ),
]


def read_article(place: str, *, item: str | None = None, **fields: str) -> Article:
    """Read the article at a path or URL, or from standard input for a dash.

    Args:
        place: The path, URL or dash.
        item: Which article, where there are several.
        **fields: Values in place of the article's own.
    """
    if place == "-":
        article = _read_stdin(item)
    elif is_url(place):
        article = Article.from_url(place, item=item)
    else:
        article = Article.from_file(place, item=item)
    return article.model_copy(update=fields) if fields else article


def read_questions(path: Path | None) -> list[str]:
    """Return the questions in a file, one a line; none without a file.

    Raises:
        QuestionError: It holds no text, or no question.
    """
    if path is None:
        return []
    try:
        lines = read_file(path).decode("utf-8-sig").splitlines()
    except UnicodeDecodeError:
        raise QuestionError(f"The questions in {str(path)!r} are not text in UTF-8.") from None
    questions = [line.strip() for line in lines if line.strip()]
    if not questions:
        raise QuestionError(f"There is no question in {str(path)!r}.")
    return questions


def _read_stdin(item: str | None) -> Article:
    data = sys.stdin.buffer.read(MAX_BYTES + 1) if sys.stdin else b""
    if len(data) > MAX_BYTES:
        raise ArticleError(
            f"Standard input has more than {MAX_BYTES / 1e6:.0f} MB, which no article has."
        )
    return Article.from_bytes(data, name="standard input", item=item)
