"""How often the checks mark true and altered claims, on real questions about news.

Reads the rows of newsqa-raw, newsqa-cotaeval, multirc-news and realtimeqa-gold (JSON Lines with
``article_text``, ``question``, and answers or evidence with offsets). Rules make true claims of the
sentences with the gold answer: the sentence itself, the question's words with the answer, the sentence
shortened, reordered, with figures written differently, with a name instead of a pronoun. Other rules
make false claims of these sentences, and of the true claims in their own words, by one change. The
rules, in ``true_claims.py`` and ``altered_claims.py``, share no code with the checks. A few rules apply
so rarely that they are used on whole articles; their claims are counted separately. Articles are split
by their hash into a half that the checks may be tuned on and a half that is held out.

Run from the repository's root: ``python -m benchmarks.claim_checks``.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Any

from benchmarks.altered_claims import altered_claims, more_altered_claims, reworded_claims
from benchmarks.true_claims import COPIED, LATER_KINDS, true_claims, true_claims_anywhere
from newsqa.article import Article
from newsqa.checks import ClaimContext
from newsqa.checks.run import check_claim

SETS = ("newsqa-raw", "newsqa-cotaeval", "multirc-news", "realtimeqa-gold")


@dataclass(frozen=True)
class Case:
    """A claim, its context, and how it was made."""

    kind: str
    claim: str
    context: ClaimContext
    original: str = ""


def rows_of(folder: Path) -> Iterator[dict[str, Any]]:
    """Yield the usable rows of all sets: answerable, with one place for the answer."""
    for name in SETS:
        with (folder / f"{name}.jsonl").open(encoding="utf-8") as lines:
            for row in map(json.loads, lines):
                if row["answerable"] and row.get("n_occurrences", 1) == 1:
                    yield row


def context_of(row: dict[str, Any], articles: dict[str, Article]) -> ClaimContext | None:
    """Return the context that cites the gold evidence, or the first gold answer."""
    text = row["article_text"]
    if text not in articles:
        articles[text] = Article(
            text, title=row["article_title"], published_at=row["published_at"], language="en"
        )
    article = articles[text]
    gold = row.get("evidence") or row["answers"][:1]
    spans = [(s.start, s.end) for g in gold for s in article.sentences_in(g["start"], g["end"])]
    context = ClaimContext(article, tuple(dict.fromkeys(spans)), row["question"])
    return context if spans and len(context.evidence) < 1_500 else None


def is_held_out(text: str) -> bool:
    """Return whether an article is in the held-out half."""
    return hashlib.sha256(text.encode()).digest()[0] % 2 == 1


def cases(folder: Path, seed: int) -> Iterator[tuple[bool, bool, Case]]:
    """Yield each claim once: is it held out, is it true, and its case."""
    articles: dict[str, Article] = {}
    seen: set[tuple[str, str]] = set()
    told: set[str] = set()
    draw, later = random.Random(seed), random.Random(seed + 1)
    for row in rows_of(folder):
        context = context_of(row, articles)
        if context is None:
            continue
        held_out = is_held_out(row["article_text"])
        made = [(True, Case(kind, claim, context)) for kind, claim in true_claims(row, context)]
        for sentence in context.sentences:
            said = " ".join(sentence.text.split())
            changed = [*altered_claims(said, context, draw)]
            changed += more_altered_claims(said, context, later)
            made += [(False, Case(kind, claim, context, said)) for kind, claim in changed]
        if row["article_text"] not in told:
            told.add(row["article_text"])
            made += [(True, Case(*claim)) for claim in true_claims_anywhere(context.article)]
        for case in [case for is_true, case in made if is_true and case.kind != COPIED]:
            changed = [*reworded_claims(case.claim, case.context, later)]
            made += [(False, Case(k, new, case.context, case.claim)) for k, new in changed]
        for is_true, case in made:
            if (case.kind, case.claim) not in seen:
                seen.add((case.kind, case.claim))
                yield held_out, is_true, case


def report(folder: Path, seed: int, show: str, *, is_tuning: bool) -> None:
    """Print both tables.

    Args:
        folder: The data sets.
        seed: The seed of random changes.
        show: A kind of claim whose failures in the tuning half are printed.
        is_tuning: Leave the held-out half unseen.
    """
    counts: dict[tuple[bool, str], list[list[int]]] = defaultdict(lambda: [[0, 0, 0], [0, 0, 0]])
    checks: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    rows: set[tuple[str, str]] = set()
    spent = total = 0.0
    for held_out, is_true, case in cases(folder, seed):
        if held_out and is_tuning:
            continue
        begin = perf_counter()
        findings = check_claim(case.claim, case.context).findings
        spent, total = spent + perf_counter() - begin, total + 1
        rows.add((case.context.article.sha256, case.context.question))
        # A year inside a date is the other check's.
        wanted = {case.kind.split(":")[0]}
        wanted |= {"dates"} if "figures" in wanted else set()
        right = any(finding.check in wanted for finding in findings)
        row = counts[is_true, case.kind][held_out]
        row[0] += 1
        row[1] += bool(findings)
        row[2] += right
        for check in {finding.check for finding in findings} if is_true else ():
            checks[check][held_out] += 1
        failed = findings if is_true else not right
        if show and not held_out and failed and show in case.kind:
            said = "; ".join(f"{f.check} {f}" for f in findings)
            print(f"- {case.kind} | {case.claim} | was: {case.original} | found: {said}")
    print(f"{len(rows)} rows, {total:.0f} claims, {1_000 * spent / total:.2f} ms a claim\n")
    _print_true(counts)
    for name, (tuned, held) in sorted(checks.items()):
        print(f"  flagged by {name}: {tuned} tuning, {held} held out")
    _print_altered(counts)


def _rate(part: int, whole: int) -> str:
    return f"{part:5}/{whole:<5}{100 * part / whole:6.1f}%" if whole else f"{'-':>18}"


def _print_true(counts: dict[tuple[bool, str], list[list[int]]]) -> None:
    print(f"{'true claims, flagged':34}{'tuning':>18}{'held out':>20}")
    true = {kind: halves for (is_true, kind), halves in sorted(counts.items()) if is_true}
    for kind, halves in true.items():
        print(f"{kind:34}" + "  ".join(_rate(half[1], half[0]) for half in halves))
    old = [kind for kind in true if kind not in LATER_KINDS]
    _print_sum("not copied whole", [true[kind] for kind in true if kind != COPIED])
    _print_sum(
        "not copied whole, without later kinds", [true[kind] for kind in old if kind != COPIED]
    )
    _print_sum("all", list(true.values()))


def _print_sum(name: str, counted: list[list[list[int]]]) -> None:
    halves = ([sum(kind[half][n] for kind in counted) for n in (1, 0)] for half in (0, 1))
    print(f"{name:34}" + "  ".join(_rate(*half) for half in halves))


def _print_altered(counts: dict[tuple[bool, str], list[list[int]]]) -> None:
    head = ("tuning", "held out", "any check, held out")
    print(f"\n{'altered claims, flagged':34}{head[0]:>18}{head[1]:>20}{head[2]:>22}")
    for (is_true, kind), (tuned, held) in sorted(counts.items()):
        if not is_true:
            rates = (_rate(tuned[2], tuned[0]), _rate(held[2], held[0]), _rate(held[1], held[0]))
            print(f"{kind:34}" + "  ".join(rates))


def main() -> None:
    """Run from the command line; see ``--help``."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("data", type=Path, help="the folder with the JSON lines")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--show", default="", help="a kind, or part of it, to print failures of")
    parser.add_argument("--tuning", action="store_true", help="leave the held-out half alone")
    options = parser.parse_args()
    report(options.data, options.seed, options.show, is_tuning=options.tuning)


if __name__ == "__main__":
    main()
