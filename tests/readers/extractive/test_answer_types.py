"""Answer types: what kind of answer a question wants."""

from __future__ import annotations

import pytest

from newsqa.readers.extractive.question import Asking, find_asking


@pytest.mark.parametrize(
    ("language", "question", "kind"),
    [
        ("en", "Who chairs the council?", "person"),
        ("en", "Where did talks break up?", "place"),
        ("en", "When does the strike end?", "time"),
        ("en", "What time does it end?", "time"),
        ("en", "In which year was the wall built?", "time"),
        ("en", "On which dates were the meetings?", "time"),
        ("en", "How many ships are waiting?", "number"),
        ("en", "How much did the wall cost?", "money"),
        ("en", "How much water is drawn?", "amount"),
        ("en", "What percentage of members voted?", "share"),
        ("en", "How old is she?", "age"),
        ("en", "How long will it last?", "duration"),
        ("en", "How far is the quarry?", "measure"),
        ("en", "Which company runs the port?", "name"),
        ("en", "Why was he dismissed?", "reason"),
        ("en", "What did the president say?", "other"),
        ("de", "Wie viele Schiffe warten?", "number"),
        ("de", "Wer ist dagegen?", "person"),
        ("de", "Wo liegt das Bad?", "place"),
        ("fr", "Où se trouve le port ?", "place"),
        ("fr", "Combien de bateaux ?", "amount"),
        ("es", "¿Cuándo entra en vigor?", "time"),
        ("es", "¿Quién lo dijo?", "person"),
        ("it", "Quanti pescatori protestano?", "number"),
        ("pt", "Quem fechou o porto?", "person"),
        ("nl", "Wie sloot de haven?", "person"),
        ("ru", "Сколько судов ждут?", "amount"),
        ("ar", "متى يفتح المعرض؟", "time"),
        ("ar", "من فتح المعرض؟", "person"),
        ("hi", "मेला कब खुलेगा?", "time"),
        ("zh", "二号线有多少站？", "amount"),
        ("zh", "总投资是多少？", "amount"),
        ("zh", "新教徒的比例是多少？", "share"),
        ("zh", "谁反对？", "person"),
        ("zh", "什么时候通车？", "time"),
    ],
)
def test_the_words_that_ask_tell_the_kind(language: str, question: str, kind: str) -> None:
    """In eleven languages."""
    assert find_asking(question, language).kind == kind


def test_the_first_word_that_asks_counts() -> None:
    """What follows is a relative clause."""
    assert find_asking("When did the man who fell go home?", "en").kind == "time"


def test_a_question_may_be_in_another_language_than_the_article() -> None:
    """Its own words that ask are found where the article's are not in it."""
    assert find_asking("Where is the ferry of the island?", "zh").kind == "place"


def test_a_word_asks_in_its_own_language_only() -> None:
    """Dutch for who is German for how."""
    assert find_asking("Wie ist es?", "de").kind == "other"


def test_a_text_that_asks_nothing_is_open() -> None:
    """A headline, or mere keywords."""
    assert find_asking("harbour strike", "en") == Asking("other", 0)


def test_the_end_is_behind_the_words_that_ask() -> None:
    """What is counted stands there."""
    assert find_asking("How many ships wait?", "en").end == len("How many")
