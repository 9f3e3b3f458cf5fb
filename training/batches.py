"""Batches: rows as token ids, cut anew to windows for every epoch."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from tokenizers import Encoding, Tokenizer
from torch import Tensor

from newsqa.readers.extractive.span_model import CLS, SEP
from training.rows import Row, read_rows, sentence_places

LENGTHS = {"hold": (72, 176), "anneal": (96, 224)}
"""Windows are cut to a random length between: shorter ones teach more in the same time."""
QUESTION_LENGTH = 48
ROUND = 16
"""Padded lengths are multiples of this: ever new shapes make the heap grow without end."""
TOKENS_A_BATCH = 3072
ROWS_AT_ONCE = 2000
HARD_CUTS = 4
"""Cuts of a long passage without an answer that are compared for the most words in common."""

SHARES = {
    "answer": 1.0,
    "sentence": 0.6,
    "near miss": 2.0,
    "swapped": 0.25,
    "opposed": 0.25,
    "negated": 0.12,
    "removed": 0.14,
    "other passage": 0.12,
    "other story": 0.3,
}
"""How often a row of each kind is drawn an epoch, on average."""
SOURCES = {"news": 1.5, "squad2": 1.5, "fairytaleqa": 0.35, "timeqa": 0.35, "quoref": 0.7}
"""By what a row's share is multiplied for its source."""
ELSEWHERE = {"news": 0.3}
"""Share of answerable rows with long passages that are cut where the answer is not; else 0.12."""


@dataclass(frozen=True)
class Example:
    """A row as token ids; places are tokens of the passage, -1 where there is no answer.

    Of a ``weak`` one only the sentence is known, which then is its span.
    """

    question: np.ndarray
    passage: np.ndarray
    span: tuple[int, int]
    sentence: tuple[int, int]
    weak: bool
    share: float
    elsewhere: float


@dataclass(frozen=True)
class Window:
    """What the model sees: ids, where the passage begins, and what it should say."""

    ids: list[int]
    passage: int
    span: tuple[int, int]
    sentence: tuple[int, int]
    weak: bool


def load_tokenizer(folder: Path) -> Tokenizer:
    """The base's WordPiece, without cutting or padding."""
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def load_examples(path: Path, tokenizer: Tokenizer) -> list[Example]:
    """All rows of a file; a passage that several share is kept once."""
    kept: dict[str, np.ndarray] = {}
    found: list[Example] = []
    rows = read_rows(path)
    while part := list(itertools.islice(rows, ROWS_AT_ONCE)):
        texts = list(dict.fromkeys(row.passage for row in part))
        passages = dict(zip(texts, _encoded(tokenizer, texts), strict=True))
        for text, passage in passages.items():
            kept.setdefault(text, np.array(passage.ids, np.int32))
        questions = _encoded(tokenizer, [row.question for row in part])
        found += [
            _example(row, question, passages[row.passage], kept[row.passage])
            for row, question in zip(part, questions, strict=True)
        ]
    return found


def _encoded(tokenizer: Tokenizer, texts: list[str]) -> list[Encoding]:
    found: list[Encoding] = tokenizer.encode_batch(texts, add_special_tokens=False)
    return found


def _example(row: Row, question: Encoding, passage: Encoding, ids: np.ndarray) -> Example:
    span = sentence = (-1, -1)
    if row.answerable:
        span = _tokens(passage, row.start, row.end)
        places = [p for p in sentence_places(row.passage) if p[0] < row.end and row.start < p[1]]
        sentence = _tokens(passage, places[0][0], places[-1][1])
    share = SHARES[row.kind] * SOURCES.get(row.source, 1.0)
    asked = np.array(question.ids[:QUESTION_LENGTH], np.int32)
    weak, elsewhere = row.kind == "sentence", ELSEWHERE.get(row.source, 0.12)
    return Example(asked, ids, span, sentence, weak, share, elsewhere)


def _tokens(passage: Encoding, start: int, end: int) -> tuple[int, int]:
    """The first and the last token that a span touches."""
    inside = [i for i, (s, e) in enumerate(passage.offsets) if s < end and start < e]
    return inside[0], inside[-1]


def cut(example: Example, lengths: tuple[int, int], rng: random.Random) -> Window:
    """A window of random length, with the answer, if any, anywhere in it."""
    room = rng.randint(*lengths) - len(example.question) - 3
    size, (first, last) = len(example.passage), example.span
    answered = first >= 0
    if answered and size > 1.5 * room and rng.random() < example.elsewhere:
        at = _elsewhere(example, room, rng)
        answered, at = (True, _around(first, last, size, room, rng)) if at is None else (False, at)
    elif answered:
        at = _around(first, last, size, room, rng)
    else:
        at = _hardest(example, room, rng)
    return _window(example, at, room, answered=answered)


