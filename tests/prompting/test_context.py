"""A model whose context turns out smaller than it was said to be."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from pathlib import Path

import pytest

from newsqa.errors import ModelContextError
from newsqa.models import Completion, Message, OutputSchema
from newsqa.models.cached import CachedModel
from newsqa.prompting.context import ContextAwareModel
from newsqa.usage import Usage

SCHEMA = OutputSchema("draft", {})


class CountingModel:
    """Reads at most ``context`` tokens, a share of those that newsqa counts, and says how many."""

    name = fingerprint = "counting"
    max_input_tokens = 8_000

    def __init__(self, context: int = 10**6, share: float = 1.0) -> None:
        self.context = context
        self.share = share

    async def complete(self, messages: Sequence[Message], schema: OutputSchema) -> Completion:
        """Count the words of the prompt."""
        words = len(messages[0].content.split())
        counted = min(int(words * self.share), self.context)
        return Completion("{}", "counting", Usage(calls=1, input_tokens=counted))

    async def aclose(self) -> None:
        """Nothing is open."""


def prompt(words: int) -> list[Message]:
    """A prompt of so many tokens."""
    return [Message("user", " ferry" * words)]


def test_a_prompt_that_was_cut_is_too_long(caplog: pytest.LogCaptureFixture) -> None:
    """The tokens that were read are the limit from then on, and a warning says so once."""
    model = ContextAwareModel(CountingModel(context=1_024))
    with caplog.at_level(logging.WARNING, "newsqa"):
        for _ in range(2):
            with pytest.raises(ModelContextError) as raised:
                asyncio.run(model.complete(prompt(2_000), SCHEMA))
    assert raised.value.max_input_tokens == model.max_input_tokens == 1_024
    assert raised.value.usage.calls == 1
    (record,) = caplog.records
    assert "read 1024 tokens of a prompt of about 2000" in record.getMessage()


@pytest.mark.parametrize("context", [4_096, 2_047])
def test_a_count_that_is_exactly_a_context_is_a_cut_prompt(context: int) -> None:
    """Even if little is missing, as where the server counts more tokens for a text."""
    model = ContextAwareModel(CountingModel(context=context, share=1.2))
    with pytest.raises(ModelContextError):
        asyncio.run(model.complete(prompt(context + 100), SCHEMA))


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        (CountingModel(), 3_000),
        (CountingModel(share=0.8), 3_000),
        (CountingModel(share=1.4), 3_000),
        (CountingModel(context=10), 3_000),
        (CountingModel(context=0), 3_000),
    ],
    ids=["the same", "fewer", "more", "a constant", "none"],
)
def test_another_count_is_not_a_cut_prompt(counts: CountingModel, words: int) -> None:
    """Tokenizers differ, and some servers do not count."""
    model = ContextAwareModel(counts)
    assert asyncio.run(model.complete(prompt(words), SCHEMA)).text == "{}"
    assert model.max_input_tokens == 8_000


def test_a_server_that_always_counts_too_few_is_believed_once() -> None:
    """A prompt within what it once read is not cut, whatever it counts."""
    model = ContextAwareModel(CountingModel(share=0.5))
    with pytest.raises(ModelContextError):
        asyncio.run(model.complete(prompt(3_000), SCHEMA))
    assert asyncio.run(model.complete(prompt(1_500), SCHEMA)).text == "{}"


def test_a_limit_that_the_server_names_is_remembered() -> None:
    """The next prompt is made to fit."""

    class TooSmall(CountingModel):
        async def complete(self, messages: Sequence[Message], schema: OutputSchema) -> Completion:
            error = ModelContextError("Too long.")
            error.max_input_tokens = 3_072
            raise error

    model = ContextAwareModel(TooSmall())
    with pytest.raises(ModelContextError):
        asyncio.run(model.complete(prompt(10), SCHEMA))
    assert model.max_input_tokens == 3_072


def test_a_kept_completion_of_a_cut_prompt_is_too_long_as_well(tmp_path: Path) -> None:
    """The cache keeps it before it is judged, and another process finds it."""
    for calls in (1, 0):
        cached = CachedModel(CountingModel(context=1_024), tmp_path / "cache.sqlite")
        model = ContextAwareModel(cached)
        with pytest.raises(ModelContextError) as raised:
            asyncio.run(model.complete(prompt(2_000), SCHEMA))
        assert raised.value.usage.calls == calls
        assert model.max_input_tokens == 1_024
