"""Calibrates the exported reader on questions it was not trained on.

    python -m training.calibrate --model FOLDER --data calibration.jsonl --out FOLDER/calibration.json

Fits how the sentence is chosen, the probability that the short form is right and that of there being
an answer at all; then the two thresholds, on predictions made without the article in question.
``--seen FILE`` keeps what the reader said, and reads it if it is there.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import logsumexp

from newsqa.readers.extractive.calibration import (
    Calibration,
    Linear,
    case_features,
    rank_candidates,
)
from newsqa.readers.extractive.span_model import SpanModel
from training.cases import Seen, Watcher, calibration_cases, read_seen, write_seen
from training.rows import f1

RIGHT_F1 = 0.5
"""F1 against a reference from which a short form counts as right."""
RIGHT_SHARE = 0.8
"""Share of the short forms given that must be right."""
GIVEN_UP = 0.07
"""Share of the answerable questions, of any source, that may be given up; the goal is 8 %."""
SOURCE_WEIGHT = {"news": 3.0, "news-swapped": 2.0, "squad2": 2.0}
"""What a case counts when fitting: the others are rather unlike news, or have no near misses."""
RIDGE = 0.02

Array = NDArray[np.float64]


def fit_sentence(seen: Sequence[Seen]) -> Linear:
    """Weights under which the sentence of the answer is the most probable one."""
    cases = [(as_array(c.features for c in s.case.candidates), _gold(s), _weight(s)) for s in seen]
    cases = [case for case in cases if case[1].any() and len(case[0]) > 1]
    scale = np.concatenate([case[0] for case in cases]).std(0)

    def loss(weights: Array) -> float:
        total = RIDGE * float(weights @ weights) * len(cases)
        for features, gold, weight in cases:
            scores = features / scale @ weights
            total -= weight * (logsumexp(scores[gold]) - logsumexp(scores))
        return total

    found = minimize(loss, np.full(len(scale), 0.5), method="L-BFGS-B")
    return _linear(seen[0].case.candidates[0].features, found.x / scale)


def as_array(cases: Iterable[dict[str, float]]) -> Array:
    """Features of several cases, one a row."""
    return np.array([list(features.values()) for features in cases], np.float64)


def _linear(names: Iterable[str], weights: Array, bias: float = 0.0) -> Linear:
    pairs = zip(names, weights, strict=True)
    return Linear({name: round(float(weight), 5) for name, weight in pairs}, round(bias, 5))


def _gold(seen: Seen) -> NDArray[np.bool_]:
    return np.array([c.number in seen.gold for c in seen.case.candidates], bool)


def _weight(seen: Seen) -> float:
    return SOURCE_WEIGHT.get(seen.set, 1.0)


def is_right(seen: Seen, short: str) -> bool:
    """Whether a short form agrees with one of the references."""
    return max((f1(short, reference) for reference in seen.references), default=0.0) >= RIGHT_F1


def fit_case(
    cases: Sequence[dict[str, float]], wanted: Array, seen: Sequence[Seen]
) -> tuple[Linear, Array]:
    """A logistic regression, and for each case its probability by a fit without its article."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import GroupKFold, cross_val_predict

    features = as_array(cases)
    scale = features.std(0)
    weights = np.array([_weight(s) for s in seen])
    model = LogisticRegression(C=1.0, max_iter=1000)
    apart = cross_val_predict(
        model,
        features / scale,
        wanted,
        groups=[s.article for s in seen],
        cv=GroupKFold(8),
        method="predict_proba",
        params={"sample_weight": weights},
    )
    model.fit(features / scale, wanted, sample_weight=weights)
    return _linear(cases[0], model.coef_[0] / scale, float(model.intercept_[0])), apart[:, 1]


