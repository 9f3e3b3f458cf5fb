"""Folds, and the map back to the original."""

from __future__ import annotations

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsqa.text.normalization import Folds


def _typography(text: str) -> str:
    return Folds(text)["typography"].text


@pytest.mark.parametrize("blank", ["\n\n", "\u00a0", " \t ", "\u2003", "\r\n", "\u3000"])
def test_any_white_space_folds_to_one_space(blank: str) -> None:
    """Line breaks, no-break spaces and runs are one space."""
    assert Folds(f"a{blank}b")["whitespace"].text == "a b"


def test_all_white_space_of_unicode_folds() -> None:
    """No character that Python calls a space is forgotten."""
    blanks = [chr(code) for code in range(sys.maxunicode + 1) if chr(code).isspace()]
    assert {Folds(f"a{blank}b")["whitespace"].text for blank in blanks} == {"a b"}


def test_white_space_beside_chinese_and_japanese_goes() -> None:
    """A wrapped line, or a space around a figure, does not part words there."""
    assert Folds("日本\n銀行は 2025 年に")["whitespace"].text == "日本銀行は2025年に"


def test_white_space_between_full_width_figures_stays() -> None:
    """Two figures do not become one."""
    assert Folds("２０ ３０")["whitespace"].text == "２０ ３０"


def test_white_space_between_korean_words_stays() -> None:
    """Korean parts its words by spaces."""
    assert Folds("한국 은행")["whitespace"].text == "한국 은행"


@pytest.mark.parametrize(
    ("set_one_way", "set_another"),
    [
        ("“a”", '"a"'),
        ("«a»", "„a“"),
        ("「あ」", "“あ”"),
        ("‘a’", '"a"'),
        ("``a''", '"a"'),
        ("don’t", "don't"),
        ("5′ 10″", "5' 10\""),
        ("a – b", "a - b"),
        ("a—b", "a--b"),
        ("7−2", "7-2"),
        ("a…", "a..."),
        ("a . . . b", "a ... b"),
        ("a — b", "a—b"),
        ("a – b", "a—b"),
        ("a -- b", "a - b"),
        ("il dit : « oui » !", 'il dit: "oui"!'),
        ("er sagte »ja« und", 'er sagte "ja" und'),
        ("كـــتاب", "كتاب"),
        ("re\x02open", "reopen"),
        ("好……", "好⋯⋯"),
        ("re\u00adopen", "reopen"),
        ("می\u200cخواهم", "میخواهم"),
        ("\u200ea\u200f \u200b b", "a b"),
        ("ﬁnance", "finance"),
        ("２０２５％", "2025%"),
        ("ｶﾞｽ", "ガス"),
        ("cafe\u0301", "café"),
        ("\u1112\u1161\u11ab", "한"),
        ("㎞", "km"),
        ("CO₂", "CO2"),
        ("𝐁𝐫𝐞𝐚𝐤𝐢𝐧𝐠", "Breaking"),
    ],
)
def test_typography_folds_what_is_set_differently(set_one_way: str, set_another: str) -> None:
    """Two presentations of a text have one fold."""
    assert _typography(set_one_way) == _typography(set_another)


@pytest.mark.parametrize(
    ("one", "another"),
    [
        ("m²", "m2"),
        ("10²", "102"),
        ("㎡", "m2"),
        ("½", "1/2"),
        ("①", "1"),
        ("⒈", "1."),
        ("log₂8", "log28"),
        ("5₂", "52"),
        ("café", "cafe"),
        ("a—5", "a-5"),
        ("a — 5", "a-5"),
        ("7 – 2", "7–2"),
        ("a--5", "a-5"),
        ("5'", '5"'),
        ("a....5", "a...5"),
        ("¨", " \u0308"),
        ("《a》", '"a"'),
        ("wellknown", "well-known"),
        ("a b", "ab"),
    ],
)
def test_typography_keeps_what_means_something_else(one: str, another: str) -> None:
    """Powers, fractions, signs, units, accents and missing characters are content."""
    assert _typography(one) != _typography(another)


