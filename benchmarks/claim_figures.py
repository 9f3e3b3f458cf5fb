"""Measures the checks on the labelled claims of ``data/claims``: claims found, and falsely flagged.

A claim is *flagged* if it has a finding, and *refused* if a finding is of a check that refuses. Both are
counted under the default policy and as the pipeline does it. Intervals are 95 % bootstrap intervals
over articles, since the claims of one article are alike.

Run from the repository's root: ``python -m benchmarks.claim_figures dev``. Nobody reads ``test``: a run
over it prints figures alone, is written to ``data/claims/test-runs.jsonl`` with the commit, and is
refused after the fifth.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from statistics import median
from time import perf_counter
from typing import get_args

from benchmarks.claim_set import DATA, LabelledClaim, Part, load_claims
from newsqa.answers.answer import Citation
from newsqa.answers.draft import DraftClaim, Evidence
from newsqa.answers.finding import Finding
from newsqa.article.passages import Articles
from newsqa.checks.policy import CheckPolicy
from newsqa.grounding import GroundedClaim
from newsqa.pipeline.check import check_grounded
from newsqa.text.spans import Span

RUNS = DATA / "test-runs.jsonl"
MAX_RUNS = 5
RESAMPLES = 2_000


@dataclass(frozen=True, slots=True)
class Outcome:
    """A claim with the result of its checks."""

    claim: LabelledClaim
    findings: tuple[Finding, ...]
    is_refused: bool
    milliseconds: float


def grounded(claim: LabelledClaim) -> GroundedClaim:
    """Return the claim as the checks get it after grounding."""
    places = tuple(
        Citation.at(claim.article, Span(start=start, end=end), "exact")
        for start, end in claim.cited
    )
    evidence = tuple(Evidence(sentence=c.sentences[0], quote=c.text) for c in places)
    return GroundedClaim(DraftClaim(evidence=evidence, text=claim.text), places, ())


def check(claim: LabelledClaim) -> Outcome:
    """Return the result of the checks under the default policy."""
    drafted = grounded(claim)
    begin = perf_counter()
    checked = check_grounded(drafted, Articles.of(claim.article), claim.question, CheckPolicy())
    spent = 1_000 * (perf_counter() - begin)
    return Outcome(claim, checked.findings, bool(checked.rejections), spent)


# Figures ------------------------------------------------------------------------------------------

Test = Callable[[Outcome], bool]


def is_flagged(outcome: Outcome) -> bool:
    """Return whether the claim has a finding."""
    return bool(outcome.findings)


def share(outcomes: Sequence[Outcome], test: Test) -> dict[str, float]:
    """Return how many claims pass ``test``, of how many, and the interval of the share in per cent."""
    by_article: dict[str, list[bool]] = defaultdict(list)
    for outcome in outcomes:
        by_article[outcome.claim.article_id].append(test(outcome))
    low, high = _interval(list(by_article.values()))
    passing = sum(map(test, outcomes))
    rate = round(100 * passing / len(outcomes), 1) if outcomes else 0.0
    return {"count": passing, "of": len(outcomes), "rate": rate, "low": low, "high": high}


def _interval(clusters: list[list[bool]]) -> tuple[float, float]:
    if not clusters:
        return 0.0, 100.0
    draw = random.Random(0)
    rates = []
    for _ in range(RESAMPLES):
        drawn = draw.choices(clusters, k=len(clusters))
        rates.append(100 * sum(map(sum, drawn)) / sum(map(len, drawn)))
    rates.sort()
    return round(rates[RESAMPLES // 40], 1), round(rates[-RESAMPLES // 40 - 1], 1)


def figures(outcomes: Sequence[Outcome]) -> dict[str, dict[str, dict[str, float]]]:
    """Return all figures: by table and row."""
    true = [o for o in outcomes if o.claim.is_true]
    wrong = [o for o in outcomes if not o.claim.is_true]
    tables = {
        "all": {
            "wrong claims found": share(wrong, is_flagged),
            "wrong claims refused": share(wrong, lambda o: o.is_refused),
            "true claims flagged": share(true, is_flagged),
            "true claims refused": share(true, lambda o: o.is_refused),
        },
        "wrong claims found, by kind": _by(wrong, lambda o: o.claim.kind),
        "wrong claims found, by language": _by(wrong, lambda o: o.claim.language),
        "true claims flagged, by language": _by(true, lambda o: o.claim.language),
        "true claims flagged, by wording": _by(true, lambda o: o.claim.kind),
        "true claims flagged, by author": _by(true, lambda o: o.claim.author),
        "flagged claims that are wrong, by check": _precision(outcomes),
    }
    return {name: table for name, table in tables.items() if table}


def _by(outcomes: Iterable[Outcome], row: Callable[[Outcome], str]) -> dict[str, dict[str, float]]:
    groups: dict[str, list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        groups[row(outcome)].append(outcome)
    return {name: share(groups[name], is_flagged) for name in sorted(groups)}


def _precision(outcomes: Sequence[Outcome]) -> dict[str, dict[str, float]]:
    names = sorted({finding.check for outcome in outcomes for finding in outcome.findings})
    flagged = {
        name: [o for o in outcomes if any(f.check == name for f in o.findings)] for name in names
    }
    return {name: share(found, lambda o: not o.claim.is_true) for name, found in flagged.items()}


def _print(tables: dict[str, dict[str, dict[str, float]]]) -> None:
    for name, table in tables.items():
        print(f"\n{name}")
        for row, f in table.items():
            counts = f"{f['count']:5.0f}/{f['of']:<5.0f}"
            print(f"  {row:42}{counts}{f['rate']:6.1f} %  ({f['low']:.1f} to {f['high']:.1f})")


def _print_failures(outcomes: Iterable[Outcome], kind: str) -> None:
    for outcome in outcomes:
        claim = outcome.claim
        if claim.is_true == is_flagged(outcome) and kind in f"{claim.is_true} {claim.kind}".lower():
            cited = " / ".join(claim.article.text[start:end] for start, end in claim.cited)
            found = "; ".join(f"{f.check}: {f}" for f in outcome.findings)
            said = "true" if claim.is_true else claim.kind
            print(f"- {claim.id} {said} | {claim.text}\n    cites {cited}\n    found {found}")


# The log of runs over test ------------------------------------------------------------------------


def log_run(name: str, commit: str, tables: dict[str, dict[str, dict[str, float]]]) -> None:
    """Add a run over ``test`` to the log.

    Raises:
        SystemExit: There are as many runs as may be.
    """
    ensure_runs_left()
    with RUNS.open("a", encoding="utf-8") as log:
        log.write(json.dumps({"run": name, "commit": commit, "figures": tables}) + "\n")


def ensure_runs_left() -> None:
    """Exit if ``test`` has been run as often as it may be."""
    runs = RUNS.read_text(encoding="utf-8").splitlines() if RUNS.exists() else []
    if len(runs) >= MAX_RUNS:
        sys.exit(f"test has been run {MAX_RUNS} times, which is as often as it may be: see {RUNS}.")


def clean_commit() -> str:
    """Return the commit of the work tree.

    Raises:
        SystemExit: Something is not committed, so that the commit would not show what was run.
    """
    if _git("status", "--porcelain", "--untracked-files=no"):
        sys.exit("Commit first: a run over test is logged with its commit.")
    return _git("rev-parse", "--short", "HEAD")


def _git(*arguments: str) -> str:
    run = subprocess.run(("git", *arguments), check=True, capture_output=True, text=True)  # noqa: S603, S607  # fixed arguments, and the git of whoever runs this
    return run.stdout.strip()


def main() -> None:
    """Run from the command line; see ``--help``."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("part", choices=get_args(Part))
    parser.add_argument("--show", help="print the failures of a kind, or 'true'; never of test")
    options = parser.parse_args()
    is_test = options.part == "test"
    if is_test:
        ensure_runs_left()
    commit = clean_commit() if is_test else ""
    outcomes = [check(claim) for claim in load_claims(options.part)]
    if options.show is not None and options.part in ("tuning", "dev"):
        _print_failures(outcomes, options.show)
    tables = figures(outcomes)
    _print(tables)
    print(f"\n{median(o.milliseconds for o in outcomes):.2f} ms a claim (median)")
    if is_test:
        log_run("checks", commit, tables)


if __name__ == "__main__":
    main()
