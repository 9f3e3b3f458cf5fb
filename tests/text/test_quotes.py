"""Finding quotes: presentation may differ, content may not."""

from __future__ import annotations

import unicodedata
from typing import get_args

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from newsqa.text import Located, Match, Tier
from newsqa.text.boundaries import is_boundary
from newsqa.text.quotes import MAX_CANDIDATES, MAX_FRAGMENTS, MAX_GAP, QuoteIndex, _hits

ARTICLE = (
    "HARBOUR CITY — The port authority raised its mooring fee to 4.25% on Monday, the third rise "
    "in a row.\n\n“We do not expect a shortage,” director Ada Holm said. “Berths are likely to fill "
    "in May.”\n\nThe board voted 7–2 for the half-point step. Profit at the country’s largest yard "
    "rose to $1.2 billion, up from $980 million. The yard did not pay a dividend.\n\nThe Café "
    "Marin would re\u00adopen on Große Straße. Holm said the plan was final. Holm said the plan was "
    "final, critics replied, is what every director says.\n"
)


def _found(quote: str, text: str = ARTICLE) -> str | None:
    match = QuoteIndex(text).locate(quote).match
    return " | ".join(text[start:end] for start, end in match.spans) if match else None


def _tier(quote: str, text: str = ARTICLE) -> Tier | None:
    match = QuoteIndex(text).locate(quote).match
    return match.tier if match else None


def _spans(located: Located) -> list[tuple[int, int]]:
    return [candidate.spans[0] for candidate in located.candidates]


@pytest.mark.parametrize(
    ("quote", "tier"),
    [
        ("The yard did not pay a dividend.", "exact"),
        ("third rise in a row. “We do not", "whitespace"),
        ('"We do not expect a shortage," director', "typography"),
        ("the port authority RAISED its mooring fee", "case"),
        ("The board voted ... for the half-point step", "elided"),
    ],
)
def test_the_strictest_tier_that_finds_a_quote_is_named(quote: str, tier: Tier) -> None:
    """A match says how loosely it was found."""
    assert _tier(quote) == tier


@pytest.mark.parametrize(
    ("quote", "stretch"),
    [
        ("rises in a row", None),
        ("in a row.  “We do", "in a row.\n\n“We do"),
        ("voted 7-2 for", "voted 7–2 for"),
        ("the country's largest", "the country’s largest"),
        ("'We do not expect a shortage,'", "“We do not expect a shortage,”"),
        ("Cafe\u0301 Marin would reopen", "Café Marin would re\u00adopen"),
        ("GROSSE STRASSE", "Große Straße"),
        ("HARBOUR CITY -- The port", "HARBOUR CITY — The port"),
        ("rose to $1.2 billion, up", "rose to $1.2 billion, up"),
    ],
)
def test_the_span_is_the_articles_own_wording(quote: str, stretch: str | None) -> None:
    """The span has the article's text, however the quote was written."""
    assert _found(quote) == stretch


@pytest.mark.parametrize(
    "quote",
    [
        "raised its mooring fee to 4.75% on Monday",
        "rose to $1.3 billion",
        "voted 6–3 for the half-point step",
        "We do expect a shortage",
        "The yard did pay a dividend.",
        "Berths are not likely to fill in May",
        "director Ada Holmes said",
        "The board raised its mooring fee",
        "on Monday 2019, the third rise",
        "Marin Café would reopen",
        "The Cafe Marin",
        "the plan was final?",
        "zebra",
    ],
)
def test_other_content_is_refused(quote: str) -> None:
    """A changed figure, name, order or polarity is never found, however similar it looks."""
    assert QuoteIndex(ARTICLE).locate(quote) == Located(None, ())


