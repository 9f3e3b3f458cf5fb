"""Comparing: what changed between two scorecards of the same cases, and whether it is more than noise."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from pydantic import BaseModel, ConfigDict

from newsqa.errors import CaseError
from newsqa.evals.results import Result
from newsqa.evals.scorecards import Scorecard
from newsqa.evals.statistics import McNemar, PairedDifference, mcnemar, paired_bootstrap

NOISE = 0.05
"""A difference that chance gives more often than this is called noise."""

ChangeKind = Literal["gained", "lost", "changed"]


class Change(BaseModel):
    """A case that went otherwise: its exact match gained or lost, or only its answer changed."""

    model_config = ConfigDict(frozen=True)

    id: str
    kind: ChangeKind
    first: str
    second: str


class Comparison(BaseModel):
    """What the second of two scorecards has otherwise than the first.

    ``exact`` is McNemar's exact test over the cases that are scored, ``f1`` the paired bootstrap of
    second minus first; it is ``None`` for fewer than two cases.
    """

    model_config = ConfigDict(frozen=True)

    names: tuple[str, str]
    changes: tuple[Change, ...]
    scored: int
    exact: McNemar
    f1: PairedDifference | None

    def of_kind(self, kind: ChangeKind) -> tuple[Change, ...]:
        """The changes of one kind."""
        return tuple(change for change in self.changes if change.kind == kind)

    @property
    def is_noise(self) -> bool:
        """Whether chance alone may part the two, in exact match and in F1."""
        return self.exact.p >= NOISE and (self.f1 is None or self.f1.p >= NOISE)

    def __str__(self) -> str:
        """What the comparison comes to, in one sentence."""
        gained, lost = len(self.of_kind("gained")), len(self.of_kind("lost"))
        verdict = "no more than noise" if self.is_noise else "more than noise"
        exact = f"{gained} exact matches gained and {lost} lost of {self.scored}"
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
    """What changed from ``first`` to ``second``.

    Raises ``CaseError`` when they are of other cases, or hold none that is scored.
    """
    if first.cases_sha256 != second.cases_sha256:
        raise CaseError(
            f"These scorecards are of other cases ({first.cases_sha256[:12]}… and "
            f"{second.cases_sha256[:12]}…); run both over the same file."
        )
    by_id = {result.id: result for result in second.results}
    pairs = [(result, by_id[result.id]) for result in first.results]
    before, after = _scores(pairs, 0), _scores(pairs, 1)
    return Comparison(
        names=names,
        changes=tuple(change for pair in pairs for change in _changes(*pair)),
        scored=len(before),
        exact=mcnemar([exact == 1 for exact, _ in before], [exact == 1 for exact, _ in after]),
        f1=(
            paired_bootstrap([f1 for _, f1 in after], [f1 for _, f1 in before])
            if len(before) > 1
            else None
        ),
    )


def _scores(
    pairs: Sequence[tuple[Result, Result]], side: Literal[0, 1]
) -> list[tuple[float, float]]:
    """EM and F1 of one side, over the cases that are scored."""
    results = [pair[side] for pair in pairs]
    return [
        (result.exact, result.f1)
        for result in results
        if result.exact is not None and result.f1 is not None
    ]


def _changes(first: Result, second: Result) -> list[Change]:
    said, says = _said(first), _said(second)
    if first.exact != second.exact:
        kind: ChangeKind = "gained" if (second.exact or 0) > (first.exact or 0) else "lost"
    elif said != says:
        kind = "changed"
    else:
        return []
    return [Change(id=first.id, kind=kind, first=said, second=says)]


def _said(result: Result) -> str:
    if result.error:
        return result.error
    return result.prediction or "(not in the article)"
