"""Selectors: a citation as the W3C writes it, and found again in a later version."""

from __future__ import annotations

import json

import pytest
import regex
from hypothesis import assume, given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from newsqa.answers.answer import Citation
from newsqa.api import ask
from newsqa.article import Article
from newsqa.errors import GroundingError
from newsqa.output.w3c_annotations import (
    Selector,
    TextPositionSelector,
    TextQuoteSelector,
    annotation_collection,
    find,
    selectors_of,
)
from newsqa.settings import Settings
from newsqa.text.quotes import MAX_CANDIDATES
from newsqa.text.spans import Span

ARTICLE = Article(
    "The old bridge closed on Friday. Nobody was hurt.\n"
    "A crane fell on Monday. Nobody was hurt.\n"
    "“It isn’t safe,” the mayor said. A new bridge will cost $1.2 million."
)

ARTICLE_WITH_URL = Article("The bridge closed on Friday.", url="https://example.org/bridge")
EXTRACTIVE = Settings(model="newsqa-extractive")


def cite(words: str, article: Article = ARTICLE, *, last: bool = False) -> Citation:
    """Cite the first or the last occurrence of ``words``."""
    start = article.text.rindex(words) if last else article.text.index(words)
    return Citation.at(article, Span(start=start, end=start + len(words)), "exact")


def quote_of(
    citation: Citation, article: Article = ARTICLE, context: int = 32
) -> TextQuoteSelector:
    """The quote selector alone."""
    return selectors_of(citation, article, context=context)[0]


def span_of(words: str, article: Article, *, last: bool = False) -> Span:
    """The span of ``words`` in another version."""
    found = cite(words, article, last=last)
    return Span(start=found.start, end=found.end)


def test_both_selectors_have_the_names_of_the_standard() -> None:
    """Section 4.2.4 and 4.2.5 of the Web Annotation Data Model."""
    quote, position = selectors_of(cite("on Friday"), ARTICLE, context=14)
    assert json.loads(quote.model_dump_json()) == {
        "type": "TextQuoteSelector",
        "exact": "on Friday",
        "prefix": "bridge closed ",
        "suffix": ". Nobody was h",
    }
    assert json.loads(position.model_dump_json()) == {
        "type": "TextPositionSelector",
        "start": 22,
        "end": 31,
    }


def test_the_example_of_the_standard_is_read() -> None:
    """An annotation may come from any program."""
    stored = {
        "type": "TextQuoteSelector",
        "exact": "anotation",
        "prefix": "this is an ",
        "suffix": " that has some",
    }
    selector: Selector = TypeAdapter(Selector).validate_python(stored)
    assert find(selector, Article("Well, this is an anotation that has some.")).start == 17


def test_a_selector_that_says_more_than_is_understood_is_refused() -> None:
    """``refinedBy`` would select a part only, and another program's selector something else."""
    parse: TypeAdapter[Selector] = TypeAdapter(Selector)
    with pytest.raises(ValidationError, match="refinedBy"):
        parse.validate_python({"type": "TextQuoteSelector", "exact": "a", "refinedBy": {}})
    with pytest.raises(ValidationError, match="CssSelector"):
        parse.validate_python({"type": "CssSelector", "value": "p"})


def test_positions_count_code_points() -> None:
    """As the standard says, and not the units that JavaScript counts."""
    article = Article("😀😀 It rained.")
    assert selectors_of(cite("It rained.", article), article)[1].start == 3


