"""Several questions about one article: read together, and answered each by the same pipeline."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import chain
from typing import Literal, TypeVar

from newsqa.answers.answer import Answer, Failure
from newsqa.article import Article
from newsqa.article.fields import check_question
from newsqa.article.passages import Articles, Passage
from newsqa.errors import (
    BudgetError,
    ConfigurationError,
    ModelContextError,
    ModelError,
    ModelOutputError,
    ModelRefusedError,
    ModelTruncatedError,
    NewsQAError,
    QuestionError,
    adds_usage,
)
from newsqa.events import OnEvent, listening
from newsqa.pipeline.pipeline import Pipeline
from newsqa.readers import ManyReader, Reading
from newsqa.usage import Usage

OnError = Literal["return", "raise"]
"""What happens to a question that fails: a ``Failure`` in its place, or the error is raised."""

Results = list[Answer | Failure]

_SPLIT_AFTER = (
    BudgetError,
    ModelContextError,
    ModelOutputError,
    ModelRefusedError,
    ModelTruncatedError,
)
"""Errors of a group that one of its questions, or their number, may have caused."""

_T = TypeVar("_T")


async def answer_many(
    pipeline: Pipeline,
    article: Article | Articles,
    questions: Iterable[str],
    *,
    on_error: OnError = "return",
    on_event: OnEvent | None = None,
) -> Results:
    """Answer ``questions`` from ``article``, in as few readings as they fit into.

    Each question's claims are grounded, checked, asked about again and verified as if it had been
    asked alone. A question that a reading leaves out is read for alone; a reading that fails because
    of its questions is made again with half of them.

    Args:
        pipeline: Answers one question at a time, from a reading.
        article: The article, or several.
        questions: The questions.
        on_error: Whether a question that fails leaves a ``Failure`` or raises its error.
        on_event: Called with each event.

    Raises:
        QuestionError: ``questions`` is one string, or a question is not usable and ``on_error`` is
            ``"raise"``.
        ConfigurationError: The parts cannot work together, which would make every question fail.
        NewsQAError: A question failed and ``on_error`` is ``"raise"``.
    """
    if isinstance(questions, str):
        raise QuestionError("The questions are one string; pass a list of them.")
    asked = list(questions)
    run = _Run(
        pipeline,
        Passage.whole(article),
        datetime.now(UTC).replace(microsecond=0),
        on_error == "raise",
        on_event,
    )
    unusable = {at: problem for at, each in enumerate(asked) if (problem := run.check(each))}
    usable = [each for at, each in enumerate(asked) if at not in unusable]
    reader = pipeline.reader
    groups = reader.group(usable) if isinstance(reader, ManyReader) else [[q] for q in usable]
    with listening(on_event):
        answered = await _together(run.answer_group(group, Usage()) for group in groups)
    results = chain.from_iterable(answered)
    return [unusable[at] if at in unusable else next(results) for at in range(len(asked))]


@dataclass(frozen=True, slots=True)
class _Run:
    """One call of ``answer_many``."""

    pipeline: Pipeline
    passage: Passage
    asked_at: datetime
    raises: bool
    on_event: OnEvent | None

    def check(self, question: str) -> Failure | None:
        """Return the failure of a question that is not usable."""
        try:
            check_question(question)
        except QuestionError as error:
            return self._fail(question, error)
        return None

    async def answer_group(self, questions: Sequence[str], spent: Usage) -> Results:
        """Answer questions from one reading; from two, of half of them each, if that fails."""
        reader = self.pipeline.reader
        if len(questions) == 1 or not isinstance(reader, ManyReader):
            return await _together(self._answer(each, None, spent) for each in questions)
        try:
            with adds_usage(spent):
                readings = await reader.read_many(self.passage, questions)
        except _SPLIT_AFTER as error:
            usage = error.usage if isinstance(error, ModelError) else spent
            return await self._answer_halves(questions, usage)
        except ConfigurationError:
            raise
        except NewsQAError as error:
            return [self._fail(question, error) for question in questions]
        paid = [spent, *(Usage() for _ in questions[1:])]
        return await _together(map(self._answer, questions, readings, paid))

    async def _answer_halves(self, questions: Sequence[str], spent: Usage) -> Results:
        middle = len(questions) // 2
        halves = [(questions[:middle], spent), (questions[middle:], Usage())]
        first, second = await _together(self.answer_group(*half) for half in halves)
        return [*first, *second]

    async def _answer(
        self, question: str, reading: Reading | None, spent: Usage
    ) -> Answer | Failure:
        """Answer a question from its reading; without one, read for it alone."""
        try:
            with adds_usage(spent):
                own = reading or await self.pipeline.reader.read(self.passage, question)
            paid = replace(own, usage=spent + own.usage)
            answer = await self.pipeline.answer(
                self.passage.articles, question, reading=paid, on_event=self.on_event
            )
            return answer.model_copy(update={"asked_at": self.asked_at})
        except ConfigurationError:
            raise
        except NewsQAError as error:
            return self._fail(question, error)

    def _fail(self, question: str, error: NewsQAError) -> Failure:
        if self.raises:
            raise error
        return Failure.of(question, error)


async def _together(coroutines: Iterable[Coroutine[object, object, _T]]) -> list[_T]:
    """Return all results in order; the first error cancels the others and is raised itself."""
    try:
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(coroutine) for coroutine in coroutines]
    except ExceptionGroup as failures:
        raise failures.exceptions[0] from failures
    return [task.result() for task in tasks]
