"""Boundaries: where a text may be cut. A bar in an example marks the place in question."""

from __future__ import annotations

import pytest
import regex
from hypothesis import example, given
from hypothesis import strategies as st

from newsqa.languages import language
from newsqa.text.boundaries import end_of_joiners, is_boundary


def _at_bar(example: str) -> bool:
    return is_boundary(example.replace("|", ""), example.index("|"))


@pytest.mark.parametrize(
    "example",
    [
        "con|cat",
        "don|'t",
        "don'|t",
        "O’|Brien",
        "AT|&T",
        "S&|P",
        "U|.S.",
        "U.|S.",
        "a|.m.",
        "snake_|case",
    ],
)
def test_no_boundary_inside_a_word(example: str) -> None:
    """Letters, and the signs that tie letters together, are not parted."""
    assert not _at_bar(example)


@pytest.mark.parametrize(
    "example",
    [
        *(
            "1|1.2",
            "1|.2",
            "1.|25",
            "1|,100",
            "1,|100",
            "10|:30",
            "10:|30",
            "7|–2",
            "7–|2",
            "9|/11",
        ),
        *(
            "10| 000",
            "10 |000",
            "10\u202f|000",
            "1|’000",
            "5|²",
            "5|½",
            "20|th",
            "20|-year",
            "5|bn",
        ),
    ],
)
def test_no_boundary_inside_a_figure(example: str) -> None:
    """A part of a figure is another figure."""
    assert not _at_bar(example)


@pytest.mark.parametrize(
    "example",
    [
        "5|%",
        "5| %",
        "5|°C",
        "5°|C",
        "5|′",
        "5|€",
        "5| €",
        "$|5",
        "$ |5",
        "US|$5",
        "HK$|5",
        "%|5",
        "２５|％",
    ],
)
def test_no_boundary_between_a_figure_and_its_unit_sign(example: str) -> None:
    """A figure without its unit sign is another figure."""
    assert not _at_bar(example)


@pytest.mark.parametrize(
    "example",
    [
        *(
            "$1.2| billion",
            "5 |million",
            "3| Mrd. Euro",
            "5| 万",
            "2| млн",
            "1.2| مليون",
            "٣٫٥| ملايين",
        ),
        *(
            "2.4| מיליארד",
            "1.5| लाख",
            "5| हज़ार",
            "2,3| εκατ.",
            "2,4| triệu",
            "3.5| ล้าน",
            "1조| 2400억",
        ),
    ],
)
def test_no_boundary_between_a_figure_and_its_scale(example: str) -> None:
    """A figure without its million is another figure."""
    assert not _at_bar(example)


@pytest.mark.parametrize(
    "example",
    [
        *("-|5", "−|5", "-|$5", "$-|5", "±|5", "+|5", "~|5", ".|5", "$|.50"),
        *("minus |5", "минус |5", "零下|5度"),
    ],
)
def test_no_boundary_between_a_sign_and_its_figure(example: str) -> None:
    """A figure without its sign or decimal point is another figure."""
    assert not _at_bar(example)


@pytest.mark.parametrize(
    "example",
    [
        "in 2024| $5",
        "in 2024 |$5",
        "(|5)",
        "5|.",
        "5|, 6",
        "2025|—the",
        "by 5|”",
        "--|5 people",
        "5%| of",
        "5| people",
        "5| military bases",
    ],
)
def test_boundary_around_a_whole_figure(example: str) -> None:
    """Punctuation and words around a figure are not part of it."""
    assert _at_bar(example)


def test_a_compound_may_be_left_but_not_entered_at_its_hyphen() -> None:
    """London of London-based is still London, but an ex-president is not a president."""
    assert _at_bar("London|-based")
    assert not _at_bar("ex-|president")
    assert not _at_bar("anti‑|war")
    assert not _at_bar("U.S.-|led")
    assert not _at_bar("תל־|אביב")


def test_a_possessive_may_be_left_before_its_apostrophe() -> None:
    """Bailey's names Bailey."""
    assert _at_bar("Bailey|'s plan")
    assert _at_bar("Bailey|’s plan")


