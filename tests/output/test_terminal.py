"""An answer as people read it."""

from __future__ import annotations

import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

from newsqa.answers.answer import Answer, Rejection
from newsqa.answers.draft import Draft, DraftClaim, Evidence, Status
from newsqa.answers.finding import Finding, SecondOpinion
from newsqa.article import Article
from newsqa.article.passages import Passage
from newsqa.article.reference import ArticleReference
from newsqa.grounding import ground
from newsqa.output.sanitize import sanitize_for_terminal
from newsqa.output.terminal import MAX_WIDTH, as_json, show
from newsqa.pipeline.compose import compose_status, compose_text
from newsqa.text.spans import Span
from newsqa.usage import Usage

STRIKE = Article(
    "Ferry crews will strike on 16 May, and again on 2 June. "
    "The union has \tnot said how long each strike lasts. [bold]Nobody[/bold] was hurt."
)
STEERING = "\x1b[2J\x1b]0;owned\x07\x9b31m\x08\x7f\u202egnp\u2066"
HARMFUL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
STYLE = re.compile(r"\x1b\[[\d;]*m")


def answer(
    article: Article,
    *claims: tuple[str, str | int],
    short: str = "",
    status: Status = "answered",
    rejected: tuple[Rejection, ...] = (),
    usage: Usage | None = None,
) -> Answer:
    """A grounded answer; each claim cites a quote, or a whole sentence by its number."""
    drafted = tuple(
        DraftClaim(
            evidence=(
                Evidence(sentence=cited, quote="")
                if isinstance(cited, int)
                else Evidence(sentence=0, quote=cited),
            ),
            text=text,
        )
        for text, cited in claims
    )
    draft = Draft(claims=drafted, short=short, status=status)
    text, grounded = compose_text(ground(draft, Passage.whole(article)))
    return Answer(
        status=compose_status(status, grounded, refused=False),
        text=text,
        short=short,
        claims=grounded,
        rejected=rejected,
        model="some-model",
        articles=(ArticleReference.of(article),),
        usage=usage or Usage(),
    )


def plain(shown: Answer, article: Article) -> str:
    """What a pipe gets."""
    out = io.StringIO()
    show(shown, article, Console(file=out))
    return out.getvalue()


def screen(
    shown: Answer,
    article: Article,
    *,
    width: int = 80,
    styles: bool = False,
    no_color: bool = False,
) -> str:
    """What a terminal of ``width`` columns gets; without ``styles``, what is read there."""
    out = io.StringIO()
    console = Console(
        file=out,
        width=width,
        force_terminal=True,
        color_system="standard",
        legacy_windows=False,
        _environ={},
        no_color=no_color,
    )
    show(shown, article, console)
    return out.getvalue() if styles else STYLE.sub("", out.getvalue())


TWO_DAYS = answer(
    STRIKE,
    ("The first strike is on 16 May.", "16 May"),
    ("The second is on 2 June.", "2 June"),
    short="16 May; 2 June",
    usage=Usage(calls=2, input_tokens=1234, output_tokens=56),
)
ON_16_MAY = answer(STRIKE, ("On 16 May.", "16 May"), short="16 May")
NOTHING = answer(STRIKE, status="not_in_article")


def test_plain_text_says_all_and_marks_what_is_cited() -> None:
    """Short form, text with marks, cited sentences, and one line on the answer itself."""
    assert plain(TWO_DAYS, STRIKE) == (
        "16 May; 2 June\n"
        "\n"
        "The first strike is on 16 May. [1] The second is on 2 June. [2]\n"
        "\n"
        "[1][2] sentence 1\n"
        "    Ferry crews will strike on **16 May**, and again on **2 June**.\n"
        "\n"
        "answered · some-model · 2 calls · 1,234 tokens in, 56 out\n"
    )