@pytest.mark.parametrize(
    ("quote", "text"),
    [
        ("1.2", "It rose 11.2 points, 1.25 more."),
        ("5%", "Some 25% agreed."),
        ("5", "Some 5% agreed."),
        ("100", "It cost $100, -100 and 1,100."),
        ("10", "At 10:30 there were 10 000."),
        ("cat", "To concatenate."),
        ("20", "2025年に"),
        ("インド", "インドネシアの首都"),
        ("S.", "In the U.S. senate"),
        ("president", "The ex-president spoke."),
        ("1", "A ½ share"),
        (".5 points", "Up 5 points"),
        ("f", "A ﬁne day"),
        ("e", "caf e\u0301"),
    ],
)
def test_a_piece_of_a_word_or_figure_is_refused(quote: str, text: str) -> None:
    """A part of a longer word or figure is not in the text."""
    assert QuoteIndex(text).locate(quote).candidates == ()


@pytest.mark.parametrize(
    ("quote", "text", "stretch"),
    [
        ("in Massen", "in Maßen", None),
        ("in Maßen", "in Massen", None),
        ("IN MASSEN", "in Maßen", "in Maßen"),
        ("in maßen", "IN MASSEN", "IN MASSEN"),
        ("In Massen ... mehr", "in Maßen, nicht mehr", None),
    ],
)
def test_sharp_s_is_double_s_in_capitals_only(quote: str, text: str, stretch: str | None) -> None:
    """In moderation (in Maßen) is not in masses (in Massen)."""
    assert _found(quote, text) == stretch


def test_a_joiner_at_the_end_of_a_word_belongs_to_the_span() -> None:
    """A letter is not cut from the joiner after it, and a quote without it is found."""
    assert _found("می\u200cخواهم", "می\u200cخواهم\u200c بروم") == "می\u200cخواهم\u200c"
    assert _tier("I ❤", "I ❤\ufe0f NY") == "typography"


def test_a_place_inside_a_word_does_not_hide_the_next_one() -> None:
    """The search goes on after a hit that is refused."""
    assert _found("5%", "Not 25% but 5% agreed.") == "5%"
    assert QuoteIndex("Not 25% but 5% agreed.").locate("5%").match == Match("exact", ((12, 14),))


@pytest.mark.parametrize(
    "quote",
    [
        "The yard did not pay a dividend...",
        "... The yard did not pay a dividend",
        "[...] the yard did not pay a dividend […]",
        "The yard did not pay a dividend،",
        "The yard did not pay a dividend۔",
        "The yard did not pay a dividend।",
        '"The yard did not pay a dividend,"',
        "“‘The yard did not pay a dividend.’”",
    ],
)
def test_what_a_model_adds_around_a_quote_is_trimmed(quote: str) -> None:
    """Quotation marks, dots and commas at the edges are the quoter's, unless the article has them."""
    assert (_found(quote) or "").rstrip(".").lower() == "the yard did not pay a dividend"


def test_edges_that_the_article_has_are_kept() -> None:
    """Quotation marks that the article has as well belong to the span."""
    assert _found('"We do not expect a shortage,"') == "“We do not expect a shortage,”"


def test_edges_are_not_trimmed_in_the_strict_tiers() -> None:
    """Trimming is a step of looser tiers only."""
    index = QuoteIndex(ARTICLE)
    assert index.locate("Berths are likely.", loosest="whitespace").match is None
    assert index.locate("Berths are likely.", loosest="typography").match is not None


def test_no_tier_looser_than_the_loosest_is_tried() -> None:
    """The caller sets the loosest tier."""
    for tier, quote in zip(
        get_args(Tier)[1:],
        ["in a row. “We", '"We do', "the board VOTED", "The board ... half-point step"],
        strict=True,
    ):
        tighter = get_args(Tier)[get_args(Tier).index(tier) - 1]
        assert QuoteIndex(ARTICLE).locate(quote, loosest=tighter).match is None
        assert QuoteIndex(ARTICLE).locate(quote, loosest=tier).match is not None


