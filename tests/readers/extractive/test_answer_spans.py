"""Answer spans: the words of a sentence that can answer a question for a name, a figure or a time."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsqa.readers.extractive.answer_spans import find_spans, select_span
from newsqa.readers.extractive.question import AnswerType, Question
from newsqa.readers.extractive.terms import stop_words
from newsqa.text.boundaries import is_boundary

COMMON = frozenset(("the", "saliva", "a", "on", "talks", "asked", "das"))


def found(text: str, kind: AnswerType, language: str = "en") -> list[str]:
    """Return the texts of the spans."""
    return [text[slice(*span)] for span in find_spans(text, kind, language, COMMON)]


@pytest.mark.parametrize(
    ("kind", "text", "spans"),
    [
        ("number", "Backed by 1,043 votes to 158.", ["1,043", "158"]),
        ("number", "Seven of the 12 lorries left.", ["Seven", "12"]),
        ("number", "It fell on 3 May 2021 at 4 p.m. and hurt 19.", ["19"]),
        ("number", "At least 140 were hurt.", ["At least 140"]),
        ("number", "A ten-trip card is sold.", []),
        (
            "money",
            "It cost $4.5m, or about 3.2 million euros.",
            ["$4.5m", "about 3.2 million euros"],
        ),
        ("share", "On a turnout of 86%, 45 percent agreed.", ["86%", "45 percent"]),
        ("measure", "It lies 37 miles off, 11 km deep.", ["37 miles", "11 km"]),
        ("duration", "It is due to last 72 hours.", ["72 hours"]),
        ("age", "Yusta Perel, 67, met a 27-year-old man.", ["67", "27-year-old"]),
        ("time", "It opens at 7 p.m. on Friday, 21 March.", ["7 p.m. on Friday, 21 March"]),
        ("time", "They may march.", []),
        ("time", "Built between 1321 and 1323.", ["1321 and 1323"]),
        ("person", "Talks were led by Maeve Dolan on Friday.", ["Maeve Dolan"]),
        ("person", "Asked were Ann Lee, Bo Tam and Cy Roe.", ["Ann Lee", "Bo Tam", "Cy Roe"]),
        ("place", "Bo Tam was born in Port Dunnet.", ["Bo Tam", "Port Dunnet"]),
        ("place", "Besh lies near Port Dunnet.", ["Port Dunnet"]),
        ("name", "Saliva harms Dr. Emil Sarkany's cup.", ["Dr. Emil Sarkany"]),
        ("name", "On Friday the U.S. Senate met.", ["U.S. Senate"]),
        ("reason", "It closed because of 3 ships.", []),
    ],
)
def test_spans_are_of_the_kind_asked_for(kind: AnswerType, text: str, spans: list[str]) -> None:
    """They are whole, with sign, scale, unit and hedge."""
    assert found(text, kind) == spans


@pytest.mark.parametrize(
    ("kind", "language", "text", "spans"),
    [
        (
            "money",
            "de",
            "Statt 3,5 Millionen Euro nun 4,8 Mio. Euro.",
            ["3,5 Millionen Euro", "4,8 Mio. Euro"],
        ),
        ("time", "de", "Das Bad öffnet im Oktober 2026.", ["Oktober 2026"]),
        ("time", "es", "Entrará en vigor el 1 de julio.", ["1 de julio"]),
        ("time", "ru", "Это было 5 мая 1990.", ["5 мая 1990"]),
        ("time", "zh", "将于6月28日起试运行，为期三个月。", ["6月28日"]),
        ("time", "ar", "افتُتح مساء الخميس.", ["الخميس"]),
        ("money", "ar", "تبلغ 1.2 مليون دينار.", ["1.2 مليون دينار"]),
        ("money", "zh", "总投资为二十一亿元。", ["二十一亿元"]),
        ("measure", "zh", "二号线全长14.6公里。", ["14.6公里"]),
        ("number", "zh", "全线设十九座车站。", ["十九"]),
        ("number", "hi", "करीब 40 लोग आए।", ["करीब 40"]),
        ("person", "de", "Das Bad leitet Anke Petersen.", ["Anke Petersen"]),
        ("person", "zh", "他是约翰·史密斯。", ["他是约翰·史密斯"]),
    ],
)
def test_other_languages_have_their_words(
    kind: AnswerType, language: str, text: str, spans: list[str]
) -> None:
    """Months, days, scales and units are read; names need capitals."""
    assert found(text, kind, language) == spans


@given(
    st.text(alphabet="aB1 .,-'$%万年月é한"), st.sampled_from(("number", "time", "name", "amount"))
)
def test_no_span_cuts_a_word_or_a_figure(text: str, kind: AnswerType) -> None:
    """A cut word could not be cited."""
    for start, end in find_spans(text, kind, "en"):
        assert is_boundary(text, start)
        assert is_boundary(text, end)


def selected(question: str, text: str) -> str | None:
    """Return the text of the best span if all terms have the same weight."""
    asked = Question.of(question, "en")
    span = select_span(asked, text, dict.fromkeys(asked.keys, 1.0), stop_words("en"))
    return text[slice(*span)] if span else None


@pytest.mark.parametrize(
    ("question", "text", "answer"),
    [
        ("When did talks end?", "Talks ended on Friday, and cranes stopped at noon.", "Friday"),
        ("How many ships wait?", "Of 40 men, 12 saw that nine ships wait.", "nine"),
        (
            "How much was the payment?",
            "It offered 4% over 18 months and a payment of £600.",
            "£600",
        ),
        (
            "Who chairs the council?",
            "Torben Maddock, who chairs the council, met Jo Pell.",
            "Torben Maddock",
        ),
        ("Where was Jo Pell born?", "Jo Pell was born in Besh, not with the Okafors.", "Besh"),
    ],
)
def test_the_span_nearest_to_the_questions_words_answers(
    question: str, text: str, answer: str
) -> None:
    """It is of the kind asked for."""
    assert selected(question, text) == answer


def test_words_of_the_question_are_not_an_answer() -> None:
    """The answer Jo Pell would only repeat the question."""
    assert selected("Who met Jo Pell?", "Then they met Jo Pell.") is None


def test_an_open_question_has_no_span() -> None:
    """The sentence is the answer."""
    assert selected("What did Jo Pell say?", "Jo Pell said on Friday that 12 ships wait.") is None


def test_a_count_is_not_a_sum_of_money() -> None:
    """An amount of £48 is not a number of people."""
    assert selected("How many people pay?", "People pay £48.") is None
