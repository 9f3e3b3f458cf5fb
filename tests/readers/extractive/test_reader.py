"""The embedded reader: an answer in the article's own words, without a model."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from newsqa.answers.draft import Draft
from newsqa.article import Article
from newsqa.article.passages import Passage
from newsqa.grounding import ground
from newsqa.readers import EXTRACTIVE, Reader, Reading, Revision
from newsqa.readers.extractive import ExtractiveReader
from newsqa.usage import Usage


def reading(article: Article | str, question: str, revision: Revision | None = None) -> Reading:
    """Return the reading of a whole article."""
    article = Article(article) if isinstance(article, str) else article
    reader: Reader = ExtractiveReader()
    return asyncio.run(reader.read(Passage.whole(article), question, revision=revision))


def draft(article: Article | str, question: str) -> Draft:
    """Return the draft of an answer."""
    return reading(article, question).draft


TEXT = "Rain fell in Besh. The strike began at noon on Friday. Nobody was hurt."


def test_the_claim_is_the_sentence() -> None:
    """It cites the sentence and quotes the words that answer."""
    (claim,) = draft(TEXT, "When did the strike begin?").claims
    assert claim.text == "The strike began at noon on Friday."
    assert [(e.sentence, e.quote) for e in claim.evidence] == [(2, "noon on Friday")]


def test_the_short_answer_is_the_quote() -> None:
    """The question asks for a name, a figure or a time."""
    assert draft(TEXT, "When did the strike begin?").short == "noon on Friday"


def test_an_open_question_gets_the_sentence() -> None:
    """It cites the whole sentence, without a quote."""
    said = draft(TEXT, "What about the strike?")
    assert said.short == said.claims[0].text == "The strike began at noon on Friday."
    assert said.claims[0].evidence[0].quote == ""


def test_a_question_the_article_has_nothing_on_is_not_answered() -> None:
    """The draft has no claims and no short answer."""
    said = draft(TEXT, "Which striker scored for Merrowby?")
    assert said == Draft(claims=(), short="", status="not_in_article")


def test_a_claim_is_on_one_line() -> None:
    """The article may be wrapped by hand."""
    text = "Rain fell on the pier in the\nearly hours of the day, and\nthe strike began at noon on a\nFriday.\n"
    (claim,) = draft(text, "When did the strike begin?").claims
    assert "\n" not in claim.text


def test_a_quote_that_occurs_twice_in_its_sentence_is_left_out() -> None:
    """It would be ambiguous."""
    said = draft(
        "Rain fell. The ferry left on Friday, not the ship on Friday.", "When did the ferry leave?"
    )
    assert said.claims[0].evidence[0].quote == ""
    assert said.short == "Friday"


def test_a_revision_cites_the_whole_sentence() -> None:
    """Only the quote can have been wrong."""
    first = reading(TEXT, "When did the strike begin?")
    second = reading(TEXT, "When did the strike begin?", Revision(first.draft, "not found"))
    assert second.draft.claims[0].evidence[0].quote == ""


def test_the_reading_names_the_reader_and_costs_nothing() -> None:
    """No model is involved."""
    assert reading(TEXT, "When?").model == EXTRACTIVE == "newsqa-extractive"
    assert reading(TEXT, "When?").usage == Usage()


def test_it_has_no_prompt_and_nothing_to_close() -> None:
    """It is a reader nevertheless."""
    reader: Reader = ExtractiveReader()
    assert asyncio.run(reader.read(Passage.whole(Article(TEXT)), "When?")).prompt is None
    asyncio.run(reader.aclose())


@pytest.mark.parametrize(
    ("file", "question", "short"),
    [
        ("harbour-strike.txt", "How much was the one-off payment?", "£600"),
        ("harbour-strike.txt", "When is the appeal hearing?", "19 June"),
        ("harbour-strike.txt", "Who said the offer was still open?", "Piers Dolan"),
        ("harbour-strike.txt", "Where did the talks break up?", "Customs House"),
        ("ferry-timetable.json", "Who chairs the council?", "Torben Maddock"),
        ("museum-theft.txt", "When did the alarm go off?", "3.12 a.m."),
        ("quake-update.txt", "How old is Yusta Perel?", "67"),
        ("stadtbad.txt", "Wann öffnet das Stadtbad wieder?", "Oktober 2026"),
        ("stadtbad.txt", "Wie viel kostet die Sanierung?", "4,8 Millionen Euro"),
        ("marea.txt", "¿Cuántos barcos amarraron?", "84"),
        ("dianche.txt", "二号线全长多少公里？", "14.6公里"),
        ("dianche.txt", "总投资是多少？", "二十一亿元"),
        ("dianche.txt", "有多少家商户申请补偿？", "一百三十七"),
        ("hafla.txt", "ما هي ميزانية المعرض؟", "1.2 مليون دينار"),
    ],
)
def test_the_examples_are_answered(examples: Path, file: str, question: str, short: str) -> None:
    """The examples are in five languages, and all citations are grounded."""
    article = Article.from_file(examples / file)
    said = draft(article, question)
    assert said.short == short
    assert all(claim.is_grounded for claim in ground(said, Passage.whole(article)))


@pytest.mark.parametrize(
    ("file", "question"),
    [
        ("harbour-strike.txt", "Who won the World Cup?"),
        ("harbour-strike.txt", "What happened at the crab festival?"),
        ("stadtbad.txt", "Wer gewann die Wahl in Merrowby?"),
        ("dianche.txt", "篮球比赛比分是多少？"),
    ],
)
def test_what_the_examples_do_not_say_is_not_answered(
    examples: Path, file: str, question: str
) -> None:
    """Boilerplate does not count."""
    assert draft(Article.from_file(examples / file), question).status == "not_in_article"


def test_a_name_matches_a_question_in_another_language() -> None:
    """The question is English and the article German."""
    text = "Es regnete in Besh. Die Sanierung leitet Henrike Aldag. Niemand wurde verletzt."
    assert draft(text, "Who is Henrike Aldag?").claims[0].evidence[0].sentence == 2


def test_a_question_in_another_language_without_a_common_word_is_not_answered() -> None:
    """Nothing in the article matches."""
    assert draft("Es regnete den ganzen Tag.", "Who scored the goal?").status == "not_in_article"


@pytest.mark.parametrize("text", ["🎉🎊", "Rain\x00 fell.", "مطر", "x", "\ufeffRain"])
def test_any_article_can_be_asked_what_happened(text: str) -> None:
    """The first sentence answers."""
    assert draft(text, "What happened?").claims[0].evidence[0].sentence == 1


def test_a_long_article_is_read_whole() -> None:
    """The answer is at the end of 2,000 sentences."""
    text = "Rain fell on the old pier again. " * 2_000 + "Jo Pell counted 412 gulls."
    assert draft(text, "How many gulls did Jo Pell count?").short == "412"
