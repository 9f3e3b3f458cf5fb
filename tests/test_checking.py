"""Checking: all checks over a claim, and those that do not apply."""

from __future__ import annotations

import asyncio
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsqa.answers import Answer
from newsqa.article import Article
from newsqa.checking import all_checks, check_answer, check_claim
from newsqa.checks import ClaimContext, Finding
from newsqa.checks.figures import FiguresCheck
from newsqa.errors import GroundingError
from newsqa.pipeline import Pipeline
from newsqa.spans import Span
from tests.checks.claims import cite
from tests.doubles import ScriptedReader, claim, draft

STORY = Article(
    "Mayor Ada Okafor opened the £38.4m bridge early on 3 May 2025. “It did not come cheap,” she said. "
    "The yard in Lindow may close. Crews left at 6 a.m.",
    language="en",
)


def test_findings_come_in_reading_order_with_their_places() -> None:
    """Whichever check made them."""
    claim = "Brandt opened the £39.4m bridge on 4 May."
    findings = check_claim(claim, cite(STORY, 1)).findings
    assert [(f.check, f.words) for f in findings] == [
        ("names", "Brandt"),
        ("figures", "£39.4m"),
        ("dates", "4 May"),
    ]
    assert all(f.span.of(claim) == f.words for f in findings)


def test_a_finding_reads_as_a_sentence() -> None:
    """For a re-ask and for people."""
    finding = Finding(check="names", words="Brandt", span=Span(start=0, end=6), reason="it is new")
    assert str(finding) == "“Brandt”: it is new"


def test_only_the_checks_asked_for_are_run() -> None:
    """A caller may turn any off."""
    claim = "Brandt opened the £39.4m bridge."
    checked = check_claim(claim, cite(STORY, 1), checks=[FiguresCheck()])
    assert [finding.check for finding in checked.findings] == ["figures"]


def test_checks_that_do_not_know_the_language_say_so() -> None:
    """Nothing is guessed about Chinese names."""
    checked = check_claim("展览开幕。", cite("展览于5月16日开幕。"))
    assert checked.not_applied == ("dates", "names", "negation", "hedges")


def test_a_claim_in_another_language_is_checked_by_figures_and_quotations_only() -> None:
    """Its words cannot be compared."""
    evidence = cite("Die Brücke hat 38 Millionen gekostet und ist nicht auf.")
    checked = check_claim("The bridge cost 39 million and it is not open.", evidence)
    assert [finding.words for finding in checked.findings] == ["39 million"]
    assert checked.not_applied == ("dates", "names", "negation", "hedges")


@pytest.mark.parametrize("number", range(1, 5))
def test_the_cited_sentence_itself_is_never_flagged(number: int) -> None:
    """Whatever an article says follows from it."""
    said = STORY.sentences[number - 1].text
    assert check_claim(said, cite(STORY, number)).findings == ()


@given(st.text(min_size=1, max_size=60))
def test_any_text_can_be_checked(claim: str) -> None:
    """A model may write anything, and findings have their words in it."""
    for finding in check_claim(claim, cite(STORY)).findings:
        assert finding.span.of(claim) == finding.words


@pytest.mark.parametrize(
    "unit",
    [
        "a ",
        "(",
        "“",
        "'",
        "1,",
        "1 ",
        "not ",
        "Ada ",
        "a and, ",
        "一",
        "$",
        "-5 to ",
        "May ",
        "one hundred ",
    ],
)
def test_long_claims_take_time_in_proportion(unit: str) -> None:
    """10,000 characters of one thing, the longest a claim may be, stay within two seconds."""
    claim = unit * (10_000 // len(unit))
    begin = perf_counter()
    check_claim(claim, cite(STORY))
    assert perf_counter() - begin < 2


def test_the_context_holds_whole_sentences() -> None:
    """A span in the middle stands for all of its sentence."""
    start = STORY.text.index("£38.4m")
    context = ClaimContext(STORY, ((start, start + 6),))
    assert context.evidence == STORY.sentences[0].text


def test_the_context_reaches_over_what_an_elision_leaves_out() -> None:
    """Two spans close together bring along the sentence between them."""
    first, last = STORY.sentences[0], STORY.sentences[2]
    context = ClaimContext(STORY, ((first.start, first.end), (last.start, last.end)))
    assert [sentence.number for sentence in context.sentences] == [1, 2, 3]


def test_every_check_has_its_own_name() -> None:
    """So that settings can tell them apart."""
    names = [check.name for check in all_checks()]
    assert names == list(dict.fromkeys(names))


def pipeline_answer(said: str, *, check_claims: bool) -> Answer:
    """The answer of a reader that cites the first sentence for ``said``."""
    reader = ScriptedReader(draft(claim(said, (1, "the £38.4m bridge")), short=""))
    pipeline = Pipeline(reader, check_claims=check_claims)
    return asyncio.run(pipeline.answer(STORY, "What did it cost?"))


def test_an_answer_is_marked_and_otherwise_left_alone() -> None:
    """What a claim says beyond its citations is told beside it."""
    plain = pipeline_answer("The bridge cost £39.4m.", check_claims=False)
    marked = pipeline_answer("The bridge cost £39.4m.", check_claims=True)
    assert plain.claims[0].findings == ()
    assert [finding.words for finding in marked.claims[0].findings] == ["£39.4m"]
    assert marked.text == plain.text
    assert Answer.model_validate_json(marked.model_dump_json()) == marked


def test_a_claim_that_says_what_it_cites_has_no_findings() -> None:
    """Nothing is marked for the sake of marking."""
    assert pipeline_answer("The bridge cost £38.4m.", check_claims=True).claims[0].findings == ()


def test_an_answer_is_checked_against_its_own_article_only() -> None:
    """Another text would make findings of everything."""
    answer = pipeline_answer("The bridge cost £38.4m.", check_claims=False)
    with pytest.raises(GroundingError, match="changed"):
        check_answer(answer, Article(STORY.text + " More."), "What did it cost?")
