"""Prepares the rows to train on, and those kept apart to calibrate and to validate with.

    python -m training.prepare --mirror MIRROR --squad2 FILE --out DATA

Writes ``train.jsonl``, ``calibration.jsonl`` (never trained on: thresholds and probabilities come
from it) and ``valid.jsonl`` (neither trained nor tuned on: figures come from it). Articles
are divided by a hash of their title, so that a new run divides them the same way.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from training import sources
from training.negatives import negatives, other_story
from training.rows import Row, write_rows

SEED = 13
VALID_SHARE = 20
"""Per cent of SQuAD 2.0's titles, by hash, that only figures are measured on."""
CALIBRATION_SHARE = {"squad2": 32, "news": 15, "squadshifts": 6, "qed": 10}
"""Per cent of a source's titles, by hash, up to which they are kept for calibration."""


def bucket(title: str) -> int:
    """A number from 0 to 99 that a title always has."""
    return int(hashlib.sha256(("valid" + title).encode()).hexdigest(), 16) % 100


def part(row: Row) -> str:
    """Which part of the data a row belongs to."""
    at = bucket(row.title)
    if row.source == "squad2" and at < VALID_SHARE:
        return "valid"
    return "calibration" if at < CALIBRATION_SHARE.get(row.source, 0) else "train"


def with_negatives(rows: Iterable[Row], rng: random.Random) -> Iterator[Row]:
    """The rows and, after each answerable one, the negatives made of it."""
    rows = list(rows)
    passages: dict[str, dict[str, None]] = defaultdict(dict)
    for row in rows:
        passages[row.title][row.passage] = None
    lists = {title: list(texts) for title, texts in passages.items()}
    stories = list(dict.fromkeys(row.passage for row in rows if row.source == "news"))
    for row in rows:
        yield row
        if row.answerable:
            yield from negatives(row, lists[row.title], rng)
        elsewhere = row.source == "news" and other_story(row, stories, rng)
        if elsewhere:
            yield elsewhere


def gather(args: argparse.Namespace, rng: random.Random) -> Iterator[Row]:
    """All rows of all sources; SQuAD 2.0 without the paragraphs that XQuAD translates."""
    mirror = args.mirror
    yield from _squad2(args.squad2, mirror)
    yield from sources.squadshifts(mirror)
    yield from sources.squad_sentences(mirror, rng)
    yield from sources.qamr(mirror, rng)
    yield from sources.qed(mirror)
    yield from sources.clapnq(mirror)
    yield from sources.time_qa(mirror)
    yield from sources.fairytale_qa(mirror)
    yield from sources.quoref(mirror)
    yield from sources.news()


def _squad2(path: Path, mirror: Path) -> Iterator[Row]:
    xquad = json.loads(sources.read_blob(mirror, "deepmind/xquad", "xquad.en.json"))["data"]
    taken = {qa["id"] for a in xquad for p in a["paragraphs"] for qa in p["qas"]}
    rows = list(sources.squad2(path))
    translated = {row.passage for key, row in rows if key in taken}
    yield from (row for _, row in rows if row.passage not in translated or part(row) == "valid")


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mirror", type=Path, required=True, help="snapshots, OWNER+NAME/repo")
    parser.add_argument("--squad2", type=Path, required=True, help="rows of SQuAD 2.0's dev set")
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    rng = random.Random(SEED)
    parts: dict[str, list[Row]] = {"train": [], "calibration": [], "valid": []}
    for row in gather(args, rng):
        parts[part(row)].append(row)
    parts["train"] = list(with_negatives(parts["train"], rng))
    args.out.mkdir(parents=True, exist_ok=True)
    for name, rows in parts.items():
        write_rows(args.out / f"{name}.jsonl", rows)
        for (source, kind), n in sorted(Counter((r.source, r.kind) for r in rows).items()):
            print(f"{name:12} {source:20} {kind:16} {n:6}")


if __name__ == "__main__":
    main()
