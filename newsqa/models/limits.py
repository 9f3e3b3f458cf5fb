"""Limits of what is sent: calls, tokens and dollars in total, and requests and tokens a minute."""

from __future__ import annotations

import asyncio
import os
import sys
import threading
import time
import weakref
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from newsqa.errors import BudgetError, ConfigurationError
from newsqa.models import Completion, Message, Model, ModelWrapper, OutputSchema
from newsqa.models.errors import AttemptError
from newsqa.models.known_models import Price, Pricing
from newsqa.models.pace import Pace, Start
from newsqa.usage import Usage

_lock = threading.Lock()
"""Held for microseconds by what threads share, and while the process forks."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a model may use, and the prices that dollars are counted by."""

    budget: Budget | None = None
    requests_per_minute: int | None = None
    tokens_per_minute: int | None = None
    prices: Mapping[str, Price] = field(default_factory=dict)

    @property
    def apply(self) -> bool:
        """Whether there is anything to count."""
        rates = self.requests_per_minute or self.tokens_per_minute
        return bool(self.budget or rates or self.prices)


class Budget:
    """Calls, tokens and dollars that may be spent in total, by all threads and event loops of a process.

    The most that a request may use is reserved before it is sent, so that no limit is ever passed; what
    it did not use is given back afterwards. A request that fits only once another one has given back
    its rest waits for that.

    Args:
        max_calls: Requests, with those that fail.
        max_tokens: Tokens of prompts and completions.
        max_cost: Dollars.
    """

    def __init__(
        self,
        *,
        max_calls: int | None = None,
        max_tokens: int | None = None,
        max_cost: float | None = None,
    ) -> None:
        given = {"max_calls": max_calls, "max_tokens": max_tokens, "max_cost": max_cost}
        self._limits = {name: limit for name, limit in given.items() if limit is not None}
        self.spent = Usage()
        self._held = Usage()
        self._waiting: list[asyncio.Future[None]] = []
        _budgets.add(self)

    @property
    def counts_cost(self) -> bool:
        """Return whether dollars are limited, so that prices have to be known."""
        return "max_cost" in self._limits

    @property
    def counts_tokens(self) -> bool:
        """Return whether tokens or dollars are limited, so that requests have to be measured."""
        return bool(self._limits.keys() - {"max_calls"})

    async def reserve(self, most: Usage) -> None:
        """Set ``most`` aside for one request, which ``settle`` has to be called for.

        Raises:
            BudgetError: A limit leaves less than that.
        """
        while (settled := self._hold(most)) is not None:
            await settled

    def settle(self, most: Usage, spent: Usage) -> None:
        """Replace what was reserved for a request with what it used."""
        with _lock:
            self._held = _minus(self._held, most)
            self.spent += spent
            waiting, self._waiting = self._waiting, []
        for settled in waiting:
            _wake(settled)

    def forget_held(self) -> None:
        """Give back what is reserved: after a fork, the requests are the parent's."""
        self._held, self._waiting = Usage(), []

    def _hold(self, most: Usage) -> asyncio.Future[None] | None:
        """Reserve ``most``, or return what is done when another request gives back its rest."""
        with _lock:
            for name, limit in self._limits.items():
                if _amount(self.spent + most, name) > limit:
                    raise BudgetError(self._refusal(name, most))
            total = self.spent + self._held + most
            if all(_amount(total, name) <= limit for name, limit in self._limits.items()):
                self._held += most
                return None
            settled = asyncio.get_running_loop().create_future()
            self._waiting.append(settled)
            return settled

    def _refusal(self, name: str, most: Usage) -> str:
        limit, spent, needed = self._limits[name], _amount(self.spent, name), _amount(most, name)
        if name == "max_calls":
            return f"All {limit} calls of max_calls are used; raise it to ask more."
        if name == "max_tokens":
            return (
                f"The next request may take {needed:,.0f} tokens, and {spent:,.0f} of the {limit:,} "
                "of max_tokens are used; raise it, or lower max_output_tokens."
            )
        return (
            f"The next request may cost ${needed:.4f}, and ${spent:.4f} of the ${limit:g} of max_cost "
            "are spent; raise it, or lower max_output_tokens."
        )


_budgets: weakref.WeakSet[Budget] = weakref.WeakSet()


def _amount(usage: Usage, name: str) -> float:
    if name == "max_calls":
        return usage.calls
    return usage.total_tokens if name == "max_tokens" else usage.cost or 0.0


def _minus(usage: Usage, part: Usage) -> Usage:
    """Return what is left of a sum without one of its parts."""
    counts = ("calls", "input_tokens", "output_tokens")
    left = {name: getattr(usage, name) - getattr(part, name) for name in counts}
    return Usage(**left, cost=max((usage.cost or 0.0) - (part.cost or 0.0), 0.0))


def _wake(settled: asyncio.Future[None]) -> None:
    """Finish a future in its own event loop, from whichever thread."""

    def finish() -> None:
        if not settled.done():
            settled.set_result(None)

    try:
        settled.get_loop().call_soon_threadsafe(finish)
    except RuntimeError:
        return  # its loop is closed, and nobody waits


