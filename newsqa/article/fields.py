"""Fields of an Article: the types of their values, what makes a text usable, and Origin."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from errno import EFBIG
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Strict
from pydantic_core import PydanticCustomError

from newsqa.errors import ArticleError, QuestionError

if TYPE_CHECKING:
    import regex


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of an article."""

    number: int
    """Its number in the article, counted from 1."""
    start: int
    """Where it starts in the article's text, in code points."""
    end: int
    """Where it ends, half-open, without the white space after it."""
    paragraph: int
    """The number of its paragraph, counted from 1: a line, or a block of lines wrapped by hand."""
    text: str


class Origin(BaseModel):
    """The source of an article: what it was read from, and by what.

    ``format`` is the name of the format, such as ``"HTML"`` or ``"ninjs"``; ``reader`` the library
    that read it; ``name`` the path or URL; ``item`` the number of the article, counted from 1, in a
    file that holds several.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    format: str
    reader: str = "newsqa"
    name: str = ""
    item: int | None = None

    def __str__(self) -> str:
        item = f", item {self.item}" if self.item else ""
        return f"{self.name or 'input'}{item} ({self.format}, read by {self.reader})"


def _parse_iso(value: object) -> object:
    """Return the date or datetime of a string: a date stays a date, and midnight stays a time."""
    if not isinstance(value, str):
        return value
    for kind in (date, datetime):
        with suppress(ValueError):
            return kind.fromisoformat(value.strip())
    raise PydanticCustomError("iso_8601", "Input should be a date in ISO 8601, such as 2025-03-14")


def _check_encodable(value: str) -> str:
    problem = half_character_in(value)
    if problem:
        raise PydanticCustomError("lone_surrogate", "Input {problem}", {"problem": problem})
    return value


Text = Annotated[str, Strict(), AfterValidator(_check_encodable)]
"""A string without lone surrogates."""

_Date = Annotated[date, Strict()]
_Datetime = Annotated[datetime, Strict()]

Moment = Annotated[_Date | _Datetime | None, BeforeValidator(_parse_iso)]
"""A date, a datetime, either in ISO 8601, or None."""


# Files ---------------------------------------------------------------------------------------------

MAX_BYTES = 40_000_000
"""Far above any article; a larger file is something else, and is not read."""


def read_file(path: Path) -> bytes:
    """Return the content of the file at ``path``.

    Raises:
        ArticleError: There is no such file, it is a folder, unreadable, or larger than 40 MB.
    """
    try:
        return _read_limited(path)
    except (FileNotFoundError, ValueError):  # ValueError: a NUL or half a character in the name
        raise ArticleError(f"There is no file {str(path)!r}.") from None
    except IsADirectoryError:
        raise ArticleError(
            f"{str(path)!r} is a folder; name the file of an article in it."
        ) from None
    except OSError as error:
        raise ArticleError(f"{str(path)!r} cannot be read: {error.strerror}.") from error


def _read_limited(path: Path) -> bytes:
    if path.is_dir():
        raise IsADirectoryError
    size = path.stat().st_size
    if size <= MAX_BYTES:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)  # a device has no size, and a file may grow
        if len(data) <= MAX_BYTES:
            return data
    raise OSError(EFBIG, f"an article has at most {MAX_BYTES / 1e6:.0f} MB")


# Usable text: the same rules for an article, a question and a claim --------------------------------

MAX_QUESTION_CHARACTERS = 10_000
"""A longer question is a mistake: most likely the arguments are swapped."""

_SURROGATE = re.compile("[\ud800-\udfff]")


def problem_with(text: object, *, limit: int) -> str | None:
    """Return why ``text`` is unusable, phrased to follow a subject, or ``None`` if it is usable.

    >>> problem_with("", limit=100)
    'is empty'
    >>> problem_with("The bridge closed.", limit=100) is None
    True

    Args:
        text: The value to check.
        limit: The most characters that it may have.
    """
    if not isinstance(text, str):
        return f"must be a str, not {type(text).__name__}; decode or convert it first"
    if len(text) > limit:
        return f"has {len(text):,} characters; at most {limit:,} can be read"
    if not _visible().search(text):
        return "is empty"
    return half_character_in(text)


def half_character_in(text: str) -> str | None:
    """Return where ``text`` has a lone surrogate, phrased to follow a subject, or ``None``."""
    surrogate = _SURROGATE.search(text)
    if not surrogate:
        return None
    return (
        f"holds half a character (a lone surrogate) at offset {surrogate.start()}; decode its "
        "source again, with errors='replace' if need be"
    )


def check_question(question: object) -> None:
    """Check that a question is usable.

    Raises:
        QuestionError: It is empty, not text, or longer than 10,000 characters.
    """
    problem = problem_with(question, limit=MAX_QUESTION_CHARACTERS)
    if problem:
        raise QuestionError(f"The question {problem}.")


@cache
def _visible() -> regex.Pattern[str]:
    """Return the pattern of a character that can be seen."""
    import regex

    return regex.compile(r"[^\s\p{Cc}\p{Default_Ignorable_Code_Point}]")