def test_at_the_ends_of_the_article_the_context_is_what_there_is() -> None:
    """There is nothing before the first word."""
    quote = quote_of(cite(ARTICLE.text))
    assert (quote.prefix, quote.suffix) == ("", "")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("e\u0301\u0301", "e\u0301\u0301"),
        ("🇩🇪🇫🇷", "🇩🇪🇫🇷"),
        ("👩\u200d👩\u200d👧", "👩\u200d👩\u200d👧"),
        ("\r\n", "\r\n"),
    ],
    ids=["marks", "flags", "a family", "a line end"],
)
@pytest.mark.parametrize("context", range(8))
def test_the_context_cuts_no_grapheme(before: str, after: str, context: int) -> None:
    """It is shorter instead."""
    article = Article(f"x{before} It rained. {after}x")
    quote = quote_of(cite("It rained.", article), article, context)
    assert len(quote.prefix) <= context
    assert len(quote.suffix) <= context
    graphemes = regex.findall(r"\X", article.text)
    assert regex.findall(r"\X", quote.prefix + quote.exact + quote.suffix) == [
        grapheme
        for grapheme, match in zip(graphemes, regex.finditer(r"\X", article.text), strict=True)
        if cite("It rained.", article).start - len(quote.prefix) <= match.start()
        and match.end() <= cite("It rained.", article).end + len(quote.suffix)
    ]


def test_a_citation_of_another_article_is_refused() -> None:
    """Its offsets would select other words."""
    with pytest.raises(GroundingError, match="does not say 'on Friday' at 22:31"):
        selectors_of(cite("on Friday"), Article("x" + ARTICLE.text))


TEXTS = st.lists(
    st.sampled_from(
        ["He left. ", "Nobody was hurt. ", "It rained 5% more.\n", "😀 ", "1.2", "é", "“A” "]
    ),
    min_size=1,
    max_size=12,
).map("".join)


@st.composite
def citations(draw: st.DrawFn) -> tuple[Article, Citation]:
    """An article full of repetitions and a citation of any stretch of it."""
    article = Article("It began. " + draw(TEXTS))
    start = draw(st.integers(0, len(article.text) - 1))
    end = draw(st.integers(start + 1, len(article.text)))
    return article, Citation.at(article, Span(start=start, end=end), "exact")


def span(citation: Citation) -> Span:
    """Its place alone."""
    return Span(start=citation.start, end=citation.end)


@given(citations(), st.integers(1, 40))
def test_on_the_same_article_every_citation_is_found_where_it_was(
    made: tuple[Article, Citation], context: int
) -> None:
    """Whatever it is a piece of, and however often its words are said."""
    article, citation = made
    at_an_end = citation.start == 0 or citation.end == len(article.text)
    assume(not at_an_end or article.locate(citation.text).candidates)
    assert find(selectors_of(citation, article, context=context), article) == span(citation)


def test_a_place_with_all_the_context_is_not_exchanged_for_another() -> None:
    """Either "arm" in "harm" may be meant, and the word alone may not: it has another context."""
    selector = TextQuoteSelector(exact="arm", prefix="h", suffix=", ")
    with pytest.raises(GroundingError, match="more than once"):
        find(selector, Article("An harm, an harm, arm, end."))


@given(citations(), TEXTS)
def test_text_put_before_moves_the_span_with_it(made: tuple[Article, Citation], more: str) -> None:
    """If the words cannot be distinguished from others like them, it says so."""
    article, citation = made
    later = Article(more + "\n\n" + article.text)
    moved = citation.start + len(more) + 2
    try:
        found = find(quote_of(citation, article), later)
    except GroundingError:
        quote = quote_of(citation, article)
        whole = quote.prefix + quote.exact + quote.suffix
        hits = regex.findall(regex.escape(whole), later.text, overlapped=True)
        assert len(hits) > 1 or not (quote.prefix and quote.suffix)
    else:
        assert found.start == moved


@given(citations(), TEXTS, TEXTS)
def test_whatever_is_found_says_what_was_cited(
    made: tuple[Article, Citation], before: str, after: str
) -> None:
    """Also with a position, which may point anywhere in the later version."""
    article, citation = made
    later = Article(before + article.text.replace("hurt", "harmed") + after)
    try:
        found = find(selectors_of(citation, article), later)
    except GroundingError:
        return
    assert found.slice(later.text).split() == citation.text.split()


@pytest.mark.parametrize("last", [False, True])
def test_of_a_repeated_sentence_the_one_in_its_context_is_found(last: bool) -> None:
    """Both say that nobody was hurt, each of another day."""
    later = Article("Updated at noon.\n" + ARTICLE.text)
    citation = cite("Nobody was hurt.", last=last)
    assert find(quote_of(citation), later) == span_of("Nobody was hurt.", later, last=last)


