"""Report: a scorecard, or the comparison of two, as a page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import fmean

from newsqa.article.reference import ArticleReference
from newsqa.errors import CaseError
from newsqa.evals.cases import Case
from newsqa.evals.compare import Change, Comparison, figure_differences
from newsqa.evals.measures import FigureName, Measure, forbidden_words
from newsqa.evals.results import Result
from newsqa.evals.scorecards import MEASURES, Figure, Scorecard, format_interval, format_value
from newsqa.evals.statistics import Interval, cluster_bootstrap
from newsqa.output import lead_of
from newsqa.output.excerpts import Excerpt, excerpts
from newsqa.output.html import environment

MAX_SHOWN_CASES = 500
"""The most cases on a page, worst first; a browser takes long to show more."""

_TAG_COLUMNS = (
    FigureName.EXACT,
    FigureName.F1,
    FigureName.CITATION_HIT,
    FigureName.EVIDENCE_F1,
    FigureName.ABSTENTION_RECALL,
)
"""The built-in figures that are also shown by tag; a table of all would not fit the page."""

_RANKED_BY = (
    FigureName.RIGHT_STATUS,
    FigureName.F1,
    FigureName.CITATION_HIT,
    FigureName.MUST_CITE,
    FigureName.EVIDENCE_F1,
)
"""The scores whose mean puts one case before another."""


def report_of(
    scorecard: Scorecard, cases: Sequence[Case] = (), *, title: str = "Evaluation", source: str = ""
) -> str:
    """Return the page for ``scorecard``: how many answers are right, the worst cases, the figures.

    All text from articles, questions and models is escaped.

    Args:
        scorecard: The scorecard, which may have been read from a file.
        cases: Its cases. They add the articles and the right answers, which scorecards do not hold.
        title: The title of the page.
        source: The name of the cases' file.

    Raises:
        CaseError: ``cases`` are others than those of ``scorecard``.
        ConfigurationError: SciPy is not installed.
    """
    by_id = {case.id: case for case in cases}
    if cases and not all(_is_of(result, by_id.get(result.id)) for result in scorecard.results):
        raise CaseError(
            "These are not the cases of the scorecard; name the file that was evaluated."
        )
    worst = sorted(scorecard.results, key=_rank)[:MAX_SHOWN_CASES]
    return _render(
        "page.html.jinja",
        title=title,
        source=source,
        scorecard=scorecard,
        summary=_Summary(scorecard.results),
        figures=list(_rows(scorecard)),
        columns=[scorecard.measures[name].title for name in tag_columns(scorecard)],
        tags=list(_tags(scorecard)),
        shown=[_ShownCase(by_id.get(row.id), row, _own_measures(scorecard)) for row in worst],
    )


def _is_of(result: Result, case: Case | None) -> bool:
    """Return whether the result is of this case; one of version 0.1 does not know its article."""
    if case is None:
        return False
    return result.article is None or result.article.sha256 == case.article.sha256


def comparison_report_of(
    comparison: Comparison, first: Scorecard, second: Scorecard, cases: Sequence[Case] = ()
) -> str:
    """Return the page for a comparison: both sides' figures, and both answers of each changed case.

    ``cases`` add the right answers, which scorecards do not hold.
    """
    by_id = {case.id: case for case in cases}
    results = [{result.id: result for result in side.results} for side in (first, second)]
    return _render(
        "comparison.html.jinja",
        title=" and ".join(comparison.names),
        comparison=comparison,
        sides=list(zip(comparison.names, (first, second), strict=True)),
        figures=list(figure_differences(first, second)),
        changed=[
            _ChangedCase(change, by_id.get(change.id), [side[change.id] for side in results])
            for change in comparison.changes[:MAX_SHOWN_CASES]
        ],
    )


def _render(template: str, **values: object) -> str:
    """Render one of the templates of this folder; every value is sanitized and escaped."""
    return environment("newsqa.evals.report", ".").get_template(template).render(**values)


def tag_columns(scorecard: Scorecard) -> list[str]:
    """Return the names of the figures that are shown by tag: a few built-in ones and all others."""
    return [*map(str, _TAG_COLUMNS), *_own_measures(scorecard)]


def tag_cells(scorecard: Scorecard, tag: str) -> list[str]:
    """Return the figures of ``tag`` in ``tag_columns``, as text."""
    figures = scorecard.by_tag[tag]
    return [
        format_value(figures[name].value, scorecard.measures[name].unit) if name in figures else "–"
        for name in tag_columns(scorecard)
    ]


def _own_measures(scorecard: Scorecard) -> dict[str, Measure]:
    """Return the measures that are not built in."""
    return {name: measure for name, measure in scorecard.measures.items() if name not in MEASURES}


@dataclass(frozen=True, slots=True)
class _Row:
    """A figure as the page shows it."""

    title: str
    value: str
    interval: str
    count: int
    bar: tuple[float, float, float] | None
    """Of a share: start and width of its interval, and its value, in per cent of the bar's width."""


