"""``newsqa verify``: check a stored answer against its article."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from pydantic import ValidationError

from newsqa.answers.answer import Answer
from newsqa.cli.options import ArticleArgument, ItemOption, read_article
from newsqa.errors import ConfigurationError, GroundingError

VERIFY_EXIT_CODES = "Exits with 0 if all citations are in ARTICLE, 1 if one is not, 2 if ANSWER or ARTICLE is not usable."


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
    article: ArticleArgument,
    item: ItemOption = None,
) -> None:
    """Check that every citation of a stored ANSWER is in ARTICLE, to the letter."""
    stored = _read_answer(answer)
    stored.verify(read_article(article, item=item))
    typer.echo(f"All citations are in the article ({len(stored.citations)}).")


def _read_answer(path: Path) -> Answer:
    try:
        return Answer.model_validate_json(path.read_bytes())
    except ValidationError as error:
        problem = error.errors()[0]
        where = ".".join(str(part) for part in problem["loc"])
        reason = f"{where}: {problem['msg']}" if where else problem["msg"]
        # A value that contradicts itself was altered; anything else was never an answer.
        kind = GroundingError if problem["type"] == "value_error" else ConfigurationError
        raise kind(
            f"{str(path)!r} is not an answer of newsqa: {reason}. Name the file that newsqa ask --json "
            "wrote first, and its article after it."
        ) from None