@pytest.mark.parametrize("last", [False, True])
@pytest.mark.parametrize(
    "changed",
    [("A crane", "Later a crane"), ("old bridge", "bridge"), ("“It", "Then “It"), ("fell", "sank")],
)
def test_one_side_of_the_context_is_enough(changed: tuple[str, str], last: bool) -> None:
    """Words on one side were changed; those on the other side single it out."""
    later = Article(ARTICLE.text.replace(*changed))
    citation = cite("Nobody was hurt.", last=last)
    assert find(quote_of(citation), later) == span_of("Nobody was hurt.", later, last=last)


def test_a_place_is_not_taken_because_the_other_looks_less_alike() -> None:
    """Half of each context was changed; how much of it is left decides nothing."""
    later = Article(ARTICLE.text.replace("crane", "tree").replace("mayor", "major"))
    with pytest.raises(GroundingError, match="more than once"):
        find(quote_of(cite("Nobody was hurt.", last=True)), later)


def test_words_that_stand_in_one_place_need_no_context() -> None:
    """It distinguishes occurrences, and is not part of the citation."""
    later = Article("Nobody, it was said then, was hurt. Later: a crane fell on Monday?")
    citation = cite("crane fell on Monday")
    assert find(quote_of(citation), later) == span_of("crane fell on Monday", later)


def test_the_context_may_be_set_in_another_way() -> None:
    """New line ends and quotation marks do not make another place of it."""
    later = Article(
        "Updated.\n"
        + ARTICLE.text.replace("\n", "\n\n\n").replace("“It isn’t safe,”", '"It isn\'t safe,"')
    )
    citation = cite("Nobody was hurt.", last=True)
    assert find(quote_of(citation), later) == span_of("Nobody was hurt.", later, last=True)


def test_the_quote_may_be_set_in_another_way() -> None:
    """As everywhere in newsqa, typography is not content."""
    later = Article(ARTICLE.text.replace("“It isn’t safe,”", '"It isn\'t safe,"'))
    assert find(quote_of(cite("“It isn’t safe,”")), later) == span_of('"It isn\'t safe,"', later)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("will cost $1.2 million.", "will cost $1.3 million."),
        ("will cost $1.2 million.", "will cost $11.2 million."),
        (
            "A new bridge will cost $1.2 million.",
            "A new bridge will cost $1.2 million, it is said.",
        ),
        ("closed on Friday", "reopened on Friday"),
        ("closed on Friday", "Closed on Friday"),
        ("“It isn’t safe,”", "It isn’t safe,"),
        ("“It isn’t safe,” the", "“It isn’t … safe,” the"),
    ],
)
def test_words_that_were_changed_are_gone(old: str, new: str) -> None:
    """Nothing similar takes their place, even at the same position."""
    later = Article(ARTICLE.text.replace(old, new))
    with pytest.raises(GroundingError, match="or not any more"):
        find(selectors_of(cite(old), ARTICLE), later)


def test_fragments_of_the_quote_are_not_put_together() -> None:
    """An ellipsis that the article printed is matched literally."""
    article = Article("“We were … not asked,” she said.")
    later = Article("We were here and not asked, she said.")
    with pytest.raises(GroundingError, match="or not any more"):
        find(quote_of(cite("We were … not asked", article), article), later)


@pytest.mark.parametrize("context", [0, 32])
def test_a_figure_is_not_found_inside_another(context: int) -> None:
    """Without context nothing else would keep 5% out of 25%."""
    article = Article("5%")
    quote = quote_of(cite("5%", article), article, context)
    for later in (Article("25%"), Article("The 25% agreed.")):
        with pytest.raises(GroundingError, match="or not any more"):
            find([quote, TextPositionSelector(start=1, end=3)], later)


def test_equal_places_are_ambiguous() -> None:
    """The first hit would be a guess."""
    later = Article("It rained. It rained. It rained.")
    with pytest.raises(GroundingError, match="more than once"):
        find(TextQuoteSelector(exact="It rained."), later)


