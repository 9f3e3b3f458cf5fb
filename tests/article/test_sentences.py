"""Where sentences begin and end. A bar in an example stands for a border that must be found."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
import regex
from hypothesis import example, given
from hypothesis import strategies as st

from newsqa.article.fields import Sentence
from newsqa.article.sentences import MAX_SENTENCE_CHARACTERS, WINDOW_CHARACTERS, split_sentences


def _split(text: str, language: str = "en") -> list[str]:
    return [sentence.text for sentence in split_sentences(text, language)]


def _check(marked: str, language: str = "en") -> None:
    """Split at the bars of ``marked``, which precede the white space, and nowhere else."""
    parts = marked.split("|")
    assert _split("".join(parts), language) == [part.strip() for part in parts]


@pytest.mark.parametrize(
    "marked",
    [
        "The U.S. Senate voted.| The U.K. government agreed.",
        "It happened in the U.S.| She left.",
        "He went to the U.N.| They stayed.",
        "Washington, D.C.| He left.",
        "The U.S. weather bureau was wrong.",
        "The game starts at 7 p.m. Saturday.| He said so.",
        "It opens at 9 a.m. on Monday.",
        "At 4 p.m. EST it ended.| At 5 p.m. (EST) it began.",
        "It came at 7 p.m. Jan. 4 and at 6 a.m. July 5.",
        "It begins at 10 a.m. Eastern, which is 5 p.m. Central European time.",
        "It begins at 10 a.m. London time.",
        "It ended at 4 p.m.| The mayor left.",
        "It ended at 4 p.m.| Bring it along.",
        "It ended at 4:30 p.m.| “Bring it along,” he said.",
        "It ended at 4 p.m.| May said so.",
        "She saw the 7 p.m. Bears game.",
        "“Luis got my smoke,” said J. R. Ortega, who left.",
        "J. R. Ortega left.| J.R. Smith stayed.",
        "Its president, Wm. C. Stroud Jr., said so.| Mrs. Haverty did not.| Ms. Roe did.",
        "He lives on Creek Road No. 4, a mile off.",
        "It was the No. 1 reason.| No. 2 was rain.",
        "Did she agree?| No.| She did not.",
        "The answer was no.| Nobody came.",
        "They met at the St. Helen station.| It rained.",
        "On Jan. 4 it was cold.| On Sept. 11, 2001, it was not.",
        "Acme Inc. said so.| Apple Inc. CEO Jane Roe did not.| He works at Acme Inc.| The firm is old.",
        "Gov. Jane Doe, Sen. John Roe, Rep. Al Green and Lt. Col. Max Foe met Lt. Gov. Dan Lee.",
        "Atty. Gen. Jo Moe and Capt. Kim saw Sgt. Po and Supt. Chalmers.",
        "See Vol. 3, Sec. 2, Fig. 5 and Ch. 4.| Then stop.",
        "It had approx. five cats vs. six dogs.",
        "He bought milk etc.| The shop closed.",
        "It rose 3.5 percent.| It cost $4.5 million.",
        "It ended in 1999.| In 2000 it began again.",
        "She takes Vitamin C.| He does not.",
        "(It was late.)| He left.| (It was raining.)",
        "The senator (D-Mass.) said so.",
        "Visit example.com.| It is good.",
    ],
)
def test_news_in_english(marked: str) -> None:
    """Full stops of abbreviations, initials and figures end nothing; those of sentences do."""
    _check(marked)


@pytest.mark.parametrize(
    "marked",
    [
        "“It is over.” he said.| He left.",
        "“Why?” he asked.| “Stop!” she cried.| They did.",
        '"It is over."| He left.| "Why?"| She did not know.',
        "“It is over.”| He left.",
        "He said, “No.”| “Yes,” she said.",
        "“We lost…” he said.| “We lost...”| He left.",
        "He waited... and waited.| He waited ...| She left.",
        "Yahoo! said so.| Is it?| Yes!",
    ],
)
def test_quotations_and_ellipses(marked: str) -> None:
    """A sentence does not continue in lower case after a border, whatever closes the quotation."""
    _check(marked)


def test_small_letters_are_no_reason_where_all_sentences_begin_with_them() -> None:
    """A text without capitals is not one endless sentence."""
    _check("he left.| she stayed.| they won!| who?")


def test_a_name_may_begin_a_sentence_with_a_small_letter() -> None:
    """As brands do."""
    _check("Apple rose.| iPhone sales fell.| eBay did too.")


@pytest.mark.parametrize(
    ("language", "marked"),
    [
        ("de", "Es kostet 3,5 Mio. Euro.| Am 3. März kommt er, z. B. mit Dr. Müller.| Er ging."),
        (
            "de",
            "Der 1. FC Köln gewann im 19. Jahrhundert.| Er kam 1999.| Dann ging er mit M. H. weg.",
        ),
        ("de", "Das Spiel endete 3:1.| Danach ging er.| Am 12. August kam er."),
        ("de", "„Ja.“| Er ging.| „Wirklich?“ fragte sie.| „Nein“, sagte er."),
        (
            "es",
            "¿Qué pasó?| ¡Nada!| «No sé.» dijo la Dra. Pérez.| El Sr. Gómez, de EE. UU., calló.",
        ),
        ("es", "El n.º 4 y la pág. 3 faltan.| Es la 5.ª vez."),
        ("fr", "M. Dupont est arrivé.| Mme Roe aussi.| J.-P. Roux, non.| « Oui. »| Il est parti."),
        ("nl", "Dhr. Jansen en mevr. Bos kwamen.| Dat is d.w.z. goed."),
        ("ru", "А. С. Пушкин родился в Москве.| «Да.»| Он ушел, т. е. уехал."),
        ("ar", "هل جاء؟| نعم.| قال د. أحمد إنه سافر.| ثم ذهب!"),
        ("hi", "डॉ. शर्मा ने कहा।| वह गया।| क्या?| हाँ।"),
        ("zh", "他说：“我来了。”|然后走了。|你好！|真的吗？|“是的！”|他走了。"),
        ("ja", "彼は言った。|本当？|はい！"),
        ("th", "สวัสดีครับ ผมชื่อสมชาย วันนี้อากาศดี"),
    ],
)
def test_other_languages(language: str, marked: str) -> None:
    """Each has its own abbreviations, quotation marks and full stops."""
    _check(marked, language)


@pytest.mark.parametrize("language", ["", "xx", "中文", "english", "EN"])
def test_an_unknown_language_is_split_all_the_same(language: str) -> None:
    """An unknown code is not an error."""
    _check("Dr. Roe came.| She left.", language)


@pytest.mark.parametrize(
    "end", ["\n", "\r\n", "\r", "\n\n", "\u2028", "\u2029", "\f", "\v", "\x85"]
)
def test_a_headline_and_the_lead_below_it_are_two_sentences(end: str) -> None:
    """A line without a full stop ends with its line, however that ends."""
    assert _split(f"Bridge closes{end}The bridge closed on 3 May") == [
        "Bridge closes",
        "The bridge closed on 3 May",
    ]


def test_a_line_is_a_paragraph() -> None:
    """Blank lines between count for nothing."""
    sentences = split_sentences("Title\r\n\r\n\r\nOne. Two.\nThree.", "en")
    assert [(s.text, s.paragraph) for s in sentences] == [
        ("Title", 1),
        ("One.", 2),
        ("Two.", 2),
        ("Three.", 3),
    ]


WRAPPED = (
    "The mercury at the St. Clement weather station fell to 24 degrees\n"
    "Fahrenheit at 4:40 a.m., four degrees below the point at which open\n"
    "blossom dies, said Mrs. P. L. Haverty, the county extension agent. It\n"
    "was the lowest reading there.\n"
)
JOINED = [
    (
        "The mercury at the St. Clement weather station fell to 24 degrees Fahrenheit at 4:40 a.m., "
        "four degrees below the point at which open blossom dies, said Mrs. P. L. Haverty, the "
        "county extension agent."
    ),
    "It was the lowest reading there.",
]


def _on_one_line(sentences: list[str]) -> list[str]:
    return [" ".join(sentence.split()) for sentence in sentences]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("indent", ["", "    ", "\t"])
def test_hand_wrapped_lines_are_joined(end: str, indent: str) -> None:
    """Also where the whole block is indented."""
    text = "".join(indent + line for line in WRAPPED.splitlines(keepends=True)).replace("\n", end)
    assert _on_one_line(_split(text)) == JOINED


def test_an_indented_line_begins_a_paragraph() -> None:
    """Old wire copy has no blank lines between its paragraphs."""
    sentences = split_sentences(f"   {WRAPPED}   {WRAPPED}", "en")
    assert _on_one_line([s.text for s in sentences]) == JOINED * 2
    assert [s.paragraph for s in sentences] == [1, 1, 2, 2]


def test_two_lines_are_joined_on_a_page_that_is_wrapped() -> None:
    """A long headline is, where the text below shows to which width."""
    headline = "LATE FROST BLACKENS ALL THE HOLLIN GAP APPLE BLOSSOM; GROWERS FEAR\nLOSS OF HALF"
    assert len(_split(f"{headline}\n\n{WRAPPED}")) == 1 + len(JOINED)
    assert len(_split(headline)) == 2


def test_the_wrapped_example_reads_as_prose(examples: Path) -> None:
    """No sentence of a real wire story is a broken-off line."""
    text = (examples / "orchard-frost.txt").read_text(encoding="utf-8")
    found = _on_one_line(_split(text))
    assert found[0].endswith("GROWERS FEAR LOSS OF HALF THE CROP")
    assert (
        "J. R. Ortega, who has 90 acres of trees along Creek Road No. 4, burned old tires and straw "
        "bales from midnight on."
    ) in found
    broken = [s for s in found[3:] if not regex.search(r"[.?!:][”’]?$", s)]
    assert broken == ["About the Author"]


@pytest.mark.parametrize(
    "lines",
    [
        ["Lions 3", "Bears 2", "Goats 1"],
        ["- apples from the valley", "- pears", "- cherries and plums"],
        ["• 12 May", "• 13 May", "• 14 May"],
        ["Two roads diverged there,", "And one was taken,", "And one was not,", "So I stayed"],
        ["Monday", "Friday", "Sunday"],
        ["市长周四宣布大桥将于五月关闭，预计持续三周时间，期间所有车辆须绕行，公交线路也将随之调整，详情请见市政府网站。"[:-n] for n in (2, 9, 27)],
    ],
)  # fmt: skip
def test_lists_verse_and_short_paragraphs_are_not_joined(lines: list[str]) -> None:
    """Narrow lines, and lines with room for the next one's first word, were not wrapped."""
    assert _split("\n".join(lines)) == lines


