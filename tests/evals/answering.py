"""An article, and answers over it, for the tests of what is measured on answers."""

from __future__ import annotations

from collections.abc import Sequence

from newsqa.answers.answer import Answer, Citation, Claim
from newsqa.article import Article
from newsqa.text.spans import Span

ARTICLE = Article(
    "The cranes stopped at noon on Friday. Nobody was hurt. "
    "The port said the strike would last two days. The union said it would last a week."
)


def cite(words: str) -> Citation:
    """The citation of the first place where ``words`` stand."""
    start = ARTICLE.text.index(words)
    return Citation.at(ARTICLE, Span(start=start, end=start + len(words)), "exact")


def answer(*claims: tuple[str, Sequence[Citation]]) -> Answer:
    """An answer of these claims, or the one that the article does not say."""
    made, text = [], ""
    for words, citations in claims:
        start = len(text) + bool(text)
        text = f"{text} {words}" if text else words
        span = Span(start=start, end=start + len(words))
        made.append(Claim(text=words, span=span, citations=tuple(citations)))
    return Answer(
        status="answered" if made else "not_in_article",
        text=text,
        short="",
        claims=tuple(made),
        model="none",
        article_sha256=ARTICLE.sha256,
    )
