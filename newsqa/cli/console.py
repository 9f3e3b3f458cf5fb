"""Standard output and standard error, notes to the user, and the exit codes of commands."""

from __future__ import annotations

import sys
from typing import TextIO

import typer
from rich.console import Console

from newsqa.output.sanitize import sanitize_for_terminal

ANSWERED, FAILED, BAD_INPUT, NOT_IN_ARTICLE = 0, 1, 2, 3
"""Exit codes; typer adds 130 for an interruption."""

EXIT_CODES = """\b
Exit codes:
  0    answered, wholly or in part; verified
  1    the model failed, or a citation is not in the article
  2    the command, the article, the question or a setting is not usable
  3    the article does not say
  130  interrupted
"""

_PLAIN_WIDTH_COLUMNS = 100
"""The width of a table in a pipe, which has no width itself."""


def print_note(line: str) -> None:
    """Print ``line`` on standard error, without control characters."""
    typer.echo(sanitize_for_terminal(line), err=True)


def is_terminal(stream: TextIO | None) -> bool:
    """Return whether ``stream`` is a terminal."""
    return stream is not None and stream.isatty()


def stderr_console() -> Console:
    """Return a console on standard error that draws on a terminal only."""
    # Without this, Rich would also draw if FORCE_COLOR is set, and fill a log.
    return Console(stderr=True, force_terminal=is_terminal(sys.stderr))


def stdout_console() -> Console:
    """Return standard output as a console that does not highlight by guessing."""
    terminal = Console(highlight=False)
    return (
        terminal if terminal.is_terminal else Console(highlight=False, width=_PLAIN_WIDTH_COLUMNS)
    )