@pytest.mark.parametrize(
    "example",
    ["l’|Ukraine", "d'|une", "qu’|Emmanuel", "L’|avion", "D’|après", "dell’|Ucraina", "un'|altra"],
)
def test_boundary_after_an_elided_article(example: str) -> None:
    """French and Italian write a short word and the next one together."""
    assert _at_bar(example)


@pytest.mark.parametrize(
    "example",
    [
        "n’|est",
        "L’|Oréal",
        "D’|Angelo",
        "aujourd’|hui",
        "quelqu’|un",
        "l|’Ukraine",
        "all’|s",
        "O’|Brien",
    ],
)
def test_no_boundary_after_other_apostrophes(example: str) -> None:
    """A negation and a name keep what is before theirs."""
    assert not _at_bar(example)


def test_boundary_where_a_space_was_lost_between_sentences() -> None:
    """Text extraction glues sentences, which is no reason to refuse a quote."""
    assert _at_bar("he said.|The bank")


@pytest.mark.parametrize(
    "example", ["日本|銀行", "ひら|がな", "ภาษา|ไทย", "2025|年", "約|5", "は|Apple"]
)
def test_boundary_between_letters_of_scripts_without_spaces(example: str) -> None:
    """Where words are written without spaces, one may begin after any letter."""
    assert _at_bar(example)


@pytest.mark.parametrize(
    "example",
    [
        *("twenty|-five", "Eighty|-five", "twenty| five", "quatre|-vingt-dix", "двадцать| пять"),
        *("treinta| y cinco", "vingt et |un", "five| million", "Three |hundred", "half|-million"),
        *("five|-year", "пять| миллионов", "خمسة| آلاف", "חמישה| מיליון", "पाँच| हज़ार", "ยี่สิบ|ห้า"),
    ],
)
def test_no_boundary_inside_a_figure_in_words(example: str) -> None:
    """Twenty is another figure than twenty-five, and five than five million."""
    assert not _at_bar(example)


@pytest.mark.parametrize("example", ["twenty| people", "often| five", "five |Millers", "bone| dry"])
def test_boundary_around_a_number_word(example: str) -> None:
    """A number word alone, or a word that only looks like one, is a word like others."""
    assert _at_bar(example)


@pytest.mark.parametrize("example", ["1| ½ points", "1 |½ points"])
def test_no_boundary_between_a_figure_and_its_fraction(example: str) -> None:
    """One and a half is neither one nor a half."""
    assert not _at_bar(example)


@pytest.mark.parametrize(
    "example",
    [
        *(
            "20|25年",
            "5|万人",
            "二|十",
            "二十|三",
            "第|三年",
            "第|3回",
            "百|分之五",
            "百分之|五",
            "百分|之五",
        ),
        *(
            "数|十万",
            "几|百人",
            "两|千",
            "三十|多万",
            "三十多|万",
            "10点|半",
            "两年|半",
            "两个|半小时",
        ),
    ],
)
def test_no_boundary_inside_a_figure_in_a_script_without_spaces(example: str) -> None:
    """Figures stay whole there too, Han figures included."""
    assert not _at_bar(example)


def test_no_boundary_inside_a_katakana_name() -> None:
    """India is not a part of Indonesia."""
    assert not _at_bar("インド|ネシア")


@pytest.mark.parametrize("example", ["らあ|ー", "人|々", "ち|ょうど", "だ|った"])
def test_no_boundary_before_a_sign_that_prolongs_or_repeats_a_letter(example: str) -> None:
    """It is read with the letter before it."""
    assert not _at_bar(example)


def test_boundary_before_words_of_quoting() -> None:
    """The small tsu of って begins a word."""
    assert _at_bar("行く|って")


def test_a_span_includes_the_joiners_after_its_last_letter() -> None:
    """A joiner at the end of a word belongs to it, and a soft hyphen does not."""
    assert end_of_joiners("ab\u200c c", 2) == 3
    assert end_of_joiners("ab\u200d\ufe0f c", 2) == 4
    assert end_of_joiners("ab\u00ad c", 2) == 2
    assert end_of_joiners("ab", 2) == 2