def test_terminal_highlights_what_is_cited() -> None:
    """On a terminal the cited words are bold and green, and nothing is added to them."""
    assert "\x1b[1;32m16 May\x1b[0m" in screen(TWO_DAYS, STRIKE, styles=True)
    read = screen(TWO_DAYS, STRIKE)
    assert "    Ferry crews will strike on 16 May, and again on 2 June.\n" in read


def test_without_colours_the_highlight_is_bold() -> None:
    """A terminal that is to have no colours gets bold and dim letters only."""
    shown = screen(TWO_DAYS, STRIKE, styles=True, no_color=True)
    assert "\x1b[1m16 May\x1b[0m" in shown
    assert set(STYLE.findall(shown)) == {"\x1b[0m", "\x1b[1m", "\x1b[2m"}


def test_plain_text_is_not_wrapped() -> None:
    """A sentence stays on one line outside a terminal."""
    article = Article("The crews " + "have waited and " * 30 + "will strike.")
    assert f"    **{article.text}**\n" in plain(answer(article, ("Yes.", 1)), article)


@pytest.mark.parametrize("width", [12, 50, 80])
def test_lines_fit_the_terminal(width: int) -> None:
    """No line is wider than the terminal, and no word is lost."""
    shown = screen(answer(STRIKE, ("Nobody knows.", 2)), STRIKE, width=width)
    assert all(cell_len(line) <= width for line in shown.splitlines())
    assert "The union has not said how long each strike lasts." in " ".join(shown.split())


def test_wide_terminal_is_not_filled() -> None:
    """Lines stay readable however wide the terminal is."""
    article = Article("The crews " + "have waited and " * 30 + "will strike.")
    shown = screen(answer(article, ("Yes.", 1)), article, width=250)
    assert max(map(len, shown.splitlines())) in range(MAX_WIDTH - 15, MAX_WIDTH + 1)


WORDS = st.text("ab 你好，。（）“”[1]مرحبا\u0301👩🏽", min_size=1, max_size=80).filter(
    lambda text: any(map(str.isalnum, text))
)


@given(WORDS, st.integers(6, 40))
def test_wrapping_loses_only_white_space(text: str, width: int) -> None:
    """Whatever the script, lines fit and hold all characters in order."""
    article = Article(text)
    found = answer(article, ("Yes.", 1))
    lines = [
        line[4:] for line in screen(found, article, width=width).splitlines() if line[:4] == "    "
    ]
    (sentence, *_) = article.sentences
    assert "".join("".join(lines).split()) == "".join(sentence.text.split())
    assert all(cell_len(line) <= width - 4 for line in lines)


def test_chinese_fills_its_lines() -> None:
    """Chinese is wrapped between any two characters, but no line begins with punctuation."""
    article = Article(
        "市交通局 2025 年宣布，二号线将于本月28日起试运行，为期三个月，市民可免费乘坐。"
    )
    shown = screen(answer(article, ("28日起。", "28日")), article, width=32)
    assert [line for line in shown.splitlines() if line.startswith("    ")] == [
        "    市交通局 2025 年宣布，二号线",
        "    将于本月28日起试运行，为期三",
        "    个月，市民可免费乘坐。",
    ]


def test_chinese_takes_marks_without_spaces() -> None:
    """Marks between Chinese sentences have no space before them."""
    article = Article("二号线28日起试运行。全长14.6公里。")
    shown = plain(answer(article, ("28日起。", "28日"), ("14.6公里。", "14.6公里")), article)
    assert shown.startswith("28日起。[1]14.6公里。[2]\n")


def test_arabic_has_lines_without_other_scripts() -> None:
    """Right-to-left text is in logical order, without left-to-right text on its line."""
    article = Article("ويستمر المعرض عشرة أيام في قاعة الميناء القديم.")
    shown = screen(answer(article, ("يستمر عشرة أيام.", "عشرة أيام")), article)
    assert f"\n    {article.text}\n" in shown


