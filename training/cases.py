"""Cases: questions to calibrate and to measure with, and what reader and product say of them."""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from newsqa import Article
from newsqa.article.passages import Passage
from newsqa.readers.extractive import MIN_COVERAGE
from newsqa.readers.extractive import calibration as extractive
from newsqa.readers.extractive.calibration import Candidate
from newsqa.readers.extractive.ranking import Ranked, rank
from newsqa.readers.extractive.span_model import SpanModel
from newsqa.readers.extractive.trained import gather_case
from training.rows import read_rows

SEED = 13


@dataclass(frozen=True)
class Case:
    """A question put to an article, with the spans that answer it, if any."""

    set: str
    key: str
    text: str
    question: str
    spans: tuple[tuple[int, int], ...]
    references: tuple[str, ...]
    title: str | None = None


@dataclass(frozen=True)
class Seen:
    """What the readers said of a case; strings, so that it stands alone.

    ``lexical`` and ``product`` have ``short``, ``sentences`` (the first numbers) and ``abstained``.
    """

    set: str
    key: str
    article: str
    references: tuple[str, ...]
    gold: tuple[int, ...]
    case: extractive.Case
    spans: dict[int, str]
    lexical: dict[str, Any]
    product: dict[str, Any]

    @property
    def answerable(self) -> bool:
        """Whether the article answers."""
        return bool(self.references)


def calibration_cases(path: Path) -> Iterator[Case]:
    """The rows kept for calibration, and their news questions put to another story."""
    rows = list(read_rows(path))
    stories = sorted({row.passage for row in rows if row.source == "news"})
    rng = random.Random(SEED)
    for n, row in enumerate(rows):
        answers = tuple(dict.fromkeys(row.passage[a:b] for a, b in row.spans))
        yield Case(row.source, f"{row.source}-{n}", row.passage, row.question, row.spans, answers)
        if row.source == "news" and row.answerable and rng.random() < 0.5:
            other = rng.choice([story for story in stories if story != row.passage])
            yield Case("news-swapped", f"swapped-{n}", other, row.question, (), ())


EVALUATION: dict[str, tuple[str, Callable[[dict[str, Any]], bool]]] = {
    "newsqa-cotaeval": ("newsqa-cotaeval", lambda r: r["n_occurrences"] == 1),
    "newsqa-raw": ("newsqa-raw", lambda r: True),
    "newsqa-swapped": ("newsqa-swapped", lambda r: True),
    "realtimeqa": ("realtimeqa-gold", lambda r: True),
    "xquad-en": ("xquad", lambda r: r["lang"] == "en"),
}
"""Sets of developers' data to measure with: the file, and which of its rows."""


def evaluation_cases(folder: Path, valid: Path) -> Iterator[Case]:
    """The developers' sets, and SQuAD 2.0's validation titles."""
    for name, (file, wanted) in EVALUATION.items():
        with (folder / f"{file}.jsonl").open(encoding="utf-8") as lines:
            yield from (_developers(name, raw) for raw in map(json.loads, lines) if wanted(raw))
    for n, row in enumerate(read_rows(valid)):
        answers = tuple(dict.fromkeys(row.passage[a:b] for a, b in row.spans))
        yield Case("squad2-valid", f"squad2-{n}", row.passage, row.question, row.spans, answers)


def _developers(name: str, raw: dict[str, Any]) -> Case:
    spans = tuple((a["start"], a["end"]) for a in raw["answers"]) if raw["answerable"] else ()
    texts = raw.get("reference_answers") or [a["text"] for a in raw["answers"]]
    title = raw["article_title"] if name == "realtimeqa" else None
    answers = tuple(dict.fromkeys(texts)) if spans else ()
    return Case(name, raw["id"], raw["article_text"], raw["question"], spans, answers, title)


class Watcher:
    """Puts cases to the trained reader and to the lexical ranking.

    ``products`` are an earlier reader's answers by the cases' keys, to compare with.
    """

    def __init__(self, model: SpanModel, products: dict[str, Any] | None = None) -> None:
        self._model, self._products = model, products or {}

    def see(self, case: Case) -> Seen:
        """Everything that is said of one case."""
        passage = passage_of(case.text, case.title)
        ranked = rank(passage, case.question)
        found = gather_case(self._model, passage, case.question, ranked)
        gold = {
            s.number
            for s in passage.sentences
            for start, end in case.spans
            if s.start < end and start < s.end
        }
        spans = {c.number: case.text[c.start : c.end] for c in found.candidates}
        return Seen(
            case.set,
            case.key,
            hashlib.sha256(case.text.encode()).hexdigest()[:16],
            case.references,
            tuple(sorted(gold)),
            found,
            spans,
            _lexical(ranked),
            self._products.get(case.key, {}),
        )


@lru_cache(maxsize=64)
def passage_of(text: str, title: str | None) -> Passage:
    """The article with its sentences."""
    return Passage.whole(Article(text, title))


def _lexical(ranked: list[Ranked]) -> dict[str, Any]:
    """What the lexical ranking says: its best span, its first sentences, whether it abstains."""
    best = ranked[0] if ranked else None
    text = best.sentence.text if best else ""
    return {
        "short": text[slice(*best.span)] if best and best.span else text,
        "sentences": [r.sentence.number for r in ranked[:3]],
        "abstained": not best or best.coverage < MIN_COVERAGE,
    }


def write_seen(path: Path, seen: Iterable[Seen]) -> None:
    """Keep what was seen, a JSON line a case; never to enter the repository."""
    with path.open("w", encoding="utf-8") as out:
        out.writelines(json.dumps(asdict(one), ensure_ascii=False) + "\n" for one in seen)


def read_seen(path: Path) -> list[Seen]:
    """Return what ``write_seen`` kept."""
    with path.open(encoding="utf-8") as lines:  # not splitlines: texts hold other line ends
        return [_seen(json.loads(line)) for line in lines]


def _seen(raw: dict[str, Any]) -> Seen:
    case = raw.pop("case")
    case["candidates"] = tuple(Candidate(**c) for c in case["candidates"])
    raw["spans"] = {int(n): text for n, text in raw["spans"].items()}
    for name in ("references", "gold"):
        raw[name] = tuple(raw[name])
    return Seen(case=extractive.Case(**case), **raw)
