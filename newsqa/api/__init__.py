"""The public entry points: ask and stream, their async twins, and the NewsQA object that they share."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

import newsqa
from newsqa.api.client import NewsQA

__all__ = ["NewsQA", "aask", "aask_many", "ask", "ask_many", "astream", "forget_shared", "stream"]

# Everything else is imported when it is first used, so that importing ``ask`` costs next to nothing.
# Annotations name the package, which loads a type when ``typing.get_type_hints`` looks it up.
if TYPE_CHECKING:
    import newsqa.checks
    import newsqa.events
    import newsqa.models
    import newsqa.readers
    import newsqa.verifiers


def ask(
    article: newsqa.Article | str | Sequence[newsqa.Article | str],
    question: str,
    *,
    model: str | newsqa.models.Model | None = None,
    settings: newsqa.Settings | None = None,
    on_event: newsqa.events.OnEvent | None = None,
) -> newsqa.Answer:
    """Answer a question from a news article alone, each sentence with exact spans of the article.

    It works in scripts and notebooks, from many threads, and after a fork. If the article does not
    answer the question, that is not an error: the answer's status is ``not_in_article``.

    >>> answer = ask(
    ...     "The bridge closed on 3 May.", "When did the bridge close?", model="newsqa-extractive"
    ... )
    >>> answer.short, answer.citations[0].text
    ('3 May', '3 May')

    Args:
        article: An ``Article``, or its text; or a list of several.
        question: The question, of at most 10,000 characters.
        model: A model's name or any object with the ``Model`` protocol, in place of
            ``settings.model``.
        settings: How to answer; by default what the environment says (``NEWSQA_*``, ``OPENAI_*``).
        on_event: Called with each event, in the thread that answers; see ``newsqa.events``.

    Raises:
        ArticleError: The article is empty, not text, or too long.
        QuestionError: The question is empty, not text, or too long.
        ConfigurationError: The settings cannot work together.
        BudgetError: The prompt leaves no room for a sentence.
        ModelError: The model gives nothing usable.
        GroundingError: A claim is rejected and ``settings.strict`` is set.
    """
    return _newsqa_for(settings, model).ask(article, question, on_event=on_event)


async def aask(
    article: newsqa.Article | str | Sequence[newsqa.Article | str],
    question: str,
    *,
    model: str | newsqa.models.Model | None = None,
    settings: newsqa.Settings | None = None,
    on_event: newsqa.events.OnEvent | None = None,
) -> newsqa.Answer:
    """Answer a question from a news article alone, in async code; see ``ask``."""
    return await _newsqa_for(settings, model).aask(article, question, on_event=on_event)


def stream(
    article: newsqa.Article | str | Sequence[newsqa.Article | str],
    question: str,
    *,
    model: str | newsqa.models.Model | None = None,
    settings: newsqa.Settings | None = None,
) -> newsqa.SyncIterator[newsqa.Event | newsqa.Answer]:
    """Answer a question claim by claim: yield what happens, each claim once it is verified, the answer.

    A ``ClaimVerified`` comes as soon as the model has written the claim and it is grounded and checked,
    while the next one is still being written. The last item is the ``Answer``, equal to what ``ask``
    returns. What is not verified is never yielded.

    >>> from newsqa import Event
    >>> for event in stream(
    ...     "The bridge closed on 3 May.", "When did the bridge close?", model="newsqa-extractive"
    ... ):
    ...     print(type(event).__name__, "|", event if isinstance(event, Event) else event.short)
    QuestionAsked | reading 1 sentence
    ClaimVerified | The bridge closed on 3 May.
    QuestionAnswered | done
    Answer | 3 May

    Leaving the loop early cancels the request, once the iterator is dropped; ``close`` and a ``with``
    block do so at once.

    Args:
        article: An ``Article``, or its text; or a list of several.
        question: The question, of at most 10,000 characters.
        model: A model's name or any object with the ``Model`` protocol, in place of
            ``settings.model``.
        settings: How to answer; by default what the environment says.

    Raises:
        NewsQAError: As ``ask`` does, from the iteration. Claims that came before are not an answer.
    """
    return _newsqa_for(settings, model).stream(article, question)


def astream(
    article: newsqa.Article | str | Sequence[newsqa.Article | str],
    question: str,
    *,
    model: str | newsqa.models.Model | None = None,
    settings: newsqa.Settings | None = None,
) -> newsqa.AnswerStream:
    """Answer a question claim by claim, in async code; see ``stream``.

    The iterator is also an async context manager, and has ``aclose``.
    """
    return _newsqa_for(settings, model).astream(article, question)


def ask_many(
    article: newsqa.Article | str | Sequence[newsqa.Article | str],
    questions: Iterable[str],
    *,
    model: str | newsqa.models.Model | None = None,
    settings: newsqa.Settings | None = None,
) -> list[newsqa.Answer | newsqa.Failure]:
    """Answer several questions about a news article, with the article sent once for many of them.

    A question that fails does not fail the others: a ``Failure`` takes the place of its answer.
    ``NewsQA.ask_many(..., on_error="raise")`` raises the error instead.

    >>> when, who = ask_many(
    ...     "The bridge closed on 3 May.",
    ...     ["When did the bridge close?", "Who won the cup?"],
    ...     model="newsqa-extractive",
    ... )
    >>> when.short, who.status
    ('3 May', 'not_in_article')

    Args:
        article: An ``Article``, or its text; or a list of several.
        questions: The questions, of at most 10,000 characters each.
        model: As for ``ask``.
        settings: As for ``ask``.

    Returns:
        For each question, in order, its answer or its failure.

    Raises:
        ArticleError: The article is empty, not text, or too long.
        QuestionError: ``questions`` is one string.
        ConfigurationError: The settings cannot work together.
    """
    return _newsqa_for(settings, model).ask_many(article, questions)


async def aask_many(
    article: newsqa.Article | str | Sequence[newsqa.Article | str],
    questions: Iterable[str],
    *,
    model: str | newsqa.models.Model | None = None,
    settings: newsqa.Settings | None = None,
) -> list[newsqa.Answer | newsqa.Failure]:
    """Answer several questions about a news article, in async code; see ``ask_many``."""
    return await _newsqa_for(settings, model).aask_many(article, questions)


def _newsqa_for(
    settings: newsqa.Settings | None, model: str | newsqa.models.Model | None
) -> NewsQA:
    """Return the NewsQA that all calls with the same settings share, with its connections.

    A model that is passed gets its own: it holds its own connections and may not be hashable. The budget
    is shared by all calls with the same settings, whatever the model.
    """
    from newsqa.settings import Settings
    from newsqa.wiring import sharing_budgets

    settings = settings or Settings()
    with sharing_budgets():
        if model is None or isinstance(model, str):
            return _cached_newsqa(settings, model)
        return NewsQA(settings, model=model)


@lru_cache(maxsize=16)
def _cached_newsqa(settings: newsqa.Settings, model: str | None) -> NewsQA:
    return NewsQA(settings, model=model)


def forget_shared() -> None:
    """Make ``ask`` and ``aask`` forget what servers rejected and what was spent before.

    Recorded tests need it: which requests are sent depends on both.
    """
    from newsqa.wiring import forget_budgets

    _cached_newsqa.cache_clear()
    forget_budgets()
