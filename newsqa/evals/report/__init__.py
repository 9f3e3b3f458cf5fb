"""Report: a scorecard, or the comparison of two, as a page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib import resources
from statistics import fmean
from types import ModuleType

from newsqa.evals.cases import Case
from newsqa.evals.compare import Change, Comparison, figure_differences
from newsqa.evals.measures import FigureName, Measure, forbidden_words
from newsqa.evals.results import Result
from newsqa.evals.scorecards import MEASURES, Figure, Scorecard, format_interval, format_value
from newsqa.optional import load_extra
from newsqa.output import LEADS, count_of
from newsqa.output.excerpts import Excerpt, excerpts

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


def report_of(scorecard: Scorecard, cases: Sequence[Case], *, title: str = "Evaluation") -> str:
    """Return the page for ``scorecard``: figures with their intervals, then the cases, worst first.

    All text from articles, questions and models is escaped.

    Raises:
        ConfigurationError: Jinja is not installed.
    """
    by_id = {case.id: case for case in cases}
    worst = sorted(scorecard.results, key=_rank)[:MAX_SHOWN_CASES]
    return _render(
        "page.html.jinja",
        title=title,
        scorecard=scorecard,
        figures=list(_rows(scorecard)),
        columns=[scorecard.measures[name].title for name in tag_columns(scorecard)],
        tags=list(_tags(scorecard)),
        shown=[_ShownCase(by_id[row.id], row, _own_measures(scorecard)) for row in worst],
    )


def comparison_report_of(
    comparison: Comparison, first: Scorecard, second: Scorecard, cases: Sequence[Case] = ()
) -> str:
    """Return the page for a comparison: both sides' figures, and both answers of each changed case.

    ``cases`` add the questions and the right answers, which scorecards do not hold.

    Raises:
        ConfigurationError: Jinja is not installed.
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
    """Render one of the templates of this folder; every value is escaped."""
    jinja = load_jinja()
    folder = resources.files("newsqa.evals.report")
    environment = jinja.Environment(
        loader=jinja.FunctionLoader(lambda name: (folder / name).read_text(encoding="utf-8")),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja.StrictUndefined,
    )
    environment.filters["count_of"] = count_of
    page: str = environment.get_template(template).render(**values)
    return page


def load_jinja() -> ModuleType:
    """Return Jinja.

    Raises:
        ConfigurationError: It is not installed; it comes with ``newsqa[evals]``.
    """
    return load_extra("jinja2", wanted_for="Reports")


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


def _rank(result: Result) -> tuple[bool, bool, float, str]:
    """Sort key, worst first: errors, forbidden words, lowest mean score."""
    scores = [score for name in _RANKED_BY if (score := result.score(name)) is not None]
    return (
        result.error is None,
        result.score(FigureName.MUST_NOT_SAY) != 0,
        fmean(scores),
        result.id,
    )


@dataclass(frozen=True, slots=True)
class _ShownCase:
    """A case and how it went, as the page words it."""

    case: Case
    result: Result
    own_measures: dict[str, Measure]

    @property
    def expected(self) -> list[str]:
        """The right answers, or the right statuses."""
        expected = self.case.expected
        if expected.short:
            return list(expected.short)
        return [" or ".join(expected.status).replace("_", " ")] if expected.status else []

    @property
    def proof(self) -> list[str]:
        """The sentences of the gold evidence."""
        sentences = self.case.article.sentences
        return [sentences[number - 1].text for number in sorted(self.case.gold_sentences)]

    @property
    def lead(self) -> str:
        """The sentence before an answer that is partial or says that the article does not."""
        answer = self.result.answer
        return LEADS[answer.status, bool(answer.claims)] if answer else ""

    @property
    def excerpts(self) -> list[Excerpt]:
        """The sentences that the answer cites."""
        answer = self.result.answer
        return list(excerpts(answer.citations, self.case.article)) if answer else []

    @property
    def verdicts(self) -> Iterator[tuple[str, str]]:
        """Each verdict with its colour: ``good``, ``bad``, ``fair`` or ``plain``."""
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
