"""Output: an answer as plain text here, and in other forms in the modules of this folder."""

from __future__ import annotations

from collections.abc import Iterator

from newsqa.answers.answer import Answer, Citation, Claim
from newsqa.answers.draft import ClosestBecause, Status
from newsqa.text import on_one_line

_LEADS: dict[tuple[Status, bool], str] = {
    ("answered", True): "",
    ("answered", False): "",
    ("partial", True): "The article answers this in part.",
    ("partial", False): "",
    ("not_in_article", True): "The article does not say. What it does say:",
    ("not_in_article", False): "The article does not say.",
}
"""The sentence that introduces an answer, by its status and whether it has claims."""

_NO_SPAN: dict[ClosestBecause, str] = {
    "unsure": "No sentence answers this surely enough.",
    "yes_no": "The embedded reader does not answer yes or no.",
    "why": "The embedded reader does not give reasons.",
    "how": "The embedded reader does not explain how.",
    "list": "The embedded reader does not make lists.",
    "count": "The embedded reader does not count.",
}
"""Why an answer holds only the sentences that come closest."""


def lead_of(answer: Answer) -> str:
    """Return the sentence that introduces an answer; empty if none is needed."""
    if answer.status == "closest":
        return f"{_NO_SPAN[answer.closest_because or 'unsure']} The sentences that come closest:"
    return _LEADS[answer.status, bool(answer.claims)]


def sentences_in_words(first: int, last: int) -> str:
    """Return sentence numbers in words.

    >>> sentences_in_words(3, 3), sentences_in_words(3, 4)
    ('sentence 3', 'sentences 3–4')
    """
    return f"sentence {first}" if first == last else f"sentences {first}–{last}"


def count_of(number: int, noun: str) -> str:
    """Return a number with its noun, which is in the plural unless there is one.

    >>> count_of(1, "call"), count_of(1234, "call")
    ('1 call', '1,234 calls')
    """
    return f"{number:,} {noun}{'s' * (number != 1)}"


def render(answer: Answer) -> str:
    """Return the question, the answer with marks, the cited texts, doubts, and what was asked when."""
    numbers = {c.place: number for number, c in enumerate(answer.citations, 1)}
    text = " ".join(_with_marks(claim, numbers) for claim in answer.claims)
    notes = "\n".join(
        f"[{n}] {source_of(c, answer)}“{on_one_line(c.text)}”"
        for n, c in enumerate(answer.citations, 1)
    )
    disagreements = "\n\n".join(map(str, answer.disagreements))
    doubts = "\n".join(f"check {doubt}" for claim in answer.claims for doubt in claim.doubts)
    question = f"Question: {on_one_line(answer.question)}" if answer.question else ""
    parts = (
        question,
        lead_of(answer),
        text,
        disagreements,
        notes,
        doubts,
        "\n".join(record(answer)),
    )
    return "\n\n".join(part for part in parts if part)


def source_of(citation: Citation, answer: Answer) -> str:
    """Return the source and day of the cited article, as the beginning of a note, if there are several."""
    if len(answer.articles) < 2:
        return ""
    return f"{on_one_line(answer.articles[citation.article].label)}: "


def record(answer: Answer) -> Iterator[str]:
    """Yield what else a filed answer shows: each article and when it was asked, a line each.

    An answer of version 0.1, which does not know its question, has nothing to show.
    """
    if answer.skipped:
        yield f"Not read: {count_of(answer.skipped, 'sentence')}, which fit the question less."
    if not answer.question:
        return
    for number, article in enumerate(answer.articles, 1):
        which = f" {number}" if len(answer.articles) > 1 else ""
        yield f"Article{which}: {article}"
    if answer.asked_at:
        yield f"Asked: {answer.asked_at:%Y-%m-%d %H:%M %Z}"


def _with_marks(claim: Claim, numbers: dict[tuple[int, int, int], int]) -> str:
    cited = sorted(numbers[c.place] for c in claim.citations)
    return claim.text + " " + "".join(f"[{number}]" for number in cited)
