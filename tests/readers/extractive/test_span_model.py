"""The span model: windows of sentences, and the best span of each sentence."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from newsqa.article import Article
from newsqa.article.fields import Sentence
from newsqa.readers.extractive.engines import Floats, Ids
from newsqa.readers.extractive.span_model import (
    OVERLAP_TOKENS,
    SPAN_TOKENS,
    SpanModel,
    best_span,
    split_into_parts,
)
from newsqa.readers.extractive.wordpiece import WordPiece

WORDS = ["[UNK]", *(f"w{n}" for n in range(200)), "."]


class Peak:
    """An engine that likes one token."""

    def __init__(self, token: str) -> None:
        self.id = WORDS.index(token)
        self.windows = 0

    def run(self, ids: Ids, kinds: Ids) -> tuple[Floats, Floats, Floats, float]:
        """Return 5 for the token, 0 for the others."""
        self.windows += 1
        peak = np.where((ids == self.id) & (kinds == 1), 5.0, 0.0).astype(np.float32)
        return peak, peak, peak, 1.0


@given(st.lists(st.integers(1, 400), max_size=30), st.integers(60, 250))
def test_windows_cover_every_token_and_fit(sizes: list[int], room: int) -> None:
    """Neighbours share whole sentences, up to a limit."""
    windows = split_into_parts(sizes, room)
    covered = {(p.sentence, t) for w in windows for p in w for t in range(p.first, p.end)}
    assert covered == {(n, t) for n, size in enumerate(sizes) for t in range(size)}
    for before, after in pairwise(windows):
        shared = [part for part in after if part in before]
        assert sum(part.size for part in shared) <= OVERLAP_TOKENS
    assert all(sum(part.size for part in window) <= room for window in windows)


@given(st.lists(st.tuples(st.floats(-9, 9), st.floats(-9, 9)), min_size=1, max_size=60))
def test_the_best_span_is_the_best_of_all_allowed(logits: list[tuple[float, float]]) -> None:
    """It ends where it begins or later, within its longest."""
    starts, ends = (np.array(side) for side in zip(*logits, strict=True))
    first, last, score = best_span(starts, ends)
    allowed = [
        starts[a] + ends[b]
        for a in range(len(starts))
        for b in range(a, min(a + SPAN_TOKENS, len(ends)))
    ]
    assert score == max(allowed) == starts[first] + ends[last]


def test_each_sentence_gets_its_best_span_in_offsets_of_the_article() -> None:
    """The margin is relative to the first token, which stands for no answer."""
    article = Article("W1 w2. W3 w7 w4. W5.")
    readings = SpanModel(Peak("w7"), WordPiece(WORDS)).read("w1?", article.sentences)
    assert [reading.number for reading in readings] == [1, 2, 3]
    assert article.text[readings[1].start : readings[1].end] == "w7"
    assert [reading.margin for reading in readings] == [0, 10, 0]


def test_a_sentence_longer_than_a_window_is_read_in_parts() -> None:
    """Its best span is that of the best part."""
    words = ["w1"] * 600 + ["w9"] + ["w2"] * 50
    article = Article(" ".join(words))
    sentence = Sentence(text=article.text, start=0, end=len(article.text), number=1, paragraph=1)
    engine = Peak("w9")
    (reading,) = SpanModel(engine, WordPiece(WORDS)).read("w3?", [sentence])
    assert engine.windows > 1
    assert article.text[reading.start : reading.end] == "w9"
