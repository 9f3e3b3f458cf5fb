"""An article and answers about it, for tests of measures."""

from __future__ import annotations

from collections.abc import Sequence

from newsqa.answers.answer import Answer, Citation, Claim
from newsqa.article import Article
from newsqa.article.reference import ArticleReference
from newsqa.text.spans import Span

ARTICLE = Article(
    "The cranes stopped at noon on Friday. Nobody was hurt. "
    "The port said the strike would last two days. The union said it would last a week."
)


def cite(words: str) -> Citation:
    """Return the citation of the first occurrence of ``words``."""
    start = ARTICLE.text.index(words)
    return Citation.at(ARTICLE, Span(start=start, end=start + len(words)), "exact")


def answer(*claims: tuple[str, Sequence[Citation]]) -> Answer:
    """Return an answer with these claims, or an abstention without any."""
    built, text = [], ""
    for words, citations in claims:
        start = len(text) + bool(text)
        text = f"{text} {words}" if text else words
        span = Span(start=start, end=start + len(words))
        built.append(Claim(text=words, span=span, citations=tuple(citations)))
    return Answer(
        status="answered" if built else "not_in_article",
        text=text,
        short="",
        claims=tuple(built),
        model="none",
        articles=(ArticleReference.of(ARTICLE),),
    )
