"""Budgets: reserved before each request, and never passed."""

from __future__ import annotations

import asyncio
import json
import os
import random
import threading
from collections.abc import Callable
from typing import Any

import httpx2
import pytest

from newsqa import Article, NewsQA
from newsqa.errors import BudgetError, ConfigurationError, ModelError, NewsQAError
from newsqa.models import Completion
from newsqa.models.known_models import Price, Pricing
from newsqa.models.limits import Budget, LimitedModel, Limits, Meter
from newsqa.models.openai import OpenAIModel
from newsqa.models.pace import Pace
from newsqa.models.transport import Transport
from newsqa.testing import ScriptedModel
from newsqa.usage import Usage
from tests.doubles import claim, draft
from tests.scripted_server import LOCAL_URL, OPENAI_URL, PROMPT, SCHEMA, answer, error

RUNS = int(os.environ.get("NEWSQA_TEST_EXAMPLES", "100"))
PRICE = Price(input=1.0, output=4.0, cached=0.1, cache_write=1.25)
REPLY = draft(claim("It closed on 3 May.", (1, "closed on 3 May")), short="3 May")


def model(
    budget: Budget | None = None,
    handle: Callable[[httpx2.Request], Any] = lambda _: answer(),
    *,
    url: str = LOCAL_URL,
    name: str = "tiny",
    prices: dict[str, Price] | None = None,
    **transport: Any,
) -> OpenAIModel:
    """Return a model whose server answers by ``handle``."""
    now = [0.0]

    async def sleep(seconds: float) -> None:
        now[0] += seconds
        await asyncio.sleep(0)

    client = httpx2.MockTransport(handle)
    sending = {
        "http_client": lambda: httpx2.AsyncClient(transport=client),
        "sleep": sleep,
        "clock": lambda: now[0],
    }
    return OpenAIModel(
        name,
        api_key="sk-1",
        base_url=url,
        max_output_tokens=100,
        transport=Transport(**{**sending, **transport}),
        limits=Limits(budget, prices={"tiny": PRICE} if prices is None else prices),
    )


def complete(asked: OpenAIModel) -> Completion:
    """Return one completion."""
    return asyncio.run(asked.complete(PROMPT, SCHEMA))


def test_a_completion_has_its_cost_by_the_caller_s_prices() -> None:
    """Ten tokens in, and five out."""
    assert complete(model()).usage.cost == pytest.approx(30e-6)


def test_a_known_model_at_its_provider_has_a_cost() -> None:
    """By the list of ``genai-prices``; the caller's table comes first."""
    assert complete(model(url=OPENAI_URL, name="gpt-6-luna")).usage.cost == pytest.approx(3.5e-6)
    own = {"gpt-6-luna": PRICE}
    usage = complete(model(url=OPENAI_URL, name="gpt-6-luna", prices=own)).usage
    assert usage.cost == pytest.approx(30e-6)


def test_an_unknown_cost_is_none() -> None:
    """Never zero."""
    assert complete(model(prices={})).usage.cost is None


def test_a_server_that_counts_no_tokens_leaves_the_cost_unknown() -> None:
    """A price alone is no bill."""
    silent = answer().json() | {"usage": None}
    assert complete(model(handle=lambda _: httpx2.Response(200, json=silent))).usage.cost is None


def test_a_cost_limit_without_a_price_is_an_error_before_the_first_call() -> None:
    """It could not hold."""
    with pytest.raises(ConfigurationError, match="what 'tiny' costs is not known"):
        model(Budget(max_cost=1.0), prices={})


@pytest.mark.parametrize(
    ("budget", "words"),
    [
        (Budget(max_calls=1), "All 1 calls of max_calls are used"),
        (Budget(max_tokens=390), "and 15 of the 390 of max_tokens are used"),
        (Budget(max_cost=0.00077), r"and \$0.0000 of the \$0.00077 of max_cost are spent"),
    ],
)
def test_a_request_that_may_pass_a_limit_is_not_sent(budget: Budget, words: str) -> None:
    """The first one fits, and the second may not."""
    asked = model(budget)
    complete(asked)
    with pytest.raises(BudgetError, match=words):
        complete(asked)
    assert budget.spent.calls == 1


