"""Text: recognizers of quotes, numbers, dates and names that know nothing of claims."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Tier = Literal["exact", "whitespace", "typography", "case", "elided"]
"""How loosely a quote matched, from the tightest tier; ``newsqa.text.quotes`` explains each."""

Offsets = tuple[int, int]
"""Start and end in a text, half-open, in code points."""


@dataclass(frozen=True, slots=True)
class Match:
    """A place of a quote in a text: one span, or one for each fragment of an elided quote.

    Spans are half-open, in code points of the text. ``tier`` is the strictest that found the place.
    """

    tier: Tier
    spans: tuple[Offsets, ...]


@dataclass(frozen=True, slots=True)
class Located:
    """The result of a search.

    ``candidates`` are the places in reading order, at most 100; ``match`` is the one that is meant. A
    quote with several candidates and no match is ambiguous; one without candidates is not in the text.
    """

    match: Match | None
    candidates: tuple[Match, ...]


def on_one_line(text: str) -> str:
    r"""Return ``text`` with each run of white space as one space, and none at its ends.

    >>> on_one_line(" Fees\n  rise. ")
    'Fees rise.'
    """
    return " ".join(text.split())
