"""The context of a model: tokens counted without the network, and a model that notices a cut prompt."""

from __future__ import annotations

import binascii
import hashlib
import logging
import lzma
from collections.abc import Sequence
from functools import cache, lru_cache
from importlib import resources
from typing import TYPE_CHECKING

from newsqa.errors import ConfigurationError, ModelContextError
from newsqa.models import Completion, Message, Model, ModelWrapper, OutputSchema

if TYPE_CHECKING:
    from tiktoken import Encoding

_SHA256 = "446a9538cb6c348e3516120d7c08b09f57c36495e2acfffe59a5bf8b0cfb1a2d"
"""Of the decompressed o200k_base vocabulary, from tiktoken's own ``openai_public``."""

_DAMAGED = "The vocabulary inside newsqa is missing or damaged; install newsqa again."

_MAX_CHARACTERS_A_TOKEN = 8

_LINE_CHARACTERS = 2_000
"""Counts of many lines are kept, and of few prompts, which take more memory."""

_SUFFIX = r"(?i:'s|'t|'re|'ve|'m|'ll|'d)?"
_UPPER, _LOWER = r"\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}", r"\p{Ll}\p{Lm}\p{Lo}\p{M}"
_PATTERN = "|".join(
    (
        rf"[^\r\n\p{{L}}\p{{N}}]?[{_UPPER}]*[{_LOWER}]+{_SUFFIX}",
        rf"[^\r\n\p{{L}}\p{{N}}]?[{_UPPER}]+[{_LOWER}]*{_SUFFIX}",
        r"\p{N}{1,3}",
        r" ?[^\s\p{L}\p{N}]+[\r\n/]*",
        r"\s*[\r\n]+",
        r"\s+(?!\S)",
        r"\s+",
    )
)
"""How o200k_base splits a text into the pieces that it looks up."""


def count_tokens(text: str) -> int:
    """Return the number of tokens of ``text`` in OpenAI's o200k_base.

    Special tokens count as plain text. Other models' tokenizers differ (by about a fifth on English),
    but the same text has the same count on every machine, which recorded exchanges need.

    >>> count_tokens("The bridge closed on 3 May.")
    8
    """
    return _count_line(text) if len(text) <= _LINE_CHARACTERS else _count_prompt(text)


def count_message(message: Message) -> int:
    """Return the tokens of a message's text; what prompts share is counted once."""
    border = message.shared_characters
    return count_tokens(message.content[:border]) + count_tokens(message.content[border:])


@lru_cache(maxsize=8_192)
def _count_line(text: str) -> int:
    return len(_encoding().encode_ordinary(text))


@lru_cache(maxsize=32)
def _count_prompt(text: str) -> int:
    return len(_encoding().encode_ordinary(text))


def truncate_to_tokens(text: str, limit: int) -> str:
    """Return the beginning of ``text``: at most ``limit`` tokens, and 8 characters for each.

    >>> truncate_to_tokens("The bridge closed on 3 May.", 3)
    'The bridge'
    """
    limit = max(limit, 0)
    text = text[: limit * _MAX_CHARACTERS_A_TOKEN]
    while (count := count_tokens(text)) > limit:
        text = text[: len(text) * limit // count]
    return text


@cache
def _encoding() -> Encoding:
    # tiktoken would download the vocabulary: it is built here from the file in the package.
    from tiktoken import Encoding

    tokens = _vocabulary().split()[::2]
    ranks = {binascii.a2b_base64(token): rank for rank, token in enumerate(tokens)}
    special = {"<|endoftext|>": 199_999, "<|endofprompt|>": 200_018}
    return Encoding("o200k_base", pat_str=_PATTERN, mergeable_ranks=ranks, special_tokens=special)


def _vocabulary() -> bytes:
    packed = resources.files("newsqa.prompting") / "vocabulary" / "o200k_base.tiktoken.xz"
    try:
        data = lzma.decompress(packed.read_bytes())
    except (OSError, lzma.LZMAError) as error:
        raise ConfigurationError(_DAMAGED) from error
    if hashlib.sha256(data).hexdigest() != _SHA256:
        raise ConfigurationError(_DAMAGED)
    return data


_log = logging.getLogger("newsqa")

_MIN_REPORTED_TOKENS = 500
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
        counted = completion.kept_input_tokens or completion.usage.input_tokens
        if counted < _MIN_REPORTED_TOKENS:
            return
        sent = sum(map(count_message, messages))
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
