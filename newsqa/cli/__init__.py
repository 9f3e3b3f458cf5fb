"""The command line: a module for each command, with those that belong to it."""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Sequence
from importlib.metadata import version
from typing import Annotated, TextIO

import typer

from newsqa.cli.ask import ask
from newsqa.cli.batch import BATCH_EXIT_CODES, batch, merge
from newsqa.cli.console import ANSWERED, BAD_INPUT, EXIT_CODES, FAILED, is_terminal, print_note
from newsqa.cli.eval import EVAL_HELP, evaluate, report
from newsqa.cli.options import ENVIRONMENT
from newsqa.cli.serve import serve, serve_tools
from newsqa.cli.verify import VERIFY_EXIT_CODES, verify
from newsqa.errors import (
    ArticleError,
    BatchError,
    CaseError,
    ConfigurationError,
    NewsQAError,
    QuestionError,
)

_EXAMPLES = """\b
Examples:
  newsqa ask article.txt "When does the strike begin?"
  curl -s https://example.org/article.json | newsqa ask - "Who was hurt?"
  newsqa ask --json article.txt "Who was hurt?" > answer.json
  newsqa verify answer.json article.txt
  newsqa eval cases.yaml --report report.html
"""

app = typer.Typer(
    epilog=f"{_EXAMPLES}\n{EXIT_CODES}",
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return the exit code.

    Args:
        arguments: The arguments after the program's name, by default those of the process.
    """
    given = sys.argv[1:] if arguments is None else list(arguments)
    _use_utf_8(sys.stdout)
    _use_utf_8(sys.stderr)
    try:
        code = app(given or ["--help"], prog_name="newsqa", standalone_mode=False)
    except typer.TyperException as error:
        return _fail(f"{_reason(error)}. See newsqa --help", BAD_INPUT)
    except (ArticleError, BatchError, CaseError, QuestionError, ConfigurationError) as error:
        return _fail(str(error), BAD_INPUT)
    except (NewsQAError, OSError) as error:
        return _fail(str(error), FAILED)
    return code or ANSWERED


def _reason(error: typer.TyperException) -> str:
    """Return what is wrong with an option in newsqa's words."""
    reason = error.format_message().rstrip(".").removesuffix("?")
    return re.sub(r"Input should be (.*?)(, unable to .*)?$", r"it must be \1", reason)


def _use_utf_8(stream: TextIO | None) -> None:
    """Make a pipe accept every character; a terminal knows its encoding."""
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(encoding=None if is_terminal(stream) else "utf-8", errors="replace")


def _fail(reason: str, code: int) -> int:
    print_note(f"newsqa: {reason}")
    return code


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
    """Ask a news article a question; every sentence of the answer cites exact words of it."""


app.command(
    "ask", epilog=f"{ENVIRONMENT}\n{EXIT_CODES}", short_help="Answer a question from an article."
)(ask)
app.command(
    "verify", epilog=VERIFY_EXIT_CODES, short_help="Check a stored answer against its article."
)(verify)
app.command("eval", epilog=EVAL_HELP, short_help="Measure answers over many cases.")(evaluate)
app.command("report", short_help="Write the page of a stored evaluation.")(report)
app.command("mcp", epilog=ENVIRONMENT, short_help="Serve tools to assistants (MCP).")(serve_tools)
app.command("serve", epilog=ENVIRONMENT, short_help="Serve a page to try, and HTTP endpoints.")(
    serve
)
app.command(
    "batch",
    epilog=f"{ENVIRONMENT}\n{BATCH_EXIT_CODES}",
    short_help="Ask many articles many questions.",
)(batch)
app.command("merge", short_help="Merge the outputs of a batch's shards.")(merge)