@pytest.mark.parametrize(
    "unit", ["word ", "字", "e\u0301", "\u0915\u093f", "🇩🇪", "👩🏽\u200d🚒", "한"]
)
def test_a_run_without_borders_is_cut_and_no_character_with_it(unit: str) -> None:
    """At most 1,000 characters a piece, at white space if there is any, never inside a grapheme."""
    text = "x" + unit * 3_000
    found = _split(text)
    graphemes = [g for sentence in found for g in regex.findall(r"\X", sentence)]
    assert max(map(len, found)) <= MAX_SENTENCE_CHARACTERS
    assert [g for g in graphemes if g.strip()] == [
        g for g in regex.findall(r"\X", text) if g.strip()
    ]
    assert unit != "word " or {sentence[-4:] for sentence in found} == {"word"}


def test_a_table_is_cut_between_its_cells() -> None:
    """A tab is white space to cut at as well as a space is."""
    assert {part[-6:] for part in _split("Hollin\tValley\t" * 500)} <= {"Hollin", "Valley"}


def test_a_grapheme_longer_than_a_sentence_is_cut_where_it_must_be() -> None:
    """A letter under thousands of marks is unreadable, but it has to be in some sentence."""
    found = _split("a" + "\u0301" * 2_500)
    assert [len(part) for part in found] == [1_000, 1_000, 501]


