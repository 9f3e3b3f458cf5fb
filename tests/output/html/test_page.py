"""The page of an answer: what it shows, and that nothing in it can do harm."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsqa.answers.answer import Answer, Citation, Claim, Disagreement, Rejection, Side
from newsqa.article import Article
from newsqa.article.reference import ArticleReference
from newsqa.errors import GroundingError
from newsqa.output.html.views import cut
from newsqa.text.spans import Span
from tests.output.html.hostile import HOSTILE
from tests.output.html.reading import Page

ARTICLE = Article(
    "The old bridge closed on Friday.\n\nIt is 120 years old, the mayor said.\n\nNobody was hurt.",
    title="Bridge closed",
    source="The Herald",
    published_at="2026-03-06",
    url="https://example.org/bridge",
)


def answer_of(article: Article, claims: Mapping[str, tuple[str, ...]], **fields: object) -> Answer:
    """Return an answer with these claims, each with the words of the article that it cites."""
    text, made = "", []
    for words, quotes in claims.items():
        text += " " if text else ""
        span = Span(start=len(text), end=len(text) + len(words))
        text += words
        places = [(article.text.index(quote), len(quote)) for quote in quotes]
        citations = tuple(
            Citation.at(article, Span(start=start, end=start + size), "exact")
            for start, size in places
        )
        made.append(Claim(text=words, span=span, citations=citations))
    values = {"status": "answered", "short": "", "model": "m", **fields}
    return Answer.model_validate(
        {**values, "text": text, "claims": tuple(made), "article_sha256": article.sha256}
    )


BRIDGE = answer_of(
    ARTICLE,
    {
        "It closed on Friday.": ("The old bridge closed on Friday.",),
        "The old bridge is 120 years old.": ("old bridge", "It is 120 years old"),
    },
    short="Friday",
)


def test_cited_words_are_highlighted_in_the_article() -> None:
    """Each stretch of a cited span is marked, and the article's text is otherwise unchanged."""
    page = Page(BRIDGE.to_html(ARTICLE))
    assert [mark.text for mark in page.all("mark")] == [
        "The ",
        "old bridge",
        " closed on Friday.",
        "It is 120 years old",
    ]
    shown = re.sub(r"\d+$", "", page.all("div", "text")[0].text.strip())
    assert "120 years old" in shown
    assert "Nobody was hurt." in shown


def test_links_lead_from_a_claim_to_its_spans_and_back() -> None:
    """A claim links to the anchors of its spans, and the end of a span to its claim."""
    page = Page(BRIDGE.to_html(ARTICLE))
    assert [a.attributes["href"] for a in page.all("a", "ref")] == ["#c1", "#c2", "#c3"]
    assert {a.text: a.attributes["href"] for a in page.all("a", "back")} == {
        "1": "#claim-1",
        "2": "#claim-2",
        "3": "#claim-2",
    }


def test_overlapping_spans_share_a_deeper_highlight() -> None:
    """The stretch that two citations cover carries both of their classes."""
    page = Page(BRIDGE.to_html(ARTICLE))
    assert [mark.text for mark in page.all("mark", "deep")] == ["old bridge"]
    assert page.all("mark", "deep")[0].attributes["class"].split() == ["c1", "c2", "deep"]


def test_the_policy_allows_the_page_its_own_style_and_nothing_else() -> None:
    """The content security policy names the digest of the only style element."""
    html = BRIDGE.to_html(ARTICLE)
    page = Page(html)
    style = re.findall(r"<style>(.*?)</style>", html, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(style[0].encode()).digest()).decode()
    policy = page.all("meta")[1].attributes["content"]
    assert len(style) == 1
    assert policy.startswith(f"default-src 'none'; style-src 'sha256-{digest}';")
    assert not [e for e in page.elements if "style" in e.attributes]


def test_an_article_that_was_not_asked_is_an_error() -> None:
    """Highlights at the offsets of another text would be lies."""
    with pytest.raises(GroundingError, match="has changed since"):
        BRIDGE.to_html(Article("Another text."))


def test_without_the_article_the_cited_words_are_shown() -> None:
    """The page then holds the claims and the quotes they rest on."""
    page = Page(BRIDGE.to_html())
    page.check_harmless()
    assert [quote.text for quote in page.all("blockquote")] == [
        "The old bridge closed on Friday.",
        "old bridge",
        "It is 120 years old",
    ]


def test_refusals_are_in_a_fold() -> None:
    """A claim that was refused is named with its reason."""
    refused = Rejection(claim="It fell.", reason="quote_not_found", quote="fell down")
    page = Page(
        answer_of(ARTICLE, {}, status="not_in_article", rejected=(refused,)).to_html(ARTICLE)
    )
    assert "1 refusal on the way" in page.all("summary")[0].text
    assert "It fell." in page.all("details")[0].text