def test_boundary_after_a_joiner_that_joins_nothing() -> None:
    """A stray joiner before a word is not part of it."""
    assert _at_bar(" \u200d|word")


def test_an_invisible_character_makes_no_boundary() -> None:
    """A soft hyphen or a control character inside a word does not part it."""
    assert not _at_bar("con\x00|cat")
    assert not _at_bar("re|\u00adopen")
    assert not _at_bar("re\u00ad|open")


@pytest.mark.parametrize(
    "cluster",
    [
        "e\u0301",
        "\U0001f468\u200d\U0001f469",
        "\U0001f1eb\U0001f1f7",
        "\U0001f44d\U0001f3fd",
        "\r\n",
        "กำ",
    ],
)
def test_no_boundary_inside_a_character_as_users_see_it(cluster: str) -> None:
    """Marks, joined emoji, flags, skin tones and line ends are not cut."""
    assert not any(is_boundary(f"a {cluster} b", at) for at in range(3, 2 + len(cluster)))


def test_a_pair_of_surrogates_is_not_cut() -> None:
    """Text that was decoded badly is not made worse."""
    assert not is_boundary("\ud83d\ude00", 1)


@given(st.text(st.characters(exclude_characters="\u0600\u0601\u0602\u0603"), max_size=12))
def test_no_boundary_lies_inside_a_grapheme_cluster(text: str) -> None:
    """What Unicode calls one user-perceived character is never cut, whatever the text."""
    for cluster in regex.finditer(r"\X", text):
        inner = range(cluster.start() + 1, cluster.end())
        assert not any(is_boundary(text, at) for at in inner)


@given(st.text())
@example("ー")
@example("\u0301")
def test_the_ends_of_a_text_are_boundaries(text: str) -> None:
    """The whole of a text may be quoted."""
    assert is_boundary(text, 0)
    assert is_boundary(text, len(text))


@pytest.mark.parametrize(
    "text",
    [
        *("5 |million", "5 |Milliarden", "5 |мільйонів", "5 |тысячей", "5 |χιλιάδες", "5 |ألف"),
        *(
            "5 |מיליון",
            "5 |लाख",
            "5 |mil euros",
            "5|万",
            "5|ล้าน",
            "5 |nghìn",
            "5 |juta",
            "5 |miljoner",
        ),
        *("twenty |five", "treinta y |cinco", "двадцать |пять", "είκοσι |πέντε"),
        *("fünf |Millionen", "ثلاثة |ملايين", "trois |milliards", "5 |milionów"),
        *("ห้า|ล้าน", "minus |五", "負|五"),
    ],
)
def test_a_number_is_not_cut_before_a_word_that_belongs_to_it(text: str) -> None:
    """The words are those of the languages' data files, and a few stems of other languages."""
    before, _, after = text.partition("|")
    assert not is_boundary(before + after, len(before))


@pytest.mark.parametrize("text", ["5 |Millers", "five |people", "qu'|il"])
def test_a_number_may_be_cut_before_another_word(text: str) -> None:
    """A word that only begins like a scale is not one."""
    before, _, after = text.partition("|")
    assert is_boundary(before + after, len(before))


@pytest.mark.parametrize("code", ["en", "fr", "de", "es", "pt", "nl", "sv", "da"])
def test_no_prefix_of_a_language_may_be_cut_from_its_word(code: str) -> None:
    """They are in the language's data file."""
    for prefix in language(code).words.prefixes:
        assert not is_boundary(f"{prefix}-word", len(prefix))


@given(st.text("a1-.%$ \u00ad\u200b\u200e\u200f", max_size=20), st.data())
def test_characters_that_are_not_shown_make_no_boundary(text: str, data: st.DataObject) -> None:
    """Where the text without them may not be cut, nor may the text with them."""
    at = data.draw(st.integers(0, len(text)))
    hidden = "\u00ad\u200b\u200e\u200f"
    left, right = ("".join(c for c in part if c not in hidden) for part in (text[:at], text[at:]))
    assert is_boundary(left + right, len(left)) or not is_boundary(text, at)
