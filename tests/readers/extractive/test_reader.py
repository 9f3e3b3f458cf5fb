"""The embedded reader: an answer in the article's own words, without a model."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from pathlib import Path

import pytest

from newsqa.answers.draft import Draft
from newsqa.article import Article
from newsqa.article.passages import Passage
from newsqa.grounding import ground
from newsqa.readers import EXTRACTIVE, Reader, Reading, Revision
from newsqa.readers.extractive import ExtractiveReader, trained
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
    assert [(e.sentence, e.quote) for e in claim.evidence] == [(2, "at noon on Friday")]


def test_the_short_answer_is_the_quote() -> None:
    """The words are probable enough to be right."""
    said = reading(TEXT, "When did the strike begin?")
    assert (said.draft.short, said.closest_because) == ("at noon on Friday", None)
    assert said.probability is not None
    assert 0.5 < said.probability <= 1


@pytest.mark.parametrize(
    ("question", "because"),
    [
        ("Did the strike begin at noon?", "yes_no"),
        ("Why did the strike begin?", "why"),
        ("How did the strike begin?", "how"),
        ("What were the causes of the strike?", "why"),
    ],
)
def test_a_question_no_words_answer_gets_the_closest_sentences(question: str, because: str) -> None:
    """There are at most three, and no short form."""
    said = reading(TEXT, question)
    assert (said.closest_because, said.draft.short) == (because, "")
    assert 1 <= len(said.draft.claims) <= 3


@pytest.mark.parametrize(
    ("question", "because"),
    [
        ("Who is Pell's deputy?", "unsure"),
        ("What is the date of the next round?", "unsure"),
    ],
)
def test_a_name_of_the_question_and_a_date_without_a_day_are_no_short_form(
    question: str, because: str
) -> None:
    """Nobody is his own deputy, and "next week" is no date."""
    text = (
        "The next round of talks is expected next week. Mayor Jo Pell is in touch with his deputy."
    )
    said = reading(text, question)
    assert said.draft.short == ""
    assert said.closest_because in (because, None)


def test_a_language_other_than_english_gets_the_closest_sentences() -> None:
    """The ranking alone is not sure enough for a short form."""
    said = reading(
        "Es regnete in Besh und es war kalt. Der Streik begann im Oktober 2026.",
        "Wann begann der Streik?",
    )
    assert said.model == "newsqa-extractive/lexical-2"
    assert (said.closest_because, said.draft.short, said.probability) == ("unsure", "", None)
    assert said.draft.claims[0].evidence[0].quote == "Oktober 2026"


def test_without_numpy_the_ranking_reads_english_with_one_warning(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The installation is usable."""
    for name in ("span_model", "calibration", "engines"):
        monkeypatch.setitem(sys.modules, f"newsqa.readers.extractive.{name}", None)
    trained._load.cache_clear()
    with pytest.warns(UserWarning, match="pip install 'newsqa") as caught:
        said = [reading(TEXT, "When did the strike begin?") for _ in range(2)]
    trained._load.cache_clear()
    assert len(caught) == 1
    assert said[0].model == "newsqa-extractive/lexical-2"
    assert said[0].draft.claims[0].evidence[0].sentence == 2


def test_importing_the_reader_imports_neither_numpy_nor_onnx_runtime() -> None:
    """They are loaded for the first question in English."""
    code = (
        "import sys, newsqa.readers.extractive; print({'numpy', 'onnxruntime'} & set(sys.modules))"
    )
    printed = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)  # noqa: S603  # this interpreter, on the code above
    assert printed.stdout.strip() == b"set()"


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
    said = reading(TEXT, "When did the strike begin?")
    assert said.model == f"{EXTRACTIVE}/{trained.VERSION}"
    assert said.usage == Usage()


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
        ("harbour-strike.txt", "Where did the talks break up?", "the Customs House"),
        ("ferry-timetable.json", "Who chairs the council?", "Torben Maddock"),
        ("museum-theft.txt", "When did the alarm go off?", "3.12 a.m."),
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
    assert said.claims[0].evidence[0].quote == short
    assert all(claim.is_grounded for claim in ground(said, Passage.whole(article)))


@pytest.mark.parametrize(
    ("file", "question"),
    [
        ("harbour-strike.txt", "Who won the World Cup?"),
        ("harbour-strike.txt", "Who opened the crab festival?"),
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
    said = draft(text, "How many gulls did Jo Pell count?")
    assert said.claims[0].evidence[0].quote == "412"