def test_marks_do_not_begin_a_line() -> None:
    """A mark stays with the word before it."""
    article = Article("One two three four five six seven.")
    found = answer(article, ("One two.", "two"), ("Three four.", "three four"))
    for width in range(16, 40):
        assert "\n[2]" not in screen(found, article, width=width)


def test_white_space_of_the_article_is_one_space() -> None:
    """A tab or a line's end inside a citation is shown as a space."""
    shown = plain(answer(STRIKE, ("Nobody knows.", "union has not said")), STRIKE)
    assert "    The **union has not said** how long each strike lasts.\n" in shown


def test_markup_is_text() -> None:
    """What looks like rich's markup, or like an emoji's name, is shown as it is."""
    claim = "[red]Nobody[/red] was hurt :smile: [/]."
    shown = screen(answer(STRIKE, (claim, "Nobody")), STRIKE)
    assert claim in shown
    assert "[bold]Nobody[/bold] was hurt." in shown


def test_article_cannot_steer_the_terminal() -> None:
    """Escape sequences and bidi overrides in an article are shown, or dropped, and never sent."""
    article = Article(f"Crews strike on 16 May{STEERING} at noon.")
    shown = screen(answer(article, ("On 16 May.", "16 May")), article)
    assert "16 May\ufffd[2J\ufffd]0;owned\ufffd\ufffd31m\ufffd\ufffdgnp at noon." in shown
    assert not HARMFUL.search(shown)


def test_reader_cannot_steer_the_terminal() -> None:
    """Nor are those in an answer, in its short form, in what was refused, or in a model's name."""
    refused = Rejection(claim=f"A week{STEERING}.", reason="no_evidence", nearest=f"It{STEERING}")
    found = answer(
        STRIKE,
        (f"They strike on 16 May, as the article says{STEERING}.", "16 May"),
        short=f"16 May{STEERING}",
        rejected=(refused,),
    ).model_copy(update={"model": f"model{STEERING}"})
    shown = screen(found, STRIKE, width=200)
    assert shown.count("\ufffd[2J") == 5
    assert not HARMFUL.search(shown)


@given(st.text())
def test_harmless_text_is_one_harmless_line(text: str) -> None:
    """Whatever goes in, nothing comes out that steers, and nothing visible is lost."""
    shown = sanitize_for_terminal(text)
    assert not HARMFUL.search(shown)
    assert len(shown.splitlines()) <= 1
    assert [c for c in text if c.isalnum()] == [c for c in shown if c.isalnum()]


@pytest.mark.parametrize("text", ["می\u200cخواهم", "👩\u200d🚒", "שלום\u200f!", "[red]:smile:"])
def test_what_scripts_need_is_harmless(text: str) -> None:
    """Joiners and direction marks stay: Persian, emoji and Hebrew are wrong without them."""
    assert sanitize_for_terminal(text) == text


def test_the_short_form_precedes_a_long_text_in_bold() -> None:
    """It has its own line."""
    assert screen(TWO_DAYS, STRIKE, styles=True).startswith("\x1b[1m16 May; 2 June\x1b[0m\n\n")


def test_short_form_is_left_out_before_a_short_text() -> None:
    """What a few words say already is not said twice."""
    assert plain(ON_16_MAY, STRIKE).startswith("On 16 May. [1]\n")


def test_text_that_is_a_cited_sentence_is_not_said_twice() -> None:
    """An answer in the article's own sentence is that sentence, with what it turns on marked."""
    found = answer(STRIKE, (STRIKE.sentences[0].text, "16 May"), short="16 May")
    assert plain(found, STRIKE) == (
        "16 May\n"
        "\n"
        "[1] sentence 1\n"
        "    Ferry crews will strike on **16 May**, and again on 2 June.\n"
        "\n"
        "answered · some-model\n"
    )


def test_overlapping_citations_are_one_highlight() -> None:
    """Words that two claims cite are marked once."""
    found = answer(
        STRIKE,
        ("They strike on 16 May.", "strike on 16 May"),
        ("Again on 2 June.", "16 May, and again on 2 June"),
    )
    shown = plain(found, STRIKE)
    assert "[1][2] sentence 1\n" in shown
    assert "crews will **strike on 16 May, and again on 2 June**." in shown