def _rows(scorecard: Scorecard) -> Iterator[_Row]:
    for name, figure in scorecard.figures.items():
        measure = scorecard.measures[name]
        bar = _bar(figure) if measure.unit == "%" else None
        value = format_value(figure.value, measure.unit)
        interval = format_interval(figure, measure.unit)
        yield _Row(measure.title, value, interval, figure.count, bar)


def _bar(figure: Figure) -> tuple[float, float, float]:
    low = figure.interval.low if figure.interval else figure.value
    high = figure.interval.high if figure.interval else figure.value
    return 100 * low, 100 * (high - low), 100 * figure.value


def _tags(scorecard: Scorecard) -> Iterator[tuple[str, int, list[str]]]:
    for tag in scorecard.by_tag:
        count = sum(tag in result.tags for result in scorecard.results)
        yield tag, count, tag_cells(scorecard, tag)


def _rank(result: Result) -> tuple[bool, bool, bool, float, str]:
    """Sort key, worst first: errors, forbidden words, wrong answers, lowest mean score."""
    scores = [score for name in _RANKED_BY if (score := result.score(name)) is not None]
    return (
        result.error is None,
        result.score(FigureName.MUST_NOT_SAY) != 0,
        is_right(result),
        fmean(scores),
        result.id,
    )


def is_right(result: Result) -> bool:
    """Return whether an answer has the expected status and short answer, and says nothing forbidden.

    Only what the case expects counts; a case that failed is not right.
    """
    scores = (
        result.score(name)
        for name in (FigureName.RIGHT_STATUS, FigureName.EXACT, FigureName.MUST_NOT_SAY)
    )
    return not result.error and all(score is None or score >= 1 for score in scores)


@dataclass(frozen=True, slots=True)
class _Summary:
    """How many answers are right, for a person."""

    results: Sequence[Result]

    @property
    def right(self) -> int:
        """The number of right answers."""
        return sum(map(is_right, self.results))

    @property
    def articles(self) -> int:
        """The number of articles; 0 if the results do not hold them."""
        return len({result.article.sha256 for result in self.results if result.article})

    @property
    def interval(self) -> Interval | None:
        """The 95 % interval of the share of right answers, if there are several articles."""
        pairs = [(is_right(r), r.article.sha256) for r in self.results if r.article]
        if len(pairs) < len(self.results) or self.articles < 2:
            return None
        return cluster_bootstrap([float(right) for right, _ in pairs], [key for _, key in pairs])

    @property
    def day(self) -> str:
        """The day of the first question, if the results hold it."""
        return min((f"{r.asked_at:%Y-%m-%d}" for r in self.results if r.asked_at), default="")


