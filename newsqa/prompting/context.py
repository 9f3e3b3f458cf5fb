"""ContextAwareModel: a model that remembers how long a prompt may be, and notices a cut one."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from newsqa.errors import ModelContextError
from newsqa.models import Completion, Message, Model, ModelWrapper, OutputSchema
from newsqa.prompting.token_count import count_tokens

_log = logging.getLogger("newsqa")

MIN_CONTEXT_TOKENS = 500
"""Smaller counts of a prompt's tokens come from servers that do not count."""

MIN_COUNTED_SHARE = 0.75
"""Below this share of what newsqa counts, a part of the prompt is missing: tokenizers differ less."""

_ROUND_TOKENS = 1_024
"""Contexts are multiples of it, and so is the count of a prompt that was cut to one."""

_HALF_READ = (
    "%s read %d tokens of a prompt of about %d, without saying so: the server cut it, and newsqa reads "
    "the article in smaller windows. Give the model a larger context (in Ollama: num_ctx), or set "
    "max_input_tokens to what it holds."
)


class ContextAwareModel(ModelWrapper):
    """A model around a model, for prompts that may be longer than the context really is.

    A server whose context is smaller than expected reports an error, or cuts the prompt silently and
    reports fewer tokens than were sent. Both raise ``ModelContextError``. The size that the server
    names or shows is ``max_input_tokens`` from then on.
    """

    def __init__(self, model: Model) -> None:
        super().__init__(model)
        self._seen_limit: int | None = None

    @property
    def max_input_tokens(self) -> int:
        """The most tokens of a prompt: the model's limit, or a smaller one that the server showed."""
        limit = self.model.max_input_tokens
        return limit if self._seen_limit is None else min(limit, self._seen_limit)

    async def complete(self, messages: Sequence[Message], schema: OutputSchema) -> Completion:
        """Complete the prompt.

        Raises:
            ModelContextError: The prompt is too long, or was cut on the way to the model.
        """
        try:
            completion = await self.model.complete(messages, schema)
        except ModelContextError as error:
            if error.max_input_tokens is not None:
                self._learn(error.max_input_tokens)
            raise
        self._check_whole(messages, completion)
        return completion

    def _check_whole(self, messages: Sequence[Message], completion: Completion) -> None:
        counted = completion.usage.input_tokens
        if counted < MIN_CONTEXT_TOKENS:
            return
        sent = sum(count_tokens(message.content) for message in messages)
        # A prompt that fits the context was not cut: this server counts differently.
        fits = self._seen_limit is not None and sent <= self._seen_limit
        is_round = counted % _ROUND_TOKENS in {0, _ROUND_TOKENS - 1}
        if fits or counted >= (sent if is_round else sent * MIN_COUNTED_SHARE):
            return
        if self._learn(counted):
            _log.warning(_HALF_READ, completion.model, counted, sent)
        error = ModelContextError(
            f"{completion.model} read {counted} tokens of a prompt of about {sent}: set "
            "max_input_tokens to what its context holds.",
            model=completion.model,
            usage=completion.usage,
            request_id=completion.request_id,
        )
        error.max_input_tokens = counted
        raise error

    def _learn(self, limit: int) -> bool:
        """Remember a limit if it is smaller. Return whether it is."""
        is_smaller = self._seen_limit is None or limit < self._seen_limit
        if is_smaller:
            self._seen_limit = limit
        return is_smaller
