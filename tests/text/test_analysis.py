"""AnalyzedText: what the recognisers find in one text, looked for once."""

from __future__ import annotations

from newsqa.article import Article
from newsqa.text.analysis import AnalyzedText

ENGLISH = frozenset({"en"})


def test_a_second_reader_gets_the_same_result() -> None:
    """Nothing is looked for twice."""
    text = AnalyzedText("Ada Okafor left at 6 a.m. on 3 May with 40 crates.")
    assert text.tokens is text.tokens
    assert text.names is text.names
    assert text.quantities(ENGLISH) is text.quantities(ENGLISH)
    assert text.dates(ENGLISH) is text.dates(ENGLISH)
    assert text.times(ENGLISH) is text.times(ENGLISH)


def test_each_language_has_its_own_numbers() -> None:
    """The words of one language are not read in another."""
    text = AnalyzedText("Sie nahm zwei Kisten.")
    assert text.quantities(ENGLISH) == []
    assert len(text.quantities(frozenset({"de"}))) == 1


def test_an_article_keeps_the_analysis_of_each_sentence() -> None:
    """The claims that cite a sentence share it."""
    article = Article("Ada Okafor left. Brandt stayed.", language="en")
    first, second = article.analyzed_sentences
    assert (first.text, second.text) == ("Ada Okafor left.", "Brandt stayed.")
    assert article.analyzed_sentences is article.analyzed_sentences
