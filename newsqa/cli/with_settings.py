"""Settings as options: declared once, for every command that asks a model."""

from __future__ import annotations

import inspect
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import Annotated, Any

import typer

from newsqa.api import NewsQA
from newsqa.cli.console import tell
from newsqa.settings import Settings
from newsqa.wiring import NoModelWarning

NO_MODEL = (
    "no language model is set up, so newsqa only quotes what fits best; see newsqa ask --help"
)

ENVIRONMENT = """\b
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


def _option(kind: object, *names: str, metavar: str | None = None, help: str) -> Any:  # noqa: A002, ANN401  # as typer calls it; a type with its option is no type
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
        Path, metavar="DIR", help="Writes every exchange with the model to a file in DIR."
    ),
    "replay": _option(
        Path, metavar="DIR", help="Answers from such files, without a network; see --record."
    ),
    "prompt": _option(
        Path, metavar="FILE", help="Reads with this prompt instead of the package's own."
    ),
    "timeout": _option(
        float, metavar="SECONDS", help=f"For one attempt; {_TIMEOUT:.0f} if not given."
    ),
    "max_input_tokens": _option(
        int, metavar="TOKENS", help="For one prompt; a longer article is read in windows."
    ),
    "strict": _option(
        bool,
        "--strict/--no-strict",
        help="Fail, rather than leave out what does not stand in the article.",
    ),
    "checks": _option(
        str,
        metavar="POLICY",
        help="What happens to a claim that says more than it cites: refuse, mark or off for all "
        "checks, or names=off,figures=mark for some.",
    ),
    "verify": _option(
        str, metavar="model", help="Have the model give a second opinion on each claim."
    ),
}
"""The settings that have an option, each with its type and how it is shown."""


def with_settings(command: Callable[..., None]) -> Callable[..., None]:
    """``command``, with an option for each setting in place of its parameter ``settings``.

    An option that the command declares itself stays its own.
    """
    signature = inspect.signature(command, eval_str=True)
    own = [p for name, p in signature.parameters.items() if name != "settings"]
    shared = [name for name in OPTIONS if name not in signature.parameters]

    @wraps(command)
    def wrapped(*arguments: object, **given: object) -> None:
        chosen = {name: given.pop(name) for name in shared}
        command(*arguments, settings=Settings(**only_given(**chosen)), **given)

    options = [_parameter(name) for name in shared]
    wrapped.__signature__ = signature.replace(parameters=_in_order(own, options))  # type: ignore[attr-defined]  # what inspect, and so typer, reads
    return wrapped


def _parameter(name: str) -> inspect.Parameter:
    kind = inspect.Parameter.KEYWORD_ONLY
    return inspect.Parameter(name, kind, default=None, annotation=OPTIONS[name])


def _in_order(
    own: list[inspect.Parameter], options: list[inspect.Parameter]
) -> list[inspect.Parameter]:
    """Arguments, then the settings, then the command's own options."""
    arguments = [p for p in own if p.kind is not inspect.Parameter.KEYWORD_ONLY]
    return [*arguments, *options, *(p for p in own if p not in arguments)]


def only_given(**options: object) -> dict[str, Any]:
    """The options that were given."""
    return {name: value for name, value in options.items() if value is not None}


@contextmanager
def set_up(settings: Settings) -> Iterator[NewsQA]:
    """A NewsQA with ``settings``; that no model is set up is said in one line."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        with NewsQA(settings) as newsqa:
            if any(issubclass(warning.category, NoModelWarning) for warning in caught):
                tell(f"note: {NO_MODEL}")
            yield newsqa
