"""Engines: compute the logits of the trained reader, with ONNX Runtime or with NumPy alone."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Ids = NDArray[np.int64]

_log = logging.getLogger("newsqa")


class Engine(Protocol):
    """Computes logits of one window."""

    def run(self, ids: Ids, kinds: Ids) -> tuple[Floats, Floats, Floats, float]:
        """Return the logits of start, end and evidence of each token, and of an answer.

        Args:
            ids: The ids of the tokens: the question's, then the passage's.
            kinds: 1 for each token of the passage, 0 for the others.
        """


def load_engine(path: Path) -> Engine:
    """Return the engine for an ONNX file: ONNX Runtime's if that can be imported, or else NumPy's."""
    try:
        return OnnxEngine(path)
    except ImportError as error:
        _log.info("ONNX Runtime is not available, so NumPy computes: %s", error)
        return NumpyEngine(path)


class OnnxEngine:
    """An int8 model in ONNX Runtime, on one core."""

    def __init__(self, path: Path) -> None:
        import onnxruntime  # here, since it takes a tenth of a second

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.enable_cpu_mem_arena = False  # 80 MB less memory for the same speed
        self._session = onnxruntime.InferenceSession(
            str(path), options, providers=["CPUExecutionProvider"]
        )

    def run(self, ids: Ids, kinds: Ids) -> tuple[Floats, Floats, Floats, float]:
        """Return the logits of start, end and evidence of each token, and of an answer."""
        feed = {"ids": ids[None], "kinds": kinds[None], "mask": np.ones_like(ids)[None]}
        starts, ends, evidence, answerable = self._session.run(None, feed)
        return starts[0], ends[0], evidence[0], float(answerable[0])


# NumPy --------------------------------------------------------------------------------------------

HEADS = 12
_EPSILON = np.float32(1e-12)


class NumpyEngine:
    """The same model in NumPy: a BERT encoder, three times as slow.

    It reads the weights from the ONNX file, which holds them in the order in which they are used.
    """

    def __init__(self, path: Path) -> None:
        tensors = dict(_read_tensors(path.read_bytes()))
        self._embeddings = [
            _dequantized(tensors, f"{n}.weight") for n in ("words", "places", "kinds")
        ]
        norms = [value for name, value in tensors.items() if "LayerNormalization" in name]
        self._norms = list(zip(norms[::2], norms[1::2], strict=True))
        matrices = [n.removesuffix("_quantized") for n in tensors if n.endswith("_quantized")][3:]
        self._matrices = [_dequantized(tensors, name) for name in matrices]
        self._biases = [value for name, value in tensors.items() if name.endswith(".bias")]

    def run(self, ids: Ids, kinds: Ids) -> tuple[Floats, Floats, Floats, float]:
        """Return the logits of start, end and evidence of each token, and of an answer."""
        words, places, sides = self._embeddings
        x = _normalize(words[ids] + places[: len(ids)] + sides[kinds], *self._norms[0])
        layers = len(self._norms) // 2
        for layer in range(layers):
            x = self._layer(x, layer)
        starts, ends, evidence = self._linear(x, 4 * layers).T
        return starts, ends, evidence, float(self._linear(x[:1], 4 * layers + 1)[0, 0])

    def _layer(self, x: Floats, layer: int) -> Floats:
        at = 4 * layer
        attended = self._linear(_attend(self._linear(x, at)), at + 1)
        x = _normalize(x + attended, *self._norms[2 * layer + 1])
        inner = self._linear(_gelu(self._linear(x, at + 2)), at + 3)
        return _normalize(x + inner, *self._norms[2 * layer + 2])

    def _linear(self, x: Floats, at: int) -> Floats:
        product: Floats = x @ self._matrices[at]
        product += self._biases[at]
        return product


def _dequantized(tensors: dict[str, NDArray[Any]], name: str) -> Floats:
    steps = tensors[f"{name}_quantized"].astype(np.float32) - tensors[f"{name}_zero_point"]
    return np.ascontiguousarray(steps * tensors[f"{name}_scale"], np.float32)


def _normalize(x: Floats, weight: Floats, bias: Floats) -> Floats:
    x = x - x.mean(-1, keepdims=True)
    x /= np.sqrt((x * x).mean(-1, keepdims=True) + _EPSILON)
    return x * weight + bias


def _attend(qkv: Floats) -> Floats:
    q, k, v = qkv.reshape(len(qkv), 3, HEADS, -1).transpose(1, 2, 0, 3)
    scores: Floats = q @ k.transpose(0, 2, 1) * np.float32(q.shape[-1] ** -0.5)
    scores = np.exp(scores - scores.max(-1, keepdims=True))
    scores /= scores.sum(-1, keepdims=True)
    return (scores @ v).transpose(1, 0, 2).reshape(len(qkv), -1)


def _gelu(x: Floats) -> Floats:
    """Return GELU by its approximation with a hyperbolic tangent, which is within 0.001."""
    inner = np.float32(0.7978845608) * (x + np.float32(0.044715) * x * x * x)
    activated: Floats = np.float32(0.5) * x * (1 + np.tanh(inner))
    return activated


# ONNX files ---------------------------------------------------------------------------------------

_GRAPH, _INITIALIZER = 7, 5
"""Fields of an ONNX model and of its graph, by the format's protobuf schema."""

_DIMS, _TYPE, _FLOATS, _INTEGERS, _NAME, _RAW = 1, 2, 4, 5, 8, 9
"""Fields of a tensor."""

_DTYPES = {1: np.float32, 2: np.uint8, 3: np.int8}


def _read_tensors(model: bytes) -> Iterator[tuple[str, NDArray[Any]]]:
    """Yield the names and values of the weights of an ONNX model."""
    for number, graph in _read_fields(memoryview(model)):
        for field, tensor in _read_fields(graph) if number == _GRAPH else ():
            if field == _INITIALIZER:
                yield _read_tensor(list(_read_fields(tensor)))


def _read_tensor(fields: Sequence[tuple[int, Any]]) -> tuple[str, NDArray[Any]]:
    values = dict(fields)
    shape = [value for number, value in fields if number == _DIMS]
    dtype = _DTYPES.get(values[_TYPE])
    if _RAW in values:
        array = np.frombuffer(values[_RAW], dtype or np.uint8)
    elif _FLOATS in values:
        array = np.frombuffer(values[_FLOATS], np.float32)
    else:
        array = np.array(list(_read_varints(values.get(_INTEGERS, b""))), dtype)
    return str(values[_NAME], "utf-8"), array.reshape(shape) if dtype else array


def _read_fields(message: memoryview) -> Iterator[tuple[int, Any]]:
    """Yield the numbers and values of a protobuf message's fields: integers, or bytes."""
    at = 0
    while at < len(message):
        key, at = _read_varint(message, at)
        if key & 7 == 0:
            value, at = _read_varint(message, at)
            yield key >> 3, value
            continue
        size, at = _read_varint(message, at) if key & 7 == 2 else ({1: 8, 5: 4}[key & 7], at)
        yield key >> 3, message[at : at + size]
        at += size


def _read_varints(data: bytes) -> Iterator[int]:
    at = 0
    while at < len(data):
        value, at = _read_varint(data, at)
        yield value


def _read_varint(data: bytes | memoryview, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = data[at]
        value |= (byte & 0x7F) << shift
        at, shift = at + 1, shift + 7
        if byte < 0x80:
            return value, at
