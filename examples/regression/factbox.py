"""Fact boxes: a few questions about a news story, each with its answer and the words that prove it."""

from __future__ import annotations

from collections.abc import Iterable

from newsqa import Answer, Article, ModelUnavailableError, Settings, ask
from newsqa.models import Model


def fact_box(
    story: Article,
    questions: Iterable[str],
    *,
    model: Model | None = None,
    settings: Settings | None = None,
) -> list[str]:
    """One line a question; a model that is out of reach costs its line and not the box."""
    lines = []
    for question in questions:
        try:
            answer = ask(story, question, model=model, settings=settings)
        except ModelUnavailableError:
            lines.append(f"{question} – No answer at the moment.")
        else:
            lines.append(f"{question} – {_in_words(answer)}")
    return lines


def _in_words(answer: Answer) -> str:
    if answer.status == "not_in_article":
        return "The story does not say."
    proof = " … ".join(citation.text for citation in answer.citations)
    return f"{answer.short} (“{proof}”)"