@dataclass(frozen=True, slots=True)
class _ShownCase:
    """A case and how it went, as the page words it; without the case, what its result holds."""

    case: Case | None
    result: Result
    own_measures: dict[str, Measure]

    @property
    def question(self) -> str:
        """The question; empty in a scorecard of version 0.1."""
        return self.case.question if self.case else self.result.question

    @property
    def article(self) -> str:
        """The article's title, or its source and day, or its id."""
        if self.case:
            reference = ArticleReference.of(self.case.article)
        elif self.result.article:
            reference = self.result.article
        else:
            return ""
        return reference.title or reference.label

    @property
    def expected(self) -> list[str]:
        """The right answers, or the right statuses."""
        if not self.case:
            return []
        expected = self.case.expected
        if expected.short:
            return list(expected.short)
        return [" or ".join(expected.status).replace("_", " ")] if expected.status else []

    @property
    def proof(self) -> list[str]:
        """The sentences of the gold evidence."""
        if not self.case:
            return []
        sentences = self.case.article.sentences
        return [sentences[number - 1].text for number in sorted(self.case.gold_sentences)]

    @property
    def lead(self) -> str:
        """The sentence before an answer that is partial or says that the article does not."""
        answer = self.result.answer
        return lead_of(answer) if answer else ""

    @property
    def excerpts(self) -> list[Excerpt]:
        """The sentences that the answer cites."""
        answer = self.result.answer
        return list(excerpts(answer.citations, self.case.article)) if answer and self.case else []

    @property
    def verdicts(self) -> Iterator[tuple[str, str]]:
        """Each verdict with its colour; first of all, whether the answer is right.

        Of a wrong answer nothing is ``good``: what it does well is ``plain``.
        """
        if is_right(self.result):
            yield "right", "good"
            yield from self._parts()
            return
        yield "wrong", "bad"
        for part, colour in self._parts():
            yield part, "plain" if colour == "good" else colour

    def _parts(self) -> Iterator[tuple[str, str]]:
        score = self.result.score
        yield (
            (self.result.status or "failed").replace("_", " "),
            _colour(score(FigureName.RIGHT_STATUS)),
        )
        if (f1 := score(FigureName.F1)) is not None:
            yield f"F1 {f1:.0%}", _colour(f1)
        if (hit := score(FigureName.CITATION_HIT)) is not None:
            yield "citation hit" if hit else "no citation hit", _colour(hit)
        if (evidence := score(FigureName.EVIDENCE_F1)) is not None:
            precision = score(FigureName.EVIDENCE_PRECISION) or 0.0
            recall = score(FigureName.EVIDENCE_RECALL) or 0.0
            yield f"evidence {precision:.0%} / {recall:.0%}", _colour(evidence)
        if (must_cite := score(FigureName.MUST_CITE)) is not None:
            cites = "cites all it must" if must_cite else "does not cite all it must"
            yield cites, _colour(must_cite)
        if (must_not_say := score(FigureName.MUST_NOT_SAY)) is not None:
            yield self._forbidden, _colour(must_not_say)
        yield from self._own_verdicts()

    def _own_verdicts(self) -> Iterator[tuple[str, str]]:
        for name, measure in self.own_measures.items():
            if (score := self.result.score(name)) is not None:
                is_share = measure.is_quality and measure.unit == "%"
                shown = f"{measure.title} {format_value(score, measure.unit)}"
                yield shown, _colour(score) if is_share else "plain"

    @property
    def _forbidden(self) -> str:
        answer = self.result.answer
        if not self.case:
            return "says something it must not" if answer else "says nothing"
        forbidden = forbidden_words(self.case, answer) if answer else []
        if forbidden:
            return "says " + ", ".join(f"“{words}”" for words in forbidden)
        return "says nothing it must not" if answer else "says nothing"


@dataclass(frozen=True, slots=True)
class _ChangedCase:
    """A case whose answer differs between two scorecards, as the page words it."""

    change: Change
    case: Case | None
    results: Sequence[Result]

    @property
    def colour(self) -> str:
        """The colour of the kind of change."""
        return {"gained": "good", "lost": "bad", "changed": "plain"}[self.change.kind]

    def answers(self, sides: Sequence[object]) -> Iterator[tuple[object, Result, str]]:
        """Yield each side with its result and the answer in short."""
        yield from zip(sides, self.results, (self.change.first, self.change.second), strict=True)


def _colour(score: float | None) -> str:
    if score is None:
        return "plain"
    return "good" if score >= 1 else "bad" if score <= 0 else "fair"