def test_a_long_line_is_split_as_a_short_one_is() -> None:
    """The splitter is given windows, and their edges leave no trace."""
    sentence = "Mrs. Haverty of the U.S. bureau said at 4 p.m. Monday that it was over."
    text = " ".join([sentence] * (5 * WINDOW_CHARACTERS // len(sentence)))
    assert set(_split(text)) == {sentence}


FRAGMENTS = st.sampled_from(
    [
        *("The mayor", "said", "she", "He left", "J. R. Ortega", "U.S.", "No. 4", "a.m.", "4 p.m."),
        *(".", "?", "!", "…", "...", "。", "！", "।", "؟", ":", "—", "“", "”", '"', "(", ")", "«", "»"),
        *(" ", " ", "  ", "\n", "\r\n", "\r", "\n\n", "\u2028", "\f", "\t", "\u00a0", "\u3000", "\0"),
        *("Jan.", "3.", "3.5", "Mr.", "Inc.", "märz", "März", "डॉ.", "د.", "字", "🇩🇪", "e\u0301", "\u200d"),
        "word " * 300,
        "字" * 1_100,
        "“" * 700,
        " " * 3_100,
        WRAPPED,
    ]
)  # fmt: skip
ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]))
NEWS_LIKE = st.lists(FRAGMENTS, max_size=40).map("".join)
LANGUAGES = st.sampled_from(["en", "de", "es", "fr", "zh", "hi", "ar", "ru", "xx"])


