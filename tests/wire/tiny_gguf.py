"""Writes a language model of 150 kilobytes with random weights, for a real server to load.

It is a llama of one layer and one head whose tokens are single characters, and which knows nothing.
Its text is nonsense with the letter frequencies of English, in which the frequencies of JSON's own
characters make for short drafts of a claim or two. The one trick: a component of every embedding is
constant, so that the output weights of that component are each token's own probability, whatever
came before.
"""

from __future__ import annotations

import math
import string
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import gguf
import numpy as np
from numpy.typing import NDArray

Weights = NDArray[np.float32]

WIDTH, LAYERS, HEADS, HIDDEN = 32, 1, 1, 64
EMBEDDING_SPREAD, OUTPUT_SPREAD, LAYER_SPREAD = 0.3, 0.05, 0.02
"""Standard deviations of the random weights; low ones, so that frequencies decide."""

CONSTANT = 4.0
"""What the first component of every embedding is."""

CONTROL = ("<s>", "</s>", "<|system|>", "<|user|>", "<|assistant|>", "<|end|>")
UNKNOWN_ID, START_ID, END_ID = 0, 1, 6

CHAT_TEMPLATE = (
    "{% for m in messages %}<|{{ m['role'] }}|>{{ m['content'] }}<|end|>{% endfor %}"
    "{% if add_generation_prompt %}<|assistant|>{% endif %}"
)

BLANK = "▁"
"""How a llama's vocabulary writes a space."""

LETTERS = "etaoinshrdlcumwfgypbvkjxqz"
LETTER_PERCENTS = (
    *(12.7, 9.1, 8.2, 7.5, 7.0, 6.7, 6.3, 6.1, 6.0, 4.3, 4.0, 2.8, 2.8),
    *(2.4, 2.4, 2.2, 2.0, 2.0, 1.9, 1.5, 1.0, 0.8, 0.15, 0.15, 0.1, 0.07),
)
PERCENTS = {
    **dict(zip(LETTERS, LETTER_PERCENTS, strict=True)),
    **dict.fromkeys(string.ascii_uppercase, 0.2),
    **dict.fromkeys(string.digits, 0.12),
    **dict.fromkeys("}[]:.", 0.6),
    "a": 24.0,
    "{": 8.0,
    ",": 1.3,
    BLANK: 3.0,
    '"': 32.0,
}
"""In JSON, these decide between what may come next: a list has an item sooner than none, a number one
digit sooner than two, and a string ends early, so that some quotes are empty and a few are a word of
the article, such as "a"."""

END_PERCENT = 3.0
NEVER, HARDLY, SELDOM = -20.0, -12.0, -8.0
"""Logarithms of the frequencies of control tokens and phrases, raw bytes, and all other characters."""


@dataclass(frozen=True, slots=True)
class Token:
    """A token, and the logarithm of how frequent it is."""

    text: str
    kind: gguf.TokenType
    logit: float
    score: float = 0.0


def write_tiny_gguf(
    path: Path, *, context: int, phrases: Iterable[str] = (), seed: int = 0
) -> None:
    """Write a model with room for ``context`` tokens; the same ``seed`` gives the same file.

    Each of ``phrases`` is one token where it is read, and is never written.
    """
    tokens = [*_vocabulary(), *(Token(p, gguf.TokenType.USER_DEFINED, NEVER) for p in phrases)]
    writer = gguf.GGUFWriter(path, "llama")
    _describe(writer, context)
    _add_tokenizer(writer, tokens)
    for name, weights in _tensors(tokens, np.random.default_rng(seed)):
        writer.add_tensor(name, np.ascontiguousarray(weights, dtype=np.float32))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def _vocabulary() -> list[Token]:
    """One token for each character of English text, and 256 for the bytes of all others."""
    characters = BLANK + string.digits + string.ascii_letters + string.punctuation + "—–“”‘’…é"
    return [
        Token("<unk>", gguf.TokenType.UNKNOWN, NEVER),
        *(Token(text, gguf.TokenType.CONTROL, NEVER) for text in CONTROL[:-1]),
        Token(CONTROL[-1], gguf.TokenType.CONTROL, math.log(END_PERCENT)),
        *(Token(f"<0x{byte:02X}>", gguf.TokenType.BYTE, HARDLY) for byte in range(256)),
        *(Token(text, gguf.TokenType.NORMAL, _logit(text), -1.0) for text in characters),
    ]


