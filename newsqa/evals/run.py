"""Running: every case is asked, a number of them at once, and what comes is scored."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from time import perf_counter

from newsqa.api import NewsQA
from newsqa.errors import ConfigurationError, ModelError, NewsQAError
from newsqa.evals.cases import Case
from newsqa.evals.metrics.alce import Judge
from newsqa.evals.results import Result
from newsqa.evals.scorecards import Scorecard
from newsqa.evals.scoring import score_answer, score_failure
from newsqa.evals.statistics import load_stats
from newsqa.sync import run
from newsqa.usage import Usage

OnResult = Callable[[Result], object]


async def aevaluate(
    cases: Iterable[Case],
    qa: NewsQA,
    *,
    concurrency: int = 8,
    on_result: OnResult | None = None,
    judge: Judge | None = None,
) -> Scorecard:
    """``evaluate``, for async code."""
    load_stats()  # so that what is not installed is found before a model is paid for
    asked = tuple(cases)
    results = await aresults(asked, qa, concurrency=concurrency, on_result=on_result, judge=judge)
    return Scorecard.of(asked, results, qa)


def evaluate(
    cases: Iterable[Case],
    qa: NewsQA,
    *,
    concurrency: int = 8,
    on_result: OnResult | None = None,
    judge: Judge | None = None,
) -> Scorecard:
    """Ask ``qa`` every case, at most ``concurrency`` at once, and score what it answers.

    ``on_result`` is called with each result as it comes; ``judge`` says whether a claim follows from
    a premise, for ALCE's figures, and is called in threads. A case that fails with a ``NewsQAError``
    is a result, and wrong; a ``ConfigurationError`` ends the evaluation, since it would fail them all.
    """
    return run(aevaluate(cases, qa, concurrency=concurrency, on_result=on_result, judge=judge))


async def aresults(
    cases: Sequence[Case],
    qa: NewsQA,
    *,
    concurrency: int,
    on_result: OnResult | None,
    judge: Judge | None,
) -> list[Result]:
    """The result of each case, in their order."""
    if concurrency < 1:
        raise ConfigurationError(f"concurrency must be at least 1, and is {concurrency}.")
    asking = _Asking(qa, judge, on_result, asyncio.Semaphore(concurrency))
    try:
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(asking.result_of(case)) for case in cases]
    except ExceptionGroup as failures:
        raise failures.exceptions[0] from failures
    return [task.result() for task in tasks]


@dataclass(frozen=True, slots=True)
class _Asking:
    qa: NewsQA
    judge: Judge | None
    on_result: OnResult | None
    places: asyncio.Semaphore

    async def result_of(self, case: Case) -> Result:
        async with self.places:
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
            usage = error.usage if isinstance(error, ModelError) else Usage()
            return score_failure(case, error, seconds=perf_counter() - started, usage=usage)
        seconds = perf_counter() - started
        if self.judge is None:
            return score_answer(case, answer, seconds=seconds)
        # In a thread: a judge is mostly a model, which takes its time.
        return await asyncio.to_thread(
            score_answer, case, answer, seconds=seconds, judge=self.judge
        )
