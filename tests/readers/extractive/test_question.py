"""Questions: the kind of answer asked for, and the shape of the question."""

from __future__ import annotations

import pytest

from newsqa.readers.extractive.question import Asking, Question, find_asking, find_form


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Who is Maeve Dolan?", "other"),
        ("Who invited Maeve Dolan?", "person"),
        ("Who is the branch secretary?", "person"),
    ],
)
def test_a_question_who_somebody_is_asks_for_a_sentence(text: str, kind: str) -> None:
    """A name would only repeat the question."""
    assert Question.of(text, "en").kind == kind


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("Did the ferry sail?", "yes_no"),
        ("“Isn't the pier closed?”", "yes_no"),
        ("Why did it sink?", "why"),
        ("What were the causes of the fire?", "why"),
        ("How did the thieves get in?", "how"),
        ("What happened?", "how"),
        ("What are the demands of the union?", "list"),
        ("How many ships wait?", None),
        ("How old is Jo Pell?", None),
        ("Who did it?", None),
        ("When was the pier closed?", None),
        ("", None),
    ],
)
def test_questions_that_no_words_answer_are_recognised(text: str, form: str | None) -> None:
    """They begin with an auxiliary, or ask for a reason, a manner or a list."""
    assert find_form(text, "en") == form


def test_forms_are_known_of_english_alone() -> None:
    """Other languages have no trained reader."""
    assert find_form("Hat es geregnet?", "de") is None


def test_the_definition_of_a_person_is_not_a_name() -> None:
    """The answer is a sentence about the name."""
    assert Question.of("Who is Maeve Dolan?", "en").kind == "other"


def test_names_have_capitals() -> None:
    """The first word of the question does not count."""
    question = Question.of("Dockers of Tarrowmouth want what?", "en")
    assert question.names == {"tarrowmouth"}


def test_capitals_show_nothing_in_german() -> None:
    """All German nouns have them."""
    assert Question.of("Wann schließt das Bad in Ellernbrück?", "de").names == frozenset()


def test_what_is_counted_follows_how_many() -> None:
    """Terms before it do not count."""
    assert Question.of("In Besh, how many people died?", "en").counted == {"person", "die"}


def test_a_question_of_stop_words_has_no_terms() -> None:
    """The question "What happened?" is one, too."""
    assert Question.of("What happened?", "en").keys == ()


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
def test_the_words_that_ask_show_the_kind(language: str, question: str, kind: str) -> None:
    """This holds in eleven languages."""
    assert find_asking(question, language).kind == kind


def test_the_first_word_that_asks_counts() -> None:
    """Later ones begin relative clauses."""
    assert find_asking("When did the man who fell go home?", "en").kind == "time"


def test_a_question_may_be_in_another_language_than_the_article() -> None:
    """If it has none of the article's question words, its own count."""
    assert find_asking("Where is the ferry of the island?", "zh").kind == "place"


def test_a_word_asks_in_its_own_language_only() -> None:
    """The Dutch word for who is German for how."""
    assert find_asking("Wie ist es?", "de").kind == "other"


def test_a_text_that_asks_nothing_is_open() -> None:
    """Headlines and keywords ask for nothing."""
    assert find_asking("harbour strike", "en") == Asking("other", 0)


def test_the_end_is_after_the_words_that_ask() -> None:
    """The counted noun follows."""
    assert find_asking("How many ships wait?", "en").end == len("How many")
