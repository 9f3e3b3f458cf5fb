"""Checking: all checks over a claim, and those that do not apply."""

from __future__ import annotations

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsqa.answers.finding import Finding
from newsqa.article import Article
from newsqa.article.passages import Articles, Passage
from newsqa.checks import ClaimContext
from newsqa.checks.figures import FiguresCheck
from newsqa.checks.policy import CheckPolicy
from newsqa.checks.run import check_claim
from newsqa.grounding import GroundedClaim, ground
from newsqa.pipeline.check import check_grounded, is_supported
from newsqa.text.spans import Span
from tests.checks.claims import cite
from tests.doubles import claim, draft

STORY = Article(
    "Mayor Ada Okafor opened the £38.4m bridge early on 3 May 2025. “It did not come cheap,” she said. "
    "The yard in Lindow may close. Crews left at 6 a.m.",
    language="en",
)


ENGLISH_ONLY = (
    "names",
    "negation",
    "hedges",
    "conditions",
    "attribution",
    "bounds",
    "direction",
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
    assert all(f.span.slice(claim) == f.words for f in findings)


def test_a_finding_reads_as_a_sentence() -> None:
    """For a re-ask and for people."""
    finding = Finding(check="names", words="Brandt", span=Span(start=0, end=6), reason="it is new")
    assert str(finding) == "“Brandt”: it is new"


def test_the_same_words_are_found_once_by_a_check() -> None:
    """The first of several reasons is enough."""
    findings = check_claim("Mayor Brandt said the bridge cost £38.4m.", cite(STORY, 1)).findings
    assert [(finding.check, finding.words) for finding in findings] == [("names", "Brandt")]


def test_only_the_checks_asked_for_are_run() -> None:
    """A caller may turn any off."""
    claim = "Brandt opened the £39.4m bridge."
    checked = check_claim(claim, cite(STORY, 1), checks=[FiguresCheck()])
    assert [finding.check for finding in checked.findings] == ["figures"]


def test_checks_that_do_not_know_the_language_say_so() -> None:
    """Nothing is guessed about Chinese names."""
    checked = check_claim("展览开幕。", cite("展览于5月16日开幕。"))
    assert checked.not_applied == ENGLISH_ONLY


def test_a_claim_in_another_language_is_checked_by_figures_and_quotations_only() -> None:
    """Its words cannot be compared."""
    evidence = cite("Die Brücke hat 38 Millionen gekostet und ist nicht auf.")
    checked = check_claim("The bridge cost 39 million and it is not open.", evidence)
    assert [finding.words for finding in checked.findings] == ["39 million"]
    assert checked.not_applied == ("dates", *ENGLISH_ONLY)


@pytest.mark.parametrize("number", range(1, 5))
def test_the_cited_sentence_itself_is_never_flagged(number: int) -> None:
    """Whatever an article says follows from it."""
    said = STORY.sentences[number - 1].text
    assert check_claim(said, cite(STORY, number)).findings == ()


@given(st.text(min_size=1, max_size=60))
def test_any_text_can_be_checked(claim: str) -> None:
    """A model may write anything, and findings have their words in it."""
    for finding in check_claim(claim, cite(STORY)).findings:
        assert finding.span.slice(claim) == finding.words


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
    """10,000 characters of one thing, the longest a claim may be, take less than two seconds of processor time."""
    claim = unit * (10_000 // len(unit))
    begin = process_time()
    check_claim(claim, cite(STORY))
    assert process_time() - begin < 2


def test_the_context_holds_whole_sentences() -> None:
    """A span inside a sentence brings in all of it."""
    start = STORY.text.index("£38.4m")
    context = ClaimContext(STORY, ((start, start + 6),))
    assert context.evidence == STORY.sentences[0].text


def test_the_context_reaches_over_what_an_elision_leaves_out() -> None:
    """Two spans close together bring along the sentence between them."""
    first, last = STORY.sentences[0], STORY.sentences[2]
    context = ClaimContext(STORY, ((first.start, first.end), (last.start, last.end)))
    assert [sentence.number for sentence in context.sentences] == [1, 2, 3]


CITED = (1, "the £38.4m bridge")


def checked(
    said: str, policy: CheckPolicy, *, question: str = "What did it cost?"
) -> GroundedClaim:
    """The claim ``said`` over the first sentence, grounded and checked."""
    [grounded] = ground(draft(claim(said, CITED)), Passage.whole(STORY))
    return check_grounded(grounded, Articles.of(STORY), question, policy)


def test_a_strict_finding_refuses_the_claim() -> None:
    """With the finding as the reason."""
    refused = checked("Mayor Ada Okafor opened the £39.4m bridge.", CheckPolicy())
    [row] = refused.rejections
    assert not refused.is_grounded
    assert row.reason == "check_failed"
    assert row.finding == refused.findings[0]
    assert str(row).endswith("“£39.4m”: the cited sentences do not have this number")


def test_a_marked_finding_leaves_the_claim_standing() -> None:
    """The claim lists the check that did not apply."""
    marked = checked("The bridge cost £39.4m.", CheckPolicy(figures="mark"))
    assert marked.is_grounded
    assert [finding.words for finding in marked.findings] == ["£39.4m"]


def test_a_check_that_is_off_finds_nothing() -> None:
    """And says nothing about languages."""
    assert checked("Die Brücke kostete £39.4m.", CheckPolicy.all("off")).findings == ()
    assert checked("Die Brücke kostete £39.4m.", CheckPolicy.all("off")).not_checked == ()


def test_a_claim_that_says_what_it_cites_has_no_findings() -> None:
    """Nothing is marked for the sake of marking."""
    assert checked("The bridge cost £38.4m.", CheckPolicy()).findings == ()


def test_a_claim_that_grounding_refused_is_not_checked() -> None:
    """It has no evidence to be held against."""
    [fallen] = ground(draft(claim("It cost £39.4m.", (1, "£39.4m"))), Passage.whole(STORY))
    assert check_grounded(fallen, Articles.of(STORY), "What did it cost?", CheckPolicy()) == fallen


def test_a_short_form_may_not_put_a_figure_together() -> None:
    """From the 3 of one date and the million of another sentence."""
    story = Article("It cost 4 million pounds. Work began on 3 May.", language="en")
    claims = ground(draft(claim("It cost 4 million.", (1, ""), (2, ""))), Passage.whole(story))
    policy = CheckPolicy()
    assert is_supported("4 million", claims, Articles.of(story), "?", policy)
    assert not is_supported("3 million", claims, Articles.of(story), "?", policy)


def test_a_short_form_is_not_looked_at_when_the_checks_are_off() -> None:
    """Whoever turns them off has them off everywhere."""
    claims = ground(draft(claim("It cost £38.4m.", CITED)), Passage.whole(STORY))
    assert is_supported("£1", claims, Articles.of(STORY), "?", CheckPolicy.all("off"))


def test_a_claim_that_repeats_its_sentence_has_a_speaker_too() -> None:
    """Who says it does not depend on how closely it is worded."""
    article = Article("“It did not come cheap,” Mayor Ada Okafor said.", language="en")
    [sentence] = article.sentences
    drafted = draft(claim(sentence.text, (1, "")))
    [grounded] = ground(drafted, Passage.whole(article))
    checked = check_grounded(grounded, Articles((article,)), "Who spoke?", CheckPolicy())
    assert checked.speaker
    assert "Okafor" in checked.speaker.name


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_the_article_that_supports_a_claim_better_decides(order: tuple[int, int]) -> None:
    """Whichever of the articles is cited first."""
    texts = ("The town paid 900 euros for it.", "It cost the town 512 euros in all.")
    articles = Articles(tuple(Article(texts[at], language="en") for at in order))
    drafted = draft(claim("The town paid 500 euros for it.", (1, ""), (2, "")))
    [grounded] = ground(drafted, Passage.whole(articles))
    checked = check_grounded(grounded, articles, "What did it cost?", CheckPolicy())
    assert not checked.rejections
