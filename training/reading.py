"""Reading: every sentence of an article gets its best span and how well it answers.

A window is a run of whole sentences; neighbouring windows share one or two. A span lies within one
sentence; its margin is its logits' sum less that of "no answer" in the window.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from training.wordpiece import WordPiece

WINDOW = 256
"""Tokens of the question, the window and three marks together."""
OVERLAP = 56
"""Tokens at most that a window repeats of the one before."""
QUESTION = 64
"""Tokens of a question that are read."""
LONGEST_SPAN = 30
"""Tokens."""
CLS, SEP = 101, 102

Floats = NDArray[np.float32]


class Sentence(Protocol):
    """A sentence and where it stands in its article."""

    @property
    def text(self) -> str:
        """Its characters."""

    @property
    def start(self) -> int:
        """Where it begins in the article."""


@dataclass(frozen=True)
class Encoded:
    """A sentence's token ids and the places of the tokens in the article."""

    ids: list[int]
    places: list[tuple[int, int]]


@dataclass(frozen=True)
class Part:
    """Tokens ``first`` to ``end`` of one sentence; all of them unless it is very long."""

    sentence: int
    first: int
    end: int

    @property
    def size(self) -> int:
        """Its tokens."""
        return self.end - self.first


@dataclass(frozen=True)
class Read:
    """A sentence's best span, as places in the article, and what the model says of it.

    ``margin``: the span against "no answer"; ``evidence``: whether the sentence bears the answer;
    ``answerable``: whether its window has one. All are logits.
    """

    sentence: int
    start: int
    end: int
    margin: float
    evidence: float
    answerable: float


class Engine(Protocol):
    """What computes the logits: ONNX Runtime, or NumPy alone."""

    def run(self, feed: dict[str, NDArray[np.int64]]) -> Sequence[Floats]:
        """Starts, ends and evidence a token, answerable a window."""


class OnnxEngine:
    """The exported model in ONNX Runtime."""

    def __init__(self, model: Path, threads: int = 1) -> None:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = threads
        options.enable_cpu_mem_arena = False
        providers = ["CPUExecutionProvider"]
        self._session = onnxruntime.InferenceSession(str(model), options, providers=providers)

    def run(self, feed: dict[str, NDArray[np.int64]]) -> Sequence[Floats]:
        """Starts, ends and evidence a token, answerable a window."""
        found: Sequence[Floats] = self._session.run(None, feed)
        return found


class SpanModel:
    """An engine with its WordPiece: reads sentences."""

    def __init__(self, engine: Engine, words: WordPiece) -> None:
        self._engine, self._words = engine, words

    @classmethod
    def load(cls, folder: Path) -> SpanModel:
        """The int8 model and its vocabulary from the folder that ``export`` wrote."""
        words = (folder / "vocab.txt").read_text(encoding="utf-8").split("\n")
        return cls(OnnxEngine(folder / "reader.int8.onnx"), WordPiece(words))

    def encode(self, sentences: Sequence[Sentence]) -> list[Encoded]:
        """Sentences as tokens."""
        found = [(s.start, *self._words.encode(s.text)) for s in sentences]
        return [Encoded(ids, [(at + a, at + b) for a, b in places]) for at, ids, places in found]

    def read(self, question: str, encoded: Sequence[Encoded]) -> list[Read]:
        """The best span of each sentence that has one, in the article's order."""
        asked = self._words.encode(question)[0][:QUESTION]
        windows = cut([len(e.ids) for e in encoded], WINDOW - len(asked) - 3)
        best: dict[int, Read] = {}
        for window in windows:
            for read in self._read(asked, window, encoded):
                if read.sentence not in best or read.margin > best[read.sentence].margin:
                    best[read.sentence] = read
        return [best[n] for n in sorted(best)]

    def _read(
        self, asked: list[int], window: list[Part], encoded: Sequence[Encoded]
    ) -> Iterator[Read]:
        starts, ends, evidence, answerable = self._engine.run(fed(asked, window, encoded))
        null, at = starts[0][0] + ends[0][0], len(asked) + 2
        for part in window:
            here = slice(at, at + part.size)
            at += part.size
            first, last, score = best_span(starts[0][here], ends[0][here])
            places = encoded[part.sentence].places
            yield Read(
                part.sentence,
                places[part.first + first][0],
                places[part.first + last][1],
                float(score - null),
                float(evidence[0][here].mean()),
                float(answerable[0]),
            )


def fed(
    asked: list[int], window: list[Part], encoded: Sequence[Encoded]
) -> dict[str, NDArray[np.int64]]:
    """The model's inputs for a window, alone: several at once take longer and more memory."""
    inside = [i for p in window for i in encoded[p.sentence].ids[p.first : p.end]]
    ids = np.array([[CLS, *asked, SEP, *inside, SEP]], np.int64)
    kinds = np.zeros_like(ids)
    kinds[:, len(asked) + 2 :] = 1
    return {"ids": ids, "kinds": kinds, "mask": np.ones_like(ids)}


def best_span(starts: Floats, ends: Floats) -> tuple[int, int, float]:
    """First token, last token and score of the best span."""
    size = len(starts)
    scores = starts[:, None] + ends[None, :]
    allowed = np.triu(np.tri(size, k=LONGEST_SPAN - 1, dtype=bool))
    scores = np.where(allowed, scores, -np.inf)
    first, last = divmod(int(scores.argmax()), size)
    return first, last, float(scores[first, last])


def cut(sizes: Sequence[int], room: int) -> list[list[Part]]:
    """Windows for sentences of these sizes; a sentence too long for one is cut into parts."""
    parts = [
        Part(n, at, min(at + room, size))
        for n, size in enumerate(sizes)
        for at in range(0, size, room)
    ]
    windows: list[list[Part]] = [[]]
    left = room
    for part in parts:
        if part.size > left:
            shared = _shared(windows[-1], min(OVERLAP, room - part.size))
            windows.append(shared)
            left = room - sum(p.size for p in shared)
        windows[-1].append(part)
        left -= part.size
    return windows if parts else []


def _shared(window: list[Part], room: int) -> list[Part]:
    """The end of a window that the next one repeats."""
    kept: list[Part] = []
    for part in reversed(window):
        room -= part.size
        if room < 0:
            break
        kept.insert(0, part)
    return kept
