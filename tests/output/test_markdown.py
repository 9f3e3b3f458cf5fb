"""Markdown: an answer with footnotes, checked with a renderer."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from newsqa.answers.answer import Answer, Citation, Claim, Rejection
from newsqa.answers.draft import Status
from newsqa.article import Article
from newsqa.article.reference import ArticleReference
from newsqa.output.markdown import escape
from newsqa.text.spans import Span

ARTICLE = Article("The old bridge closed on Friday.\nIt is 120 years old. Nobody was\r\nhurt.")

RENDERERS = [MarkdownIt("commonmark"), MarkdownIt("js-default", {"html": True})]
"""The second one knows tables and strikethrough, too."""


def cite(words: str, article: Article = ARTICLE) -> Citation:
    """Cite the first occurrence of ``words``."""
    start = article.text.index(words)
    return Citation.at(article, Span(start=start, end=start + len(words)), "exact")


def answer(
    *said: tuple[str, list[Citation]],
    status: Status = "answered",
    gap: str = " ",
    rejected: tuple[Rejection, ...] = (),
) -> Answer:
    """An answer made of these claims, with ``gap`` between them."""
    claims, text = [], ""
    for words, citations in said:
        text += gap if text else ""
        span = Span(start=len(text), end=len(text) + len(words))
        claims.append(Claim(text=words, span=span, citations=tuple(citations)))
        text += words
    return Answer(
        status=status,
        text=text,
        short="",
        claims=tuple(claims),
        rejected=rejected,
        model="m",
        articles=(ArticleReference.of(ARTICLE),),
    )


def paragraphs(markdown: str, renderer: MarkdownIt = RENDERERS[0]) -> list[str]:
    """What is shown in each paragraph; it is an error if anything but plain text is."""
    environment: dict[str, object] = {}
    shown = []
    for token in renderer.parse(markdown, environment):
        assert token.type in {"paragraph_open", "inline", "paragraph_close"}
        assert token.level == (token.type == "inline")
        assert {child.type for child in token.children or []} <= {"text"}
        if token.type == "inline":
            shown.append("".join(child.content for child in token.children or []))
    assert not environment.get("references")
    return shown


def test_an_answer_has_a_footnote_for_each_citation() -> None:
    """With the numbers of the sentences and what they say, to the letter."""
    made = answer(("It closed on Friday.", [cite("closed on Friday")]))
    assert made.to_markdown() == (
        "It closed on Friday.[^1]\n\n[^1]: Sentence 1: “closed on Friday”"
    )


def test_footnotes_are_numbered_in_the_order_of_first_use() -> None:
    """As a reader meets them; what is cited again keeps its number and has one footnote."""
    made = answer(
        ("It is old.", [cite("120 years")]),
        ("The bridge closed.", [cite("bridge"), cite("120 years")]),
        ("It did.", [cite("closed"), cite("bridge")]),
    )
    assert made.to_markdown().split("\n\n") == [
        "It is old.[^1] The bridge closed.[^1][^2] It did.[^2][^3]",
        "[^1]: Sentence 2: “120 years”",
        "[^2]: Sentence 1: “bridge”",
        "[^3]: Sentence 1: “closed”",
    ]


def test_the_footnotes_of_a_claim_are_in_the_order_of_their_numbers() -> None:
    """Also where it cites an early one last."""
    words = ["The", "old", "bridge", "closed", "on", "Friday", "It", "is", "120"]
    said = [(f"{word}.", [cite(word)]) for word in words]
    text = answer(*said, ("All.", [cite("is"), cite("The")])).to_markdown().split("\n\n")[0]
    assert text.endswith(" All.[^1][^8]")


def test_a_citation_over_several_sentences_names_the_first_and_the_last() -> None:
    """Its line breaks are spaces, because a footnote is one paragraph."""
    note = answer(("All of it.", [cite(ARTICLE.text)])).to_markdown().split("\n\n")[1]
    assert note == f"[^1]: Sentences 1–4: “{' '.join(ARTICLE.text.split())}”"


def test_claims_without_a_space_between_them_have_none_between_them() -> None:
    """As in Chinese, where the footnote marks alone part the sentences."""
    made = answer(("关了。", [cite("closed")]), ("很老。", [cite("old")]), gap="")
    assert made.to_markdown().split("\n\n")[0] == "关了。[^1]很老。[^2]"


@pytest.mark.parametrize("gap", [" ", "\n", "\n\n    ", "\r\n"])
def test_any_white_space_between_claims_is_a_space(gap: str) -> None:
    """A line that begins in the middle of the text would be read as a separate block."""
    made = answer(("It is.", [cite("is")]), ("# It was.", [cite("was")]), gap=gap)
    assert paragraphs(made.to_markdown())[0] == "It is.[^1] # It was.[^2]"


@pytest.mark.parametrize(
    ("status", "lead"),
    [
        ("answered", []),
        ("partial", ["The article answers this in part."]),
        ("not_in_article", ["The article does not say. What it does say:"]),
    ],
)
def test_an_answer_with_claims_begins_with_its_status(status: Status, lead: list[str]) -> None:
    """In the words of the printed answer."""
    made = answer(("It is old.", [cite("old")]), status=status).to_markdown()
    assert made.split("\n\n") == [*lead, "It is old.[^1]", "[^1]: Sentence 1: “old”"]


def test_an_answer_without_claims_says_that_the_article_does_not_say() -> None:
    """And nothing else."""
    assert answer(status="not_in_article").to_markdown() == "The article does not say."


def test_what_was_refused_is_not_shown() -> None:
    """It is not part of the answer."""
    refused = Rejection(claim="It fell.", reason="quote_not_found", quote="fell", nearest="old")
    said = ("It is old.", [cite("old")])
    assert answer(said, rejected=(refused,)).to_markdown() == answer(said).to_markdown()


HOSTILE = [
    "*not* **strong** _at_ __all__ ***",
    "`code` and ``more`` and ```",
    "[a link](https://example.org) ![an image](x.png) [^1] [^1]: [x]: y",
    "<script>alert(1)</script> <b>bold</b> <!-- gone --> <https://example.org>",
    "&lt;b&gt; &amp; &#42; &copy;",
    "\\*not escaped twice\\\\ \\",
    "# no heading",
    "#hashtag",
    "> no quotation",
    "- no item",
    "+ no item",
    "* no item",
    "1. no list",
    "2024. A year.",
    "7) no list",
    "--- no rule",
    "=== no heading",
    "~~~ no fence",
    "~~kept~~ a | b |---|---|",
    "line one\n# line two\n\n    indented\r\n- item\n===\n",
    "    indented",
    "Stop!",
    "http://example.org/a_b_c www.example.org :smile: 10:30:45",
    "$5 and $6, {{ site.secret }} {% raw %} ^[note] ==mark==",
    "Profit rose 5% to $1.2 billion (7–2).",
    "😀 Cafe\u0301 \u202eabc\u202c مرحبا",
]


@pytest.mark.parametrize("renderer", RENDERERS, ids=["commonmark", "with tables"])
@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_is_taken_for_a_command(text: str, renderer: MarkdownIt) -> None:
    """Neither the model's words nor the article's: what is shown is what was said."""
    article = Article(text + " 😀.")
    said = " ".join(text.split())
    citation = Citation.at(article, Span(start=0, end=len(text)), "exact")
    shown = paragraphs(answer((said, [citation]), (said, [citation])).to_markdown(), renderer)
    assert shown[0] == f"{said}[^1] {said}[^1]"
    assert shown[1].startswith("[^1]: Sentence")
    assert shown[1].endswith(f": “{said}”")
    assert len(shown) == 2


@pytest.mark.parametrize("words", ["javascript:alert(1)", "Friday", "Friday (2024)", 'to "x"'])
def test_a_footnote_is_not_a_link_where_footnotes_are_not_known(words: str) -> None:
    """``[^1]: word`` defines a link in plain CommonMark, and the mark in the text would be it."""
    article = Article(words)
    note = answer(("It says so.", [cite(words, article)])).to_markdown()
    assert paragraphs(note) == ["It says so.[^1]", f"[^1]: Sentence 1: “{words}”"]


def test_an_exclamation_mark_before_a_footnote_makes_no_image() -> None:
    """``![`` begins one."""
    made = answer(("Stop!", [cite("old")])).to_markdown()
    assert made.startswith("Stop\\![^1]\n")


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("See https://example.org/a_b", r"See https\://example.org/a\_b"),
        ("See www.example.org", r"See www\.example.org"),
        ("A :smile: at 10:30", r"A \:smile: at 10:30"),
        ("From $5 to 6$", r"From \$5 to 6\$"),
        ("A | B", r"A \| B"),
        ("{{ site.secret }}", r"\{\{ site.secret \}\}"),
        ("A ^[note]", r"A \^\[note\]"),
        (": a definition", r"\: a definition"),
        ("% a title", r"\% a title"),
    ],
)
def test_what_other_dialects_read_as_a_command_is_escaped(text: str, escaped: str) -> None:
    """Links without brackets, emoji, formulas, tables, templates, notes and definitions."""
    assert escape(text) == escaped


@pytest.mark.parametrize(
    "text",
    [
        "The bridge's closure (on 3 May) cost 5% more: 10:30, 7–2, A. B. Smith said - “so”.",
        "2.5 million people left!",
        "5% of them stayed.",
    ],
)
def test_ordinary_prose_is_left_as_it_is(text: str) -> None:
    """Markdown is read in its source, too."""
    assert escape(text + " And more.") == text + " And more."


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")))
@example("www.WWW.example.org")
@example("a\\")
@example("&\\lt;")
@example("\u3000# x")
def test_every_text_is_shown_as_it_is(text: str) -> None:
    """White space aside, of which Markdown shows one space."""
    said = " ".join(text.split())
    for renderer in RENDERERS:
        assert "".join(paragraphs(escape(text), renderer)) == said


@given(st.text("*_`[]()<>!#+-=.:~|$&\\^{} \n1ax", max_size=40))
def test_no_mix_of_signs_is_a_command(text: str) -> None:
    """Those that mean something, in any order, before a footnote's mark."""
    said = " ".join(text.split())
    for renderer in RENDERERS:
        assert "".join(paragraphs(escape(text) + "[^1]", renderer)) == said + "[^1]"