def _around(first: int, last: int, size: int, room: int, rng: random.Random) -> int:
    """Where a cut may begin that has the answer in it."""
    low, high = max(0, last - room + 1), max(0, min(first, size - room))
    return rng.randint(min(low, high), max(low, high))


def _hardest(example: Example, room: int, rng: random.Random) -> int:
    """Of some cuts, the one with most of the question's tokens."""
    high = max(0, len(example.passage) - room)
    if not high:
        return 0
    wanted = set(example.question.tolist())
    cuts = [rng.randint(0, high) for _ in range(HARD_CUTS)]
    return max(cuts, key=lambda at: len(wanted & set(example.passage[at : at + room].tolist())))


def _elsewhere(example: Example, room: int, rng: random.Random) -> int | None:
    """A cut that has neither the answer's sentence nor its words."""
    high = max(0, len(example.passage) - room)
    answer = example.passage[example.span[0] : example.span[1] + 1].tobytes()
    for _ in range(HARD_CUTS):
        at = rng.randint(0, high)
        apart = at > example.sentence[1] or at + room <= example.sentence[0]
        if apart and answer not in example.passage[at : at + room].tobytes():
            return at
    return None


def _window(example: Example, at: int, room: int, *, answered: bool) -> Window:
    inside = example.passage[at : at + room].tolist()
    ids = [CLS, *example.question.tolist(), SEP, *inside, SEP]
    begin, last = len(example.question) + 2, len(ids) - 2
    span = sentence = (0, 0)
    if answered:
        span = _inside(example.span, begin - at, begin, last)
        sentence = _inside(example.sentence, begin - at, begin, last)
    return Window(ids, begin, span, sentence, example.weak and answered)


def _inside(span: tuple[int, int], shift: int, first: int, last: int) -> tuple[int, int]:
    """A span moved by ``shift``, what is left of it between two places."""
    return max(span[0] + shift, first), min(span[1] + shift, last)


def draw(examples: Sequence[Example], lengths: tuple[int, int], rng: random.Random) -> list[Window]:
    """The windows of one epoch, as often as each row's share says."""
    times = ((e, int(e.share) + (rng.random() < e.share % 1)) for e in examples)
    return [cut(e, lengths, rng) for e, n in times for _ in range(n)]


def batches(windows: list[Window], rng: random.Random) -> list[list[Window]]:
    """Batches of about one length each, in random order."""
    windows = sorted(windows, key=lambda w: len(w.ids) + rng.random() * ROUND)
    found: list[list[Window]] = [[]]
    for window in windows:
        longest = max([len(window.ids), *(len(w.ids) for w in found[-1])])
        if found[-1] and (len(found[-1]) + 1) * padded(longest) > TOKENS_A_BATCH:
            found.append([])
        found[-1].append(window)
    rng.shuffle(found)
    return found


def padded(size: int) -> int:
    """The next multiple of ``ROUND``."""
    return -(-size // ROUND) * ROUND


@dataclass(frozen=True)
class Batch:
    """Windows as tensors: what goes in and what should come out.

    ``starts`` and ``ends`` mark the tokens that may be right: one, or all of a known sentence.
    """

    ids: Tensor
    kinds: Tensor
    mask: Tensor
    starts: Tensor
    ends: Tensor
    evidence: Tensor


def tensors(windows: Sequence[Window]) -> Batch:
    """One batch, padded."""
    size = padded(max(len(w.ids) for w in windows))
    shape = len(windows), size
    ids, kinds, mask = (torch.zeros(shape, dtype=torch.long) for _ in range(3))
    starts, ends, evidence = (torch.zeros(shape) for _ in range(3))
    for i, window in enumerate(windows):
        ids[i, : len(window.ids)] = torch.tensor(window.ids)
        kinds[i, window.passage : len(window.ids)] = 1
        mask[i, : len(window.ids)] = 1
        first, last = window.span
        starts[i, first : (last if window.weak else first) + 1] = 1
        ends[i, (first if window.weak else last) : last + 1] = 1
        if first:
            evidence[i, window.sentence[0] : window.sentence[1] + 1] = 1
    return Batch(ids, kinds, mask, starts, ends, evidence)


def endless(
    examples: Sequence[Example], lengths: tuple[int, int], epoch: int, seed: int
) -> Iterator[tuple[int, str, list[Window]]]:
    """(epoch, place, batch) of one process's share of the examples, epoch after epoch."""
    for number in itertools.count(epoch):
        rng = random.Random(f"{seed} {number}")
        found = batches(draw(examples, lengths, rng), rng)
        for at, batch in enumerate(found):
            yield number, f"{at}/{len(found)}", batch