def test_a_request_waits_for_what_another_one_gives_back() -> None:
    """Each reserves more than half, and uses a little."""
    budget = Budget(max_tokens=500)
    asked = model(budget)

    async def run() -> list[Completion]:
        return await asyncio.gather(*(asked.complete(PROMPT, SCHEMA) for _ in range(8)))

    assert len(asyncio.run(run())) == 8
    assert budget.spent.total_tokens == 8 * 15


def test_threads_share_a_budget() -> None:
    """Each with an event loop of its own."""
    budget = Budget(max_calls=10)
    asked = model(budget)
    outcomes: list[bool] = []

    def ask() -> None:
        for _ in range(5):
            try:
                outcomes.append(bool(complete(asked)))
            except BudgetError:
                outcomes.append(False)

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert outcomes.count(True) == budget.spent.calls == 10


class FaultyServer:
    """Fails at random, in ways that cost nothing and in ways that may cost everything."""

    def __init__(self, seed: int) -> None:
        self.draw = random.Random(seed)
        self.done = Usage()
        self.calls = 0

    async def handle(self, request: httpx2.Request) -> httpx2.Response:
        """Do the work of a request, or refuse it, or break off after the work."""
        self.calls += 1
        for _ in range(self.draw.randrange(5)):
            await asyncio.sleep(0)
        fault = self.draw.random()
        if fault < 0.2:
            return error(self.draw.choice([429, 500, 503, 400]), "busy")
        body = json.loads(request.content)
        sent = self.draw.randint(1, len(request.content))
        written = self.draw.randint(1, body["max_tokens"])
        cached = self.draw.randint(0, sent)
        self.done += Usage(calls=1, input_tokens=sent, cached_tokens=cached, output_tokens=written)
        if fault < 0.3:
            raise httpx2.ReadError("broken off")
        if fault < 0.4:
            return httpx2.Response(200, text="<html>")
        counts: dict[str, Any] | None = {
            "prompt_tokens": sent,
            "completion_tokens": written,
            "prompt_tokens_details": {"cached_tokens": cached},
        }
        if fault < 0.5:
            counts = None
        finish = "length" if fault < 0.6 else "stop"
        payload = answer(finish=finish).json() | {"usage": counts}
        return httpx2.Response(200, json=payload)


def test_no_limit_is_passed_whatever_fails() -> None:
    """Counted by the server, which knows what it did for requests that broke off."""

    async def run(seed: int) -> None:
        draw, server = random.Random(seed), FaultyServer(seed)
        calls, tokens = draw.randint(1, 12), draw.randint(200, 5_000)
        dollars = draw.uniform(0.0005, 0.01)
        budget = Budget(max_calls=calls, max_tokens=tokens, max_cost=dollars)
        asked = model(budget, server.handle, max_attempts=3, max_concurrency=4)
        tasks = [asyncio.create_task(asked.complete(PROMPT, SCHEMA)) for _ in range(5)]
        for _ in range(draw.randrange(40)):
            await asyncio.sleep(0)
        draw.choice(tasks).cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        for task in tasks:
            assert task.cancelled() or isinstance(task.exception(), NewsQAError | None)
        await asked.aclose()
        assert server.calls <= calls
        assert server.done.total_tokens <= tokens
        assert PRICE.cost_of(server.done) <= dollars

    async def runs() -> None:
        for seed in range(RUNS):
            await run(seed)

    asyncio.run(runs())


