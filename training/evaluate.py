"""Measures the reader beside today's embedded one on the same rows.

    python -m training.evaluate --model FOLDER --data DEVELOPERS_DATA --valid valid.jsonl --seen FILE

``FOLDER`` holds the exported model, its tokenizer and ``calibration.json``. What both said of each
row is kept in ``--seen`` (it holds text of the data: never to enter the repository) and read from
there if the file exists. EM and F1 are SQuAD's; hit@1 is whether the first sentence cited holds the
gold span.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np

from newsqa.evals.statistics import cluster_bootstrap
from newsqa.readers.extractive.calibration import Calibration
from newsqa.readers.extractive.question import find_form
from newsqa.readers.extractive.span_model import SpanModel
from training.calibrate import RIGHT_F1
from training.cases import Seen, Watcher, evaluation_cases, read_seen, write_seen
from training.rows import f1, tokens

SEED = 13


@dataclass(frozen=True)
class Said:
    """One system's answer to one row; ``hits``: whether the gold is in its 1st, in its first 3."""

    short: str
    abstained: bool
    hits: tuple[bool, bool]
    sure: bool = True


BASELINE = "lexical"
"""The system that the reader is compared with."""

Systems = dict[str, Callable[["Seen"], Said]]
"""Systems by name: what each says of a row."""


@dataclass(frozen=True)
class Score:
    """What a row earns."""

    em: float
    f1: float
    hit1: float
    hit3: float


def best_f1(seen: Seen, short: str) -> float:
    """F1 against the reference that agrees most."""
    return max((f1(short, reference) for reference in seen.references), default=0.0)


def score(seen: Seen, said: Said, *, always: bool) -> Score:
    """An answerable row's figures; abstaining earns nothing unless it is passed over."""
    if said.abstained and not always:
        return Score(0, 0, 0, 0)
    exact = any(tokens(said.short) == tokens(reference) for reference in seen.references)
    return Score(float(exact), best_f1(seen, said.short), *map(float, said.hits))


def earlier(seen: Seen, name: str) -> Said:
    """The lexical ranking alone, or an earlier reader."""
    said = getattr(seen, name)
    return Said(said["short"], said["abstained"], _hits(seen, said["sentences"]), sure=False)


def reader(seen: Seen, calibration: Calibration) -> Said:
    """The trained one."""
    if not seen.case.candidates:
        return Said("", True, (False, False), sure=False)
    judgement = calibration.judge(seen.case)
    order = [c.number for c in judgement.ranked]
    short = seen.spans[order[0]]
    gone = judgement.answerable < calibration.abstain
    sure = judgement.right >= calibration.short_form and find_form(seen.case.question, "en") is None
    return Said(short, gone, _hits(seen, order), sure)


def _hits(seen: Seen, order: Sequence[int]) -> tuple[bool, bool]:
    return bool(set(order[:1]) & set(seen.gold)), bool(set(order[:3]) & set(seen.gold))


def interval(
    seen: Sequence[Seen], ours: Sequence[float], theirs: Sequence[float]
) -> tuple[float, float]:
    """Return the 95 % interval of the mean difference, in per cent, when articles are drawn anew."""
    gaps = [a - b for a, b in zip(ours, theirs, strict=True)]
    found = cluster_bootstrap(gaps, [one.article for one in seen], seed=SEED)
    return 100 * found.low, 100 * found.high


def percent(values: Iterable[float]) -> str:
    """A mean in per cent."""
    found = list(values)
    return f"{100 * sum(found) / len(found):5.1f}" if found else "    -"


def answered_lines(name: str, rows: Sequence[Seen], systems: Systems) -> list[str]:
    """The table's lines for the answerable rows of a set."""
    lines = []
    for system, say in systems.items():
        said = [say(seen) for seen in rows]
        for always in (True, False):
            scores = [score(s, d, always=always) for s, d in zip(rows, said, strict=True)]
            columns = (percent(getattr(s, n) for s in scores) for n in ("em", "f1", "hit1", "hit3"))
            gone = "never" if always else percent(d.abstained for d in said)
            lines.append(f"{name:18} {system:9} {' / '.join(columns)}   abstains {gone}")
    return lines


def differences(name: str, rows: Sequence[Seen], systems: Systems) -> list[str]:
    """How far the reader is ahead, neither abstaining, with intervals over articles."""
    ours, theirs = (
        [score(seen, systems[system](seen), always=True) for seen in rows]
        for system in ("reader", BASELINE)
    )
    lines = []
    for what in ("f1", "hit1"):
        a, b = ([getattr(s, what) for s in side] for side in (ours, theirs))
        low, high = interval(rows, a, b)
        mean = 100 * float(np.mean(np.subtract(a, b)))
        lines.append(
            f"{name:18} {what:9} reader less {BASELINE} {mean:+.1f} [{low:+.1f}, {high:+.1f}]"
        )
    return lines


def short_form_line(name: str, rows: Sequence[Seen], say: Callable[[Seen], Said]) -> str:
    """How often a short form is given, and how often it is right."""
    said = [(seen, say(seen)) for seen in rows]
    given = [(seen, d) for seen, d in said if d.sure and not d.abstained]
    right = percent(best_f1(seen, d.short) >= RIGHT_F1 for seen, d in given)
    answerable = [(seen, d) for seen, d in given if seen.answerable]
    of_these = percent(best_f1(seen, d.short) >= RIGHT_F1 for seen, d in answerable)
    return f"{name:18} short form given {percent((d.sure and not d.abstained) for _, d in said)}, right {right}; of the answerable {of_these}"


def report(seen: Sequence[Seen], systems: Systems) -> list[str]:
    """All tables."""
    answered, none, short, gaps = [], [], [], []
    for name in dict.fromkeys(s.set for s in seen):
        rows = [s for s in seen if s.set == name]
        there = [s for s in rows if s.answerable]
        missing = [s for s in rows if not s.answerable]
        if there:
            answered += answered_lines(f"{name} ({len(there)})", there, systems)
            gaps += differences(name, there, systems)
        for system, say in systems.items() if missing else ():
            gone = percent(say(s).abstained for s in missing)
            none.append(f"{name:18} {system:9} {len(missing)} unanswerable, given up {gone}")
        short.append(short_form_line(name, rows, systems["reader"]))
    return ["EM / F1 / hit@1 / hit@3", *answered, "", *gaps, "", *none, "", *short]


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--valid", type=Path, required=True)
    parser.add_argument("--seen", type=Path, required=True)
    parser.add_argument(
        "--product", type=Path, help="an earlier reader's answers, by the rows' keys"
    )
    args = parser.parse_args()
    if not args.seen.exists():
        products = json.loads(args.product.read_text()) if args.product else {}
        watcher = Watcher(SpanModel.load(args.model), products)
        write_seen(args.seen, map(watcher.see, evaluation_cases(args.data, args.valid)))
    calibration = Calibration.load(args.model / "calibration.json")
    systems: Systems = {"reader": lambda seen: reader(seen, calibration)}
    for name in ("lexical", *(["product"] if args.product else [])):
        systems[name] = partial(earlier, name=name)
    print("\n".join(report(read_seen(args.seen), systems)))
    print(json.dumps({"short_form": calibration.short_form, "abstain": calibration.abstain}))


if __name__ == "__main__":
    main()
