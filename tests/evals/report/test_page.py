"""The page of a report: whole in itself, escaped, and with the worst cases first."""

from __future__ import annotations

import re
import sys
from html.parser import HTMLParser

import pytest

from newsqa.answers.answer import Rejection
from newsqa.errors import ConfigurationError, GroundingError
from newsqa.evals import Case, Expected, FigureName, Result, Scorecard
from newsqa.evals.report.page import MAX_SHOWN, in_words, interval_in_words, report_of
from newsqa.evals.scoring import score_answer, score_failure
from newsqa.usage import Usage
from tests.evals.answering import ARTICLE, answer, cite
from tests.evals.test_compare import card

NOON = answer(("They stopped at noon.", [cite("noon")]))


def case(name: str, question: str = "When did it stop?", **expected: object) -> Case:
    """A case about the cranes."""
    fields = expected or {"short": "noon", "evidence": 1}
    return Case(
        id=name,
        article=ARTICLE,
        question=question,
        expected=Expected.model_validate(fields),
        tags=("port",),
    )


def page_of(*rows: tuple[Case, Result], title: str = "Evaluation") -> str:
    """The page for these cases and results."""
    return report_of(scorecard_of(*rows), [made for made, _ in rows], title=title)


def scorecard_of(*rows: tuple[Case, Result]) -> Scorecard:
    """Their scorecard, with one tag."""
    whole = card(result for _, result in rows)
    return whole.model_copy(update={"by_tag": {"port": whole.figures}})


def good(name: str = "good") -> tuple[Case, Result]:
    """A case that went well."""
    made = case(name)
    short = NOON.model_copy(update={"short": "noon"})
    return made, score_answer(made, short, seconds=0.5)


def failed(name: str = "failed") -> tuple[Case, Result]:
    """A case that failed."""
    made = case(name)
    return made, score_failure(made, GroundingError("It fell."), seconds=0.1, usage=Usage())


def wrong(name: str = "wrong") -> tuple[Case, Result]:
    """A case whose answer is wrong."""
    made = case(name, short="midnight")
    return made, score_answer(made, NOON, seconds=0.2)


class Balanced(HTMLParser):
    """Notes tags that are closed in another order than they were opened."""

    VOID = frozenset({"meta", "br"})

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open it, and keep whatever it points to."""
        self.addresses += [value or "" for name, value in attrs if name in ("src", "href")]
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Close what was opened last."""
        assert self.open.pop() == tag


def test_a_page_is_whole_and_needs_nothing_beside_it() -> None:
    """No script, style or picture comes from elsewhere."""
    parser = Balanced()
    parser.feed(page_of(good(), failed(), wrong()))
    assert parser.open == []
    assert parser.addresses == []


def test_the_worst_come_first() -> None:
    """Failures, then wrong answers, then right ones."""
    page = page_of(good(), wrong(), failed())
    places = [page.index(f'<p class="quiet">{name} ') for name in ("failed", "wrong", "good")]
    assert places == sorted(places)


def test_what_must_not_be_said_comes_before_what_is_only_wrong() -> None:
    """It is the worse of the two, and is named."""
    made = case("said", must_not_say="noon")
    page = page_of(wrong(), (made, score_answer(made, NOON, seconds=0.1)))
    assert page.index('quiet">said') < page.index('quiet">wrong')
    assert "says “noon”" in page


def test_the_cited_words_are_marked_in_their_sentence() -> None:
    """As the answer cites them."""
    assert "The cranes stopped at <mark>noon</mark> on Friday." in page_of(good())


def test_question_gold_and_evidence_stand_with_the_answer() -> None:
    """All that is needed to judge it."""
    page = page_of(wrong(), failed())
    assert "When did it stop?" in page
    assert re.search(r"<dt>Expected</dt>\s*<dd dir=\"auto\">midnight</dd>", page)
    assert "They stopped at noon." in page
    assert "GroundingError: It fell." in page
    assert re.search(r"<dt>Evidence</dt>\s*<dd[^>]*>The cranes stopped at noon on Friday.", page)


def test_a_right_status_is_expected_where_no_answer_is() -> None:
    """In words."""
    made = case("open", status=["not_in_article", "partial"])
    page = page_of((made, score_answer(made, NOON, seconds=0.1)))
    assert "not in article or partial" in page


def test_nothing_of_models_and_articles_is_read_as_html() -> None:
    """Whatever they hold."""
    evil = "<script>alert('x')</script>"
    made = case("<b>id</b>", question=f"When? {evil}", short=f"noon {evil}")
    said = NOON.model_copy(update={"rejected": (Rejection(claim=evil, reason="no_evidence"),)})
    page = page_of((made, score_answer(made, said, seconds=0.1)), title=evil)
    assert "<script" not in page
    assert "<b>id" not in page
    assert page.count("&lt;script&gt;alert(&#39;x&#39;)") == 5


def test_figures_have_intervals_and_tags_have_figures() -> None:
    """In two tables."""
    page = page_of(good(), wrong())
    assert "Exact match" in page
    assert "50.0%" in page
    assert re.search(r"<td>port</td><td class=\"number\">2</td>", page)


def test_a_page_shows_only_so_many_cases() -> None:
    """The worst, and says so."""
    rows = [good(str(number)) for number in range(MAX_SHOWN + 1)]
    assert f"The worst {MAX_SHOWN} of {MAX_SHOWN + 1}." in page_of(*rows)


def test_without_jinja_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """A missing extra is a matter of set-up."""
    monkeypatch.setitem(sys.modules, "jinja2", None)
    with pytest.raises(
        ConfigurationError, match=r"Reports need jinja2: pip install 'newsqa\[evals"
    ):
        page_of(good())


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [
        (0.5, "%", "50.0%"),
        (1234.4, "tokens", "1,234 tokens"),
        (1.5, "calls", "1.5 calls"),
        (0.12345, "s", "0.123 s"),
    ],
)
def test_figures_read_well(value: float, unit: str, said: str) -> None:
    """With their units."""
    assert in_words(value, unit) == said  # type: ignore[arg-type]


def test_an_interval_has_the_unit_of_its_figure() -> None:
    """So it is not repeated; where there is none, nothing stands."""
    figures = scorecard_of(good(), wrong()).figures
    assert interval_in_words(figures[FigureName.EXACT], "%") == "9.5 to 90.5"
    one = scorecard_of(good()).figures[FigureName.F1]
    assert interval_in_words(one, "%") == ""