@pytest.mark.parametrize(
    "quote", ["", " \n", "...", "“”", "—", "[…] ...", "\u200b", "😀", "((((", "\0"]
)
def test_a_quote_that_says_nothing_is_not_located(quote: str) -> None:
    """Punctuation is everywhere and identifies nothing."""
    assert QuoteIndex(f"“a” — {quote} ... b").locate(quote) == Located(None, ())


@pytest.mark.parametrize("quote", ["a", "5", "Ω"])
def test_a_short_quote_is_located_where_it_is_not_part_of_a_word(quote: str) -> None:
    """A short quote is not refused: boundaries protect it."""
    assert _found(quote, f"Vitamin {quote}, no more") == quote


# several places -----------------------------------------------------------------------------------


def test_several_places_are_ambiguous() -> None:
    """The first place is not taken for the one that is meant."""
    located = QuoteIndex(ARTICLE).locate("Holm said the plan was final")
    first = ARTICLE.index("Holm said the plan")
    second = ARTICLE.index("Holm said the plan", first + 1)
    assert located.match is None
    assert _spans(located) == [(first, first + 28), (second, second + 28)]


def test_near_decides_between_several_places() -> None:
    """The cited sentence says which of two places is meant."""
    second = ARTICLE.rindex("Holm said")
    located = QuoteIndex(ARTICLE).locate(
        "Holm said the plan was final", near=[(second, second + 60)]
    )
    assert located.match == Match("exact", ((second, second + 28),))
    assert len(located.candidates) == 2


def test_several_places_near_are_ambiguous() -> None:
    """Near must single out one place, not several."""
    located = QuoteIndex("so it is, so it was").locate("so it", near=[(0, 19)])
    assert located.match is None
    assert len(located.candidates) == 2


def test_several_places_and_none_near_are_ambiguous() -> None:
    """A quote that is not where it was cited is not moved to a random place."""
    assert QuoteIndex("so, so. And then").locate("so", near=[(8, 16)]).match is None


def test_one_place_is_meant_even_far_from_near() -> None:
    """A wrong sentence number does not undo a quote with only one place."""
    assert QuoteIndex("so it is. And then").locate("so it is", near=[(10, 18)]).match is not None


def test_a_place_inside_near_goes_before_one_that_overlaps() -> None:
    """A quote that crosses the end of the cited sentence comes after one within."""
    text = "a b a b a"
    assert QuoteIndex(text).locate("b a", near=[(5, 9)]).match == Match("exact", ((6, 9),))
    assert QuoteIndex(text).locate("b a", near=[(4, 9)]).match == Match("exact", ((6, 9),))


def test_a_place_that_overlaps_near_goes_before_one_that_does_not() -> None:
    """Part of the quote in the cited sentence is better than none."""
    assert QuoteIndex("a b a b a").locate("a b", near=[(6, 9)]).match == Match("exact", ((4, 7),))


def test_a_quote_across_two_near_sentences_is_inside() -> None:
    """The white space between two cited sentences does not count against it."""
    text = "It ended. It began. It ended. It began."
    located = QuoteIndex(text).locate("It ended. It began.", near=[(20, 29), (30, 39)])
    assert located.match == Match("exact", ((20, 39),))


def test_near_in_a_looser_tier_goes_before_far_in_a_stricter_one() -> None:
    """The cited sentence weighs more than the letter case."""
    text = "the plan is final. He added: The Plan is final."
    located = QuoteIndex(text).locate("the plan is final", near=[(19, 47)])
    assert located.match == Match("case", ((29, 46),))


def test_near_without_the_quotes_edges_goes_before_far_with_them() -> None:
    """A full stop that a model put at the end does not take the quote elsewhere."""
    text = "So it is. He added: “So it is,” and left."
    located = QuoteIndex(text).locate("So it is.", near=[(10, 41)])
    assert located.match == Match("typography", ((21, 29),))


def test_far_in_the_strictest_tier_when_nothing_is_near() -> None:
    """Looser places elsewhere do not make a tight one ambiguous."""
    text = "the plan is final. The Plan is final. And then."
    located = QuoteIndex(text).locate("the plan is final", near=[(38, 47)])
    assert located.match == Match("exact", ((0, 17),))