class Meter:
    """Holds the requests of one model to its limits, and counts what each of them uses.

    Args:
        limits: The limits.
        pricing: The prices of the model.
        pace: When requests may start.
        clock: As of the model's transport.
        sleep: As of the model's transport.

    Raises:
        ConfigurationError: Dollars are limited and the price is not known.
    """

    def __init__(
        self,
        limits: Limits,
        pricing: Pricing,
        pace: Pace,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._budget = limits.budget
        self._pricing = pricing
        self.pace = pace
        self.clock = clock
        self.sleep = sleep
        is_budgeted = limits.budget is not None and limits.budget.counts_tokens
        self.counts_tokens = is_budgeted or limits.tokens_per_minute is not None
        if limits.budget and limits.budget.counts_cost and pricing.cost_of(Usage()) is None:
            raise ConfigurationError(
                f"max_cost is set, and what {pricing.name!r} costs is not known: give its price as "
                f"prices={{{pricing.name!r}: {{'input': …, 'output': …}}}}, in dollars for a million "
                "tokens."
            )

    async def admit(self, most: Usage, *, longest_pause: float = float("inf")) -> Metered:
        """Wait until a request that uses ``most`` at most may be sent.

        Args:
            most: The most that it may use.
            longest_pause: Seconds that the server may ask all requests to wait.

        Raises:
            AttemptError: The server asks for a longer pause.
            BudgetError: The budget leaves less than that.
        """
        if self._budget is None:
            return Metered(self, most, await self._start(most, longest_pause))
        if self._budget.counts_cost:
            most = most.model_copy(update={"cost": self._pricing.highest_cost(most)})
        await self._budget.reserve(most)
        try:
            return Metered(self, most, await self._start(most, longest_pause))
        except BaseException:
            self._budget.settle(most, Usage())
            raise

    def settle(self, metered: Metered, spent: Usage) -> None:
        """Count what a request used."""
        self.pace.settle(metered.start, spent.total_tokens)
        if self._budget is not None:
            self._budget.settle(metered.most, spent)

    def priced(self, usage: Usage) -> Usage:
        """Return ``usage`` with what it cost."""
        cost = self._pricing.cost_of(usage)
        return usage if cost is None else usage.model_copy(update={"cost": cost})

    async def _start(self, most: Usage, longest_pause: float) -> Start:
        return await self.pace.wait(
            most.total_tokens, clock=self.clock, sleep=self.sleep, longest_pause=longest_pause
        )


@dataclass(slots=True)
class Metered:
    """One request that was admitted; it has to be settled in one of these ways."""

    meter: Meter
    most: Usage
    start: Start

    def complete(self, reported: Usage) -> Usage:
        """Count a request that was answered; return its usage with its cost.

        A server that reports no tokens leaves the cost unknown, and the budget without a rest.
        """
        self.meter.pace.accept(self.meter.clock())
        if not reported.total_tokens:
            self.meter.settle(self, self.most)
            return reported
        # A model of another kind need not count its calls.
        calls = max(1, reported.calls)
        priced = self.meter.priced(reported.model_copy(update={"calls": calls}))
        self.meter.settle(self, priced)
        return priced

    def fail(self, failure: AttemptError) -> Usage:
        """Count a request that failed; return its usage with its cost.

        A request that the server refused costs what it says; one that broke off may have cost it all,
        and its cost is not known.
        """
        if failure.is_too_fast:
            self.meter.pace.slow_down(self.meter.clock(), self.start, failure.retry_after)
        priced = self.meter.priced(failure.spent.model_copy(update={"calls": 1}))
        is_refused = failure.complaint is not None and not failure.broke_off
        is_known = is_refused or failure.spent.total_tokens
        if is_known:
            self.meter.settle(self, priced)
            return priced
        self.meter.settle(self, self.most)
        return priced.model_copy(update={"cost": None})

    def abandon(self) -> None:
        """Count a request that was cancelled: the server may have done all of it."""
        self.meter.settle(self, self.most)


class LimitedModel(ModelWrapper):
    """A model of another kind that is held to limits: each completion is one request.

    Args:
        model: The model.
        limits: The limits.
        max_output_tokens: The most tokens that it writes.

    Raises:
        ConfigurationError: Dollars are limited, and the model is not in the table of prices.
    """

    def __init__(self, model: Model, limits: Limits, *, max_output_tokens: int) -> None:
        super().__init__(model)
        pace = Pace(
            requests_per_minute=limits.requests_per_minute,
            tokens_per_minute=limits.tokens_per_minute,
        )
        self._meter = Meter(limits, Pricing(model.name, None, limits.prices), pace)
        self._max_output_tokens = max_output_tokens

    async def complete(self, messages: Sequence[Message], schema: OutputSchema) -> Completion:
        """Return the model's completion, once the limits allow it.

        Raises:
            BudgetError: The budget leaves no room for it.
            ModelError: As the model raises it.
        """
        prompt = sum(len(message.content.encode()) for message in messages)
        most = Usage(calls=1, input_tokens=prompt, output_tokens=self._max_output_tokens)
        metered = await self._meter.admit(most)
        try:
            completion = await self.model.complete(messages, schema)
        except BaseException:
            metered.abandon()
            raise
        return replace(completion, usage=metered.complete(completion.usage))


def _after_fork() -> None:
    for budget in tuple(_budgets):
        budget.forget_held()
    _lock.release()


if sys.platform != "win32":
    os.register_at_fork(
        before=_lock.acquire, after_in_parent=_lock.release, after_in_child=_after_fork
    )
