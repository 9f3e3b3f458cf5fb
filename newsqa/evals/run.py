"""Run: ask every case, a number of them at a time, and score the answers."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from time import perf_counter

from newsqa.answers.answer import Answer
from newsqa.api import NewsQA
from newsqa.article.reference import ArticleReference
from newsqa.errors import ConfigurationError, ModelError, NewsQAError
from newsqa.evals.cases import Case
from newsqa.evals.measures import (
    EVALUATORS,
    Evaluator,
    Measure,
    Score,
    measures_of,
    prediction_of,
)
from newsqa.evals.results import Result
from newsqa.evals.scorecards import Scorecard
from newsqa.evals.statistics import load_stats
from newsqa.sync import run
from newsqa.usage import Usage

OnResult = Callable[[Result], object]


async def aevaluate(
    cases: Iterable[Case],
    qa: NewsQA,
    *,
    evaluators: Iterable[Evaluator] = (),
    concurrency: int = 8,
    on_result: OnResult | None = None,
) -> Scorecard:
    """``evaluate``, for async code."""
    load_stats()  # so that a missing extra is reported before a model is paid for
    every_case, extra = tuple(cases), tuple(evaluators)
    measures_of([*EVALUATORS, *extra])
    results = await _ask_all(every_case, _Asking(qa, extra, on_result, _slots(concurrency)))
    return Scorecard.of(every_case, results, qa, evaluators=extra)


def evaluate(
    cases: Iterable[Case],
    qa: NewsQA,
    *,
    evaluators: Iterable[Evaluator] = (),
    concurrency: int = 8,
    on_result: OnResult | None = None,
) -> Scorecard:
    """Ask ``qa`` every case and score the answers.

    Args:
        cases: The questions, each with what is expected.
        qa: Answers them.
        evaluators: Measures of yours, besides the built-in ones; called in threads.
        concurrency: The most cases asked at the same time.
        on_result: Called with each result as it comes.

    Returns:
        The scorecard. A case that failed with a ``NewsQAError`` counts as wrong.

    Raises:
        ConfigurationError: Something is set up wrongly, which would make every case fail.
    """
    return run(
        aevaluate(cases, qa, evaluators=evaluators, concurrency=concurrency, on_result=on_result)
    )


def _slots(concurrency: int) -> asyncio.Semaphore:
    if concurrency < 1:
        raise ConfigurationError(f"concurrency must be at least 1, and is {concurrency}.")
    return asyncio.Semaphore(concurrency)


async def _ask_all(cases: Sequence[Case], asking: _Asking) -> list[Result]:
    """Return the result of each case, in their order."""
    try:
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(asking.result_of(case)) for case in cases]
    except ExceptionGroup as failures:
        raise failures.exceptions[0] from failures
    return [task.result() for task in tasks]


@dataclass(frozen=True, slots=True)
class _Asking:
    qa: NewsQA
    evaluators: tuple[Evaluator, ...]
    on_result: OnResult | None
    slots: asyncio.Semaphore

    async def result_of(self, case: Case) -> Result:
        async with self.slots:
            result = await self._ask(case)
        if self.on_result:
            self.on_result(result)
        return result

    async def _ask(self, case: Case) -> Result:
        started = perf_counter()
        try:
            answer = await self.qa.aask(case.article, case.question)
        except ConfigurationError:
            raise
        except NewsQAError as error:
            return failed_result(
                case, error, seconds=perf_counter() - started, evaluators=self.evaluators
            )
        seconds = perf_counter() - started
        if not self.evaluators:
            return answered_result(case, answer, seconds=seconds)
        # In a thread, because an evaluator may well ask a model.
        return await asyncio.to_thread(
            answered_result, case, answer, seconds=seconds, evaluators=self.evaluators
        )


def answered_result(
    case: Case, answer: Answer, *, seconds: float, evaluators: Sequence[Evaluator] = ()
) -> Result:
    """Return the result of ``answer``, scored by the built-in and the given ``evaluators``."""
    return Result(
        id=case.id,
        tags=case.tags,
        answerable=case.expected.has_answer,
        question=case.question,
        article=ArticleReference.of(case.article),
        asked_at=answer.asked_at,
        prediction=prediction_of(answer),
        status=answer.status,
        scores=_stored(score(case, answer, [*EVALUATORS, *evaluators])),
        seconds=seconds,
        usage=answer.usage,
        answer=answer,
    )


def failed_result(
    case: Case, error: NewsQAError, *, seconds: float, evaluators: Sequence[Evaluator] = ()
) -> Result:
    """Return the result of a case that ``error`` left without an answer."""
    return Result(
        id=case.id,
        tags=case.tags,
        answerable=case.expected.has_answer,
        question=case.question,
        article=ArticleReference.of(case.article),
        asked_at=(datetime.now(UTC) - timedelta(seconds=seconds)).replace(microsecond=0),
        prediction="",
        status=None,
        scores=_stored(score_failure(case, [*EVALUATORS, *evaluators])),
        seconds=seconds,
        usage=error.usage if isinstance(error, ModelError) else Usage(),
        answer=None,
        error=f"{type(error).__name__}: {error}",
    )


def _stored(scores: dict[str, Score]) -> dict[str, float | tuple[float, ...]]:
    return {
        name: value if isinstance(value, int | float) else tuple(value)
        for name, value in scores.items()
    }


def score(case: Case, answer: Answer, evaluators: Iterable[Evaluator]) -> dict[str, Score]:
    """Return the scores of ``answer`` in all measures that apply to it.

    Raises:
        ConfigurationError: An evaluator gives a score that its ``measures`` do not declare.
    """
    scores: dict[str, Score] = {}
    for evaluator in evaluators:
        for name, value in evaluator.evaluate(case, answer).items():
            if name not in evaluator.measures:
                raise ConfigurationError(
                    f"{type(evaluator).__name__} gives a score for {str(name)!r}, which is not one of "
                    f"its measures ({', '.join(evaluator.measures)}): add it to them."
                )
            if value is not None:
                scores[str(name)] = value
    return scores


def score_failure(case: Case, evaluators: Iterable[Evaluator]) -> dict[str, Score]:
    """Return the scores of a case without an answer: 0 in each quality measure that applies."""
    evaluators = tuple(evaluators)
    measures = measures_of(evaluators)
    return {
        name: 0.0
        for name, value in score(case, _empty_answer(case), evaluators).items()
        if isinstance(value, int | float) and _counts(measures[name])
    }


def _counts(measure: Measure) -> bool:
    return measure.is_quality and measure.counts_failures


def _empty_answer(case: Case) -> Answer:
    return Answer(
        status="not_in_article",
        text="",
        short="",
        claims=(),
        model="",
        articles=(ArticleReference.of(case.article),),
    )
