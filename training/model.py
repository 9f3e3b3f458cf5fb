"""The reader: a BERT encoder with heads for the span, its sentence and whether there is one.

Loads the published weights of all-MiniLM-L6-v2. Attention is written out and kept in bfloat16 from
end to end, which on a CPU with AMX gives 1.4 times the tokens a second of the usual mixed precision.
"""

from __future__ import annotations

import json
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

FAR_BELOW = -1e4
"""Logit of a token that is only padding."""


def drop_channels(x: Tensor, share: float) -> Tensor:
    """``x`` with a share of each sequence's channels set to zero and the rest scaled up.

    Cheaper than the usual dropout, which draws one number an element.
    """
    if not share:
        return x
    keep = torch.rand(x.shape[0], 1, x.shape[2]) >= share
    return x * (keep.to(x.dtype) / (1 - share))


def normalise(norm: nn.LayerNorm, x: Tensor) -> Tensor:
    """Layer normalisation in the type that ``x`` has."""
    with torch.autocast("cpu", enabled=False):
        weight, bias = norm.weight.to(x.dtype), norm.bias.to(x.dtype)
        return functional.layer_norm(x, norm.normalized_shape, weight, bias, norm.eps)


def softmax(x: Tensor) -> Tensor:
    """Softmax in the type that ``x`` has."""
    with torch.autocast("cpu", enabled=False):
        return x.softmax(-1)


class Layer(nn.Module):
    """One layer of the encoder."""

    def __init__(self, hidden: int, heads: int, inner: int, dropout: float) -> None:
        super().__init__()
        self.heads, self.dropout = heads, dropout
        self.qkv = nn.Linear(hidden, 3 * hidden)
        self.out = nn.Linear(hidden, hidden)
        self.norm1 = nn.LayerNorm(hidden, eps=1e-12)
        self.up = nn.Linear(hidden, inner)
        self.down = nn.Linear(inner, hidden)
        self.norm2 = nn.LayerNorm(hidden, eps=1e-12)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        """The next layer's input; ``bias`` is added to the attention's logits."""
        drop = self.dropout if self.training else 0.0
        x = normalise(self.norm1, x + drop_channels(self.attend(x, bias), drop))
        y = self.down(functional.gelu(self.up(x)))
        return normalise(self.norm2, x + drop_channels(y, drop))

    def attend(self, x: Tensor, bias: Tensor) -> Tensor:
        """Self-attention."""
        rows, size, hidden = x.shape
        parts = self.qkv(x).chunk(3, -1)
        q, k, v = (t.view(rows, size, self.heads, -1).transpose(1, 2) for t in parts)
        scores = (q * q.shape[-1] ** -0.5) @ k.transpose(2, 3)
        seen = softmax(scores + bias.to(scores.dtype)) @ v
        return self.out(seen.transpose(1, 2).reshape(rows, size, hidden))


class Reader(nn.Module):
    """Token ids, kinds and mask in; logits of start, end and evidence a token, and of an answer.

    The first token stands for "no answer" among the starts and ends. ``evidence`` says of each
    token whether it belongs to the sentence of the answer, ``answerable`` whether the window has one.
    """

    def __init__(self, config: dict[str, int], dropout: float = 0.1) -> None:
        super().__init__()
        hidden = config["hidden_size"]
        self.words = nn.Embedding(config["vocab_size"], hidden)
        self.places = nn.Embedding(config["max_position_embeddings"], hidden)
        self.kinds = nn.Embedding(config["type_vocab_size"], hidden)
        self.norm = nn.LayerNorm(hidden, eps=1e-12)
        shape = hidden, config["num_attention_heads"], config["intermediate_size"], dropout
        self.layers = nn.ModuleList(Layer(*shape) for _ in range(config["num_hidden_layers"]))
        self.tokens = nn.Linear(hidden, 3)
        self.answerable = nn.Linear(hidden, 1)
        for head in (self.tokens, self.answerable):
            nn.init.normal_(head.weight, std=0.02)
            nn.init.zeros_(head.bias)
        self.dropout = dropout

    def forward(self, ids: Tensor, kinds: Tensor, mask: Tensor) -> tuple[Tensor, ...]:
        """Starts, ends and evidence (rows, tokens) and answerable (rows)."""
        at = torch.arange(ids.shape[1], device=ids.device)
        x = normalise(self.norm, self.words(ids) + self.places(at) + self.kinds(kinds))
        if torch.is_autocast_enabled("cpu"):
            x = x.to(torch.get_autocast_dtype("cpu"))
        x = drop_channels(x, self.dropout if self.training else 0.0)
        bias = (1.0 - mask[:, None, None, :].float()) * FAR_BELOW
        for layer in self.layers:
            x = layer(x, bias)
        logits = self.tokens(x).float().masked_fill(~mask.bool()[:, :, None], FAR_BELOW)
        return (
            logits[..., 0],
            logits[..., 1],
            logits[..., 2],
            self.answerable(x[:, 0]).float()[:, 0],
        )


def from_base(folder: Path) -> Reader:
    """The reader with the published encoder and fresh heads."""
    config = json.loads((folder / "config.json").read_text())
    theirs = load_file(str(folder / "model.safetensors"))
    theirs = {name.removeprefix("bert."): value.float() for name, value in theirs.items()}
    model = Reader(config, config["hidden_dropout_prob"])
    state = model.state_dict()
    for name, part in (("words", "word"), ("places", "position"), ("kinds", "token_type")):
        state[f"{name}.weight"] = theirs[f"embeddings.{part}_embeddings.weight"]
    for end in ("weight", "bias"):
        state[f"norm.{end}"] = theirs[f"embeddings.LayerNorm.{end}"]
        for n in range(config["num_hidden_layers"]):
            state.update(_layer(theirs, n, end))
    model.load_state_dict(state)
    return model


def _layer(theirs: dict[str, Tensor], n: int, end: str) -> dict[str, Tensor]:
    """A layer's weights or biases under our names."""
    old, new = f"encoder.layer.{n}.", f"layers.{n}."
    names = {
        "out": "attention.output.dense",
        "norm1": "attention.output.LayerNorm",
        "up": "intermediate.dense",
        "down": "output.dense",
        "norm2": "output.LayerNorm",
    }
    found = {f"{new}{ours}.{end}": theirs[f"{old}{name}.{end}"] for ours, name in names.items()}
    parts = [theirs[f"{old}attention.self.{part}.{end}"] for part in ("query", "key", "value")]
    return found | {f"{new}qkv.{end}": torch.cat(parts)}
