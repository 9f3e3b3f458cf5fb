"""FallbackModel: when one model is out of reach, the next one answers."""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import replace

from newsqa.errors import ModelError, ModelUnavailableError
from newsqa.models import Completion, Message, Model, OutputSchema
from newsqa.usage import Usage


class FallbackModel:
    """Models in order of preference; the first that is available completes the prompt.

    The next one is asked when a model raises ``on``. By default that is ``ModelUnavailableError``
    alone, since other models would only hide the rest: a wrong key or a misspelt model name stays
    wrong until somebody mends it, and a refusal or an output cut short is about the prompt. Used-up
    quota is a ``ModelRequestError`` too; name it in ``on`` to move on from it.

    ``name`` is the first model's; ``Completion.model`` is the one that answered. To keep completions,
    wrap each model in a ``CachedModel`` rather than the whole, or what a stand-in wrote once is what
    the prompt gets from then on.
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
        """The first model's."""
        return self._models[0].name

    @property
    def fingerprint(self) -> str:
        """Those of all the models, in order."""
        return json.dumps(["fallback", *(model.fingerprint for model in self._models)])

    @property
    def max_input_tokens(self) -> int:
        """The smallest of them all, so that any of the models can take the prompt."""
        return min(model.max_input_tokens for model in self._models)

    async def complete(self, messages: Sequence[Message], schema: OutputSchema) -> Completion:
        """The completion of the first model that gives one; its usage includes the failed attempts.

        An error outside ``on`` passes through, with the failed attempts before it in its usage. When
        every model fails, raises ``ModelUnavailableError`` (``ModelError`` if a later try would be no
        use for any of them) that names each failure, with all of them in an ``ExceptionGroup`` as
        its cause.
        """
        failures: list[ModelError] = []
        for model in self._models:
            try:
                completion = await model.complete(messages, schema)
            except self._on as error:
                failures.append(error)
            except ModelError as error:
                error.usage = _spent(failures) + error.usage
                raise
            else:
                return replace(completion, usage=_spent(failures) + completion.usage)
        raise self._all_failed(failures) from ExceptionGroup("every model failed", failures)

    async def aclose(self) -> None:
        """Close every model, even if closing one of them fails."""
        async with AsyncExitStack() as stack:
            for model in self._models:
                stack.push_async_callback(model.aclose)

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
