"""Cases: questions to calibrate and to measure with, and what reader and product say of them."""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from newsqa import Article, ask
from newsqa.article.passages import Passage
from newsqa.errors import NewsQAError
from newsqa.readers.extractive import _draft
from newsqa.readers.extractive.ranking import rank
from training.deciding import Candidate
from training.reading import Encoded, SpanModel
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
    """What reader, word overlap and product said of a case; strings, so that it stands alone."""

    set: str
    key: str
    question: str
    article: str
    words: int
    references: tuple[str, ...]
    gold: tuple[int, ...]
    coverage: float
    candidates: tuple[Candidate, ...]
    spans: dict[int, str]
    overlap: tuple[int, ...]
    product: dict[str, Any] = field(default_factory=dict)

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
        spans = ((row.start, row.end),) if row.answerable else ()
        answers = (row.answer,) if row.answerable else ()
        yield Case(row.source, f"{row.source}-{n}", row.passage, row.question, spans, answers)
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
        for line in (folder / f"{file}.jsonl").read_text(encoding="utf-8").splitlines():
            raw = json.loads(line)
            if wanted(raw):
                yield _developers(name, raw)
    for n, row in enumerate(read_rows(valid)):
        spans = ((row.start, row.end),) if row.answerable else ()
        answers = (row.answer,) if row.answerable else ()
        yield Case("squad2-valid", f"squad2-{n}", row.passage, row.question, spans, answers)


def _developers(name: str, raw: dict[str, Any]) -> Case:
    spans = tuple((a["start"], a["end"]) for a in raw["answers"]) if raw["answerable"] else ()
    texts = raw.get("reference_answers") or [a["text"] for a in raw["answers"]]
    title = raw["article_title"] if name == "realtimeqa" else None
    answers = tuple(dict.fromkeys(texts)) if spans else ()
    return Case(name, raw["id"], raw["article_text"], raw["question"], spans, answers, title)


@cache
def passage_of(text: str, title: str | None) -> Passage:
    """The article with its sentences."""
    return Passage.whole(Article(text, title))


class Watcher:
    """Puts cases to the reader, the word overlap and, if wanted, the product.

    ``products`` are the product's answers by the cases' keys; those that are missing are asked for.
    """

    def __init__(self, model: SpanModel, products: dict[str, Any] | None = None) -> None:
        self._model, self.products = model, products
        self._encoded: dict[str, list[Encoded]] = {}

    def see(self, case: Case) -> Seen:
        """Everything that is said of one case."""
        passage = passage_of(case.text, case.title)
        sentences = passage.sentences
        if case.text not in self._encoded:
            self._encoded[case.text] = self._model.encode(sentences)
        ranked = rank(passage, case.question)
        places = {s.number: at for at, s in enumerate(sentences)}
        lexical = {places[r.sentence.number]: r.score for r in ranked}
        candidates = tuple(
            Candidate(
                r.sentence,
                r.start,
                r.end,
                r.margin,
                r.evidence,
                r.answerable,
                lexical.get(r.sentence, 0.0),
            )
            for r in self._model.read(case.question, self._encoded[case.text])
        )
        gold = {
            n for n, s in enumerate(sentences) for a, b in case.spans if s.start < b and a < s.end
        }
        return Seen(
            case.set,
            case.key,
            case.question,
            hashlib.sha256(case.text.encode()).hexdigest()[:16],
            len(case.text.split()),
            case.references,
            tuple(sorted(gold)),
            max((r.coverage for r in ranked), default=0.0),
            candidates,
            {c.number: case.text[c.start : c.end] for c in candidates},
            tuple(places[r.sentence.number] for r in ranked[:3]),
            self._asked(case, passage, ranked),
        )

    def _asked(self, case: Case, passage: Passage, ranked: list[Any]) -> dict[str, Any]:
        """What today's product answers, and what it would if it never abstained."""
        if self.products is None:
            return {}
        if case.key not in self.products:
            forced = _draft(ranked[0], with_quote=True).short if ranked else ""
            self.products[case.key] = {"forced": forced, **_answer(passage.article, case.question)}
        found: dict[str, Any] = self.products[case.key]
        return found


def _answer(article: Article, question: str) -> dict[str, str]:
    try:
        answer = ask(article, question, model="newsqa-extractive")
    except NewsQAError as error:
        return {"status": f"error: {error}", "short": ""}
    return {"status": answer.status, "short": answer.short}


def write_seen(path: Path, seen: Iterable[Seen]) -> None:
    """Keep what was seen, a JSON line a case; never to enter the repository."""
    with path.open("w", encoding="utf-8") as out:
        out.writelines(json.dumps(asdict(one), ensure_ascii=False) + "\n" for one in seen)


def read_seen(path: Path) -> list[Seen]:
    """What ``write_seen`` kept."""
    return [_seen(json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines()]


def _seen(raw: dict[str, Any]) -> Seen:
    raw["candidates"] = tuple(Candidate(**c) for c in raw["candidates"])
    raw["spans"] = {int(n): text for n, text in raw["spans"].items()}
    for name in ("references", "gold", "overlap"):
        raw[name] = tuple(raw[name])
    return Seen(**raw)
