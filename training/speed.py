"""Measures loading, memory and time a question on one core, for both engines.

    python -m training.speed --model FOLDER [--engine onnx|numpy]

Reads a made-up story of 600 words. Processor time, so that a busy machine tells the same.
"""

from __future__ import annotations

import os

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import argparse
import resource
import statistics
import sys
import time
from pathlib import Path

RUNS = 15
WORDS = 600
QUESTION = "Who said that the bridge over the river would be closed until the spring?"
LINES = (
    "The council voted on Tuesday to close the old bridge until spring, said Mayor Ana Ferreira. ",
    "About 4,200 drivers cross the river there every day, a survey of the county found last year. ",
    "Repairs to the three damaged piers will cost 18.5 million crowns, a third of it borrowed. ",
    "Shops along the northern bank fear that customers will stay away while lorries pass instead. ",
)


def story() -> str:
    """A story of 600 words."""
    lines = [LINES[n % len(LINES)] for n in range(WORDS)]
    return " ".join("".join(lines).split()[:WORDS])


def peak() -> float:
    """The most memory the process had so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--engine", choices=("onnx", "numpy"), default="onnx")
    args = parser.parse_args()
    import numpy as np  # noqa: F401

    from newsqa.article import Article
    from newsqa.readers.extractive.engines import NumpyEngine, OnnxEngine
    from newsqa.readers.extractive.span_model import SpanModel
    from newsqa.readers.extractive.wordpiece import WordPiece

    sentences = Article(story()).sentences
    before, began = peak(), time.process_time()
    words = WordPiece((args.model / "vocab.txt").read_text(encoding="utf-8").split("\n"))
    path = args.model / "reader.onnx"
    model = SpanModel(OnnxEngine(path) if args.engine == "onnx" else NumpyEngine(path), words)
    loaded, taken = time.process_time() - began, []
    for _ in range(RUNS):
        began = time.process_time()
        model.read(QUESTION, sentences)
        taken.append(time.process_time() - began)
    sys.stdout.write(
        f"{args.engine}: file {path.stat().st_size / 1e6:.1f} MB, load {1000 * loaded:.0f} ms, "
        f"question {1000 * statistics.median(taken):.0f} ms, memory +{peak() - before:.0f} MB\n"
    )


if __name__ == "__main__":
    main()