@given(ANY_TEXT | NEWS_LIKE, LANGUAGES)
@example("a" + " " * 5_000 + "b", "en")
@example("\u0301" * 3_001, "en")
def test_sentences_cover_the_text(text: str, language: str) -> None:
    """Numbered from 1, in order, apart, at most 1,000 long, and nothing left out but white space."""
    sentences = split_sentences(text, language)
    assert [s.number for s in sentences] == list(range(1, len(sentences) + 1))
    at, paragraph = 0, 1
    for sentence in sentences:
        assert sentence.text == text[sentence.start : sentence.end] == sentence.text.strip()
        assert 0 < len(sentence.text) <= MAX_SENTENCE_CHARACTERS
        assert not text[at : sentence.start].strip()
        assert sentence.start >= at
        assert sentence.paragraph >= paragraph
        at, paragraph = sentence.end, sentence.paragraph
    assert not text[at:].strip()


@given(NEWS_LIKE)
def test_the_same_text_gives_the_same_sentences(text: str) -> None:
    """Recorded exchanges and stored answers rest on the numbers."""
    assert split_sentences(text, "en") == split_sentences(text, "en")


def test_a_sentence_is_a_value() -> None:
    """Equal fields are the same sentence."""
    sentences = split_sentences("Over.", "en")
    assert sentences == (Sentence(number=1, start=0, end=5, paragraph=1, text="Over."),)


@pytest.mark.parametrize(
    "unit",
    [
        "He said so in the U.S. on Monday. ",
        "word ",
        "字",
        "“",
        "🇩🇪",
        "“«(",
        "He said “so. ",
        "a\u0301",
        "1. ",
    ],
)
def test_time_grows_with_the_text_and_no_faster(unit: str) -> None:
    """60,000 characters take well under a second; with the square they took 5 and more."""
    text = unit * (60_000 // len(unit))
    began = time.process_time()
    split_sentences(text, "en")
    assert time.process_time() - began < 2


@pytest.mark.parametrize(
    ("language", "marked"),
    [
        (
            "en",
            "The lock opens on 19 May.| Kestrel Boats waits.| It ends in May.| Twelve boats left.",
        ),
        (
            "en",
            "The gate cracked on 7 May.| “We heard it,” said the keeper.| Mr. Feld left in June.",
        ),
        ("sv", "Slussen öppnar den 19 maj.| Trafikverket väntar.| Hon sa att hon kan.| Ingen kom."),
        ("de", "Die Schleuse öffnet am 19. Mai.| Kestrel wartet ab."),
        ("it", "Chiude tra due ore.| Nessuno passa."),
        ("nl", "Zij weten dat.| Niemand kwam."),
        ("en", "The keeper told me.| Nobody came.| It was ok.| Kestrel left."),
        ("en", "On Mar. 4 and Sept. 5 it opens.| Art. 5 says so."),
    ],
)
def test_a_word_that_is_also_a_short_form_ends_a_sentence(language: str, marked: str) -> None:
    """May and maj are whole; Mar. is short for March."""
    text = marked.replace("|", "")
    found = [sentence.text for sentence in split_sentences(text, language)]
    assert found == [part.strip() for part in marked.split("|")]


@pytest.mark.parametrize(
    ("language", "marked"),
    [
        ("en", "What to bring:\n|1. A rope.\n|2. A windlass.\n|10. A lamp."),
        ("en", "There are two rules.| 1. Close the gate.| 2. Wait."),
        ("en", "1.\nClose the gate.\n|2.\nWait."),
        ("en", "•\nClose the gate.\n|•\nWait."),
        ("en", "1. The lock\n|The lock is shut.| It leaks.\n|2. The keeper\n|She waits."),
        ("en", "IV. The last chapter begins."),
        ("de", "Am 2. Advent ist Markt.| Der 4. Versuch gelang.| Er endet am 5.| Die Stadt zahlt."),
        ("en", "When did it open?| 1998.| Who paid?| The town."),
    ],
)
def test_the_mark_of_an_item_is_not_a_sentence(language: str, marked: str) -> None:
    """Nor is an ordinal; a year that answers a question is one."""
    text = marked.replace("|", "")
    found = [sentence.text for sentence in split_sentences(text, language)]
    assert found == [part.strip() for part in marked.split("|")]
