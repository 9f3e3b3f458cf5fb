"""Counting tokens, without the network."""

from __future__ import annotations

import binascii
import hashlib
import lzma
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from newsqa.errors import ConfigurationError

if TYPE_CHECKING:
    from tiktoken import Encoding

_SHA256 = "446a9538cb6c348e3516120d7c08b09f57c36495e2acfffe59a5bf8b0cfb1a2d"
"""Of the decompressed o200k_base vocabulary, from tiktoken's own ``openai_public``."""

_DAMAGED = "The vocabulary inside newsqa is missing or damaged; install newsqa again."

_MAX_CHARACTERS_A_TOKEN = 8

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
