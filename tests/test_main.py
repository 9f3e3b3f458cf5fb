"""``python -m newsqa`` is the command line."""

from __future__ import annotations

import subprocess
import sys


def test_the_module_runs_the_command_line() -> None:
    """For those whose scripts are not on the path."""
    command = [sys.executable, "-m", "newsqa", "--version"]
    assert subprocess.check_output(command, text=True).startswith("newsqa ")  # noqa: S603  # our own
