"""Whether a value is text that can be read at all: the same for an article and a question."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from newsqa.errors import QuestionError

if TYPE_CHECKING:
    import regex

MAX_QUESTION = 10_000
"""A question longer than any article is a mistake, most likely swapped arguments."""

_SURROGATE = re.compile("[\ud800-\udfff]")


def problem_with(text: object, *, limit: int) -> str | None:
    """What keeps ``text`` from being read, as the rest of a sentence; ``None`` if nothing does.

    ``limit`` is the most characters it may have.
    """
    if not isinstance(text, str):
        return f"is no str but {type(text).__name__}; decode or convert it first"
    if len(text) > limit:
        return f"has {len(text):,} characters; at most {limit:,} can be read"
    if not _visible().search(text):
        return "is empty"
    return half_character_in(text)


def half_character_in(text: str) -> str | None:
    """The rest of a sentence that says where ``text`` cannot be encoded; ``None`` if it can."""
    surrogate = _SURROGATE.search(text)
    if not surrogate:
        return None
    return (
        f"holds half a character (a lone surrogate) at offset {surrogate.start()}; decode its "
        "source again, with errors='replace' if need be"
    )


def check_question(question: object) -> None:
    """Raise ``QuestionError`` unless ``question`` is text of at most 10,000 characters."""
    problem = problem_with(question, limit=MAX_QUESTION)
    if problem:
        raise QuestionError(f"The question {problem}.")


@cache
def _visible() -> regex.Pattern[str]:
    """Return the pattern of a character that can be seen."""
    import regex

    return regex.compile(r"[^\s\p{Cc}\p{Default_Ignorable_Code_Point}]")
