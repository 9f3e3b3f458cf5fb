"""Exports trained weights to ONNX, quantises them to int8 and compares the two with PyTorch.

    python -m training.export --base BASE --weights RUN/final.pt --out FOLDER

Writes ``reader.fp32.onnx``, ``reader.onnx`` (int8) and ``vocab.txt``.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor

from training.model import Reader, from_base

INPUTS = ("ids", "kinds", "mask")
OUTPUTS = ("starts", "ends", "evidence", "answerable")


def load(base: Path, weights: Path) -> Reader:
    """The trained model; ``weights`` is a final file or the state of a run."""
    kept = torch.load(weights, map_location="cpu")
    model = from_base(base)
    model.load_state_dict(kept.get("model", kept))
    model.eval()
    return model


def sample() -> tuple[Tensor, Tensor, Tensor]:
    """Two windows of random tokens, one of them shorter."""
    torch.manual_seed(13)
    ids = torch.randint(1000, 30000, (2, 40))
    kinds, mask = torch.zeros_like(ids), torch.ones_like(ids)
    kinds[:, 10:] = 1
    mask[1, 30:] = 0
    return ids, kinds, mask


def export(model: Reader, path: Path) -> None:
    """Write the model in 32 bits, for any number of windows and tokens."""
    axes = {name: {0: "windows", 1: "tokens"} for name in (*INPUTS, *OUTPUTS[:3])}
    with torch.no_grad():
        torch.onnx.export(
            model,
            sample(),
            str(path),
            input_names=list(INPUTS),
            output_names=list(OUTPUTS),
            dynamic_axes=axes | {"answerable": {0: "windows"}},
            opset_version=17,
            dynamo=False,
        )


def difference(model: Reader, path: Path) -> float:
    """The largest difference of a logit between PyTorch and a file."""
    ids, kinds, mask = sample()
    with torch.no_grad():
        expected = [t.numpy() for t in model(ids, kinds, mask)]
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    feed = dict(zip(INPUTS, (ids.numpy(), kinds.numpy(), mask.numpy()), strict=True))
    pairs = zip(session.run(None, feed), expected, strict=True)
    return max(float(np.abs(ours - theirs).max()) for ours, theirs in pairs)


def write_vocabulary(base: Path, path: Path) -> None:
    """Write the base's WordPiece vocabulary, a token a line."""
    kept = json.loads((base / "tokenizer.json").read_text(encoding="utf-8"))["model"]["vocab"]
    path.write_text("\n".join(sorted(kept, key=kept.get)), encoding="utf-8")


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--base", type=Path, required=True)
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    whole, small = args.out / "reader.fp32.onnx", args.out / "reader.onnx"
    model = load(args.base, args.weights)
    export(model, whole)
    quantize_dynamic(str(whole), str(small), weight_type=QuantType.QInt8, per_channel=True)
    onnx.checker.check_model(str(small))
    write_vocabulary(args.base, args.out / "vocab.txt")
    for path in (whole, small):
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        size = path.stat().st_size / 1e6
        print(f"{path.name}: {size:.1f} MB, off by {difference(model, path):.4f}, sha256 {digest}")


if __name__ == "__main__":
    main()
