"""The page of a report."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from newsqa.answers.answer import Rejection
from newsqa.errors import CaseError, GroundingError
from newsqa.evals import MEASURES, Case, Expected, Measure, Result, Scorecard
from newsqa.evals.report import MAX_SHOWN_CASES, report_of
from newsqa.evals.run import answered_result, failed_result
from tests.evals.answering import ARTICLE, answer, cite
from tests.evals.test_compare import card

NOON = answer(("They stopped at noon.", [cite("noon")]))


def case(name: str, question: str = "When did it stop?", **expected: object) -> Case:
    """Return a case about the cranes."""
    fields = expected or {"short": "noon", "evidence": 1}
    return Case(
        id=name,
        article=ARTICLE,
        question=question,
        expected=Expected.model_validate(fields),
        tags=("port",),
    )


def page_of(*rows: tuple[Case, Result], title: str = "Evaluation") -> str:
    """Return the page for these cases and results."""
    return report_of(scorecard_of(*rows), [made for made, _ in rows], title=title)


def scorecard_of(*rows: tuple[Case, Result]) -> Scorecard:
    """Return their scorecard, with one tag."""
    whole = card(result for _, result in rows)
    return whole.model_copy(update={"by_tag": {"port": whole.figures}})


def good(name: str = "good") -> tuple[Case, Result]:
    """Return a case with a right answer."""
    made = case(name)
    short = NOON.model_copy(update={"short": "noon"})
    return made, answered_result(made, short, seconds=0.5)


def failed(name: str = "failed") -> tuple[Case, Result]:
    """Return a case that failed with an error."""
    made = case(name)
    return made, failed_result(made, GroundingError("It fell."), seconds=0.1)


def wrong(name: str = "wrong") -> tuple[Case, Result]:
    """Return a case with a wrong answer."""
    made = case(name, short="midnight")
    return made, answered_result(made, NOON, seconds=0.2)


class Balanced(HTMLParser):
    """Checks that tags are closed in the order in which they were opened."""

    VOID = frozenset({"meta", "br"})

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open the tag, and keep what it points to."""
        self.addresses += [value or "" for name, value in attrs if name in ("src", "href")]
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Close the tag that was opened last."""
        assert self.open.pop() == tag


def test_page_is_well_formed_and_self_contained() -> None:
    """No script, style or picture is loaded from elsewhere."""
    parser = Balanced()
    parser.feed(page_of(good(), failed(), wrong()))
    assert parser.open == []
    assert parser.addresses == []


def test_worst_cases_come_first() -> None:
    """Failures come before wrong answers, and these before right ones."""
    page = page_of(good(), wrong(), failed())
    places = [page.index(f'<p class="quiet">{name} ') for name in ("failed", "wrong", "good")]
    assert places == sorted(places)


def test_forbidden_words_come_before_wrong_answers() -> None:
    """The page names the words."""
    made = case("said", must_not_say="noon")
    page = page_of(wrong(), (made, answered_result(made, NOON, seconds=0.1)))
    assert page.index('quiet">said') < page.index('quiet">wrong')
    assert "says “noon”" in page


def test_cited_words_are_marked_in_their_sentence() -> None:
    """The page shows the sentence around each citation."""
    assert "The cranes stopped at <mark>noon</mark> on Friday." in page_of(good())


def test_case_shows_question_expected_answer_and_evidence() -> None:
    """A person can judge the answer from the page alone."""
    page = page_of(wrong(), failed())
    assert "When did it stop?" in page
    assert re.search(r"<dt>Expected</dt>\s*<dd dir=\"auto\">midnight</dd>", page)
    assert "They stopped at noon." in page
    assert "GroundingError: It fell." in page
    assert re.search(r"<dt>Evidence</dt>\s*<dd[^>]*>The cranes stopped at noon on Friday.", page)


def test_right_statuses_are_shown_if_no_answer_is_expected() -> None:
    """They are shown as words."""
    made = case("open", status=["not_in_article", "partial"])
    page = page_of((made, answered_result(made, NOON, seconds=0.1)))
    assert "not in article or partial" in page


def test_text_of_models_and_articles_is_escaped() -> None:
    """No markup in it reaches the page."""
    evil = "<script>alert('x')</script>"
    made = case("<b>id</b>", question=f"When? {evil}", short=f"noon {evil}")
    said = NOON.model_copy(update={"rejected": (Rejection(claim=evil, reason="no_evidence"),)})
    page = page_of((made, answered_result(made, said, seconds=0.1)), title=evil)
    assert "<script" not in page
    assert "<b>id" not in page
    assert page.count("&lt;script&gt;alert(&#39;x&#39;)") == 5


def test_page_has_figures_over_all_and_by_tag() -> None:
    """They are in two tables."""
    page = page_of(good(), wrong())
    assert "Exact match" in page
    assert "50.0%" in page
    assert re.search(r"<td>port</td><td class=\"number\">2</td>", page)


def test_page_shows_the_worst_cases_up_to_a_limit() -> None:
    """It says how many there are in all."""
    rows = [good(str(number)) for number in range(MAX_SHOWN_CASES + 1)]
    assert f"The worst {MAX_SHOWN_CASES} of {MAX_SHOWN_CASES + 1}." in page_of(*rows)


def test_page_begins_with_how_many_answers_are_right() -> None:
    """Then come model, cases, day and cost; the figures come after the cases."""
    page = page_of(good(), wrong(), failed())
    assert "<strong>1 of 3</strong> answers are right" in page
    assert page.index("1 of 3") < page.index("Cases, worst first") < page.index("Exact match")


def test_a_wrong_answer_carries_no_green_mark() -> None:
    """What a wrong answer does well, such as its status, is shown without a colour."""
    assert "chip good" not in page_of(wrong())
    assert '<span class="chip good">right</span>' in page_of(good())


def test_cases_name_their_article() -> None:
    """A reader knows which story was asked about."""
    made, row = good()
    titled = made.model_copy(
        update={"article": ARTICLE.model_copy(update={"title": "Cranes <stop>"})}
    )
    assert "<bdi>Cranes &lt;stop&gt;</bdi>" in page_of((titled, row))


def test_page_of_a_scorecard_alone_shows_what_it_holds() -> None:
    """Without the cases, the question and the cited words come from the results."""
    page = report_of(scorecard_of(wrong()))
    assert "When did it stop?" in page
    assert "“noon”" in page


def test_other_cases_are_refused() -> None:
    """The right answers of other cases would be wrong ones here."""
    with pytest.raises(CaseError, match="not the cases"):
        report_of(scorecard_of(good()), [case("another")])


def test_own_measures_are_shown_everywhere() -> None:
    """A measure of one's own has a row, a column by tag, and a verdict with each case."""
    made, row = good()
    row = row.model_copy(update={"scores": {**row.scores, "names": 2.0}})
    names = Measure(title="Names <b>", summary="mean", unit="names", is_quality=False)
    whole = card([row], measures={**MEASURES, "names": names})
    page = report_of(whole.model_copy(update={"by_tag": {"port": whole.figures}}), [made])
    assert page.count("Names &lt;b&gt;") == 3
    assert '<span class="chip plain">Names &lt;b&gt; 2 names</span>' in page