def test_citation_inside_another_ends_no_highlight() -> None:
    """The longer of two citations decides where the highlight ends."""
    found = answer(STRIKE, ("They strike.", 1), ("On 16 May.", "16 May"))
    assert f"    **{STRIKE.sentences[0].text}**\n" in plain(found, STRIKE)


def test_citation_over_two_sentences_names_both() -> None:
    """A span over a border is shown with both sentences, whole."""
    shown = plain(answer(STRIKE, ("On 2 June.", "again on 2 June. The union")), STRIKE)
    assert "[1] sentences 1–2\n" in shown
    assert "and **again on 2 June. The union** has" in shown


def test_rejected_claims_are_shown_dimly() -> None:
    """They follow the answer, each with its reason."""
    refused = Rejection(claim="For a week.", reason="quote_not_found", quote="lasts a week")
    found = ON_16_MAY.model_copy(update={"rejected": (refused,), "status": "partial"})
    shown = screen(found, STRIKE, styles=True)
    assert "\x1b[2m“For a week.” was refused: the article nowhere says “lasts a week”" in shown
    assert shown.index("sentence 1") < shown.index("For a week.") < shown.index("partial ·")


@pytest.mark.parametrize(
    ("found", "lead"),
    [
        (ON_16_MAY.model_copy(update={"status": "partial"}), "The article answers this in part."),
        (
            ON_16_MAY.model_copy(update={"status": "not_in_article", "short": ""}),
            "The article does not say. What it does say:",
        ),
    ],
)
def test_status_is_said_before_the_text(found: Answer, lead: str) -> None:
    """That an answer is none, or half of one, is the first thing read."""
    assert plain(found, STRIKE).startswith(f"{lead}\n\nOn 16 May. [1]\n")


def test_nothing_found_is_two_lines() -> None:
    """The answer has neither text nor cited sentences."""
    assert plain(NOTHING, STRIKE) == "The article does not say.\n\nnot in article · some-model\n"


def test_json_is_read_back_whole() -> None:
    """JSON is indented, keeps its letters, and gives the same answer."""
    article = Article("Am 16. Mai früh – ストライキ.")
    found = answer(article, ("Früh “ストライキ”.", 1))
    text = as_json(found)
    assert text.startswith('{\n  "status": "answered",\n  "text": "Früh “ストライキ”."')
    assert Answer.model_validate_json(text) == found


def test_json_cannot_steer_the_terminal() -> None:
    """What would steer a terminal is an escape in JSON, which loses nothing."""
    article = Article(f"Crews strike on 16 May{STEERING} at noon.")
    found = answer(article, (f"On 16 May{STEERING}.", 1))
    text = as_json(found)
    assert not HARMFUL.search(text)
    assert Answer.model_validate_json(text) == found


def test_what_a_claim_says_beyond_its_citations_is_pointed_out() -> None:
    """Below the sources, one line a finding."""
    finding = Finding(
        check="dates", words="8 May", span=Span(start=21, end=26), reason="the article says 16"
    )
    told = answer(STRIKE, ("Crews will strike on 8 May.", "16 May"))
    claims = (told.claims[0].model_copy(update={"findings": (finding,)}),)
    shown = plain(told.model_copy(update={"claims": claims}), STRIKE)
    assert "check “8 May”: the article says 16" in shown


def test_what_a_second_opinion_misses_is_pointed_out() -> None:
    """It is shown among the doubts."""
    told = answer(STRIKE, ("Crews will strike on 16 May.", "16 May"))
    partly = SecondOpinion(verdict="partly", reason="not who strikes")
    claims = (told.claims[0].model_copy(update={"opinion": partly}),)
    shown = plain(told.model_copy(update={"claims": claims}), STRIKE)
    assert "supports it in part: not who strikes" in shown
