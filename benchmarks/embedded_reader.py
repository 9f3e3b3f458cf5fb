"""Measures the embedded reader on question sets that are not part of this project.

Usage: ``python -m benchmarks.embedded_reader FOLDER [SQUAD2]``. The folder holds JSON lines, one
question each: ``article_text``, ``question``, ``answers`` with ``start`` and ``end``, ``answerable``.
SQUAD2 is a file of rows of SQuAD 2.0; of these, only titles that the reader was not trained on count.

Each set has two lines: ``reader`` is the embedded reader as it answers, ``lexical`` the ranking that
other languages than English have. Abstentions count as wrong where there is an answer. Columns:
``F1`` of the short form, or else of the words cited first, as SQuAD 2.0 defines it (by characters in
Chinese), and ``hit@1``, the share of questions whose first cited sentence overlaps an answer, each
with the 95 % interval over articles; ``abstains``; ``short``, the share that gets a short form, and
``right``, the share of these with an F1 of at least 0.5; ``ms``, the time of a question.
"""

from __future__ import annotations

import asyncio
import json
import random
import re
import string
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from newsqa.article import Article
from newsqa.article.passages import Passage
from newsqa.readers.extractive import MIN_COVERAGE, ExtractiveReader
from newsqa.readers.extractive.ranking import rank
from training.prepare import VALID_SHARE, bucket

Row = dict[str, Any]

RIGHT_F1 = 0.5
RESAMPLES = 1000
SEED = 13

SETS: tuple[tuple[str, str, Callable[[Row], bool]], ...] = (
    ("newsqa-raw", "newsqa-raw", lambda row: row["answerable"]),
    ("newsqa-cotaeval", "newsqa-cotaeval", lambda row: row["n_occurrences"] == 1),
    ("realtimeqa-gold", "realtimeqa-gold", lambda row: row["answerable"]),
    *(
        (f"xquad-{lang}", "xquad", lambda row, lang=lang: row["lang"] == lang)
        for lang in ("en", "de", "ru", "ar", "hi", "zh")
    ),
    ("newsqa-raw, none", "newsqa-raw", lambda row: not row["answerable"]),
    ("newsqa-swapped", "newsqa-swapped", lambda row: True),
)
"""Name, file and rows of each set; the last two have no answers in their articles."""


@dataclass(frozen=True, slots=True)
class Said:
    """The reader's answer to a row: its words, its sentence numbers, and whether it is a short form."""

    words: str
    sentences: tuple[int, ...]
    is_short_form: bool
    seconds: float


@dataclass(frozen=True, slots=True)
class Score:
    """The scores of one question."""

    article: str
    f1: float
    hit: bool
    abstains: bool
    is_short_form: bool
    seconds: float


LINE = "{:17} {:8} {:>5} {:>20} {:>20} {:>8} {:>6} {:>6} {:>5}"


def main(folder: Path, squad2: Path | None) -> None:
    """Print two lines for each set."""
    print(LINE.format("set", "", "n", "F1", "hit@1", "abstains", "short", "right", "ms"))
    for name, rows in _sets(folder, squad2):
        for system, say in (("reader", _read), ("lexical", _rank)):
            print(_line(name, system, [_score(row, say(row)) for row in rows]), flush=True)


def _sets(folder: Path, squad2: Path | None) -> Iterator[tuple[str, list[Row]]]:
    for name, file, is_in in SETS:
        yield name, [row for row in _rows(folder / f"{file}.jsonl") if is_in(row)]
    if squad2:
        rows = [row for row in _rows(squad2) if bucket(row["article_title"]) < VALID_SHARE]
        yield "squad2-valid", [row for row in rows if row["answerable"]]
        yield "squad2-valid, none", [row for row in rows if not row["answerable"]]


def _rows(path: Path) -> list[Row]:
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


@lru_cache(maxsize=256)
def _passage(text: str, title: str | None) -> Passage:
    return Passage.whole(Article(text, title))