def test_the_position_decides_between_equal_places() -> None:
    """One of them is at the selected position if only the text after it was changed."""
    later = Article("It rained. It rained. It rained.")
    selectors = (TextQuoteSelector(exact="It rained."), TextPositionSelector(start=11, end=21))
    assert find(selectors, later) == Span(start=11, end=21)


def test_the_nearest_place_is_not_the_position() -> None:
    """Text put before may have moved any of them there."""
    later = Article("It rained. It rained. It rained.")
    selectors = (TextQuoteSelector(exact="It rained."), TextPositionSelector(start=12, end=22))
    with pytest.raises(GroundingError, match="more than once"):
        find(selectors, later)


def test_the_context_outweighs_the_position() -> None:
    """The words there now are another occurrence."""
    later = Article(ARTICLE.text.replace("The old bridge closed on Friday. ", ""))
    quote, _ = selectors_of(cite("Nobody was hurt.", last=True), ARTICLE)
    there = TextPositionSelector(start=0, end=16)
    assert find([quote, there], later) == span_of("Nobody was hurt.", later, last=True)


def test_the_position_decides_where_the_context_is_half_the_same_too() -> None:
    """Here the sentences before were changed, and those after are alike."""
    later = Article("Now: it rained. So. Now: it rained. So.")
    quote = TextQuoteSelector(exact="it rained.", prefix="Then: ", suffix=" So.")
    at = span_of("it rained.", later, last=True)
    there = TextPositionSelector(start=at.start, end=at.end)
    assert find([quote, there], later) == at


def test_half_the_context_outweighs_the_position() -> None:
    """An occurrence with the same words on neither side is worse than one with either."""
    later = Article("Now: it rained. And? Then: it rained. Why?")
    quote = TextQuoteSelector(exact="it rained.", prefix="Then: ", suffix=" So.")
    there = TextPositionSelector(start=5, end=15)
    assert find([quote, there], later) == span_of("it rained.", later, last=True)


def test_more_places_than_are_listed_are_ambiguous() -> None:
    """The one that is meant may be among those that are not."""
    quote = TextQuoteSelector(exact="He left", prefix="At last. ")
    many = "He left. " * (MAX_CANDIDATES + 1)
    with pytest.raises(GroundingError, match="more than once"):
        find(quote, Article("At  last. " + many))
    assert find(quote, Article(many + "At last. He left.")).start == len(many) + 9


def test_a_position_alone_finds_nothing() -> None:
    """In a later version there may be anything at that position."""
    with pytest.raises(GroundingError, match="A position alone"):
        find(TextPositionSelector(start=0, end=3), ARTICLE)


def test_a_collection_holds_an_annotation_for_each_citation_of_each_claim() -> None:
    """The claim is the comment, the cited words are the target, found by either selector."""
    answer = ask(ARTICLE_WITH_URL, "When did the bridge close?", settings=EXTRACTIVE)
    collection = annotation_collection(answer, ARTICLE_WITH_URL)
    [item] = collection["first"]["items"]
    quote, position = item["target"]["selector"]
    assert collection["total"] == 1
    assert item["body"][0]["value"] == answer.claims[0].text
    assert ARTICLE_WITH_URL.text[position["start"] : position["end"]] == quote["exact"]
    assert item["target"]["source"] == "https://example.org/bridge"


def test_the_ids_of_annotations_are_the_same_each_time() -> None:
    """So that importing a collection again replaces what was there."""
    answer = ask(ARTICLE_WITH_URL, "When did the bridge close?", settings=EXTRACTIVE)
    first, second = (annotation_collection(answer, ARTICLE_WITH_URL) for _ in range(2))
    assert first == second


def test_a_collection_is_of_the_article_that_was_asked() -> None:
    """Offsets in another text would annotate other words."""
    answer = ask(ARTICLE_WITH_URL, "When did the bridge close?", settings=EXTRACTIVE)
    with pytest.raises(GroundingError, match="has changed since"):
        annotation_collection(answer, Article("Another text."))
