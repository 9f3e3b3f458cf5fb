"""Engines: two ways to compute the same logits."""

from __future__ import annotations

import numpy as np
import pytest

from newsqa.readers.extractive.engines import NumpyEngine, OnnxEngine, load_engine
from newsqa.readers.extractive.trained import WEIGHTS

PATH = WEIGHTS / "reader.onnx"
IDS = np.array([101, 2129, 2116, 3719, 102, 8618, 3719, 2020, 8303, 1012, 102], np.int64)
KINDS = np.array([0] * 5 + [1] * 6, np.int64)


def test_numpy_computes_what_onnx_runtime_does() -> None:
    """ONNX Runtime rounds between layers, so logits differ a little."""
    pytest.importorskip("onnxruntime")
    ours, theirs = NumpyEngine(PATH).run(IDS, KINDS), OnnxEngine(PATH).run(IDS, KINDS)
    for a, b in zip(ours, theirs, strict=True):
        assert np.abs(np.asarray(a) - np.asarray(b)).max() < 1


def test_without_onnx_runtime_numpy_computes(monkeypatch: pytest.MonkeyPatch) -> None:
    """A platform without its wheel keeps the trained reader."""
    monkeypatch.setitem(__import__("sys").modules, "onnxruntime", None)
    assert isinstance(load_engine(PATH), NumpyEngine)


def test_logits_are_one_for_each_token() -> None:
    """The last is the window's."""
    *tokens, answerable = load_engine(PATH).run(IDS, KINDS)
    assert [len(logits) for logits in tokens] == [len(IDS)] * 3
    assert isinstance(answerable, float)
