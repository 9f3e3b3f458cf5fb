"""What is said beside the result: one line at a time, on standard error."""

from __future__ import annotations

import sys
from typing import TextIO

import typer
from rich.console import Console

from newsqa.output.terminal import sanitize_for_terminal


def tell(line: str) -> None:
    """Say ``line`` on standard error, without anything that would steer a terminal."""
    typer.echo(sanitize_for_terminal(line), err=True)


def is_terminal(stream: TextIO | None) -> bool:
    """Whether a person is looking at ``stream``."""
    return stream is not None and stream.isatty()


def beside() -> Console:
    """A console on standard error, which draws on a terminal only."""
    # Rich would also draw where FORCE_COLOR is set, and fill a log with it.
    return Console(stderr=True, force_terminal=is_terminal(sys.stderr))
