"""Measures the embedded reader on question sets that are not part of this project.

Usage: ``python -m benchmarks.embedded_reader FOLDER``. The folder holds JSON lines, one question
each: ``article_text``, ``question``, ``answers`` with ``start`` and ``end``, ``answerable``.

Columns: ``hit@1`` and ``hit@3``, the share of questions where one of the first sentences of the
ranking overlaps an answer (or, where ``evidence`` is given, a sentence of the evidence); ``EM`` and
``F1`` of the short answer as SQuAD 2.0 defines them, by characters in Chinese, with an abstention as
the empty answer; ``abstains``, the share of abstentions. ``plain`` is hit@1 and hit@3 of a ranking by
the words of the question alone, over the same rows. ``tune`` are the articles that weights were chosen
on, by a hash of their text; ``held`` are the others.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import math
import re
import string
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from newsqa.article import Article
from newsqa.article.fields import Sentence
from newsqa.article.passages import Passage
from newsqa.languages.detection import guess_language
from newsqa.readers.extractive import ExtractiveReader
from newsqa.readers.extractive.ranking import rank
from newsqa.readers.extractive.terms import content_terms

Row = dict[str, Any]

SETS: tuple[tuple[str, str, Callable[[Row], bool]], ...] = (
    ("newsqa-raw", "newsqa-raw", lambda row: row["answerable"]),
    ("newsqa-cotaeval", "newsqa-cotaeval", lambda row: row["n_occurrences"] == 1),
    ("squad2-dev", "squad2-dev", lambda row: row["answerable"]),
    ("realtimeqa-gold", "realtimeqa-gold", lambda row: row["answerable"]),
    ("realtimeqa-weak", "realtimeqa-weak", lambda row: row["answerable"]),
    ("multirc-news", "multirc-news", lambda row: bool(row["evidence"])),
    ("multispanqa", "multispanqa-valid", lambda row: row["answerable"]),
    *(
        (f"xquad-{lang}", "xquad", lambda row, lang=lang: row["lang"] == lang)
        for lang in ("en", "de", "ru", "ar", "hi", "zh")
    ),
    ("newsqa-raw, none", "newsqa-raw", lambda row: not row["answerable"]),
    ("squad2-dev, none", "squad2-dev", lambda row: not row["answerable"]),
    ("newsqa-swapped", "newsqa-swapped", lambda row: True),
)
"""Name, file and rows of each set; the last three have no answers in their articles."""

KNOWN = {
    "newsqa-raw": "49.4 / 73.2",
    "newsqa-cotaeval": "53.3 / 76.3",
    "squad2-dev": "85.2 / 97.7",
    "realtimeqa-gold": "62.5 / 82.0",
}
"""Earlier hit@1 / hit@3 of the best method without a model, on the whole sets."""


@dataclass(frozen=True, slots=True)
class Score:
    """The scores of one question."""

    hit_1: bool
    hit_3: bool
    plain_1: bool
    plain_3: bool
    exact: float
    f1: float
    abstains: bool
    seconds: float


def main(folder: Path) -> None:
    """Print a line for each set, and for each of its halves."""
    head = (
        "set",
        "articles",
        "n",
        "hit@1",
        "hit@3",
        "plain",
        "known",
        "EM",
        "F1",
        "abstains",
        "ms",
    )
    print(LINE.format(*head))
    for name, file, is_in in SETS:
        rows = [row for row in _rows(folder / f"{file}.jsonl") if is_in(row)]
        halves = {"all": rows, "tune": _half(rows, 0), "held": _half(rows, 1)}
        for half, part in halves.items():
            if part:
                print(_line(name, half, [_score(row) for row in part]))


LINE = "{:17} {:8} {:>5} {:>6} {:>6} {:>13} {:>13} {:>6} {:>6} {:>8} {:>6}"


def _line(name: str, half: str, scores: Sequence[Score]) -> str:
    def mean(values: Iterable[float]) -> str:
        return f"{100 * sum(values) / len(scores):.1f}"

    milliseconds = 1000 * sum(score.seconds for score in scores) / len(scores)
    has_answers = not name.endswith(("none", "swapped"))
    hits = (
        mean(score.hit_1 for score in scores),
        mean(score.hit_3 for score in scores),
        f"{mean(score.plain_1 for score in scores)} / {mean(score.plain_3 for score in scores)}",
    )
    return LINE.format(
        name,
        half,
        len(scores),
        *(hits if has_answers else ("", "", "")),
        KNOWN.get(name, "") if half == "all" else "",
        mean(score.exact for score in scores),
        mean(score.f1 for score in scores),
        mean(score.abstains for score in scores),
        f"{milliseconds:.1f}",
    )


@cache
def _rows(path: Path) -> list[Row]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def _half(rows: Sequence[Row], which: int) -> list[Row]:
    digests = (hashlib.sha256(row["article_text"].encode()).digest() for row in rows)
    return [row for row, digest in zip(rows, digests, strict=True) if digest[0] % 2 == which]


@cache
def _passage(text: str, title: str | None) -> Passage:
    return Passage.whole(Article(text, title))


@cache
def _key_counts(passage: Passage) -> tuple[list[frozenset[str]], Counter[str]]:
    language = guess_language(passage.article.text)
    keys = [
        frozenset(term.key for term in content_terms(sentence.text, language))
        for sentence in passage.sentences
    ]
    return keys, Counter(key for found in keys for key in found)


def _score(row: Row) -> Score:
    # Of the other sets the title is that of an encyclopedia's article, not of a text.
    title = row["article_title"] if row["source"].startswith("realtimeqa") else None
    passage = _passage(row["article_text"], title)
    started = time.perf_counter()
    reading = asyncio.run(ExtractiveReader().read(passage, row["question"]))
    seconds = time.perf_counter() - started
    ranked = [item.sentence for item in rank(passage, row["question"])]
    plain = list(_plain_ranking(passage, row["question"]))
    references = row.get("reference_answers") or [answer["text"] for answer in row["answers"]]
    is_chinese = row.get("lang") == "zh"
    return Score(
        hit_1=_hits(ranked[:1], row),
        hit_3=_hits(ranked[:3], row),
        plain_1=_hits(plain[:1], row),
        plain_3=_hits(plain[:3], row),
        exact=max(_exact(reading.draft.short, text, is_chinese) for text in references or [""]),
        f1=max(_f1(reading.draft.short, text, is_chinese) for text in references or [""]),
        abstains=reading.draft.status == "not_in_article",
        seconds=seconds,
    )


def _plain_ranking(passage: Passage, question: str) -> Iterator[Sentence]:
    """Rank sentences by the idf of shared stems, the best earlier method."""
    keys, frequency = _key_counts(passage)
    asked = {term.key for term in content_terms(question, guess_language(passage.article.text))}
    n = len(keys)
    weights = {
        key: math.log(1 + (n - frequency[key] + 0.5) / (frequency[key] + 0.5)) for key in asked
    }
    scores = [sum(weights[key] for key in sorted(asked & found)) for found in keys]
    for at in sorted(range(n), key=lambda at: (-scores[at], at)):
        yield passage.sentences[at]


def _hits(sentences: Sequence[Sentence], row: Row) -> bool:
    spans = row.get("evidence") or row["answers"]
    return any(
        sentence.start < span["end"] and span["start"] < sentence.end
        for sentence in sentences
        for span in spans
    )


def _exact(said: str, reference: str, is_chinese: bool) -> float:
    return float(_tokens(said, is_chinese) == _tokens(reference, is_chinese))


def _f1(said: str, reference: str, is_chinese: bool) -> float:
    ours, theirs = _tokens(said, is_chinese), _tokens(reference, is_chinese)
    if not ours or not theirs:
        return float(ours == theirs)
    return 2 * sum((Counter(ours) & Counter(theirs)).values()) / (len(ours) + len(theirs))


def _tokens(text: str, is_chinese: bool) -> list[str]:
    """Return the words of SQuAD's normalized form, or the characters of a Chinese text."""
    bare = text.lower().translate(str.maketrans("", "", string.punctuation))
    words = re.sub(r"\b(a|an|the)\b", " ", bare).split()
    return list("".join(words)) if is_chinese else words


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python -m benchmarks.embedded_reader FOLDER")
    main(Path(sys.argv[1]))