def test_a_model_of_another_kind_is_held_to_the_limits() -> None:
    """Each completion is one request."""
    scripted = ScriptedModel("a", "b", name="tiny")
    budget = Budget(max_calls=1, max_cost=1.0)
    limits = Limits(budget, prices={"tiny": PRICE})
    limited = LimitedModel(scripted, limits, max_output_tokens=100)

    async def run() -> None:
        await limited.complete(PROMPT, SCHEMA)
        with pytest.raises(BudgetError):
            await limited.complete(PROMPT, SCHEMA)

    asyncio.run(run())
    assert scripted.remaining == 1


def test_a_budget_that_ends_before_the_re_ask_keeps_the_first_reply() -> None:
    """One claim is grounded, and the other would be asked about again."""
    reply = draft(
        claim("It closed on 3 May.", (1, "closed on 3 May")),
        claim("It opened.", (1, "opened again")),
        short="3 May",
    )
    scripted = ScriptedModel(reply, name="tiny")
    limited = LimitedModel(scripted, Limits(Budget(max_calls=1)), max_output_tokens=100)
    found = NewsQA(model=limited).ask(Article("The bridge closed on 3 May."), "When did it close?")
    assert found.short == "3 May"
    assert found.usage.calls == 1


def test_the_error_carries_what_was_spent() -> None:
    """A repair is one request too many."""
    scripted = ScriptedModel("no JSON", name="tiny")
    limited = LimitedModel(scripted, Limits(Budget(max_calls=1)), max_output_tokens=100)
    with pytest.raises(BudgetError) as caught:
        NewsQA(model=limited).ask(Article("The bridge closed on 3 May."), "When did it close?")
    assert caught.value.usage.calls == 1


def test_what_a_failed_request_reserved_is_given_back_if_the_server_refused_it() -> None:
    """And kept if it may have done the work."""
    budget = Budget(max_calls=9, max_tokens=10_000)
    refusing = model(budget, lambda _: error(404, "no such model"))
    with pytest.raises(ModelError):
        complete(refusing)
    assert (budget.spent.calls, budget.spent.total_tokens) == (1, 0)
    breaking = model(budget, lambda _: httpx2.Response(200, text="<html>"), max_attempts=1)
    with pytest.raises(ModelError):
        complete(breaking)
    assert budget.spent.total_tokens > 100


def test_a_model_that_counts_no_calls_is_held_to_max_calls() -> None:
    """A completion is one call at least."""
    uncounted = Completion("a", "tiny", Usage(input_tokens=5))
    scripted = ScriptedModel(uncounted, uncounted, name="tiny")
    limited = LimitedModel(scripted, Limits(Budget(max_calls=1)), max_output_tokens=100)

    async def run() -> Completion:
        completion = await limited.complete(PROMPT, SCHEMA)
        with pytest.raises(BudgetError):
            await limited.complete(PROMPT, SCHEMA)
        return completion

    assert asyncio.run(run()).usage.calls == 1


def test_a_request_that_broke_off_leaves_the_cost_unknown() -> None:
    """The server may have done all of it."""
    breaking = model(handle=lambda _: httpx2.Response(200, text="<html>"), max_attempts=1)
    with pytest.raises(ModelError) as caught:
        complete(breaking)
    assert caught.value.usage == Usage(calls=1, cost=None)


def test_a_request_that_the_server_refused_costs_nothing() -> None:
    """It says so before any work."""
    refusing = model(handle=lambda _: error(404, "no such model"))
    with pytest.raises(ModelError) as caught:
        complete(refusing)
    assert caught.value.usage == Usage(calls=1, cost=0.0)


@pytest.mark.parametrize(
    ("limits", "counts"),
    [
        (Limits(), False),
        (Limits(Budget(max_calls=1)), False),
        (Limits(Budget(max_tokens=1)), True),
        (Limits(Budget(max_cost=1.0), prices={"tiny": PRICE}), True),
        (Limits(tokens_per_minute=1), True),
    ],
)
def test_requests_are_measured_only_for_limits_of_tokens_or_dollars(
    limits: Limits, counts: bool
) -> None:
    """Measuring writes the whole body once more."""
    assert Meter(limits, Pricing("tiny", None, limits.prices), Pace()).counts_tokens is counts