def short_form_threshold(right: Array, wanted: Array, kept: NDArray[np.bool_]) -> float:
    """The lowest probability from which enough of the short forms given are right."""
    order = np.argsort(-right[kept])
    good = np.cumsum(wanted[kept][order]) / np.arange(1, len(order) + 1)
    enough = np.flatnonzero(good >= RIGHT_SHARE)
    return float(right[kept][order][enough[-1]]) if len(enough) else 1.0


def abstain_threshold(answerable: Array, seen: Sequence[Seen]) -> float:
    """The highest probability that gives up few enough answerable questions of each source."""
    by_source: dict[str, list[float]] = {}
    for one, probability in zip(seen, answerable, strict=True):
        if one.answerable:
            by_source.setdefault(one.set, []).append(float(probability))
    return min(float(np.quantile(found, GIVEN_UP)) for found in by_source.values())


def calibrate(seen: Sequence[Seen]) -> tuple[Calibration, dict[str, object]]:
    """The fitted calibration and notes on it."""
    sentence = fit_sentence(seen)
    ranked = [rank_candidates(sentence, s.case.candidates) for s in seen]
    features = [case_features(sentence, s.case, r) for r, s in zip(ranked, seen, strict=True)]
    shorts = [s.spans[r[0].number] for r, s in zip(ranked, seen, strict=True)]
    right = np.array([is_right(s, short) for s, short in zip(seen, shorts, strict=True)], float)
    there = np.array([s.answerable for s in seen], float)
    right_model, right_apart = fit_case(features, right, seen)
    there_model, there_apart = fit_case(features, there, seen)
    abstain = abstain_threshold(there_apart, seen)
    kept = there_apart >= abstain
    is_news = np.array([s.set.startswith("news") for s in seen])
    short_form = max(
        short_form_threshold(right_apart, right, kept),
        short_form_threshold(right_apart, right, kept & is_news),
    )
    notes: dict[str, object] = {
        "cases": len(seen),
        "reliability of right": reliability(right_apart, right),
        "reliability of answerable": reliability(there_apart, there),
        "sources": summary(seen, right, there_apart >= abstain, right_apart >= short_form),
    }
    return Calibration(sentence, right_model, there_model, short_form, abstain), notes


def reliability(said: Array, true: Array) -> list[tuple[float, float, int]]:
    """(mean probability said, share true, cases) a tenth of the scale."""
    tenths = np.minimum((said * 10).astype(int), 9)
    groups = [tenths == n for n in range(10)]
    return [
        (round(float(said[g].mean()), 3), round(float(true[g].mean()), 3), int(g.sum()))
        for g in groups
        if g.any()
    ]


def summary(
    seen: Sequence[Seen], right: Array, kept: NDArray[np.bool_], short: NDArray[np.bool_]
) -> dict[str, dict[str, float | None]]:
    """A source's figures: share kept of (un)answerable, short forms given and right."""
    found = {}
    for name in sorted({s.set for s in seen}):
        here = np.array([s.set == name for s in seen])
        there = here & np.array([s.answerable for s in seen])
        given = here & kept & short
        found[name] = {
            "answerable given up": _share(~kept[there]),
            "unanswerable given up": _share(~kept[here & ~there]),
            "short form given to answerable": _share(given[there]),
            "short forms right": _share(right[given] > 0),
        }
    return found


def _share(flags: NDArray[np.bool_]) -> float | None:
    return round(float(flags.mean()), 3) if len(flags) else None


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, required=True, help="folder that export wrote")
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seen", type=Path, help="file to keep what the reader said in")
    args = parser.parse_args()
    if args.seen and args.seen.exists():
        seen = read_seen(args.seen)
    else:
        model = SpanModel.load(args.model)
        watcher = Watcher(model)
        seen = [watcher.see(case) for case in calibration_cases(args.data)]
        if args.seen:
            write_seen(args.seen, seen)
    calibration, notes = calibrate([s for s in seen if s.case.candidates])
    calibration.save(args.out, notes=notes)
    print(args.out.read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