def test_an_answer_without_claims_says_that_the_article_does_not_say() -> None:
    """Abstention is shown as an answer."""
    page = Page(answer_of(ARTICLE, {}, status="not_in_article").to_html(ARTICLE))
    assert page.all("p", "lead")[0].text == "The article does not say."


def test_a_page_of_a_six_kilobyte_article_is_under_100_kilobytes() -> None:
    """Thirty citations in an article of 6 kB fit, styles included."""
    sentences = [
        f"In year {year} the port paid {year} crowns for {year} ropes." for year in range(120)
    ]
    article = Article("\n\n".join(sentences))
    cited = {f"It paid {year} crowns.": (sentences[year],) for year in range(30)}
    assert len(article.text) > 6_000
    assert len(answer_of(article, cited).to_html(article).encode()) < 100_000


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_is_shown_and_does_nothing(text: str) -> None:
    """Text from anywhere appears as text: no element, attribute or address is made of it."""
    article = Article(f"Before {text} after.", title=text, source=text, url=text, author=text)
    rejection = Rejection(claim=text, reason="quote_not_found", quote=text, nearest=text)
    answer = answer_of(article, {f"Says {text}": (article.text,)}, short=text, model=text)
    for html in (
        answer.model_copy(update={"rejected": (rejection,)}).to_html(article),
        answer.to_html(),
    ):
        page = Page(html)
        page.check_harmless()
        assert "\u202e" not in html
        assert "\x00" not in html
        assert len(page.all("style")) == 1


@given(st.text(max_size=400), st.text(max_size=80))
@settings(max_examples=60)
def test_any_text_leaves_the_page_whole(text: str, claim: str) -> None:
    """Every element is closed in its place whatever the article and the claim say."""
    safe = re.sub(r"[\ud800-\udfff]", "", text) + " end"
    article = Article(safe)
    words = " ".join(claim.split()) or "x"
    Page(answer_of(article, {words: (safe.strip()[:20],)}).to_html(article)).check_harmless()


_SPANS = st.lists(st.tuples(st.integers(0, 60), st.integers(1, 30)), max_size=5)


@given(st.text(alphabet="ab \n", max_size=60), _SPANS)
def test_cutting_loses_no_word_and_covers_each_span(
    text: str, spans: list[tuple[int, int]]
) -> None:
    """The segments hold the text, white space between paragraphs aside, and each span all its words."""
    numbered = {
        n: (start, min(start + size, len(text)))
        for n, (start, size) in enumerate(spans, 1)
        if start < len(text)
    }
    segments = [segment for paragraph in cut(text, numbered) for segment in paragraph]
    assert re.sub(r"\s", "", "".join(s.text for s in segments)) == re.sub(r"\s", "", text)
    for number, (start, end) in numbered.items():
        words = "".join(s.text for s in segments if number in s.numbers)
        assert re.sub(r"\s", "", words) == re.sub(r"\s", "", text[start:end])
        if words:
            assert sum(number in s.begins for s in segments) == 1


OTHER = Article("The old bridge closed on Thursday.", title="Closed", source="The Post")


def test_a_disagreement_links_both_of_its_sides_to_their_articles() -> None:
    """Each side names its article and leads to the words that say so."""
    sides = {"It closed on Friday.": (0, ARTICLE), "It closed on Thursday.": (1, OTHER)}
    claims, text = [], ""
    for words, (index, article) in sides.items():
        text += " " * bool(text)
        sentence = article.sentences[0]
        span = Span(start=sentence.start, end=sentence.end)
        citation = Citation.at(article, span, "exact", index=index)
        place = Span(start=len(text), end=len(text) + len(words))
        claims.append(Claim(text=words, span=place, citations=(citation,)))
        text += words
    references = tuple(ArticleReference.of(article) for article in (ARTICLE, OTHER))
    point = Disagreement(
        topic="the day",
        kind="conflict",
        sides=tuple(
            Side(text=claim.text, articles=(reference,), citations=claim.citations)
            for claim, reference in zip(claims, references, strict=True)
        ),
    )
    answer = Answer(
        status="answered",
        text=text,
        short="",
        claims=tuple(claims),
        disagreements=(point,),
        model="m",
        articles=references,
    )
    page = Page(answer.to_html([ARTICLE, OTHER]))
    page.check_harmless()
    assert "The Herald, 2026-03-06: It closed on Friday." in page.all("div", "doubt")[0].text
    assert [mark.text for mark in page.all("mark")] == [
        "The old bridge closed on Friday.",
        "The old bridge closed on Thursday.",
    ]
    assert len([d for d in page.all("details") if d.attributes.get("name") == "articles"]) == 2
