"""The reader computed with NumPy alone: int8 weights on disk, 32 bits in memory.

Measured against ONNX Runtime by ``speed``; not what the package uses unless there is no wheel.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from training.model import Reader

HEADS = 12
FAR_BELOW = np.float32(-1e4)
Floats = NDArray[np.float32]


def pack(model: Reader, path: Path) -> None:
    """Write a PyTorch model's weights, matrices as int8 with a scale a row."""
    packed: dict[str, NDArray[Any]] = {}
    for name, tensor in model.state_dict().items():
        value = tensor.float().numpy()
        if value.ndim == 1 or min(value.shape) < 8:
            packed[name] = value
            continue
        scale = np.abs(value).max(1, keepdims=True) / 127
        packed[f"{name}|int8"] = np.round(value / scale).astype(np.int8)
        packed[f"{name}|scale"] = scale.astype(np.float32)
    np.savez_compressed(path, **packed)  # type: ignore[arg-type]


class NumpyEngine:
    """BERT's encoder and the heads."""

    def __init__(self, path: Path) -> None:
        packed = dict(np.load(path))
        self._words = packed.pop("words.weight|int8"), packed.pop("words.weight|scale")
        self._weights = {}
        for name, value in packed.items():
            name, _, kind = name.partition("|")
            if kind == "int8":
                value = (value.astype(np.float32) * packed[f"{name}|scale"]).T
            if kind != "scale":
                self._weights[name] = np.ascontiguousarray(value)
        self._layers = sum(name.endswith("qkv.bias") for name in self._weights)

    def run(self, feed: dict[str, NDArray[np.int64]]) -> Sequence[Floats]:
        """Starts, ends and evidence a token, answerable a window."""
        sizes = feed["mask"].sum(1)
        rows = zip(feed["ids"], feed["kinds"], sizes, strict=True)
        seen = [self._encode(ids[:n], kinds[:n]) for ids, kinds, n in rows]
        logits = np.full((3, *feed["ids"].shape), FAR_BELOW, np.float32)
        for at, x in enumerate(seen):
            found = x @ self._weights["tokens.weight"].T + self._weights["tokens.bias"]
            logits[:, at, : len(x)] = found.T
        first = np.stack([x[0] for x in seen])
        there = first @ self._weights["answerable.weight"].T + self._weights["answerable.bias"]
        return [*logits, there[:, 0]]

    def _encode(self, ids: NDArray[np.int64], kinds: NDArray[np.int64]) -> Floats:
        w, (words, scales) = self._weights, self._words
        x = words[ids] * scales[ids]
        x += w["places.weight"].T[: len(ids)] + w["kinds.weight"][kinds]
        x = self._normalise(x, "norm")
        for layer in range(self._layers):
            x = self._layer(x, f"layers.{layer}.")
        return x

    def _layer(self, x: Floats, at: str) -> Floats:
        x = self._normalise(x + self._linear(self._attend(x, at), at + "out"), at + "norm1")
        inner = gelu(self._linear(x, at + "up"))
        return self._normalise(x + self._linear(inner, at + "down"), at + "norm2")

    def _attend(self, x: Floats, at: str) -> Floats:
        size, hidden = x.shape
        parts = self._linear(x, at + "qkv").reshape(size, 3, HEADS, -1)
        q, k, v = parts.transpose(1, 2, 0, 3)
        scale = np.float32(q.shape[-1] ** -0.5)
        scores: Floats = np.matmul(q * scale, k.transpose(0, 2, 1), dtype=np.float32)
        scores -= scores.max(-1, keepdims=True)
        np.exp(scores, out=scores)
        scores /= scores.sum(-1, keepdims=True)
        seen: Floats = (scores @ v).transpose(1, 0, 2).reshape(size, hidden)
        return seen

    def _linear(self, x: Floats, name: str) -> Floats:
        found: Floats = x @ self._weights[name + ".weight"]
        found += self._weights[name + ".bias"]
        return found

    def _normalise(self, x: Floats, name: str) -> Floats:
        x = x - x.mean(-1, keepdims=True)
        x /= np.sqrt((x * x).mean(-1, keepdims=True) + np.float32(1e-12))
        x *= self._weights[name + ".weight"]
        x += self._weights[name + ".bias"]
        return x


def gelu(x: Floats) -> Floats:
    """The tanh form, within 0.001 of the exact one."""
    y = x * x
    y *= np.float32(0.044715)
    y += 1
    y *= x
    y *= np.float32(0.7978845608)
    np.tanh(y, out=y)
    y += 1
    y *= x
    y *= np.float32(0.5)
    return y