def test_case_folds_in_full() -> None:
    """Unicode's full case folding makes two letters of some."""
    assert Folds("STRASSE")["case"].text == Folds("straße")["case"].text
    assert Folds("İZMİR")["case"].text == "izmir"


def test_the_original_of_a_fold_is_found_after_longer_and_shorter_rewrites() -> None:
    """Offsets survive rewrites that grow, shrink and vanish."""
    text = "“ﬁne”…  the\u00ad straße cafe\u0301 ends"
    folded = Folds(text)["case"]
    start = folded.text.index("ends")
    assert folded.original(start, start + 4) == (text.index("ends"), len(text))


def test_a_rewrite_cannot_be_split() -> None:
    """The f of a ligature has no offset."""
    folded = Folds("a ﬁx")["typography"]
    assert folded.original(2, 3) is None
    assert folded.original(3, 5) is None
    assert folded.original(2, 4) == (2, 3)


def test_what_was_dropped_at_the_ends_stays_outside() -> None:
    """Invisible characters around a word are not part of it."""
    folded = Folds("\u200bword\u200b.")["typography"]
    assert folded.original(0, 4) == (1, 5)


def test_a_flood_of_marks_is_left_alone() -> None:
    """Marks are not sorted if that would take minutes."""
    flood = "e" + "\u0301\u0316" * 50_000
    assert _typography(flood) == flood


def test_every_character_leads_back_to_itself() -> None:
    """The fold of any Unicode character maps back to it alone, or to nothing."""
    characters = [
        chr(code)
        for code in range(sys.maxunicode + 1)
        if unicodedata.category(chr(code))[0] not in "CM" and chr(code) not in "|｜"
    ]
    folded = Folds("|" + "|".join(characters))["case"]
    at = 0
    for number, form in enumerate(folded.text.split("|")[1:]):
        at, end = at + 1, at + 1 + len(form)
        assert not form or folded.original(at, end) == (2 * number + 1, 2 * number + 2)
        at = end


@given(st.text())
def test_the_whole_fold_maps_to_the_whole_text(text: str) -> None:
    """From its first to its last visible character, a text is its own original."""
    for fold in ("whitespace", "typography", "case"):
        folded = Folds(f"<{text}>")[fold]
        assert folded.original(0, len(folded.text)) == (0, len(text) + 2)


@given(st.text(alphabet="aé e\u0301ﬁß“—….-'’ \n\u00ad\u200b中½1", max_size=30), st.data())
def test_what_a_span_of_a_fold_came_from_folds_to_it_again(text: str, data: st.DataObject) -> None:
    """Folding the original of ``[start, end)`` gives ``[start, end)`` again, spaces and dots aside."""
    folded = Folds(text)["case"]
    start = data.draw(st.integers(0, len(folded.text)))
    end = data.draw(st.integers(start, len(folded.text)))
    span = folded.original(start, end)
    if span is not None and start < end:
        again = Folds(text[slice(*span)])["case"].text
        assert _letters(again) == _letters(folded.text[start:end])


def _letters(text: str) -> str:
    """Return ``text`` without the signs whose folding depends on their neighbours."""
    return "".join(character for character in text if character.isalnum())


@pytest.mark.parametrize("around", ["café {} 日本", "日本 {} café", "日本 {} 中国"])
@pytest.mark.parametrize("dash", ["–", "-", "—", "--"])
def test_a_pause_beside_a_script_without_spaces_is_one_dash(around: str, dash: str) -> None:
    """The space between them is dropped."""
    folded, plain = (Folds(around.format(sign))["typography"].text for sign in (dash, "—"))
    assert folded == plain
    assert " " not in folded


def test_a_sign_before_a_chinese_numeral_stays_with_it() -> None:
    """It is a sign: minus five."""
    assert Folds("about -五度")["typography"].text != Folds("about — 五度")["typography"].text
