"""FallbackModel: tries models in order until one is available."""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import replace

from newsqa.errors import ModelError, ModelUnavailableError, adds_usage
from newsqa.events import FallbackChosen, emit
from newsqa.models import Completion, Message, Model, OutputSchema
from newsqa.usage import Usage


class FallbackModel:
    """Models in order of preference; the first that is available completes the prompt.

    ``name`` is the first model's; ``Completion.model`` names the one that answered. To cache
    completions, wrap each model in a ``CachedModel`` and not the whole: otherwise the completion of a
    fallback would be returned even after the first model is available again.

    Args:
        first: The model to ask first.
        others: The models to ask in turn when the one before raises ``on``.
        on: The errors that the next model is asked after. By default only
            ``ModelUnavailableError``: a wrong key or a misspelt model name is better fixed than hidden,
            and a refusal or a truncated output is about the prompt. Exhausted quota is a
            ``ModelRequestError``.
    """

    def __init__(
        self,
        first: Model,
        *others: Model,
        on: type[ModelError] | tuple[type[ModelError], ...] = ModelUnavailableError,
    ) -> None:
        self._models = (first, *others)
        self._on = on

    @property
    def name(self) -> str:
        """The name of the first model."""
        return self._models[0].name

    @property
    def fingerprint(self) -> str:
        """The fingerprints of all models, in order."""
        return json.dumps(["fallback", *(model.fingerprint for model in self._models)])

    @property
    def max_input_tokens(self) -> int:
        """The smallest limit, so that every model can take the prompt."""
        return min(model.max_input_tokens for model in self._models)

    async def complete(self, messages: Sequence[Message], schema: OutputSchema) -> Completion:
        """Return the completion of the first model that gives one.

        The usage includes the failed attempts.

        Raises:
            ModelUnavailableError: Every model failed, and a later try may succeed. The message names
                each failure; an ``ExceptionGroup`` of them is the cause.
            ModelError: Every model failed, and a later try would fail too; or a model raised an error
                that is not in ``on``.
            BudgetError: A budget leaves no room for the next model's request.
        """
        failures: list[ModelError] = []
        for model in self._models:
            spent = _spent(failures)
            with adds_usage(spent):
                try:
                    completion = await model.complete(messages, schema)
                except self._on as error:
                    failures.append(error)
                    self._report(failures)
                else:
                    return replace(completion, usage=spent + completion.usage)
        raise self._all_failed(failures) from ExceptionGroup("every model failed", failures)

    async def aclose(self) -> None:
        """Close every model, even if closing one fails."""
        async with AsyncExitStack() as stack:
            for model in self._models:
                stack.push_async_callback(model.aclose)

    def _report(self, failures: Sequence[ModelError]) -> None:
        """Report that the next model is asked, if there is one."""
        names = [model.name for model in self._models[len(failures) - 1 :]]
        if len(names) > 1:
            emit(FallbackChosen(unavailable=names[0], model=names[1]))

    def _all_failed(self, failures: Sequence[ModelError]) -> ModelError:
        reasons = "; ".join(
            f"{model.name}: {failure}"
            for model, failure in zip(self._models, failures, strict=True)
        )
        later = any(failure.retryable for failure in failures)
        kind = ModelUnavailableError if later else ModelError
        return kind(f"Every model failed: {reasons}", model=self.name, usage=_spent(failures))


def _spent(failures: Sequence[ModelError]) -> Usage:
    return sum((failure.usage for failure in failures), Usage())