def test_overlapping_places_are_all_found() -> None:
    """A place that begins within another one is a place too."""
    assert _spans(QuoteIndex("so so so").locate("so so")) == [(0, 5), (3, 8)]


def test_candidates_are_bounded_and_near_is_not() -> None:
    """A word that is everywhere can still be located in the cited sentence."""
    text = "so " * 1_000
    located = QuoteIndex(text).locate("so", near=[(2_997, 2_999)])
    assert located.match == Match("exact", ((2_997, 2_999),))
    assert len(located.candidates) == MAX_CANDIDATES


def test_a_word_that_is_everywhere_is_looked_for_in_one_tier() -> None:
    """With more places far away than are counted, no looser place near is sought."""
    located = QuoteIndex("so " * 101 + "SO").locate("so", near=[(303, 305)])
    assert located.match is None
    assert len(located.candidates) == MAX_CANDIDATES


# elided quotes ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "mark", ["...", " ... ", " … ", " [...] ", " […] ", " (...) ", " . . . ", "…"]
)
def test_an_elided_quote_has_a_span_for_each_fragment(mark: str) -> None:
    """The words left out are not part of what is quoted."""
    expected = "The port authority | raised | the third rise"
    quote = f"The port authority{mark}raised{mark}the third rise"
    assert _found(quote, ARTICLE.replace("authority", "authority has")) == expected


def test_fragments_are_found_however_they_are_set() -> None:
    """Fragments may differ in presentation as whole quotes may."""
    assert (
        _found('"we do not expect ..., director ADA holm"')
        == "“We do not expect | director Ada Holm"
    )


def test_fragments_are_in_order() -> None:
    """An elided quote does not reorder what was said."""
    assert _found("the third rise ... The port authority") is None


def test_a_fragment_that_is_not_found_refuses_the_quote() -> None:
    """Each of the fragments must be there."""
    assert _found("The yard did ... pay a bonus") is None


@pytest.mark.parametrize(("gap", "is_found"), [(MAX_GAP, True), (MAX_GAP + 1, False)])
def test_fragments_are_close(gap: int, is_found: bool) -> None:
    """Words from far apart are not a quote."""
    assert (_found("one ... two", f"one{'-' * (gap - 2):^{gap}}two") is not None) == is_found


def test_an_ellipsis_of_the_article_is_plain_text() -> None:
    """A literal match is one span."""
    assert _found("Well... perhaps", "He said: Well… perhaps, well, perhaps") == "Well… perhaps"


def test_the_closest_sequence_of_fragments_is_meant() -> None:
    """Of two first fragments before the same second one, the closer one counts."""
    text = "He said one thing. He said another thing today."
    assert QuoteIndex(text).locate("He said ... today").match == Match(
        "elided", ((19, 26), (41, 46))
    )


def test_near_decides_between_elided_places() -> None:
    """Sequences of fragments are singled out as whole quotes are."""
    text = "He said yes today. He said so today."
    index = QuoteIndex(text)
    assert index.locate("He said ... today").match is None
    assert index.locate("He said ... today", near=[(19, 36)]).match == Match(
        "elided", ((19, 26), (30, 35))
    )


def test_a_quote_of_very_many_fragments_is_refused() -> None:
    """Single words picked out of a text are not a quote."""
    words = [f"w{number}" for number in range(MAX_FRAGMENTS + 1)]
    text = " and ".join(words)
    assert _found(" ... ".join(words[:-1]), text) is not None
    assert _found(" ... ".join(words), text) is None


@pytest.mark.parametrize(
    ("quote", "text"),
    [
        ("The yard did ... pay a dividend", ARTICLE),
        ("Das … gut", "Das, nie, gut."),
        ("его … видели", "его не видели"),
        ("他……去", "他没有去"),
    ],
)
def test_an_ellipsis_does_not_replace_a_negation(quote: str, text: str) -> None:
    """An elision must not leave out a "not"."""
    assert _found(quote, text) is None


