"""Checks that a value is usable text: the same rules for an article, a question and a claim."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from newsqa.errors import QuestionError

if TYPE_CHECKING:
    import regex

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