def _passage_of(row: Row) -> Passage:
    # Of the other sets the title is that of an encyclopedia's article, not of a text.
    title = row["article_title"] if row["source"].startswith("realtimeqa") else None
    return _passage(row["article_text"], title)


def _read(row: Row) -> Said:
    passage = _passage_of(row)
    started = time.process_time()
    reading = asyncio.run(ExtractiveReader().read(passage, row["question"]))
    seconds = time.process_time() - started
    evidence = [claim.evidence[0] for claim in reading.draft.claims]
    short = reading.draft.short
    first = reading.draft.claims[0].text if evidence else ""
    words = short or (evidence[0].quote or first if evidence else "")
    return Said(words, tuple(item.sentence for item in evidence), bool(short), seconds)


def _rank(row: Row) -> Said:
    started = time.process_time()
    ranked = rank(_passage_of(row), row["question"])
    seconds = time.process_time() - started
    if not ranked or ranked[0].coverage < MIN_COVERAGE:
        return Said("", (), is_short_form=False, seconds=seconds)
    text, span = ranked[0].sentence.text, ranked[0].span
    numbers = tuple(item.sentence.number for item in ranked[:3])
    return Said(text[slice(*span)] if span else text, numbers, is_short_form=False, seconds=seconds)


def _score(row: Row, said: Said) -> Score:
    references = row.get("reference_answers") or [answer["text"] for answer in row["answers"]]
    is_chinese = row.get("lang") == "zh"
    sentences = [_passage_of(row).article.sentences[n - 1] for n in said.sentences[:1]]
    return Score(
        row["article_text"],
        max((f1(said.words, text, is_chinese=is_chinese) for text in references), default=0.0),
        any(
            sentence.start < answer["end"] and answer["start"] < sentence.end
            for sentence in sentences
            for answer in row["answers"]
        ),
        not said.sentences,
        said.is_short_form,
        said.seconds,
    )


def _line(name: str, system: str, scores: Sequence[Score]) -> str:
    has_answers = not name.endswith(("none", "swapped"))
    short = [score for score in scores if score.is_short_form]
    return LINE.format(
        name,
        system,
        len(scores),
        _with_interval(scores, lambda score: score.f1) if has_answers else "",
        _with_interval(scores, lambda score: score.hit) if has_answers else "",
        _percent(score.abstains for score in scores),
        _percent(score.is_short_form for score in scores),
        _percent(score.f1 >= RIGHT_F1 for score in short),
        f"{1000 * sum(score.seconds for score in scores) / max(len(scores), 1):.0f}",
    )


def _percent(values: Iterable[float]) -> str:
    listed = list(values)
    return f"{100 * sum(listed) / len(listed):.1f}" if listed else "-"


def _with_interval(scores: Sequence[Score], value: Callable[[Score], float]) -> str:
    """Return a mean in per cent with its 95 % interval when articles are drawn anew."""
    by_article: dict[str, list[float]] = defaultdict(list)
    for score in scores:
        by_article[score.article].append(value(score))
    groups, rng = list(by_article.values()), random.Random(SEED)
    means = []
    for _ in range(RESAMPLES):
        drawn = [v for group in rng.choices(groups, k=len(groups)) for v in group]
        means.append(100 * sum(drawn) / len(drawn))
    means.sort()
    low, high = means[int(0.025 * RESAMPLES)], means[int(0.975 * RESAMPLES)]
    return f"{_percent(map(value, scores))} [{low:.1f}, {high:.1f}]"


def f1(said: str, reference: str, *, is_chinese: bool = False) -> float:
    """Return SQuAD's F1 of two answers, from 0 to 1."""
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
    if len(sys.argv) not in (2, 3):
        sys.exit("usage: python -m benchmarks.embedded_reader FOLDER [SQUAD2]")
    main(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) == 3 else None)