def test_an_ellipsis_may_replace_more_than_a_negation() -> None:
    """The checks of the claim judge the rest."""
    assert _found("The yard ... a dividend") == "The yard | a dividend"


# any text -----------------------------------------------------------------------------------------

_HOSTILE = {
    "words": "a " * 100_000,
    "letters": "a" * 100_000,
    "brackets": "(" * 100_000,
    "marks": "e" + "\u0301\u0316" * 50_000,
    "dots": ". " * 100_000,
    "elisions": "[...] " * 20_000,
    "percentages": "1% " * 30_000,
    "flags": "\U0001f1eb" * 50_000,
    "soft hyphens": "a" + "\u00ad" * 100_000,
    "blanks and nothings": " \u200b" * 50_000,
}


@pytest.mark.parametrize("text", _HOSTILE.values(), ids=_HOSTILE)
def test_no_text_is_slow(text: str) -> None:
    """Repetitions, floods of marks and the like neither raise nor take quadratic time."""
    index = QuoteIndex(text + " the end")
    for quote in ("the end", text, text[: len(text) // 2] + "1", "the ... end"):
        for candidate in index.locate(quote).candidates:
            assert 0 <= candidate.spans[0][0] < candidate.spans[-1][1] <= len(text) + 8


def test_overlapping_hits_are_bounded() -> None:
    """A quote that repeats itself over and over does not make the search quadratic."""
    assert 100 < len(list(_hits("a" * 5_000, "a" * 10_000))) < 1_000


_ANY_TEXT = st.text(st.characters(exclude_categories=[])) | st.text(
    "aA1 .…-–“'\u0301\u00ad½ß\ud800\udc00中\n"
)


@example("\u3164", "\u3164", [])  # a letter that nobody sees
@given(_ANY_TEXT, _ANY_TEXT, st.lists(st.tuples(st.integers(-5, 20), st.integers(-5, 20))))
def test_spans_are_whole_pieces_of_any_text(
    text: str, quote: str, near: list[tuple[int, int]]
) -> None:
    """Nothing raises, and what is found lies in the text, in order, between borders."""
    located = QuoteIndex(text).locate(quote, near=near)
    assert located.match is None or located.match in located.candidates
    for candidate in located.candidates:
        borders = [border for span in candidate.spans for border in span]
        assert borders == sorted(borders)
        assert all(start < end for start, end in candidate.spans)
        assert all(0 <= at <= len(text) and is_boundary(text, at) for at in borders)


@given(_ANY_TEXT)
def test_any_text_that_says_something_contains_itself(text: str) -> None:
    """A whole text is an exact quote of itself."""
    quote = text.strip()
    assume(any(map(str.isalnum, quote)))
    start = len(text) - len(text.lstrip())
    assume(is_boundary(text, start) and is_boundary(text, start + len(quote)))
    assert QuoteIndex(text).locate(quote).match == Match("exact", ((start, start + len(quote)),))


# damage to presentation is undone, damage to content is not ----------------------------------------

_SAMPLE = (
    "“We won’t,” café straße re\u00adopen ﬁnance said: (the end) naïve 1.2 25% $980 7–2 10:30 — wait… "
    "ПРАВДА Ελλάς 한국은행 ２０２５ no No 日本の中央銀行は 据え置いた。 x a A İzmir well-known CO₂ ½ 10²"
)
_WORDS = _SAMPLE.split()
_texts = st.lists(st.sampled_from(_WORDS), min_size=1, max_size=12).flatmap(
    lambda words: st.tuples(
        st.just(words),
        st.lists(
            st.sampled_from([" ", "\n\n", "\u00a0", "  "]), min_size=len(words), max_size=len(words)
        ),
    )
)

_RESPELLINGS: dict[str, list[str]] = {
    " ": ["\n", "  ", "\u00a0", " \r\n"],
    "\n": [" ", "\n\n"],
    "\u00a0": [" "],
    "“": ['"', "«", "„", "'", "``"],
    "”": ['"', "»", "’", "''"],
    "’": ["'", "`", "´"],
    "–": ["-", "−", "‐"],
    "—": ["--", "–", "-"],
    "…": ["...", ". . ."],
    "ﬁ": ["fi"],
    "\u00ad": ["", "\u200b"],
}


@st.composite
def _quoted(draw: st.DrawFn) -> tuple[str, int, int]:
    """A text and a stretch of it that begins and ends at borders and says something."""
    words, blanks = draw(_texts)
    first = draw(st.integers(0, len(words) - 1))
    last = draw(st.integers(first, len(words) - 1))
    pieces = [word + blank for word, blank in zip(words, blanks, strict=True)]
    text = "".join(pieces)
    start, end = len("".join(pieces[:first])), len("".join(pieces[: last + 1]).rstrip())
    end = max(end, start + len(words[first]))
    assume(any(map(str.isalnum, text[start:end])))
    assume(is_boundary(text, start) and is_boundary(text, end))
    return text, start, end


@st.composite
def _damaged(draw: st.DrawFn, quote: str) -> str:
    """``quote`` set in another way, character by character."""
    characters = []
    for character in quote:
        ways = [character, *_RESPELLINGS.get(character, [])]
        ways.append(unicodedata.normalize("NFD", character))
        if character.isalpha() and character.isascii():
            ways += [character.swapcase(), character + "\u00ad"]
        characters.append(draw(st.sampled_from(ways)))
    return "".join(characters)


@given(st.data())
def test_damage_to_presentation_is_undone(data: st.DataObject) -> None:
    """A stretch set in another way is located exactly where it stands."""
    text, start, end = data.draw(_quoted())
    quote = data.draw(_damaged(text[start:end]))
    located = QuoteIndex(text).locate(quote, near=[(start, end)], loosest="case")
    assert located.match is not None
    assert located.match.spans == ((start, end),)


def _plainly(text: str) -> str:
    """The wording of ``text``: an independent account of what presentation is, for ``_WORDS``."""
    for spelled, signs in (("-", "—–−‐"), ('"', "“”«»„’‘'`´"), ("fi", ["ﬁ"]), ("2", ["₂"])):
        for sign in signs:
            text = text.replace(sign, spelled)
    text = text.replace("…", "...").replace(". . .", "...").replace("--", "-").replace('""', '"')
    text = "".join(c for c in text if c not in "\u00ad\u200b").translate(
        {0xFF10 + digit: str(digit) for digit in range(10)}
    )
    text = unicodedata.normalize("NFC", " ".join(text.split())).casefold()
    cjk = "日本の中央銀行は据え置いた。"
    kept = [
        c
        for at, c in enumerate(text)
        if c != " " or not (text[at - 1 : at] in cjk or text[at + 1 : at + 2] in cjk)
    ]
    return "".join(kept).strip("\"'. ,。")


@given(st.data())
def test_damage_to_content_is_refused(data: st.DataObject) -> None:
    """With one letter or digit changed, a quote stands only where brute force finds it too."""
    text, start, end = data.draw(_quoted())
    quote = data.draw(_damaged(text[start:end]))
    at = data.draw(st.sampled_from([i for i, c in enumerate(quote) if c.isalnum()]))
    other = data.draw(st.sampled_from("aeox1259んは"))
    quote = unicodedata.normalize("NFC", quote[:at] + other + quote[at + 1 :])
    borders = [i for i in range(len(text) + 1) if is_boundary(text, i)]
    wanted = _plainly(quote)
    expected = {
        (left, right)
        for left in borders
        for right in borders
        if left < right and _plainly(text[left:right]) == wanted
    }
    located = QuoteIndex(text).locate(quote, loosest="case")
    assert set(_spans(located)) <= expected
    assert bool(located.candidates) == bool(expected)
