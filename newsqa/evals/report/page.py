"""Report: a scorecard as one page of HTML, which needs nothing beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib import resources
from types import ModuleType

from newsqa.evals import MEASURES, Case, Figure, FigureName, Result, Scorecard
from newsqa.evals.measures import Unit
from newsqa.evals.scoring import said_against
from newsqa.optional import load_extra
from newsqa.output.excerpts import Excerpt, excerpts
from newsqa.output.text import LEADS

MAX_SHOWN = 500
"""Cases on a page, the worst of them; a browser takes long over more."""

TAG_COLUMNS = (
    FigureName.EXACT,
    FigureName.F1,
    FigureName.CITATION_HIT,
    FigureName.EVIDENCE_F1,
    FigureName.ABSTENTION_RECALL,
)
"""What is shown by tag, in a table that still fits a page."""


def report_of(scorecard: Scorecard, cases: Sequence[Case], *, title: str = "Evaluation") -> str:
    """The page for ``scorecard``: figures with their intervals, then the cases, the worst first.

    Whatever comes from articles, questions and models is escaped. Raises ``ConfigurationError`` where
    Jinja is not installed.
    """
    jinja = load_jinja()
    environment = jinja.Environment(
        autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=jinja.StrictUndefined
    )
    source = (resources.files("newsqa.evals.report") / "page.html.jinja").read_text(
        encoding="utf-8"
    )
    by_id = {case.id: case for case in cases}
    worst = sorted(scorecard.results, key=_badness)
    page: str = environment.from_string(source).render(
        title=title,
        scorecard=scorecard,
        figures=list(_rows(scorecard)),
        columns=[MEASURES[name].title for name in TAG_COLUMNS],
        tags=list(_tags(scorecard)),
        shown=[_Shown(by_id[result.id], result) for result in worst[:MAX_SHOWN]],
    )
    return page


def load_jinja() -> ModuleType:
    """Jinja, which comes with ``newsqa[evals]``; raises ``ConfigurationError`` where it does not."""
    return load_extra("jinja2", wanted_for="Reports")


def in_words(value: float, unit: Unit) -> str:
    """A figure as people read it: a share in per cent, everything else with its unit."""
    if unit == "%":
        return f"{value:.1%}"
    if unit == "s":
        return f"{value:.3g} s"
    return f"{value:,.0f} {unit}" if value >= 100 else f"{value:.3g} {unit}"


def interval_in_words(figure: Figure, unit: Unit) -> str:
    """The interval of a figure without its unit, or nothing where it has none."""
    if figure.interval is None:
        return ""
    ends = (in_words(end, unit) for end in (figure.interval.low, figure.interval.high))
    return " to ".join(end.removesuffix(unit).rstrip() for end in ends)


@dataclass(frozen=True, slots=True)
class _Row:
    """A figure as it is shown; the bar, where it is a share, in per cent of its width."""

    title: str
    value: str
    interval: str
    count: int
    bar: tuple[float, float, float] | None
    """Where the interval begins, how wide it is, and where the value stands."""


def _rows(scorecard: Scorecard) -> Iterator[_Row]:
    for name, figure in scorecard.figures.items():
        measure = MEASURES[name]
        bar = _bar(figure) if measure.unit == "%" else None
        value = in_words(figure.value, measure.unit)
        interval = interval_in_words(figure, measure.unit)
        yield _Row(measure.title, value, interval, figure.count, bar)


def _bar(figure: Figure) -> tuple[float, float, float]:
    low = figure.interval.low if figure.interval else figure.value
    high = figure.interval.high if figure.interval else figure.value
    return 100 * low, 100 * (high - low), 100 * figure.value


def _tags(scorecard: Scorecard) -> Iterator[tuple[str, int, list[str]]]:
    for tag, figures in scorecard.by_tag.items():
        found = [figures.get(name) for name in TAG_COLUMNS]
        cells = [in_words(figure.value, "%") if figure else "–" for figure in found]
        yield tag, sum(tag in result.tags for result in scorecard.results), cells


def _badness(result: Result) -> tuple[bool, bool, float, str]:
    """What puts one case before another: failures, then what was not to be said, then the lowest."""
    marks = [result.right_status, result.f1, result.hit, result.must_cite]
    marks.append(result.evidence.f1 if result.evidence else None)
    given = [float(mark) for mark in marks if mark is not None]
    return (
        result.error is None,
        result.must_not_say is not False,
        sum(given) / len(given),
        result.id,
    )


@dataclass(frozen=True, slots=True)
class _Shown:
    """A case and how it went, in the words of the page."""

    case: Case
    result: Result

    @property
    def expected(self) -> list[str]:
        """The right answers, or the statuses that are right."""
        expected = self.case.expected
        if expected.short:
            return list(expected.short)
        return [" or ".join(expected.status).replace("_", " ")] if expected.status else []

    @property
    def proof(self) -> list[str]:
        """The gold evidence, word for word."""
        sentences = self.case.article.sentences
        return [sentences[number - 1].text for number in sorted(self.case.gold_sentences)]

    @property
    def lead(self) -> str:
        """What stands before the answer of an article that does not say, or not all."""
        answer = self.result.answer
        return LEADS[answer.status, bool(answer.claims)] if answer else ""

    @property
    def excerpts(self) -> list[Excerpt]:
        """The sentences that the answer cites."""
        answer = self.result.answer
        return list(excerpts(answer.citations, self.case.article)) if answer else []

    @property
    def verdicts(self) -> Iterator[tuple[str, str]]:
        """Each verdict, and ``good``, ``bad`` or ``fair``, which is how it is coloured."""
        result = self.result
        yield (result.status or "failed").replace("_", " "), _colour(result.right_status)
        if result.f1 is not None:
            yield f"F1 {result.f1:.0%}", _colour(result.f1)
        if result.hit is not None:
            yield "citation hit" if result.hit else "no citation hit", _colour(result.hit)
        if result.evidence:
            found = result.evidence
            yield (
                f"evidence {found.precision:.0%} / {found.recall:.0%}",
                _colour(found.f1),
            )
        if result.must_cite is not None:
            said = "cites all it must" if result.must_cite else "does not cite all it must"
            yield said, _colour(result.must_cite)
        if result.must_not_say is not None:
            yield self._not_said, _colour(result.must_not_say)

    @property
    def _not_said(self) -> str:
        answer = self.result.answer
        against = said_against(self.case, answer) if answer else []
        if against:
            return "says " + ", ".join(f"“{words}”" for words in against)
        return "says nothing it must not" if answer else "says nothing"


def _colour(mark: float) -> str:
    return "good" if mark >= 1 else "bad" if mark <= 0 else "fair"
