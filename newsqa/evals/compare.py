"""Compare: what changed between two scorecards of the same cases, and whether it is noise."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from pydantic import BaseModel, ConfigDict

from newsqa.errors import CaseError
from newsqa.evals.measures import FigureName
from newsqa.evals.results import Result
from newsqa.evals.scorecards import Scorecard, format_value
from newsqa.evals.statistics import McNemar, PairedDifference, mcnemar, paired_bootstrap

MIN_NOISE_P = 0.05
"""A difference whose p-value is at least this is called noise."""

ChangeKind = Literal["gained", "lost", "changed"]


class Change(BaseModel):
    """A case that changed: its exact match was gained or lost, or only its answer changed."""

    model_config = ConfigDict(frozen=True)

    id: str
    kind: ChangeKind
    first: str
    second: str


class Comparison(BaseModel):
    """The difference between two scorecards of the same cases.

    ``scored`` counts the cases that have an exact match and F1 in both. Over these, ``exact`` is
    McNemar's exact test and ``f1`` the paired bootstrap of second minus first, ``None`` for fewer than
    two cases.
    """

    model_config = ConfigDict(frozen=True)

    names: tuple[str, str]
    changes: tuple[Change, ...]
    scored: int
    exact: McNemar
    f1: PairedDifference | None

    def of_kind(self, kind: ChangeKind) -> tuple[Change, ...]:
        """Return the changes of one kind."""
        return tuple(change for change in self.changes if change.kind == kind)

    @property
    def is_noise(self) -> bool:
        """Return whether neither exact match nor F1 differs by more than chance explains."""
        return self.exact.p >= MIN_NOISE_P and (self.f1 is None or self.f1.p >= MIN_NOISE_P)

    def __str__(self) -> str:
        """Return the verdict in one sentence."""
        gained, lost = len(self.of_kind("gained")), len(self.of_kind("lost"))
        verdict = "no more than noise" if self.is_noise else "more than noise"
        exact = (
            f"{gained} exact match{'es' * (gained != 1)} gained and {lost} lost of {self.scored}"
        )
        parts = [f"{exact} (McNemar p = {self.exact.p:.2g})"]
        if self.f1:
            low, high = 100 * self.f1.interval.low, 100 * self.f1.interval.high
            parts.append(
                f"F1 {100 * self.f1.difference:+.1f} points, 95 % between {low:+.1f} and {high:+.1f} "
                f"(paired bootstrap p = {self.f1.p:.2g})"
            )
        first, second = self.names
        return f"From {first} to {second} the difference is {verdict}: {'; '.join(parts)}."


def compare(
    first: Scorecard, second: Scorecard, *, names: tuple[str, str] = ("the first", "the second")
) -> Comparison:
    """Compare the results of two scorecards case by case.

    Args:
        first: The scorecard from before the change.
        second: The scorecard from after it.
        names: What to call the two in the verdict.

    Raises:
        CaseError: The scorecards are of different cases.
    """
    if first.cases_sha256 != second.cases_sha256:
        raise CaseError(
            f"These scorecards are of different cases ({first.cases_sha256[:12]}… and "
            f"{second.cases_sha256[:12]}…); run both over the same file."
        )
    by_id = {result.id: result for result in second.results}
    pairs = [(result, by_id[result.id]) for result in first.results]
    scored = [(a, b) for a, b in pairs if all(map(_is_scored, (a, b)))]
    exact = [[row.score(FigureName.EXACT) == 1 for row in side] for side in _sides(scored)]
    f1 = [[row.score(FigureName.F1) or 0.0 for row in side] for side in _sides(scored)]
    return Comparison(
        names=names,
        changes=tuple(change for pair in pairs for change in _changes(*pair)),
        scored=len(scored),
        exact=mcnemar(*exact),
        f1=paired_bootstrap(f1[1], f1[0]) if len(scored) > 1 else None,
    )


class FigureDifference(NamedTuple):
    """A figure in two scorecards, as text: its title, both values, and the second minus the first."""

    title: str
    first: str
    second: str
    difference: str


def figure_differences(first: Scorecard, second: Scorecard) -> Iterator[FigureDifference]:
    """Yield every figure that both scorecards have."""
    for name, measure in second.measures.items():
        before, after = first.figures.get(name), second.figures.get(name)
        if before and after:
            gap = after.value - before.value
            yield FigureDifference(
                measure.title,
                format_value(before.value, measure.unit),
                format_value(after.value, measure.unit),
                f"{100 * gap:+.1f}" if measure.unit == "%" else f"{gap:+.3g}",
            )


def _is_scored(result: Result) -> bool:
    return None not in (result.score(FigureName.EXACT), result.score(FigureName.F1))


def _sides(pairs: Sequence[tuple[Result, Result]]) -> tuple[list[Result], list[Result]]:
    return [first for first, _ in pairs], [second for _, second in pairs]


def _changes(first: Result, second: Result) -> list[Change]:
    before, after = _shown(first), _shown(second)
    exact = [result.score(FigureName.EXACT) or 0.0 for result in (first, second)]
    if exact[0] != exact[1]:
        kind: ChangeKind = "gained" if exact[1] > exact[0] else "lost"
    elif before != after:
        kind = "changed"
    else:
        return []
    return [Change(id=first.id, kind=kind, first=before, second=after)]


def _shown(result: Result) -> str:
    if result.error:
        return result.error
    return result.prediction or "(not in the article)"
