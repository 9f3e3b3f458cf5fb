"""The trained reader's model: finds the best span of every sentence of an article.

A window is a run of whole sentences; neighbouring windows share one or two. A span is within one
sentence, and its margin is the sum of its logits, less that of "no answer" in the window.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from newsqa.article.fields import Sentence
from newsqa.readers.extractive.engines import Engine, Floats, Ids, load_engine
from newsqa.readers.extractive.wordpiece import WordPiece
from newsqa.text import Offsets

WINDOW_TOKENS = 256
"""Tokens of the question and a window, with the three marks between them."""

OVERLAP_TOKENS = 56
"""Tokens of the window before that a window repeats at most."""

QUESTION_TOKENS = 64
"""Tokens of a question that are read."""

SPAN_TOKENS = 30
"""Tokens of the longest span."""

CLS, SEP = 101, 102


@dataclass(frozen=True, slots=True)
class SentenceReading:
    """The best span of a sentence, in offsets of the article, and what the model says of it.

    All figures are logits: ``margin`` compares the span with "no answer", ``evidence`` says that the
    sentence answers, and ``answerable`` that its window does.
    """

    number: int
    start: int
    end: int
    margin: float
    evidence: float
    answerable: float


@dataclass(frozen=True, slots=True)
class _Encoded:
    """A sentence's tokens, with their offsets in the article."""

    number: int
    ids: list[int]
    offsets: list[Offsets]


@dataclass(frozen=True, slots=True)
class Part:
    """Tokens ``first`` to ``end`` of one sentence: all of them, unless it is longer than a window."""

    sentence: int
    first: int
    end: int

    @property
    def size(self) -> int:
        """Its tokens."""
        return self.end - self.first


class SpanModel:
    """Reads sentences with an engine.

    Args:
        engine: Computes the logits.
        words: The tokens that the model was trained with.
    """

    def __init__(self, engine: Engine, words: WordPiece) -> None:
        self._engine, self._words = engine, words

    @classmethod
    def load(cls, folder: Path) -> SpanModel:
        """Load the model that ``training.export`` wrote."""
        words = (folder / "vocab.txt").read_text(encoding="utf-8").split("\n")
        return cls(load_engine(folder / "reader.onnx"), WordPiece(words))

    def read(self, question: str, sentences: Sequence[Sentence]) -> list[SentenceReading]:
        """Return the best span of each sentence that has tokens, in the order of the sentences."""
        encoded = [self._encode(sentence) for sentence in sentences]
        asked = self._words.encode(question)[0][:QUESTION_TOKENS]
        room = WINDOW_TOKENS - len(asked) - 3
        best: dict[int, SentenceReading] = {}
        for window in split_into_parts([len(item.ids) for item in encoded], room):
            for reading in self._read_window(asked, window, encoded):
                if reading.number not in best or reading.margin > best[reading.number].margin:
                    best[reading.number] = reading
        return [best[number] for number in sorted(best)]

    def _encode(self, sentence: Sentence) -> _Encoded:
        ids, offsets = self._words.encode(sentence.text)
        at = sentence.start
        return _Encoded(sentence.number, ids, [(at + start, at + end) for start, end in offsets])

    def _read_window(
        self, asked: list[int], window: Sequence[Part], encoded: Sequence[_Encoded]
    ) -> Iterator[SentenceReading]:
        starts, ends, evidence, answerable = self._engine.run(*_inputs(asked, window, encoded))
        null, at = starts[0] + ends[0], len(asked) + 2
        for part in window:
            here = slice(at, at + part.size)
            at += part.size
            first, last, score = best_span(starts[here], ends[here])
            item = encoded[part.sentence]
            yield SentenceReading(
                item.number,
                item.offsets[part.first + first][0],
                item.offsets[part.first + last][1],
                float(score - null),
                float(evidence[here].mean()),
                answerable,
            )


def _inputs(
    asked: list[int], window: Sequence[Part], encoded: Sequence[_Encoded]
) -> tuple[Ids, Ids]:
    """Return the ids and kinds of a window's tokens."""
    passage = [i for part in window for i in encoded[part.sentence].ids[part.first : part.end]]
    ids = np.array([CLS, *asked, SEP, *passage, SEP], np.int64)
    kinds = np.zeros_like(ids)
    kinds[len(asked) + 2 :] = 1
    return ids, kinds


def best_span(starts: Floats, ends: Floats) -> tuple[int, int, float]:
    """Return the first token, the last token and the score of the best span.

    >>> starts, ends = np.array([0.0, 3.0, 1.0]), np.array([4.0, 1.0, 2.0])
    >>> best_span(starts, ends)
    (1, 2, 5.0)
    """
    scores = starts[:, None] + ends[None, :]
    is_span = np.triu(np.tri(len(starts), k=SPAN_TOKENS - 1, dtype=bool))
    scores = np.where(is_span, scores, -np.inf)
    first, last = divmod(int(scores.argmax()), len(starts))
    return first, last, float(scores[first, last])


def split_into_parts(sizes: Sequence[int], room: int) -> list[list[Part]]:
    """Return windows of sentences with these numbers of tokens; a sentence too long is cut.

    >>> [[part.sentence for part in window] for window in split_into_parts([90, 40, 90], 180)]
    [[0, 1], [1, 2]]

    Args:
        sizes: The tokens of each sentence.
        room: The tokens of a window.
    """
    parts = [
        Part(sentence, first, min(first + room, size))
        for sentence, size in enumerate(sizes)
        for first in range(0, size, room)
    ]
    windows: list[list[Part]] = [[]]
    left = room
    for part in parts:
        if part.size > left:
            windows.append(_end_of(windows[-1], min(OVERLAP_TOKENS, room - part.size)))
            left = room - sum(shared.size for shared in windows[-1])
        windows[-1].append(part)
        left -= part.size
    return windows if parts else []


def _end_of(window: Sequence[Part], room: int) -> list[Part]:
    """Return the last sentences of a window, as many as fit."""
    kept: list[Part] = []
    for part in reversed(window):
        room -= part.size
        if room < 0:
            break
        kept.insert(0, part)
    return kept