def _logit(character: str) -> float:
    percent = PERCENTS.get(character)
    return SELDOM if percent is None else math.log(percent)


def _describe(writer: gguf.GGUFWriter, context: int) -> None:
    writer.add_name("tiny-random")
    writer.add_context_length(context)
    writer.add_embedding_length(WIDTH)
    writer.add_block_count(LAYERS)
    writer.add_feed_forward_length(HIDDEN)
    writer.add_head_count(HEADS)
    writer.add_head_count_kv(HEADS)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_rope_dimension_count(WIDTH // HEADS)
    writer.add_file_type(gguf.LlamaFileType.ALL_F32)


def _add_tokenizer(writer: gguf.GGUFWriter, tokens: list[Token]) -> None:
    writer.add_vocab_size(len(tokens))
    writer.add_tokenizer_model("llama")
    writer.add_token_list([token.text for token in tokens])
    writer.add_token_scores([token.score for token in tokens])
    writer.add_token_types([token.kind for token in tokens])
    writer.add_unk_token_id(UNKNOWN_ID)
    writer.add_bos_token_id(START_ID)
    writer.add_eos_token_id(END_ID)
    writer.add_add_bos_token(True)
    writer.add_add_space_prefix(False)
    writer.add_chat_template(CHAT_TEMPLATE)


def _tensors(tokens: list[Token], rng: np.random.Generator) -> Iterator[tuple[str, Weights]]:
    yield "token_embd.weight", _embeddings(len(tokens), rng)
    yield "output_norm.weight", _ones()
    yield "output.weight", _output(tokens, rng)
    for layer in range(LAYERS):
        for name, weights in _layer(rng):
            yield f"blk.{layer}.{name}.weight", weights


def _embeddings(count: int, rng: np.random.Generator) -> Weights:
    weights = _random(rng, count, WIDTH, EMBEDDING_SPREAD)
    weights[:, 0] = CONSTANT
    return weights


def _output(tokens: list[Token], rng: np.random.Generator) -> Weights:
    weights = _random(rng, len(tokens), WIDTH, OUTPUT_SPREAD)
    weights[:, 0] = [token.logit / _constant_after_norm() for token in tokens]
    return weights


def _constant_after_norm() -> float:
    """What the last normalisation, to a mean square of 1, makes of the constant component."""
    mean_square = (CONSTANT**2 + (WIDTH - 1) * EMBEDDING_SPREAD**2) / WIDTH
    return CONSTANT / math.sqrt(mean_square)


def _layer(rng: np.random.Generator) -> Iterator[tuple[str, Weights]]:
    yield "attn_norm", _ones()
    for name in ("attn_q", "attn_k", "attn_v"):
        yield name, _random(rng, WIDTH, WIDTH, LAYER_SPREAD)
    yield "attn_output", _without_first_row(_random(rng, WIDTH, WIDTH, LAYER_SPREAD))
    yield "ffn_norm", _ones()
    for name in ("ffn_gate", "ffn_up"):
        yield name, _random(rng, HIDDEN, WIDTH, LAYER_SPREAD)
    yield "ffn_down", _without_first_row(_random(rng, WIDTH, HIDDEN, LAYER_SPREAD))


def _without_first_row(weights: Weights) -> Weights:
    """So that a layer adds nothing to the constant component."""
    weights[0, :] = 0
    return weights


def _ones() -> Weights:
    return np.ones(WIDTH, dtype=np.float32)


def _random(rng: np.random.Generator, rows: int, columns: int, spread: float) -> Weights:
    return rng.normal(0, spread, (rows, columns)).astype(np.float32)
