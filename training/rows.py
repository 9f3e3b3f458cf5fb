"""Rows: a question, a passage and the span that answers it, or none."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from newsqa.evals.formulas import squad_f1, squad_normalize

NONE = -1
"""Place of an answer that is not there."""

_SENTENCE = re.compile(r"\S.*?(?:[.!?]+[\"')\]”’]*(?=\s|$)|\n|$)", re.DOTALL)


@dataclass(frozen=True)
class Row:
    """A question put to a passage; ``start`` and ``end`` are -1 where it has no answer.

    ``others`` are the spans that other annotators chose. A row of the kind "sentence" gives only
    the sentence that the answer is in.
    """

    question: str
    passage: str
    start: int
    end: int
    source: str
    title: str
    kind: str = "answer"
    others: tuple[tuple[int, int], ...] = ()

    def __post_init__(self) -> None:
        if self.answerable and not self.answer.strip():
            raise ValueError(f"an empty answer to {self.question!r}")

    @property
    def answerable(self) -> bool:
        """Whether the passage answers the question."""
        return self.start != NONE

    @property
    def spans(self) -> tuple[tuple[int, int], ...]:
        """The spans of all annotators, the one trained on first; none where nothing answers."""
        return ((self.start, self.end), *self.others) if self.answerable else ()

    @property
    def answer(self) -> str:
        """The words that answer; empty where nothing does."""
        return self.passage[self.start : self.end] if self.answerable else ""

    def without_answer(self, kind: str, *, question: str = "", passage: str = "") -> Row:
        """The same row with another question or passage, which together have no answer."""
        return Row(
            question or self.question,
            passage or self.passage,
            NONE,
            NONE,
            self.source,
            self.title,
            kind,
        )


def read_rows(path: Path) -> Iterator[Row]:
    """The rows of a JSON lines file."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            raw = json.loads(line)
            raw["others"] = tuple(map(tuple, raw.get("others", ())))
            yield Row(**raw)


def write_rows(path: Path, rows: Iterable[Row]) -> None:
    """Write rows as JSON lines."""
    with path.open("w", encoding="utf-8") as out:
        out.writelines(json.dumps(asdict(row), ensure_ascii=False) + "\n" for row in rows)


def sentence_places(text: str) -> list[tuple[int, int]]:
    """Where the sentences of a text begin and end, roughly."""
    return [(hit.start(), hit.end()) for hit in _SENTENCE.finditer(text)]


def tokens(text: str) -> list[str]:
    """Words as SQuAD's measure compares them: lower case, no punctuation, no articles."""
    return squad_normalize(text).split()


def f1(ours: str, theirs: str) -> float:
    """Return SQuAD's F1 of two answers, from 0 to 1."""
    return squad_f1(ours, [theirs])


def medoid(answers: Sequence[str]) -> tuple[int, float]:
    """The answer that agrees best with the others, by its place, and how well it does."""
    if len(answers) == 1:
        return 0, 1.0
    shared = [sum(f1(a, b) for b in answers) - 1 for a in answers]
    best = max(range(len(answers)), key=shared.__getitem__)
    return best, shared[best] / (len(answers) - 1)


_BRACKETS = {"-LRB-": "(", "-RRB-": ")", "-LSB-": "[", "-RSB-": "]", "``": '"', "''": '"'}
_LEFT = {",", ".", ";", ":", "?", "!", "%", ")", "]", "''", "...", "-RRB-", "-RSB-"}
_RIGHT = {"(", "[", "``", "$", "-LRB-", "-LSB-"}
_CLITIC = re.compile(r"'(?:s|re|ve|m|ll|d)|n't", re.IGNORECASE)


def joined(words: Iterable[str]) -> tuple[str, list[tuple[int, int]]]:
    """Treebank tokens as plain text, and where each of them stands in it."""
    text, places, glue = "", [], True
    for raw in words:
        word = _BRACKETS.get(raw.upper(), raw)
        if not (glue or raw.upper() in _LEFT or _CLITIC.fullmatch(raw)):
            text += " "
        places.append((len(text), len(text) + len(word)))
        text += word
        glue = raw.upper() in _RIGHT
    return text, places
